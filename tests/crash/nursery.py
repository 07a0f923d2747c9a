"""Products that start fast: forked from a process that has their modules loaded, and has done nothing else.

Otherwise every start would load a messenger's library anew, which takes seconds. What is forked runs the command
itself, `hopthu up`, from its first line. Run as a script this is the process that forks.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Self

PDEATHSIG = 1
"""PR_SET_PDEATHSIG of prctl(2): a product ends with the process it was forked from."""

CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate")
"""Audit events of Python's that change what is on the disk."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


ENDED = "ended with "
"""The last line in the log of a command that ended by itself, before its exit code."""


class Nursery:
    """`with Nursery() as nursery:` forks products until it is left."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._read() == "loaded"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def fork(
        self, arguments: list[str], environment: dict[str, str], log: Path, *, point: int = 0, below: Path = Path()
    ) -> int:
        """A new process that runs `hopthu` with these arguments; its id.

        With a `point` the power goes when for that time a file below a folder, or a database, is about to change.
        """
        wanted = {"arguments": arguments, "environment": environment, "log": str(log)}
        wanted |= {"point": point, "below": str(below)}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(wanted).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._read())

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().decode().strip()


def main() -> None:
    """Load what `hopthu up` loads, then fork a product for every line that asks for one."""
    # ruff: noqa: F401, PLC0415 - loaded for those to come
    from bot.run import backing, restoring, rotating, start, telegram
    from bot.run import main as command
    from storage import migrate

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sys.stdout.write("loaded\n")
    sys.stdout.flush()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(json.loads(line), sys.stdin, command.main)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _become(wanted: dict[str, object], line: IO[str], command: object) -> None:
    """From here on this process is the product."""
    ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.closerange(3, 64)
    log = os.open(str(wanted["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, name in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(number, name)
    os.environ.clear()
    os.environ.update(wanted["environment"])  # type: ignore[call-overload] # words by name
    sys.argv = ["hopthu", *wanted["arguments"]]  # type: ignore[misc] # words
    if wanted["point"]:
        _end_at(int(str(wanted["point"])), str(wanted["below"]))
    code: object = 1
    try:
        command()  # type: ignore[operator] # the command's own function
    except SystemExit as ended:
        code = ended.code or 0
    finally:
        os.write(1, f"{ENDED}{code}\n".encode())
        os._exit(1)


def _end_at(point: int, below: str) -> None:
    """Have the power go before the change of that number."""
    left = point

    def change() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(event: str, found: tuple[object, ...]) -> None:
        writes = event in CHANGES or (event == "open" and isinstance(found[2], int) and found[2] & WRITING)
        if writes and str(found[0]).startswith(below):
            change()

    from sqlalchemy import Engine, event

    sys.addaudithook(heard)
    event.listen(Engine, "commit", lambda _: change())


if __name__ == "__main__":
    main()
