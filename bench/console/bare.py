"""The loop without a console: `age-encryption` alone, in the same browser, on files like those on screen."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from bench.console.filing import Own
from bot.run.config import PROJECT
from bot.service.errors import OutsideFailed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

LOOP = Path(__file__).parent / "page" / "bare.js"
WEB = PROJECT / "web"


def bundle(folder: Path) -> Path:
    """The library the console is built with, as one script.

    Raises:
        OutsideFailed: the tools that build the pages are not there.
    """
    script = folder / "age.js"
    tool = WEB / "node_modules" / ".bin" / "rolldown"
    asked: list[str | Path] = [
        tool,
        "age-encryption",
        "--format",
        "iife",
        "--name",
        "age",
        "--minify",
        "--file",
        script,
    ]
    try:
        subprocess.run(asked, cwd=WEB, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise OutsideFailed("this needs what the pages are built with: run `make setup` once") from error
    return script


def loop(browser: Browser, address: str, script: Path, own: Own, rows: int) -> float:
    """Milliseconds that opening so many rows takes in a new page of that origin, which holds nothing else."""

    def blank(route: Route) -> None:
        route.fulfill(body="<!doctype html><title>-</title>", content_type="text/html")

    sealed = [
        {"grant": b64encode(grant).decode(), "opening": b64encode(opening).decode()}
        for grant, opening in zip(own.grants[:rows], own.openings[:rows], strict=True)
    ]
    page = browser.new_page()
    try:
        page.route(f"{address}/bare", blank)
        page.goto(f"{address}/bare")
        page.add_script_tag(path=script)
        return float(page.evaluate(LOOP.read_text("utf-8"), {"key": own.key, "sealed": sealed}))
    finally:
        page.close()
