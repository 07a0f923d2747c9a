"""`hopthu bench soak --minutes N`: half of what the product can take, for long, and whether anything grows by it.

First it is asked as much as it takes for a short time; then half of that, from chats that come and go as people do. Its
memory, open files, log of the database and oldest unsent message are read all the while.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from bench.figures import Figure, Measured, most
from bench.starting import memory
from bench.traffic.load import Load, Result
from bench.traffic.peer import Peer
from bench.traffic.served import SECRET, WEBHOOK, Served, product
from bot.service.errors import OutsideFailed

HOW = (
    "{minutes:g} minutes at {rate:.0f} updates a second, half of what was taken at once for {updates:,} updates "
    "before, over Telegram's webhook from {chats:,} new chats every {turn:g} s, every answer sent; readings every "
    "{every:g} s. Slopes are least squares over the second half."
)
HALF = 2
FASTEST = 3_000
"""Updates by which the rate is found."""
CHATS, TURN = 500, 20.0
"""Chats that write in one turn, and its seconds; then others come."""
READINGS = 60
"""Readings in a whole run, at least one every ten seconds."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds from the beginning, MB of memory, open files, MB of SQLite's log, seconds the oldest message waits."""

    at: float
    memory: float
    files: int
    log: float
    oldest: float


def measure(minutes: float) -> Measured:
    """Soak it. Raises `OutsideFailed` where an update is not taken, or an answer never comes."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hopthu-bench-")))
        peer = stack.enter_context(Peer())
        served = stack.enter_context(product(folder, peer.api))
        fastest = _all(peer.run(_load(served, 0, min(FASTEST, int(FASTEST * minutes)), None)))
        rate = fastest.accepted / (fastest.answered - fastest.started) / HALF
        readings = list(_soaked(peer, served, rate, 60 * minutes))
        every = median(b.at - a.at for a, b in pairwise(readings))
        how = HOW.format(minutes=minutes, rate=rate, updates=fastest.accepted, chats=CHATS, turn=TURN, every=every)
        return Measured("soak", how, figures(readings, rate))


def _soaked(peer: Peer, served: Served, rate: float, seconds: float) -> Iterator[Reading]:
    """Readings while one turn of chats follows the other."""
    began, every = time.monotonic(), min(10.0, seconds / READINGS)
    yield _read(served, 0.0)
    turn = 1
    while (at := time.monotonic() - began) < seconds:
        length = min(TURN, max(every, seconds - at))
        number = peer.start(_load(served, turn, max(1, int(rate * length)), rate))
        while time.monotonic() - began < at + length:
            time.sleep(every)
            yield _said(_read(served, time.monotonic() - began))
        _all(peer.result(number))
        turn += 1


def _load(served: Served, turn: int, updates: int, rate: float | None) -> Load:
    first = 1_000_000 + turn * CHATS
    return Load(served.port, WEBHOOK, SECRET, updates, first_chat=first, chats=CHATS, rate=rate, seed=turn)


def _all(result: Result) -> Result:
    if set(result.statuses) != {"200"} or result.answers < result.accepted:
        raise OutsideFailed("updates were not taken, or not answered")
    return result


def _read(served: Served, at: float) -> Reading:
    log = served.folder / "hopthu.sqlite3-wal"
    with closing(sqlite3.connect(f"file:{served.folder / 'hopthu.sqlite3'}?mode=ro", uri=True)) as connection:
        (due,) = connection.execute("SELECT min(due) FROM outbox WHERE state = 'waiting'").fetchone()
    return Reading(
        at,
        memory(served.pid),
        _open_files(served),
        log.stat().st_size / 1e6 if log.exists() else 0.0,
        max(0.0, time.time() - due) if due else 0.0,
    )


def _open_files(served: Served) -> int:
    """As the process itself counts them: nobody else may look into it."""
    with urlopen(f"http://127.0.0.1:{served.port}/metrics", timeout=60) as answer:
        found = re.search(r"^process_open_fds (\S+)$", answer.read().decode(), re.MULTILINE)
    return int(float(found[1])) if found else 0


def _said(reading: Reading) -> Reading:
    """It takes long: whoever waits sees how it goes."""
    sys.stderr.write(
        f"{reading.at:6.0f} s  {reading.memory:6.1f} MB  {reading.files} files  log {reading.log:.1f} MB  "
        f"oldest unsent {reading.oldest:.1f} s\n"
    )
    return reading


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The least squares' slope of y over x; 0 where all x are the same."""
    if not points:
        return 0.0
    mid_x, mid_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    below = sum((x - mid_x) ** 2 for x, _ in points)
    return sum((x - mid_x) * (y - mid_y) for x, y in points) / below if below else 0.0


def figures(readings: list[Reading], rate: float) -> tuple[Figure, ...]:
    """What the readings say."""
    late = readings[len(readings) // 2 :]
    grown = 3600 * slope([(one.at, one.memory) for one in late])
    files = max(one.files for one in late) - max(one.files for one in readings[: len(readings) // 2] or readings)
    return (
        Figure("memory_mb_per_h", grown, "MB/h", "growth of memory in the second half", most(10)),
        Figure("files", files, "", "most open files in the second half, over the first", most(4)),
        Figure("wal_mb", max(one.log for one in late), "MB", "largest log of the database, second half", most(64)),
        Figure("outbox_s", max(one.oldest for one in late), "s", "longest wait of an unsent message", most(5)),
        Figure("memory_mb", late[-1].memory, "MB", "memory at the end"),
        Figure("per_s", rate, "/s", "updates, half of what it takes"),
    )
