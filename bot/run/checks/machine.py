"""The machine: clock, room, and whatever could carry memory to a disk."""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from bot.edge.http.pages import PagesNotBuilt, read_built
from bot.run.checks.finding import Finding
from bot.run.config import Config

EARLIEST = 1_767_225_600
"""2026-01-01T00:00Z: a clock before this is wrong."""
ROOM = 1 << 30
"""Bytes that must be free where the data lies: some fifty full tips, and the database's own log."""
IN_MEMORY = frozenset({"tmpfs", "ramfs"})
MOUNTS, SWAPS = Path("/proc/self/mounts"), Path("/proc/swaps")


def findings(config: Config, *, real: bool) -> Iterator[Finding]:
    """Everything about the machine; of a demonstration's only what keeps it from running."""
    synchronise = "set the clock; turn time synchronisation on"
    yield Finding(time.time() > EARLIEST, "the clock shows a believable day", synchronise)
    yield _pages(config)
    yield _room(config.data_dir.resolve())
    if real:
        yield from _memory(config)


def _pages(config: Config) -> Finding:
    try:
        read_built(config.pages)
    except PagesNotBuilt:
        return Finding(False, "the pages for browsers are not built", "run make setup")
    return Finding(True, "the pages for browsers are built")


def _room(folder: Path) -> Finding:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    fix = "free space: what cannot be stored is not taken, and people are told so"
    return Finding(free >= ROOM, f"free where the data lies: {free >> 20} MiB", fix)


def _memory(config: Config) -> Iterator[Finding]:
    kind = file_system(config.ephemeral)
    if kind is not None:
        fix = "set HOPTHU_EPHEMERAL_DIR to a folder on tmpfs, such as the units' /run/hopthu/epochs"
        yield Finding(kind in IN_MEMORY, "epoch keys lie in memory, on tmpfs", fix)
    swapping = len(_lines(SWAPS)) > 1
    fix = "swapoff --all, or swap encrypted anew at each start; the units in deploy/ keep the services out of it"
    yield Finding(not swapping, "the machine does not swap", fix, advice=True)
    soft, _ = resource.getrlimit(resource.RLIMIT_CORE)
    fix = "ulimit -c 0 before commands that read keys; the units in deploy/ do it for the services"
    yield Finding(soft == 0, "a crash writes no memory to a disk", fix, advice=True)


def file_system(folder: Path) -> str | None:
    """The kind of file system that holds a folder, or would; None where the system does not tell."""
    found = [line.split() for line in _lines(MOUNTS)]
    places = [(len(words[1]), words[2]) for words in found if len(words) > 2 and _holds(words[1], folder)]  # noqa: PLR2004 - device, place, kind
    return max(places)[1] if places else None


def _holds(place: str, folder: Path) -> bool:
    return folder.is_relative_to(place.replace("\\040", " "))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except OSError:
        return []
