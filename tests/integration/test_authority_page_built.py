"""The authority's page is one file, and the same sources give the same bytes wherever they lie."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from product import PROJECT
from unit.crypto.node_world import node_program

WEB = PROJECT / "web"
BUILT = WEB / "dist" / "authority.html"


def built_elsewhere(folder: Path) -> bytes:
    """The page built from a copy of its sources."""
    web = folder / "web"
    web.mkdir(parents=True)
    for name in ("src", "tools", "public"):
        shutil.copytree(WEB / name, web / name)
    for name in ("package.json", "tsconfig.json", "vite.authority.ts"):
        shutil.copy(WEB / name, web / name)
    (web / "node_modules").symlink_to(WEB / "node_modules")
    shutil.copytree(PROJECT / "locales", folder / "locales")
    (folder / "crypto").mkdir()
    shutil.copy(PROJECT / "crypto" / "words.txt", folder / "crypto")
    command = [node_program(), "node_modules/vite/bin/vite.js", "build", "--config", "vite.authority.ts"]
    subprocess.run(command, cwd=web, check=True, capture_output=True, env={**os.environ, "NODE_ENV": "production"})
    return (web / "dist" / "authority.html").read_bytes()


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    assert built_elsewhere(tmp_path / "another place") == BUILT.read_bytes()


def test_the_page_names_no_file_and_no_host() -> None:
    page = BUILT.read_text("utf-8")
    assert "default-src 'none'" in page
    assert re.findall(r"<(?:link|img|iframe|script[^>]* src)", page) == []
    assert re.findall(r"\bimport\(|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage|indexedDB", page) == []
