"""A place to type commands in, as an operator does, and the machine of the authority beside it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from installation import OfficerKeys
from product import COMMAND

from bot.run.main import main
from bot.service.desk import enrolment
from storage.database import open_database


@dataclass
class Done:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Shell:
    """A place to type commands in: most run in this process, those that last or listen in one of their own."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("HOPTHU_")}
        return {**ours, "HOPTHU_DATA_DIR": str(self.data), "NO_COLOR": "1", "COLUMNS": "120", **self.settings}

    def run(self, *words: str | Path, typed: str = "") -> Done:
        """In this process; `typed` is what stands on its input."""
        for name, value in self.environment().items():
            self.monkeypatch.setenv(name, value)
        self.monkeypatch.chdir(self.folder)
        self.monkeypatch.setattr(sys, "argv", ["hopthu", *map(str, words)])
        if typed:
            self.monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
            self.monkeypatch.setattr("getpass.getpass", lambda *_, **__: sys.stdin.readline().strip())
        self.capsys.readouterr()
        before = os.umask(0o022)
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
        finally:
            os.umask(before)
        return Done(code, *self.capsys.readouterr())

    def apart(self, *words: str, typed: str = "") -> Done:
        """In a process of its own."""
        done = subprocess.run(
            [COMMAND, *words],
            cwd=self.folder,
            env=self.environment(),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def says(self, *words: str | Path, typed: str = "") -> str:
        """What a command that works says."""
        done = self.run(*words, typed=typed)
        assert done.returncode == 0, done.stderr
        return done.stdout


def one_line(done: Done) -> str:
    """The one plain line a command that failed ended with."""
    assert done.returncode == 1, done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("hopthu: ")
    return done.stderr


def sign(shell: Shell, request: str) -> None:
    """The authority's machine signs, the server takes in."""
    shell.says("authority", "sign", request, "--key", "usb", "--out", "sheet.txt", "--yes")
    shell.says("unit", "sheet", "sheet.txt")


def installed(shell: Shell) -> Shell:
    """A real installation whose authority lies in `usb`, with its first sheet in force."""
    public = re.search(r"[0-9a-f]{64}", shell.says("authority", "create", "usb", "--open"))
    assert public is not None
    shell.says(
        "init", "--authority", public[0], "--unit", "18118", "--name-vi", "phường Nam Hồng Lĩnh",
        "--name-en", "Nam Hồng Lĩnh ward", "--contact", "0239 000 0000", "--wording-approved",
    )  # fmt: skip
    shell.settings["HOPTHU_EPHEMERAL_DIR"] = str(shell.folder / "ram")
    shell.says("authority", "recovery", "usb", "18118")
    shell.says("unit", "request", "18118", "--out", "first.json")
    sign(shell, "first.json")
    return shell


async def applied(shell: Shell, token: str, account: str = "trucban1", serial: str = "ab12cd34") -> None:
    """Somebody uses the link, at the desk's own side of it."""
    database = open_database(f"sqlite:///{shell.data}/hopthu.sqlite3")
    application = OfficerKeys().application(account)
    now = int(time.time())
    await database.run(lambda connection: enrolment.apply(connection, token, application, serial=serial, now=now))
    await database.close()
