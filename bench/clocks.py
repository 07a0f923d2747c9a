"""`hopthu bench clocks`: what finding and taking the steps that are due costs, among few open tips and among a million.

Two databases with as many steps due at a time; looks at both in turn, each a transaction as the job's own. Owns the
rows and the rounds.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Connection, Table, insert

from bench.figures import Figure, Measured, most
from bot.service.desk.ladder import Ladders
from bot.service.desk.observing import Observed
from bot.service.errors import OurFault
from bot.service.site import MemoryFloors, SheetBook, Site
from crypto.age import Identity
from crypto.sheets import LIFETIME, Officer, Sheet, sign_sheet
from crypto.signing import Signer
from storage.database import Database, open_database
from storage.migrate import upgrade
from storage.repositories import sheets, units
from storage.tables import entries, grants, rungs, tips

SEED = 20261123
NOW = 1_795_316_400
"""10:00 of a day in Vietnam: nothing waits for the morning."""
UNIT, OFFICERS = "18118", ("s1", "s2", "s3")
STEP = 60
"""Seconds from one look to the next."""
FAR = NOW + 30 * 86_400
"""When the steps of all other tips are due."""
BATCH = 50_000
"""Tips written in one transaction."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many tips are open in the small and in the large database, how many steps are due at a look, and looks."""

    small: int
    large: int
    due: int
    looks: int


WHOLE, QUICK = Size(10_000, 1_000_000, 100, 40), Size(1_000, 10_000, 20, 5)


@dataclass(slots=True)
class Found:
    """Milliseconds of each look, in turn."""

    small: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)


def measure(quick: bool) -> Measured:
    """Run it.

    Raises:
        OurFault: a look did not take the steps that were due.
    """
    size = QUICK if quick else WHOLE
    found = asyncio.run(_run(size))
    return Measured("clocks", _how(size), _figures(found))


async def _run(size: Size) -> Found:
    found = Found()
    with TemporaryDirectory(prefix="hopthu-bench-") as folder:
        ladders, signed = _ladders()
        small = await _filled(Path(folder) / "small.sqlite3", size.small, size, signed)
        large = await _filled(Path(folder) / "large.sqlite3", size.large, size, signed)
        for look in range(size.looks):
            now = NOW + look * STEP
            found.small.append(await _look(small, ladders, now, size.due))
            found.large.append(await _look(large, ladders, now, size.due))
        await small.close()
        await large.close()
    return found


def _ladders() -> tuple[Ladders, bytes]:
    """What climbs, and the sheet it goes by."""
    authority, site = Signer.generate(), os.urandom(16).hex()
    recipient, key = Identity.generate().recipient, Signer.generate().verify_key
    officers = tuple(Officer(one, f"cb-{one}", "duty", recipient, key, NOW - 1, None) for one in OFFICERS)
    sheet = Sheet(site, True, UNIT, "phường", None, 1, NOW - 1, NOW - 1 + LIFETIME, officers, None)
    book = SheetBook(Site(site, bytes(16), demo=True, authority=authority.verify_key), MemoryFloors())
    return Ladders(book, _unheard), sign_sheet(sheet, authority)


def _unheard(connection: Connection, unit: str, seen: Observed, *, now: int) -> None:
    """Nobody says anything here."""


async def _look(database: Database, ladders: Ladders, now: int, due: int) -> float:
    began = perf_counter()
    climbed = await database.run(partial(ladders.climb, now=now))
    took = perf_counter() - began
    if climbed.ladders != due:
        raise OurFault("a look took other steps than those that were due")
    return took * 1e3


async def _filled(file: Path, count: int, size: Size, sheet: bytes) -> Database:
    """A database of so many open tips that somebody opened and that are reported, classified and verified now."""
    url = f"sqlite:///{file}"
    await asyncio.to_thread(upgrade, url)
    database = open_database(url)
    await database.run(lambda c: units.put_unit(c, units.Unit(UNIT, "phường", "ward", None, 0, contact="113")))
    await database.run(lambda c: sheets.add(c, sheets.StoredSheet(UNIT, 1, sheet)))
    chance = Random(SEED)  # noqa: S311 - nothing is secret here
    ids = sorted(chance.randbytes(16) for _ in range(count))
    turns = _turns(count, size, chance)
    for start in range(0, count, BATCH):
        batch = list(zip(ids[start : start + BATCH], turns[start : start + BATCH], strict=True))
        await database.run(partial(_write, batch=batch))
    await database.checkpoint()
    return database


def _turns(count: int, size: Size, chance: Random) -> list[int]:
    """When the next step of each tip is due: as many at each look, all others later."""
    turns = [NOW + n // size.due * STEP if n < size.due * size.looks else FAR for n in range(count)]
    chance.shuffle(turns)
    return turns


def _write(connection: Connection, batch: list[tuple[bytes, int]]) -> None:
    for table, rows in _rows(batch):
        connection.execute(insert(table), rows)


def _rows(batch: list[tuple[bytes, int]]) -> Iterator[tuple[Table, list[dict[str, object]]]]:
    mine: dict[str, object] = {"unit_id": UNIT, "sealed": bytes(32)}
    yield tips, [_tip(tip) for tip, _ in batch]
    yield entries, [{**mine, "tip": tip, "seq": 0} for tip, _ in batch]
    yield grants, [{**mine, "tip": tip, "recipient": to, "opened": to == "s1"} for tip, _ in batch for to in OFFICERS]
    yield rungs, [{"tip": t, "unit_id": UNIT, "clock": "verify", "due": NOW, "step": 1, "at": at} for t, at in batch]


def _tip(tip: bytes) -> dict[str, object]:
    case = {"status": "verifying", "since": NOW - 86_400, "reported": True, "notified": True, "complex": False}
    dates = {"received": NOW - 86_400, "visible_from": NOW, "due": NOW, "clock": "verify", "ended": None}
    return {
        "id": tip, "unit_id": UNIT, "urgent": False, "state": "verify", "answerable": "s1", "news": False, "entries": 1,
        "register": None, "year": None, "extended": False, **case, **dates,
    }  # fmt: skip


def _how(size: Size) -> str:
    return (
        f"{size.large:,} and {size.small:,} open tips of one unit with three officers, on SQLite; {size.due} steps due "
        f"at each of {size.looks} looks at either in turn; each finds them, finds whom they lead to, calls, rings, "
        "says when the next are due, and commits. What is sealed is short here."
    )


def _figures(found: Found) -> tuple[Figure, ...]:
    small, large = median(found.small), median(found.large)
    return (
        Figure("ms_small", small, "ms", "a look among the few"),
        Figure("ms_large", large, "ms", "a look among the many"),
        Figure("ratio", large / small, "", "a look among the many ÷ among the few", most(1.5)),
    )
