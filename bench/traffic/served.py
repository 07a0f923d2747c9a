"""A server under measurement, in a process of its own: the real product, or the bare floor."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.product import free_port
from bot.service.errors import OutsideFailed

SECRET = "the-secret-of-the-bench"  # noqa: S105 - of this machine's loopback alone
TOKEN = "42:the-bench-asks-nobody"  # noqa: S105 - as above
READY_SECONDS = 120.0
"""Longest wait for a first answer: a loaded machine takes its time to import."""
WEBHOOK = "/webhook/telegram/residents"
STEP = 0.005


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers. `folder`: its data."""

    port: int
    pid: int
    folder: Path

    def unsent(self) -> int:
        """Messages that the product has not yet marked as sent."""
        with closing(sqlite3.connect(f"file:{self.folder / 'hopthu.sqlite3'}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM outbox").fetchone()[0])

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
def product(folder: Path, api: str, **settings: str) -> Iterator[Served]:
    """`hopthu up` on SQLite in a fresh folder, with Telegram posting to it; `settings` are further HOPTHU_ ones."""
    port = free_port()
    mine = {
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": api,
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        **settings,
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HOPTHU_")}
    environment |= {f"HOPTHU_{name}": value for name, value in mine.items()}
    with _running(["bot.run.main", "up"], folder, environment) as process:
        _until_ready(process, port, "/readyz")
        yield Served(port, process.pid, folder)


@contextmanager
def floor(folder: Path, api: str, answer_bytes: int) -> Iterator[Served]:
    """The bare echo, whose answers take `answer_bytes` on their way out."""
    port = free_port()
    with _running(["bench.echo", str(port), api, str(answer_bytes)], folder, os.environ) as process:
        _until_ready(process, port, "/readyz")
        yield Served(port, process.pid, folder)


@contextmanager
def _running(module: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", f"import {module[0]} as it; it.main()", *module[1:]]
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=dict(environment))
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _until_ready(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                if answer.status == 200:  # noqa: PLR2004 - HTTP
                    return
        except OSError:
            time.sleep(0.02)
    raise OutsideFailed("a server under measurement did not start")
