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
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest
from scenario.founding import Founded, found
from scenario.happenings import What, Year
from scenario.reckoning import Keys, Reckoning, Told
from scenario.rulebook import PACES
from scenario.telling import ZONE, Lived, moment, page, story

MEMORY = Path("/dev/shm")
LONGEST = 3600
"""Seconds that a life may take which nobody ends."""
ODD_ZONE = "Australia/Lord_Howe"
"""Its clocks go forward and back by half an hour: whoever asks the machine for the time of day would show it."""


def lives(founded: Founded, year: Year, kills: int) -> int:
    """Live the year, killed so often on the way; how often it was."""
    program = Path(__file__).with_name("living.py")
    command = [sys.executable, str(program), str(founded.folder), str(year.wards), str(year.tips), str(year.seed)]
    chance, killed, odd = random.Random(f"{year.seed} kills"), 0, {**os.environ, "TZ": ODD_ZONE}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, bufsize=1, env=odd) as nursery:  # type: ignore[call-overload] # two pipes
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        assert nursery.stdout.readline() == "loaded\n"
        while not (founded.folder / "over").exists():
            nursery.stdin.write("\n")
            child = int(nursery.stdout.readline())
            handle = os.pidfd_open(child)
            after = chance.uniform(0.02, 0.02 + year.tips / 1_500) if killed < kills else LONGEST
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
    begun = time.monotonic()
    killed = lives(founded, year, pytestconfig.getoption("--kills"))
    seconds = time.monotonic() - begun
    with sqlite3.connect(folder / "year.sqlite3") as plain:
        told: Told = Counter(plain.execute("SELECT serial, tip, due FROM told").fetchall())
        sends = Counter(plain.execute("SELECT serial, digest, urgent, due FROM sends").fetchall())
        keys: Keys = set(plain.execute("SELECT tip, recipient FROM grants").fetchall())
    plain.close()
    return Lived(year, told, sends, keys, killed, seconds)


@pytest.fixture(scope="module")
def reckoning(lived: Lived) -> Reckoning:
    reckoned = Reckoning(lived.year)
    reckoned.reckon()
    return reckoned


def test_every_due_reminder_is_given_exactly_once(
    lived: Lived, reckoning: Reckoning, pytestconfig: pytest.Config
) -> None:
    wanted = reckoning.told
    if (file := pytestconfig.getoption("--story")) is not None:
        file.write_text(story(lived), "utf-8")
    if (file := pytestconfig.getoption("--page")) is not None:
        file.write_text(page(lived, reckoning), "utf-8")
    assert lived.kills == pytestconfig.getoption("--kills")
    assert (lived.told - wanted, wanted - lived.told) == (Counter(), Counter())
    assert sum(wanted.values()) > lived.year.tips
    assert set(lived.told.values()) == {1}


def test_every_kind_of_thing_happens_and_every_clock_is_reminded_of(lived: Lived, reckoning: Reckoning) -> None:
    assert {one.what for one in lived.year.happenings} == set(get_args(What))
    assert set(reckoning.clocks) == set(PACES)
    assert len(lived.year.leaps) > len(lived.year.off) > 0


def test_keys_are_held_by_those_on_the_sheets_alone_and_by_nobody_who_was_shut_out(
    lived: Lived, reckoning: Reckoning
) -> None:
    """His browser gets nothing that came after the sheet without him, nor anything that a colleague can open."""
    assert lived.keys == reckoning.keys
    assert {one for _, one in lived.keys} & lived.year.outs.keys() == set()
    gone = ((serial, tip, due) for serial, tip, due in lived.told if due > lived.year.outs.get(serial, due))
    assert list(gone) == []
    heirs = {one for _, one in lived.keys if one.endswith("-t3")}
    assert heirs == {serial.replace("-t2", "-t3") for serial in lived.year.outs}


def test_a_ward_that_was_passed_by_holds_nothing_and_is_told_nothing(lived: Lived) -> None:
    past = {tip: lived.year.ward_of(n) for n, tip in enumerate(lived.year.ids) if lived.year.is_past(n)}
    assert len(set(past.values())) > 1
    for serial, tip in {(one, tip) for one, tip, _ in lived.told} | {(one, tip) for tip, one in lived.keys}:
        assert serial.partition("-")[0] != past.get(tip)
    assert {tip for _, tip, _ in lived.told} & past.keys()


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
    whole = {serial: number for serial, number in days.items() if serial.endswith("-chief")}
    assert set(whole) == {f"{unit}-chief" for unit in lived.year.units}
    assert len(set(whole.values())) == 1
    assert 365 - len(lived.year.off) * 2 <= min(whole.values()) <= 365
    assert {moment(due)[-5:] for _, digest, _, due in lived.sends if digest} == {"07:30"}
