"""Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.service.errors import OutsideFailed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SPEAKING = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""A microphone that beeps, and a person who allows it."""


@contextmanager
def browser(*more: str) -> Iterator[Browser]:
    """A new browser, with `more` flags; its contexts share nothing.

    Raises:
        OutsideFailed: there is none, or nothing to drive it with.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise OutsideFailed("this needs playwright: run `make test` once, or `deploy/setup.sh test`") from error
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise OutsideFailed("this needs Chromium: deploy/test-programs.sh installs it")
    flags = [*FLAGS, *more, *(("--no-sandbox",) if os.geteuid() == 0 else ())]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=flags)
        try:
            yield running
        finally:
            running.close()
