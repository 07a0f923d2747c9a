"""Thousands of tips in a running installation's store: sealed as submissions are, written by the same repository.

What is left out is what a person does by hand: stretching a receipt, and the officer's signed act of opening each.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Connection

from bot.run.config import Config
from bot.run.foundation import open_keys
from bot.service.founding import DEMONSTRATION
from crypto.hybrid import Identity
from crypto.sheets import Sheet, verify_sheet
from crypto.tips import seal_tip
from handlers.clocks import opening_due
from storage.database import open_database
from storage.repositories import sheets, tips
from storage.repositories.tips import NewTip, Reader

UNIT, BOX = DEMONSTRATION.unit.code, DEMONSTRATION.box.code
BATCH = 250
"""Tips that are sealed in one go and written in one transaction."""
LENGTH = 360
"""Letters of a tip's text."""
WORDS = (
    "nhà cuối ngõ cạnh văn hóa tổ dân phố tối nào cũng có thanh niên lạ ra vào đông người đi xe máy không biển số "
    "đêm qua nghe tiếng cãi nhau rồi đập phá bà con sợ hãi chưa dám nói với ai gần trường tiểu học bãi đất trống "
    "người bán hàng rong thường ngồi trước cổng chợ chiều muộn đánh bạc ghi lô đề thu tiền góp lãi nặng đe dọa"
)
CATEGORIES = ("drug", "gambling", "theft", "loan", "scam", None)
HOUR = 3600
DAY = 24 * HOUR
ZONE = 7 * HOUR
"""Vietnam's time, in seconds east of UTC."""


def wording(n: int) -> str:
    """The words of tip `n`: the same at every run. The house's number stands in no other tip."""
    chance = random.Random(n)  # noqa: S311 - words, no keys
    text, words = f"số nhà {n}b ", WORDS.split()
    while len(text) < LENGTH:
        text += chance.choice(words) + " "
    return text.strip()


@dataclass(frozen=True, slots=True)
class Whose:
    """To whom tips are sealed: by this sheet of this site, at this UTC second."""

    site: str
    sheet: Sheet
    now: int


def _sealed(numbers: range, whose: Whose) -> list[NewTip]:
    return [_tip(n, whose) for n in numbers]


def _tip(n: int, whose: Whose) -> NewTip:
    chance = random.Random(-n)  # noqa: S311 - clear facts of a benchmark, no keys
    age = chance.randrange(30 * DAY)
    tip = seal_tip(
        site=whose.site,
        sheet=whose.sheet,
        box=BOX,
        category=chance.choice(CATEGORIES),
        parts=[wording(n)],
        day=time.strftime("%Y-%m-%d", time.gmtime(whose.now - age + ZONE)),
        at=whose.now,
        seed=os.urandom(32),
    )
    return NewTip(
        id=tip.tip,
        unit=UNIT,
        urgent=False,
        received=(whose.now - age) // HOUR * HOUR,
        entries=tip.entries,
        grants=tip.grants,
        lookup=os.urandom(32),
        mailbox=tip.reporter_grant,
        due=opening_due((whose.now - age) // HOUR * HOUR, urgent=False),
    )


def _all_sealed(count: int, whose: Whose) -> Iterator[list[NewTip]]:
    ranges = [range(first, min(first + BATCH, count)) for first in range(0, count, BATCH)]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), get_context("spawn")) as pool:
        yield from pool.map(partial(_sealed, whose=whose), ranges)


def _write(connection: Connection, batch: list[NewTip], reader: Reader) -> None:
    for tip in batch:
        tips.file(connection, tip)
        tips.mark_opened(connection, reader, tip.id, entries=len(tip.entries))


@dataclass(frozen=True, slots=True)
class Own:
    """One tip's sealed grant and opening entry, and the key the grant is sealed to: for the loop that is compared."""

    key: str
    grants: tuple[bytes, ...]
    openings: tuple[bytes, ...]


async def _file(folder: Path, count: int, own: int) -> Own:
    config = Config(data_dir=folder, ephemeral_dir=folder / "ephemeral")
    site, database = open_keys(config).site, open_database(config.database)
    try:
        newest = await database.read(lambda connection: sheets.newest(connection, UNIT))
        assert newest is not None
        whose = Whose(site.id, verify_sheet(newest.body, site.authority), int(time.time()))
        (officer,) = whose.sheet.readers(whose.now)
        for batch in _all_sealed(count, whose):
            await database.run(partial(_write, batch=batch, reader=Reader(UNIT, officer.serial)))
    finally:
        await database.close()
    return _own(whose, own)


def _own(whose: Whose, count: int) -> Own:
    """As many tips again, sealed to a key of the benchmark's own in the officer's place: nothing else differs."""
    identity = Identity.generate()
    (officer,) = whose.sheet.readers(whose.now)
    sheet = replace(whose.sheet, officers=(replace(officer, recipient=identity.recipient),))
    made = _sealed(range(count), replace(whose, sheet=sheet))
    grants = tuple(tip.grants[officer.serial] for tip in made)
    return Own(identity.encode(), grants, tuple(tip.entries[0] for tip in made))


def file_tips(folder: Path, count: int, own: int) -> Own:
    """File `count` tips in the installation that keeps its data in `folder`, each opened before by its one officer.

    Answers `own` more for the loop without a console, which are not filed.
    """
    with ThreadPoolExecutor(1) as aside:  # the browser's driver has a loop in this thread
        return aside.submit(asyncio.run, _file(folder, count, own)).result()
