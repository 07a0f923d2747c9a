"""Who sends knows whether anybody else does: the same for processes of a machine and for those at one server."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Self

import postgres_server
import pytest

from storage.database import open_database
from storage.errors import Busy, Full, StorageError
from storage.senders import PAUSE, FileSenders, NobodyElse, PostgresSenders, Senders, open_senders

ROOT = Path(__file__).parents[3]
QUEUE = "telegram"
PROGRAM = """
import asyncio, sys
from storage.senders import open_senders

async def main():
    async with open_senders(sys.argv[1], sys.argv[2]).alone() as alone:
        print(alone, flush=True)
        sys.stdin.readline()
    print("counted", flush=True)
    sys.stdin.readline()

asyncio.run(main())
"""


class Another:
    """A sender in a process of its own: what it found, then it takes over until told to go on."""

    def __init__(self, url: str, queue: str = QUEUE) -> None:
        command = [sys.executable, "-c", PROGRAM, url, queue]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        self._said, self._told = self._process.stdout, self._process.stdin
        self.alone = self._said.readline() == "True\n"

    def counted(self) -> Self:
        self._told.write("\n")
        assert self._said.readline() == "counted\n"
        return self

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def ours(url: str) -> AsyncIterator[Senders]:
    yield (senders := open_senders(url, QUEUE))
    await senders.leave()


@pytest.fixture
def other(url: str) -> Iterator[Another]:
    yield (found := Another(url))
    found.kill()


async def _alone(senders: Senders) -> bool:
    async with senders.alone() as alone:
        return alone


async def test_who_comes_first_is_alone_for_as_long_as_nobody_comes(ours: Senders):
    assert [await _alone(ours) for _ in range(3)] == [True, True, True]


async def test_who_comes_second_is_not(ours: Senders, url: str):
    await _alone(ours)
    other = Another(url)
    assert not other.alone
    other.counted()
    assert not await _alone(ours)
    other.kill()


async def test_who_is_left_is_alone_again(ours: Senders, other: Another):
    other.counted()
    assert [await _alone(ours) for _ in range(3)] == [False, False, False]
    other.kill()
    while not await _alone(ours):  # a server sees with its next look that somebody is gone
        pass


async def test_who_left_counts_no_more(ours: Senders, url: str):
    await _alone(ours)
    await ours.leave()
    other = Another(url)
    assert other.alone
    other.kill()


async def test_two_queues_have_nothing_to_do_with_each_other(ours: Senders, url: str):
    other = Another(url, "another")
    assert other.alone
    assert await _alone(ours)
    other.kill()


async def test_who_comes_while_one_takes_over_waits(ours: Senders, other: Another):
    assert other.alone
    coming = asyncio.create_task(_alone(ours))
    done, _ = await asyncio.wait({coming}, timeout=4 * PAUSE)
    assert not done
    other.counted()
    assert not await coming


@pytest.mark.postgres
async def test_who_lost_his_connection_is_told_and_counts_again(postgres_url: str):
    ours = open_senders(postgres_url, QUEUE)
    await _alone(ours)
    postgres_server.shared_server().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    )
    with pytest.raises(Busy):
        await _alone(ours)
    await _alone(ours)
    other = Another(postgres_url)
    assert not other.alone
    other.kill()
    await ours.leave()


@pytest.mark.postgres
async def test_a_connection_that_was_only_half_made_is_closed(postgres_url: str, monkeypatch: pytest.MonkeyPatch):
    senders = PostgresSenders(postgres_url, QUEUE)
    with monkeypatch.context() as broken:
        broken.setattr("storage.senders._NOTICES", "SET nothing.of = the kind?")
        with pytest.raises(StorageError):
            await _alone(senders)
    assert senders._engine.pool.checkedout() == 0
    assert await _alone(senders)
    await senders.leave()


@pytest.mark.postgres
async def test_a_lock_of_a_queue_sleeps_in_no_transaction(postgres_url: str):
    ours = open_senders(postgres_url, QUEUE)
    await _alone(ours)
    states = "SELECT state FROM pg_stat_activity WHERE pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')"
    database = open_database(postgres_url)
    assert await database.read(lambda c: c.exec_driver_sql(states).scalars().all()) == ["idle"]
    await database.close()
    await ours.leave()


async def test_a_lock_that_cannot_be_had_is_a_fault_of_the_store(tmp_path: Path):
    with pytest.raises(Full):
        await _alone(FileSenders(tmp_path / "nowhere" / "lock"))


async def test_in_memory_nobody_else_is_there():
    senders = open_senders("sqlite://", QUEUE)
    assert isinstance(senders, NobodyElse)
    assert await _alone(senders)
    await senders.leave()


async def test_a_lock_that_may_not_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "refused")

    monkeypatch.setattr("storage.senders.os.open", refused)
    with pytest.raises(Full):
        await _alone(FileSenders(tmp_path / "lock"))


async def test_whoever_takes_over_without_end_is_not_waited_for(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Another(sqlite_url)
    monkeypatch.setattr("storage.senders.WAIT_SECONDS", 0)
    senders = open_senders(sqlite_url, QUEUE)
    with pytest.raises(Busy):
        await _alone(senders)
    other.counted()
    assert not await _alone(senders)
    await senders.leave()
    other.kill()
