"""What Telegram's traffic is measured on: the real product with a bot, or the bare floor."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import serving
from bot.service.errors import OutsideFailed

SECRET = "the-secret-of-the-bench"  # noqa: S105 - of this machine's loopback alone
TOKEN = "42:the-bench-asks-nobody"  # noqa: S105 - as above
WEBHOOK = "/webhook/telegram/residents"
STEP = 0.005


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers. `folder`: its data."""

    port: int
    pid: int
    folder: Path

    def unsent(self) -> int:
        """Messages through messengers that the product has not yet marked as sent."""
        with closing(sqlite3.connect(f"file:{self.folder / 'hopthu.sqlite3'}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM outbox WHERE driver != 'web'").fetchone()[0])

    def until_marked(self, seconds: float = 60.0) -> float:
        """Wait until everything is marked as sent; the moment, on the monotonic clock.

        Raises:
            OutsideFailed: it is not, after so long.
        """
        end = time.monotonic() + seconds
        while self.unsent():
            if time.monotonic() > end:
                raise OutsideFailed("messages were left unsent")
            time.sleep(STEP)
        return time.monotonic()


@contextmanager
def product(folder: Path, api: str, *, role: str = "all", **settings: str) -> Iterator[Served]:
    """`hopthu up` on SQLite in this folder, with Telegram posting to it; `settings` are further HOPTHU_ ones."""
    mine = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": api,
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        **settings,
    }
    with serving.product(folder, {f"HOPTHU_{name}": value for name, value in mine.items()}, role=role) as server:
        yield Served(server.port, server.pid, server.data)


@contextmanager
def floor(folder: Path, api: str, letters: int) -> Iterator[Served]:
    """The bare echo, whose answers have so many letters."""
    port = serving.free_port()
    command = [sys.executable, "-c", "from bench.echo import main; main()", str(port), api, str(letters)]
    with serving.serving(command, port, folder, {}) as (process, _):
        yield Served(port, process.pid, folder)
