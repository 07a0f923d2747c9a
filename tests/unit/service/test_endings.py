"""A unit whose sheet runs out within 14 days is told of, once a day, and no unit is named in the log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from unit.service.operating_world import UNIT, Machine, make_machine

from bot.service.endings import SOON, Ending, EndingWatch, endings
from crypto.sheets import LIFETIME
from storage.errors import Busy
from storage.repositories import units


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    found = await make_machine(tmp_path)
    yield found
    await found.database.close()


async def signed(machine: Machine) -> int:
    """A sheet taken in; the second at which it ends."""
    return (await machine.operator.take_in(machine.signed(await machine.operator.request(UNIT)))).expires


async def found(machine: Machine) -> tuple[Ending, ...]:
    return await machine.database.read(partial(endings, book=machine.book, now=int(machine.clock())))


async def logged(machine: Machine) -> list[dict[str, object]]:
    watch = EndingWatch(database=machine.database, book=machine.book, clock=machine.clock)
    with capture_logs() as lines:
        await watch.look()
    return list(lines)  # type: ignore[arg-type] # what structlog captured


async def test_fourteen_days_before_its_end_and_after_it(machine: Machine) -> None:
    ends = await signed(machine)
    for before, said in ((SOON, ()), (SOON - 1, (False,)), (1, (False,)), (0, (True,)), (-LIFETIME, (True,))):
        machine.clock.now = ends - before
        assert await found(machine) == tuple(Ending(UNIT, ends, over) for over in said)


async def test_the_next_sheet_ends_the_warning(machine: Machine) -> None:
    machine.clock.now = await signed(machine) - 1
    assert len(await found(machine)) == 1
    await signed(machine)
    assert await found(machine) == ()


async def test_a_unit_without_a_sheet_has_none_to_lose(machine: Machine) -> None:
    machine.clock.advance(10 * LIFETIME)
    assert await found(machine) == ()


async def test_a_unit_that_is_no_more_is_not_told_of(machine: Machine) -> None:
    ends = await signed(machine)
    (unit,) = await machine.database.read(units.every_unit)
    gone = units.Unit(**{name: getattr(unit, name) for name in unit.__slots__} | {"valid_to": ends - 10})
    await machine.database.run(lambda connection: units.put_unit(connection, gone))
    machine.clock.now = ends - 11
    assert len(await found(machine)) == 1
    machine.clock.now = ends - 10
    assert await found(machine) == ()


async def test_the_log_counts_and_names_nobody(machine: Machine) -> None:
    ends = await signed(machine)
    assert await logged(machine) == []
    machine.clock.now = ends - 1
    assert await logged(machine) == [{"event": "sheets_end_soon", "count": 1, "log_level": "warning"}]
    machine.clock.now = ends
    assert await logged(machine) == [{"event": "sheets_have_ended", "count": 1, "log_level": "error"}]


async def test_a_store_that_is_busy_is_looked_at_tomorrow(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_work: object) -> None:
        raise Busy

    monkeypatch.setattr(machine.database, "read", away)
    assert await logged(machine) == [{"event": "endings_postponed", "log_level": "warning"}]
