"""What stays on a person's device: the hotline board's copy, by its own page and worker, and nothing else of ours."""

from __future__ import annotations

import json
import re

from rules.source import ROOT, web_files

from bot.edge.http import pages
from bot.edge.http.server import BOARD_STYLE, BOARD_WORKER

KEEPING = re.compile(r"serviceWorker|\bcaches\b|localStorage|sessionStorage|indexedDB|document\.cookie|cookieStore")
KEEPERS = {"web/src/page/copy.ts", "web/src/page/board-worker.ts"}
"""The board's page and its worker."""
OFFICERS = "web/src/desk/"
"""An officer's browser keeps its sealed keys; it is no resident's."""


def keepers() -> set[str]:
    """Residents' sources that name a place to keep things in."""
    names = {str(path.relative_to(ROOT)) for path in web_files() if KEEPING.search(path.read_text("utf-8"))}
    return {name for name in names if name.startswith("web/src/") and not name.startswith(OFFICERS)}


def test_only_the_board_keeps_anything() -> None:
    assert keepers() == KEEPERS


def test_no_other_page_is_built_under_the_name_that_may_stay_on_a_device() -> None:
    manifest = json.loads((ROOT / "web" / "dist" / "manifest.json").read_text("utf-8"))
    files = {name: [f"/{file}" for file in (one["file"], *one.get("css", ()))] for name, one in manifest.items()}
    kept = {name for name, built in files.items() if any(file.startswith(BOARD_STYLE) for file in built)}
    assert kept == {"src/page/main.ts"}


def test_only_the_boards_page_may_start_a_worker() -> None:
    policies = {"board": pages.BOARD_HEADERS, "chat": pages.CHAT_HEADERS, "else": pages.PAGE_HEADERS}
    told = {name: headers["Content-Security-Policy"] for name, headers in policies.items()}
    assert "trusted-types board-copy" in told["board"]
    assert all("trusted-types 'none'" in told[name] for name in ("chat", "else"))


def test_the_worker_can_answer_for_boards_alone() -> None:
    assert BOARD_WORKER.startswith("/so/")
    source = (ROOT / "web/src/page/board-worker.ts").read_text("utf-8")
    assert "if (page && address.pathname !== board) return;" in source
    assert not re.search(r"^import|cache\.(put|add)", source, re.MULTILINE)


def test_what_keeps_is_found() -> None:
    for source in ("navigator.serviceWorker.register", "await caches.open", "localStorage.x = 1"):
        assert KEEPING.search(source)
