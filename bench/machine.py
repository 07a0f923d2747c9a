"""The machine a figure was measured on, in words."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path


def description() -> dict[str, str]:
    """Processor, cores, memory, system and the versions that matter."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in ("aiogram", "fastapi", "sqlalchemy", "uvicorn")},
    }


def _memory() -> str:
    kib = _first("/proc/meminfo", "MemTotal").split(" ")[0]
    return f"{int(kib) / 1024**2:.0f} GiB" if kib else "unknown"


def _first(file: str, name: str) -> str:
    """The first value of that name in one of the system's `name: value` files; empty where there is none."""
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
