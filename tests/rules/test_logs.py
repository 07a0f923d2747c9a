"""Rule 1, logs: whatever a library, a mistake of ours or Python itself says, no word that came in is printed.

A process of its own, set up as the product sets itself up, says everything with a secret in it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

SECRET = "dauvetbimattrongnhatky"
SET_UP = f"""
import asyncio, logging, sys, threading, warnings
import structlog
from bot.run.logs import SHOWN, configure
configure()
SECRET = {SECRET!r}
foreign, ours, log = logging.getLogger("foreign.library"), logging.getLogger("bot.edge"), structlog.get_logger("bot")
def fail():
    local = SECRET
    raise ValueError(f"cannot read {{SECRET}}")
"""

SAID: dict[str, tuple[str, str]] = {
    "a foreign message with arguments": ('foreign.error("cannot send %s to %s", SECRET, SECRET)', "cannot send %s to"),
    "arguments by name": ('foreign.error("cannot send %(what)s", {"what": SECRET})', "cannot send %(what)s"),
    "a foreign message put together": ('foreign.error(f"cannot send {SECRET}")', "<string>, line"),
    "a message that is an object": ("foreign.error(ValueError(SECRET))", "ValueError"),
    "words after the first line": ('ours.error("it failed\\n" + SECRET)', "it failed"),
    "a stack": ('foreign.error("failed %s", SECRET, stack_info=True)', "failed %s"),
    "fields that are not shown": ('log.error("refused", text=SECRET, chat=SECRET, driver="web")', "driver=web"),
    "an exception handed over": ('log.error("refused", exc_info=ValueError(SECRET))', "error=ValueError"),
    "a warning": ('warnings.warn(f"bind parameter {SECRET}", UserWarning)', "UserWarning in"),
    "a warning through logging": (
        "logging.captureWarnings(True); warnings.warn(SECRET)",
        "py.warnings: ",
    ),
    "an exception nobody caught": ("fail()", "ended by ValueError in <string>, line"),
    "a caught exception": (
        """
        try:
            fail()
        except ValueError:
            foreign.exception("failed with %s", SECRET)
        """,
        "failed with %s (ValueError)",
    ),
    "a chain of exceptions": (
        """
        try:
            try:
                fail()
            except ValueError as error:
                raise KeyError(SECRET) from error
        except KeyError:
            ours.exception("failed")
        """,
        "failed (KeyError)",
    ),
    "an exception with an event": (
        """
        try:
            fail()
        except ValueError:
            log.exception("refused", text=SECRET)
        """,
        "error=ValueError",
    ),
    "one in a thread": (
        """
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        """,
        "ended by ValueError",
    ),
    "one in a finaliser": (
        """
        class Brief:
            def __del__(self):
                fail()
        brief = Brief()
        del brief
        """,
        "ended by ValueError",
    ),
    "one in a forgotten task": (
        """
        async def wrong():
            fail()
        async def main():
            asyncio.get_running_loop().create_task(wrong())
            await asyncio.sleep(0.01)
        asyncio.run(main())
        """,
        "asyncio: base_events, line",
    ),
    "one in a callback": (
        """
        async def main():
            asyncio.get_running_loop().call_soon(lambda words: fail(), SECRET)
            await asyncio.sleep(0.01)
        asyncio.run(main())
        """,
        "asyncio: base_events, line",
    ),
    "one in a callback of uvloop": (
        """
        import uvloop
        async def main():
            asyncio.get_running_loop().call_soon(lambda words: fail(), SECRET)
            await asyncio.sleep(0.01)
        uvloop.run(main())
        """,
        "asyncio: ",
    ),
    "libraries at INFO": (
        """
        for name in ("httpx", "aiogram.event", "uvicorn.access", "sqlalchemy.engine"):
            logging.getLogger(name).info("GET https://api.telegram.org/bot" + SECRET)
        ours.error("the end")
        """,
        "the end",
    ),
}
"""What is said, and what of it is printed."""


def printed(source: str, *, set_up: str = SET_UP) -> str:
    """What a process that runs this prints, on both streams."""
    done = subprocess.run(
        [sys.executable, "-c", set_up + dedent(source)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(("source", "kept"), SAID.values(), ids=SAID)
def test_nothing_that_came_in_is_printed(source: str, kept: str) -> None:
    said = printed(source)
    assert kept in said
    assert SECRET not in said


def test_only_named_fields_are_shown() -> None:
    said = printed("log.error('refused', **{name: 'v-' + name for name in [*SHOWN - {'event'}, 'text', 'id', 'chat']})")
    shown = {word.partition("=")[0] for word in said.split() if "=v-" in word}
    assert shown >= {"driver", "attempts", "count", "role", "port", "host", "error"}
    assert shown & {"text", "id", "chat"} == set()


LOUD = {name: source for name, (source, _) in SAID.items() if name != "libraries at INFO"}


@pytest.mark.parametrize("source", LOUD.values(), ids=LOUD)
def test_without_the_set_up_it_would_be(source: str) -> None:
    assert SECRET in printed(source, set_up=SET_UP.replace("\nconfigure()\n", "\nlogging.basicConfig()\n"))
