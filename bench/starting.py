"""Starts of processes, timed: the product until it is ready, a bare Python until it has imported the same libraries.

Python may keep what it compiled, in all of them alike, as it may in an installation.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.product import free_port
from bot.run.config import PROJECT
from bot.service.errors import OutsideFailed

Process = subprocess.Popen[bytes]
WITHIN = 120.0
"""Seconds anything may take to start: a loaded machine takes its time."""
LOOK = 0.002
"""Seconds between looks whether it is ready."""
IDLE = 1.0
"""Seconds from ready until memory is read: what is done once after a start is done."""
TELEGRAM = {
    "HOPTHU_TELEGRAM_TOKEN": "42:no-bot-is-asked-anything-by-this-token",
    "HOPTHU_TELEGRAM_API_BASE": "http://127.0.0.1:9",
}
"""A bot behind an address where nobody listens."""
PRODUCT = "from bot.run.main import main; main()"
TELLING = f"""
import json, signal, sys

def tell(*_):
    found = [(name, getattr(one, "__file__", None) or "") for name, one in list(sys.modules.items())]
    print(json.dumps([name for name, file in found if "site-packages" in file]), file=sys.__stdout__, flush=True)

signal.signal(signal.SIGUSR1, tell)
{PRODUCT}
"""
"""The product, which on a signal says what third-party modules it has, in the order they came."""
IMPORTING = """
import importlib, json, sys

for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print("ready", flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from exec to ready, and MB of resident memory then."""

    seconds: float
    memory: float


def ended(command: Sequence[str]) -> float:
    """Seconds this command takes, start and end included."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=_environment({}), cwd=PROJECT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def libraries(folder: Path, settings: Mapping[str, str]) -> list[str]:
    """Third-party modules loaded in the product when it is ready, in the order they were loaded."""
    with _product(folder, settings, TELLING) as (process, _):
        process.send_signal(signal.SIGUSR1)
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(b"["):
                return [str(name) for name in json.loads(line)]
    raise OutsideFailed("the product did not say what it has loaded")


def started(folder: Path, settings: Mapping[str, str]) -> Start:
    """The product started on this folder."""
    began = time.perf_counter()
    with _product(folder, settings, PRODUCT) as (process, at):
        time.sleep(IDLE)
        return Start(at - began, memory(process.pid))


def stood(folder: Path, modules: Sequence[str]) -> Start:
    """A bare Python with these modules."""
    began = time.perf_counter()
    command = [sys.executable, "-c", IMPORTING, json.dumps(modules)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=folder, env=_environment({}), **pipes) as process:  # type: ignore[call-overload]
        process.stdout.readline()
        found = Start(time.perf_counter() - began, memory(process.pid))
        process.stdin.close()
        return found


def memory(pid: int) -> float:
    """MB of resident memory (VmRSS) of a process."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024 / 1e6


@contextmanager
def _product(
    folder: Path, settings: Mapping[str, str], program: str
) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """The product while it runs, and the moment when it was ready."""
    port = free_port()
    command = [sys.executable, "-c", program, "up", "--port", str(port)]
    environment = _environment({"HOPTHU_DATA_DIR": str(folder / "data"), **settings})
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process, _ready(process, port)
        finally:
            process.terminate()


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    mine = ("HOPTHU_", "PYTHONDONTWRITEBYTECODE")
    return {**{name: value for name, value in os.environ.items() if not name.startswith(mine)}, **settings}


def _ready(process: Process, port: int) -> float:
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        if _says_ready(port):
            return time.perf_counter()
        time.sleep(LOOK)
    raise OutsideFailed("the product did not start")


def _says_ready(port: int) -> bool:
    asked = HTTPConnection("127.0.0.1", port, timeout=WITHIN)
    try:
        asked.request("GET", "/readyz")
        return asked.getresponse().status == 200  # noqa: PLR2004 - OK
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()
