"""A server under measurement, in a process of its own: started, waited for until it says it is ready, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bot.run.config import PROJECT
from bot.service.errors import OutsideFailed

Process = subprocess.Popen[bytes]
STARTS_WITHIN, STOPS_WITHIN = 120.0, 30.0
"""Seconds: a loaded machine takes its time to import."""
LOOK = 0.002
"""Seconds between looks whether it is ready: the time of a start is measured by them."""
PRODUCT = "from bot.run.main import main; main()"
NOT_OURS = ("HOPTHU_", "PYTHONDONTWRITEBYTECODE")
"""What a measured process is not given of the caller's environment: an installation's settings, and the wish to compile
everything anew at every start."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers on loopback, ready since `ready` (`time.perf_counter()`). `data`: its folder."""

    port: int
    process: Process
    ready: float
    data: Path

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process that serves."""
        return self.process.pid


@contextmanager
def product(
    folder: Path, settings: Mapping[str, str] | None = None, *, program: str = PRODUCT, role: str = "all"
) -> Iterator[Server]:
    """`hopthu up` with its data in `folder`; `settings` are all the HOPTHU_ ones it gets, `program` is what starts it.

    Raises:
        OutsideFailed: it does not start.
    """
    port, data = free_port(), folder / "data"
    command = [sys.executable, "-c", program, "up", "--role", role, "--port", str(port)]
    with serving(command, port, folder, {"HOPTHU_DATA_DIR": str(data), **(settings or {})}) as (process, ready):
        yield Server(port, process, ready, data)


@contextmanager
def serving(
    command: Sequence[str], port: int, folder: Path, settings: Mapping[str, str]
) -> Iterator[tuple[Process, float]]:
    """This process, and the moment when it was ready; what it says goes to `said(folder)`.

    Raises:
        OutsideFailed: it does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with said(folder).open("wb") as out:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment(settings), stdout=out, stderr=out)
    try:
        yield process, _ready(process, port, said(folder))
    finally:
        _stop(process)


def said(folder: Path) -> Path:
    """What a process in this folder said."""
    return folder / "said.txt"


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process that is measured."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}, **settings}


def _ready(process: Process, port: int, log: Path) -> float:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        if _says_ready(port):
            return time.perf_counter()
        time.sleep(LOOK)
    last = log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
    raise OutsideFailed(f"a server under measurement did not start: {last}")


def _says_ready(port: int) -> bool:
    with suppress(HTTPException, OSError), closing(HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN)) as asked:
        asked.request("GET", "/readyz")
        return asked.getresponse().status == HTTPStatus.OK
    return False


def _stop(process: Process) -> None:
    process.terminate()
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
