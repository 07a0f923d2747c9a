"""Starts of processes, timed: the product until it is ready, a bare Python until it has imported the same libraries.

Python may keep what it compiled, in all of them alike, as it may in an installation.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.serving import PRODUCT, STOPS_WITHIN, environment, product, said
from bot.run.config import PROJECT
from bot.service.errors import OutsideFailed

IDLE = 1.0
"""Seconds from ready until memory is read: what is done once after a start is done."""
TELEGRAM = {
    "HOPTHU_TELEGRAM_TOKEN": "42:no-bot-is-asked-anything-by-this-token",
    "HOPTHU_TELEGRAM_API_BASE": "http://127.0.0.1:9",
}
"""A bot behind an address where nobody listens."""
TELLING = f"""
import json, os, signal, sys

def tell(*_):
    found = [(name, getattr(one, "__file__", None) or "") for name, one in list(sys.modules.items())]
    print(json.dumps([name for name, file in found if "site-packages" in file]), file=sys.__stdout__, flush=True)
    os._exit(0)

signal.signal(signal.SIGUSR1, tell)
{PRODUCT}
"""
"""The product, which on a signal says what third-party modules it has, in the order they came, and ends."""
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
    subprocess.run(command, check=True, env=environment({}), cwd=PROJECT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def libraries(folder: Path, settings: Mapping[str, str]) -> list[str]:
    """Third-party modules loaded in the product when it is ready, in the order they were loaded.

    Raises:
        OutsideFailed: it does not start, or does not say.
    """
    with product(folder, settings, program=TELLING) as server:
        server.process.send_signal(signal.SIGUSR1)
        server.process.wait(STOPS_WITHIN)
    told = [line for line in said(folder).read_text("utf-8", "replace").splitlines() if line.startswith("[")]
    if not told:
        raise OutsideFailed("the product did not say what it has loaded")
    return [str(name) for name in json.loads(told[-1])]


def started(folder: Path, settings: Mapping[str, str]) -> Start:
    """The product started on this folder."""
    began = time.perf_counter()
    with product(folder, settings) as server:
        time.sleep(IDLE)
        return Start(server.ready - began, memory(server.pid))


def stood(folder: Path, modules: Sequence[str]) -> Start:
    """A bare Python with these modules."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTING, json.dumps(modules)],
        cwd=folder,
        env=environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        found = Start(time.perf_counter() - began, memory(process.pid))
        process.stdin.close()
        return found


def memory(pid: int) -> float:
    """MB of resident memory (VmRSS) of a process."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024 / 1e6
