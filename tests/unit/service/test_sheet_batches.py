"""The server's side of many sheets: what it asks for, and what becomes of each that comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from unit.service.operating_world import UNIT, Machine, make_machine

from bot.service.authority.keys import make_authority
from bot.service.desk.sheetbatches import Asked, Need, Taken
from bot.service.errors import NotAccepted
from crypto.sheets import LIFETIME, draft_sheet, read_draft
from storage.repositories import audit, units
from storage.repositories.units import Unit

OTHER, GONE = "18121", "18124"
DAY = 24 * 3600


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    """A ward with an officer on its sheet, a commune that never had one, a unit that is no more."""
    found = await make_machine(tmp_path)
    now = int(found.clock())
    for unit in (
        Unit(OTHER, "xã Lộc Hà", "Lộc Hà commune", None, 0),
        Unit(GONE, "xã cũ", "old commune", None, 0, valid_to=now, successor=OTHER),
    ):
        await found.database.run(lambda connection, unit=unit: units.put_unit(connection, unit))  # type: ignore[misc] # bound by its default
    await found.let_in("truc1")
    yield found
    await found.database.close()


async def asked(machine: Machine, *codes: str, ending: int = 30) -> dict[str, Asked]:
    return {one.unit: one for one in await machine.operator.requests(Need(codes, ending))}


async def signed(machine: Machine, unit: str = UNIT, **changes: object) -> bytes:
    request = read_draft(await machine.operator.request(unit))
    return machine.signed(draft_sheet(replace(request, **changes)))  # type: ignore[arg-type] # changes of a test


def statuses(told: Sequence[Taken]) -> dict[str, str]:
    return {one.file: one.status for one in told}


async def test_nobody_who_needs_none_is_asked_for(machine: Machine) -> None:
    assert await asked(machine) == {}
    assert list(await asked(machine, OTHER)) == [OTHER]
    with pytest.raises(NotAccepted, match="no such unit"):
        await asked(machine, "99999")


async def test_who_waits_and_who_left_are_asked_for_together(machine: Machine) -> None:
    for account in ("truc2", "truc3"):
        await machine.applied(account)
    (first,) = [one for one in await machine.operator.officers() if one.account == "truc1"]
    await machine.operator.remove(first.serial)
    found = (await asked(machine))[UNIT]
    assert (found.n, sorted(found.new), found.staying, found.leaving) == (2, ["truc2", "truc3"], 0, ("truc1",))
    assert sorted(line.officer for line in read_draft(found.body).officers) == ["truc2", "truc3"]
    assert found.file == "request-18118.json"


async def test_a_sheet_that_ends_is_asked_for_in_time(machine: Machine) -> None:
    machine.clock.advance(LIFETIME - 30 * DAY)
    assert await asked(machine) == {}
    machine.clock.advance(1)
    assert list(await asked(machine)) == [UNIT]
    machine.clock.advance(LIFETIME)
    assert list(await asked(machine)) == [UNIT]
    assert await asked(machine, ending=-1000) == {}


async def test_a_unit_that_is_no_more_is_not_asked_for(machine: Machine) -> None:
    await machine.operator.take_in(await signed(machine, GONE))
    machine.clock.advance(LIFETIME)
    assert list(await asked(machine)) == [UNIT]


async def test_a_unit_whose_newest_sheet_is_missing_stops_no_other(machine: Machine) -> None:
    machine.book.take_in(replace(read_draft(await machine.operator.request(UNIT)), n=7))
    await machine.applied("truc2")
    found = await asked(machine, UNIT, OTHER)
    assert (found[UNIT].body, "missing here" in found[UNIT].why, found[OTHER].why) == (b"", True, "")


async def test_what_leaves_for_the_authority_is_a_draft_and_nothing_else(machine: Machine) -> None:
    found = (await asked(machine, UNIT))[UNIT]
    assert draft_sheet(read_draft(found.body)) == found.body


async def test_each_is_taken_in_for_itself(machine: Machine, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    make_authority(stranger)
    good, late = await signed(machine), await signed(machine, OTHER)
    files = [
        ("good", good),
        ("again", good),
        ("other", late),
        ("strange", machine.signed(await machine.operator.request(OTHER), stranger)),
        ("elsewhere", await signed(machine, OTHER, site="ffff")),
        ("broken", b"x"),
    ]
    told = await machine.operator.take_in_many(files)
    assert statuses(told) == {
        "good": "taken", "again": "already", "other": "taken",
        "strange": "refused", "elsewhere": "refused", "broken": "refused",
    }  # fmt: skip
    assert [one.why for one in told if one.why] == [
        "this sheet is not signed by the authority of this installation",
        "this sheet is signed for another installation",
        "this sheet is not signed by the authority of this installation",
    ]
    assert (machine.book.floor(UNIT), machine.book.floor(OTHER)) == (2, 1)


async def test_all_or_none(machine: Machine) -> None:
    files = [("good", await signed(machine)), ("broken", b"x"), ("other", await signed(machine, OTHER))]
    told = await machine.operator.take_in_many(files, whole=True)
    assert statuses(told) == {"good": "held", "broken": "refused", "other": "held"}
    assert (machine.book.floor(UNIT), machine.book.floor(OTHER)) == (1, 0)
    assert read_draft(await machine.operator.request(UNIT)).n == 2
    told = await machine.operator.take_in_many([files[0], files[2]], whole=True)
    assert set(statuses(told).values()) == {"taken"}
    assert (machine.book.floor(UNIT), machine.book.floor(OTHER)) == (2, 1)


async def test_what_is_older_or_over_is_refused_among_others(machine: Machine) -> None:
    second = await signed(machine)
    await machine.operator.take_in(second)
    third = await signed(machine)
    told = await machine.operator.take_in_many([("third", third), ("second", second)])
    assert statuses(told) == {"third": "taken", "second": "refused"}
    machine.clock.advance(LIFETIME)
    (over,) = await machine.operator.take_in_many([("third", third)])
    assert (over.status, "expired" in over.why) == ("refused", True)


async def test_an_older_sheet_that_a_backup_brought_back_is_not_in_force_already(machine: Machine) -> None:
    second = await signed(machine)
    await machine.operator.take_in(second)
    machine.book.take_in(replace(read_draft(second.splitlines()[0]), n=9))
    (told,) = await machine.operator.take_in_many([("second", second)])
    assert told.status == "refused"


async def test_who_is_shut_out_by_a_sheet_is_named(machine: Machine) -> None:
    (told,) = await machine.operator.take_in_many([("second", await signed(machine, officers=()))])
    assert (told.officers, told.shut_out) == (0, ("truc1",))


async def test_each_leaves_its_note_for_the_audit_chain(machine: Machine) -> None:
    before = await machine.database.read(lambda connection: len(audit.waiting(connection, UNIT)))
    files = [("good", await signed(machine)), ("broken", b"x")]
    await machine.operator.take_in_many(files, whole=True)
    await machine.operator.take_in_many(files)
    await machine.operator.take_in_many(files)
    assert await machine.database.read(lambda connection: len(audit.waiting(connection, UNIT))) == before + 1


async def test_who_waits_is_listed_alone(machine: Machine) -> None:
    await machine.applied("truc2")
    seen: list[tuple[int, int]] = []
    waiting = await machine.operator.officers(waiting=True, report=lambda done, total: seen.append((done, total)))
    assert ([one.account for one in waiting], seen) == (["truc2"], [(1, 1)])
    assert len(await machine.operator.officers(unit=UNIT)) == 2
    assert await machine.operator.officers(unit=OTHER) == []
