"""A year of one province: every due reminder is given exactly once, whatever kills the process on the way.

Two schedulers look beside each other; the machine is off now and then; the process is killed at random instants and
begun again. What was told is kept by the database itself and held against a reckoning in memory.
"""

from __future__ import annotations

import asyncio
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from scenario.founding import Founded, found
from scenario.happenings import DAY, OFFICERS, PROVINCE, Year
from scenario.reckoning import NO_TIP, Reckoning, Told

ZONE = timezone(timedelta(hours=7))
MEMORY = Path("/dev/shm")
LONGEST = 600
"""Seconds that a life may take which nobody ends."""
DAYS_TOLD = 14
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@dataclass
class Lived:
    """The year as the database has it."""

    year: Year
    told: Told
    sends: Counter[tuple[str, int, int, int]]
    kills: int


def lives(founded: Founded, year: Year, kills: int) -> int:
    """Live the year, killed so often on the way; how often it was."""
    program = Path(__file__).with_name("living.py")
    command = [sys.executable, str(program), str(founded.folder), str(year.wards), str(year.tips), str(year.seed)]
    chance, killed = random.Random(f"{year.seed} kills"), 0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        assert nursery.stdout.readline() == "loaded\n"
        while not (founded.folder / "over").exists():
            nursery.stdin.write("\n")
            child = int(nursery.stdout.readline())
            handle = os.pidfd_open(child)
            after = chance.uniform(0.02, 0.02 + year.tips / 2_000) if killed < kills else LONGEST
            if not select.select([handle], [], [], after)[0]:
                assert killed < kills, "it never ends"
                os.kill(child, signal.SIGKILL)
                assert select.select([handle], [], [], 30)[0]
                killed += 1
            os.close(handle)
        nursery.stdin.close()
    return killed


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """In memory where there is some: what is shown here is no power cut."""
    made = Path(tempfile.mkdtemp(prefix="hopthu-year-", dir=MEMORY if MEMORY.is_dir() else None))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def lived(folder: Path, pytestconfig: pytest.Config) -> Lived:
    options = {name: pytestconfig.getoption(f"--{name}") for name in ("wards", "tips", "seed")}
    year = Year(**options)
    founded = asyncio.run(found(folder, year))
    killed = lives(founded, year, pytestconfig.getoption("--kills"))
    with sqlite3.connect(folder / "year.sqlite3") as plain:
        told: Told = Counter(plain.execute("SELECT serial, tip, due FROM told").fetchall())
        sends = Counter(plain.execute("SELECT serial, digest, urgent, due FROM sends").fetchall())
    plain.close()
    return Lived(year, told, sends, killed)


def moment(at: int) -> str:
    found = datetime.fromtimestamp(at, ZONE)
    return f"{WEEKDAYS[found.weekday()]} {found:%d/%m %H:%M}"


def story(lived: Lived) -> str:
    """What one ward's tips had officers told in its first weeks, and its chief's digests, line by line."""
    ward, numbers = lived.year.units[1], {tip: n for n, tip in enumerate(lived.year.ids)}
    found = []
    for serial, tip, due in lived.told:
        n = numbers.get(tip)
        if n is not None and lived.year.ward_of(n) == ward:
            found.append((due, serial, f"notice, tip {n}" + ", urgent" * lived.year.is_urgent(n)))
        elif n is None and serial == f"{ward}-chief":
            found.append((due, serial, "digest"))
    begin = min(due for due, _, what in found if what != "digest")
    told = sorted(one for one in found if begin <= one[0] < begin + DAYS_TOLD * DAY)
    return "".join(f"{moment(due)}  {serial:12} {what}\n" for due, serial, what in told)


def test_every_due_reminder_is_given_exactly_once(lived: Lived, pytestconfig: pytest.Config) -> None:
    wanted = Reckoning(lived.year).reckon()
    if (file := pytestconfig.getoption("--story")) is not None:
        file.write_text(story(lived), "utf-8")
    assert lived.kills == pytestconfig.getoption("--kills")
    assert (lived.told - wanted, wanted - lived.told) == (Counter(), Counter())
    assert sum(wanted.values()) > lived.year.tips
    assert set(lived.told.values()) == {1}


def test_nobody_but_the_ward_and_the_province_above_is_ever_called(lived: Lived) -> None:
    wards = {tip: lived.year.ward_of(n) for n, tip in enumerate(lived.year.ids)}
    assert {serial.partition("-")[0] for serial, tip, _ in lived.told if tip != NO_TIP} > {PROVINCE}
    for serial, tip, _ in lived.told:
        assert tip == NO_TIP or serial.partition("-")[0] in (wards[tip], PROVINCE)


def test_what_is_not_urgent_is_told_by_day_on_the_quarter(lived: Lived) -> None:
    urgent = {tip for n, tip in enumerate(lived.year.ids) if lived.year.is_urgent(n)}
    for _, tip, due in lived.told:
        found = datetime.fromtimestamp(due, ZONE)
        assert tip in urgent or (found.hour in range(7, 21) and found.minute % 15 == 0)
    assert {datetime.fromtimestamp(due, ZONE).hour for _, tip, due in lived.told if tip in urgent} & {0, 1, 2, 3}


def test_a_burst_is_one_notice_and_a_day_one_digest(lived: Lived) -> None:
    """However many tips an officer was called to at a moment, his phone shows one notice for it."""
    assert {number for (_, _, urgent, _), number in lived.sends.items() if not urgent} == {1}
    days = Counter(serial for serial, digest, _, _ in lived.sends if digest)
    assert set(days) == {f"{unit}-{name}" for unit in lived.year.units for name in OFFICERS}
    assert len(set(days.values())) == 1
    assert 365 - len(lived.year.off) * 2 <= min(days.values()) <= 365
