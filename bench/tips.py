"""`hopthu bench tips`: whole tips a second, against the rate of the one thing each of them cannot do without.

A receipt is stretched once per tip (Argon2id, 19 MiB): what is left over of the machine beside that is ours. Rounds of
both are taken in turn, and the median of their ratios counts. Owns the rounds and the check of what was stored.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import func, inspect, select

from bench.figures import Figure, Measured, least, most
from bench.residents.reading import Read, read_all
from bench.residents.writing import AT_ONCE, MESSAGES, Seen
from bench.serving import Server, product
from bench.stretching import rate
from bot.run.config import PROJECT, load_config
from bot.service.errors import NotAccepted, OurFault
from bot.service.queues import FILING_AT_ONCE
from storage.database import open_database
from storage.tables import tips

SEED = 20261122
DATABASE = "HOPTHU_BENCH_DATABASE_URL"
"""Where to measure on an empty PostgreSQL database. Never an installation's own setting: started on an installation's
database, the product of a benchmark would erase every chat there, for it has none of its keys."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is run: rounds, tips a round, seconds of stretching a round, and receipts tried at the end."""

    rounds: int
    tips: int
    stretching: float
    tried: int


WHOLE, QUICK = Size(5, 240, 5.0, 60), Size(2, 16, 0.5, 4)


@dataclass(slots=True)
class Found:
    """What the rounds gave. `argon2` are stretchings a second, one number for each of `seen`."""

    argon2: list[float] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    stored: int = 0
    read: Read = field(default_factory=Read)

    @property
    def receipts(self) -> list[str]:
        """Every receipt shown."""
        return [receipt for seen in self.seen for receipt in seen.receipts]

    @property
    def errors(self) -> int:
        """Conversations that failed, receipts that opened nothing, tips stored but not acknowledged or the reverse."""
        failed = sum(len(seen.failures) for seen in self.seen)
        return failed + self.read.failures + abs(self.stored - len(self.receipts))


def measure(quick: bool) -> Measured:
    """Run it.

    Raises:
        NotAccepted: the database to measure on is not empty.
        OutsideFailed: the product does not start.
    """
    found = _run(QUICK if quick else WHOLE)
    return Measured("tips", _how(), _figures(found))


def _run(size: Size) -> Found:
    found = Found()
    settings = asyncio.run(_settings(os.environ.get(DATABASE)))
    with TemporaryDirectory(prefix="hopthu-bench-") as folder:
        with product(Path(folder), settings) as server:
            before = _stored(folder, settings)
            warm = _residents(server, AT_ONCE, SEED)
            for round_ in range(size.rounds):
                found.argon2.append(rate(FILING_AT_ONCE, size.stretching))
                found.seen.append(_residents(server, size.tips, SEED + round_ + 1))
            tried = Random(SEED).sample(found.receipts, min(size.tried, len(found.receipts)))  # noqa: S311 - a sample
            found.read = asyncio.run(read_all(server.address, tried))
        found.stored = _stored(folder, settings) - before - len(warm.receipts)
    return found


async def _settings(url: str | None) -> dict[str, str]:
    """What the product is started with.

    Raises:
        NotAccepted: the database at `url` holds something.
    """
    if not url:
        return {}
    database = open_database(url)
    try:
        tables = await database.read(lambda connection: inspect(connection).get_table_names())
    finally:
        await database.close()
    if tables:
        raise NotAccepted(f"{DATABASE} names a database that is not empty")
    return {"HOPTHU_DATABASE_URL": url}


def _residents(server: Server, number: int, seed: int) -> Seen:
    command = [sys.executable, "-m", "bench.residents.writing", server.address, str(number), str(seed)]
    ended = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, check=False)
    if ended.returncode:
        raise OurFault("the residents of the benchmark failed")
    return Seen.read(ended.stdout)


def _stored(folder: str, settings: Mapping[str, str]) -> int:
    """How many tips the database holds."""

    async def count() -> int:
        url = settings.get("HOPTHU_DATABASE_URL")
        config = load_config(answers={"data_dir": f"{folder}/data", **({"database_url": url} if url else {})})
        database = open_database(config.database)
        try:
            return await database.read(
                lambda connection: connection.execute(select(func.count(tips.c.id))).scalar_one()
            )
        finally:
            await database.close()

    return asyncio.run(count())


def _how() -> str:
    return (
        f"{AT_ONCE} conversations at once in the web chat, over WebSockets to the product's own process: page opened, "
        f"{len(MESSAGES)} messages, sent, confirmed, receipt shown; against Argon2id alone with the same parameters in "
        f"{FILING_AT_ONCE} threads, in turn. Both sides and the residents share the machine."
    )


def _figures(found: Found) -> tuple[Figure, ...]:
    pace = [len(seen.receipts) / seen.seconds for seen in found.seen]
    ratios = [ours / alone for ours, alone in zip(pace, found.argon2, strict=True)]
    whole = [seconds for seen in found.seen for seconds in seen.whole]
    sending = [seconds for seen in found.seen for seconds in seen.sending]
    return (
        Figure("tips_per_s", median(pace), "/s", "whole tips, from opening the page to the receipt shown", least(50)),
        Figure("ratio", median(ratios), "", "whole tips ÷ stretchings alone", least(0.55)),
        Figure("errors", found.errors, "", "failed, not stored, stored unseen, or not opened by its receipt", most(0)),
        Figure("p95_ms", _p95(whole), "ms", "one whole conversation, from opening the page to the receipt shown"),
        Figure("sent_p95_ms", _p95(sending), "ms", "from “send” over “confirm” to the receipt shown"),
        Figure("opened_p95_ms", _p95(found.read.seconds), "ms", "a tip opened again by what its receipt stands for"),
        Figure("argon2_per_s", median(found.argon2), "/s", "stretchings of a receipt and nothing else"),
    )


def _p95(seconds: list[float]) -> float:
    """The 95th percentile in milliseconds; 0 where nothing was measured."""
    return quantiles([*seconds, *seconds], n=20)[-1] * 1000 if seconds else 0.0
