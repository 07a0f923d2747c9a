"""One process alone leads, until it ends: the same for processes of a machine and for those at one server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import postgres_server
import pytest

from storage.errors import Busy, Full
from storage.leading import AloneLeading, FileLeading, Leading, open_leading

ROOT = Path(__file__).parents[3]
WORK = "ladder"
PROGRAM = """
import asyncio, sys
from storage.leading import open_leading

async def main():
    leading = open_leading(sys.argv[1], sys.argv[2])
    while True:
        print(await leading.leads(), flush=True)
        sys.stdin.readline()

asyncio.run(main())
"""


class Another:
    """A process that asks whether it leads, once at its start and then whenever told to."""

    def __init__(self, url: str, work: str = WORK) -> None:
        command = [sys.executable, "-c", PROGRAM, url, work]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.found = self._read()

    def asks(self) -> bool:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        return self._read()

    def _read(self) -> bool:
        assert self._process.stdout is not None
        return self._process.stdout.readline() == "True\n"

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def ours(url: str) -> AsyncIterator[Leading]:
    yield (leading := open_leading(url, WORK))
    await leading.leave()


async def test_who_comes_first_leads_and_who_comes_later_does_not(ours: Leading, url: str) -> None:
    assert [await ours.leads(), await ours.leads()] == [True, True]
    other = Another(url)
    assert (other.found, other.asks(), await ours.leads()) == (False, False, True)
    other.kill()


async def test_where_the_first_is_gone_the_next_leads(ours: Leading, url: str) -> None:
    other = Another(url)
    assert other.found
    assert not await ours.leads()
    other.kill()
    while not await ours.leads():  # a server sees with its next look that somebody is gone
        pass


async def test_who_leaves_is_followed(ours: Leading, url: str) -> None:
    assert await ours.leads()
    other = Another(url)
    await ours.leave()
    while not other.asks():
        pass
    assert not await ours.leads()
    other.kill()


async def test_two_works_have_nothing_to_do_with_each_other(ours: Leading, url: str) -> None:
    other = Another(url, "another")
    assert other.found
    assert await ours.leads()
    other.kill()


@pytest.mark.postgres
async def test_who_lost_his_connection_hears_of_it_and_asks_anew(postgres_url: str) -> None:
    ours = open_leading(postgres_url, WORK)
    assert await ours.leads()
    postgres_server.shared_server().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    )
    with pytest.raises(Busy):
        await ours.leads()
    other = Another(postgres_url)
    assert other.found
    assert not await ours.leads()
    other.kill()
    await ours.leave()


async def test_a_lock_that_cannot_be_had_is_a_fault_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(Full):
        await FileLeading(tmp_path / "nowhere" / "lock").leads()


async def test_in_memory_there_is_nobody_else() -> None:
    leading = open_leading("sqlite://", WORK)
    assert isinstance(leading, AloneLeading)
    assert await leading.leads()
    await leading.leave()
