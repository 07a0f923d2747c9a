"""SIGKILL at random instants while residents chat, submit and read and an officer answers.

What was acknowledged is stored, readable by receipt and by the officer, and told to him; nothing is there twice; the
product is ready again by itself. A chapter is one installation; the rounds of a run are spread over chapters.
"""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from crash.chapter import begun
from crash.nursery import Nursery
from crash.store import MortalServer, PostgresStore, SqliteStore
from crash.tally import Tally

LONGEST = 25
"""Rounds of one installation: what it holds is read whole at its end."""


def chapters(config: pytest.Config) -> Iterator[tuple[str, int]]:
    """The rounds of a store, spread over installations: a name for each, and its rounds."""
    rounds, end = config.getoption("--rounds") // 2, time.monotonic() + 60 * config.getoption("--minutes")
    for begin in range(0, rounds, LONGEST):
        if time.monotonic() < end:
            yield str(begin), min(LONGEST, rounds - begin)


@pytest.fixture
async def mortal() -> AsyncIterator[MortalServer]:
    server = MortalServer()
    yield server
    server.stop()


async def test_on_sqlite_nothing_acknowledged_is_lost_and_nothing_is_twice(
    tmp_path: Path, nursery: Nursery, tally: Tally, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(f"{request.config.getoption('--seed')} sqlite")
    tally.store = "SQLite"
    for name, rounds in chapters(request.config):
        folder = tmp_path / name
        async with begun(folder, SqliteStore(folder), nursery, chance=chance, tally=tally) as chapter:
            await chapter.rounds(rounds)
            await chapter.reckon()
    assert tally.wrong() == []
    assert tally.acknowledged > 0


@pytest.mark.postgres
async def test_on_postgresql_nothing_acknowledged_is_lost_and_nothing_is_twice(
    tmp_path: Path, nursery: Nursery, tally: Tally, request: pytest.FixtureRequest, mortal: MortalServer
) -> None:
    chance = random.Random(f"{request.config.getoption('--seed')} postgresql")
    tally.store = "PostgreSQL"
    for name, rounds in chapters(request.config):
        async with begun(tmp_path / name, PostgresStore(mortal), nursery, chance=chance, tally=tally) as chapter:
            await chapter.rounds(rounds)
            await chapter.reckon()
    assert tally.wrong() == []
    assert tally.acknowledged > 0
