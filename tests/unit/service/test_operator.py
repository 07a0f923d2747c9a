"""The operator invites, requests, takes in; only what the authority signed lets anybody in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from installation import OfficerKeys
from unit.service.operating_world import UNIT, WARD, Machine, make_machine

from bot.service.authority.keys import make_authority, make_recovery
from bot.service.desk import login
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.organisation.history import told
from crypto.sheets import LIFETIME, draft_sheet, read_draft, sign_sheet
from crypto.signing import Signer
from storage.errors import Busy
from storage.repositories import sessions, sheets, units


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    found = await make_machine(tmp_path)
    yield found
    await found.database.close()


async def refused(attempt: object) -> str:
    with pytest.raises(NotAccepted) as told:
        await attempt  # type: ignore[misc] # an awaitable
    return str(told.value)


async def test_an_invitation_is_a_link_to_the_desk(machine: Machine) -> None:
    link = await machine.operator.invite(UNIT, "Đ/c A", "chief")
    assert link.startswith("https://hopthu.example/desk#enrol=")
    assert len(link.rpartition("=")[2]) == 64


@pytest.mark.parametrize(
    ("unit", "role", "said"), [("99999", "duty", "no such unit"), (UNIT, "clerk", "must be duty, chief or operator")]
)
async def test_nobody_is_invited_to_nowhere(machine: Machine, unit: str, role: str, said: str) -> None:
    assert said in await refused(machine.operator.invite(unit, "A", role))


async def test_from_request_to_sheet(machine: Machine) -> None:
    applied = await machine.applied("trucban1")
    assert [one.status for one in await machine.operator.officers()] == ["requested"]
    approval = await machine.operator.approve(applied.serial)
    (listed,) = await machine.operator.officers()
    assert approval.digits == listed.digits
    sheet = await machine.operator.take_in(machine.signed(approval.request))
    assert (sheet.n, [line.serial for line in sheet.officers]) == (1, [applied.serial])
    found = await machine.status(applied.serial)
    assert found is not None
    assert found.status == "active"
    assert machine.book.floor(UNIT) == 1


async def test_whom_a_sheet_lets_in_or_out_stands_in_the_history(machine: Machine) -> None:
    first, second = await machine.let_in("trucban1"), await machine.let_in("truong", "chief")
    sheet = read_draft(await machine.operator.request(UNIT))
    without = replace(sheet, officers=tuple(one for one in sheet.officers if one.serial != first.serial))
    await machine.operator.take_in(machine.signed(draft_sheet(without)))
    for serial, states in ((first.serial, ["removed", "active"]), (second.serial, ["active"])):
        found = await machine.operator.look(lambda c, _, serial=serial: told(c, "officers", serial))
        assert [(one.by, one.cells and one.cells["status"]) for one in found] == [(None, state) for state in states]
        assert all(one.change for one in found), "the chain tells of it"


async def test_a_second_officer_joins_the_first(machine: Machine) -> None:
    first = await machine.let_in("trucban1")
    second = await machine.let_in("truong", "chief")
    newest = read_draft(await machine.operator.request(UNIT))
    assert {line.serial: line.role for line in newest.officers} == {first.serial: "duty", second.serial: "chief"}
    assert newest.n == 3


async def test_two_requests_are_approved_each_for_itself(machine: Machine) -> None:
    first, second = await machine.applied("trucban1"), await machine.applied("trucban2")
    approval = await machine.operator.approve(first.serial)
    await machine.operator.take_in(machine.signed(approval.request))
    statuses = {one.serial: one.status for one in await machine.operator.officers()}
    assert statuses == {first.serial: "active", second.serial: "requested"}


async def test_who_did_not_ask_is_not_approved(machine: Machine) -> None:
    active = await machine.let_in("trucban1")
    for serial in (active.serial, "nobody"):
        assert "no request" in await refused(machine.operator.approve(serial))


async def test_a_removed_officer_is_out_at_once_and_off_the_next_sheet(machine: Machine) -> None:
    officer = await machine.let_in("trucban1")
    token = "t" * 32
    await machine.database.run(
        lambda connection: sessions.create(connection, login.digest(token), officer.serial, 2**40)
    )
    request = await machine.operator.remove(officer.serial)
    assert read_draft(request).officers == ()
    with pytest.raises(NotAccepted, match="login-again"):
        await machine.database.read(lambda connection: login.who(connection, token, 0))
    sheet = await machine.operator.take_in(machine.signed(request))
    assert sheet.officers == ()
    assert "no officer" in await refused(machine.operator.remove(officer.serial))
    assert "no officer" in await refused(machine.operator.remove("nobody"))


async def test_who_is_left_off_a_sheet_is_out(machine: Machine) -> None:
    officer = await machine.let_in("trucban1")
    sheet = read_draft(await machine.operator.request(UNIT))
    await machine.operator.take_in(machine.signed(draft_sheet(replace(sheet, officers=()))))
    found = await machine.status(officer.serial)
    assert found is not None
    assert found.status == "removed"


async def test_a_sheet_with_other_keys_lets_nobody_in(machine: Machine) -> None:
    applied = await machine.applied("trucban1")
    approval = await machine.operator.approve(applied.serial)
    sheet = read_draft(approval.request)
    line = replace(sheet.officers[0], recipient=OfficerKeys().identity.recipient)
    await machine.operator.take_in(machine.signed(draft_sheet(replace(sheet, officers=(line,)))))
    found = await machine.status(applied.serial)
    assert found is not None
    assert found.status == "requested"


async def test_a_sheet_by_another_authority_is_refused(machine: Machine, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    make_authority(other)
    request = await machine.operator.request(UNIT)
    said = await refused(machine.operator.take_in(machine.signed(request, other)))
    assert said == "this sheet is not signed by the authority of this installation"
    assert await machine.database.read(lambda connection: sheets.newest(connection, UNIT)) is None


@pytest.mark.parametrize("body", [b"", b"not a sheet", b"{}\n\x00"])
async def test_what_is_no_sheet_is_refused(machine: Machine, body: bytes) -> None:
    assert "not signed" in await refused(machine.operator.take_in(body))


async def test_a_sheet_is_taken_in_once_and_never_an_older_one(machine: Machine) -> None:
    first = machine.signed(await machine.operator.request(UNIT))
    await machine.operator.take_in(first)
    second = machine.signed(await machine.operator.request(UNIT))
    await machine.operator.take_in(second)
    for body in (first, second):
        assert "in force already" in await refused(machine.operator.take_in(body))


async def test_after_an_old_backup_the_newest_sheet_must_come_back_first(machine: Machine) -> None:
    bodies = []
    for _ in range(3):
        bodies.append(machine.signed(await machine.operator.request(UNIT)))
        await machine.operator.take_in(bodies[-1])
    await machine.database.run(lambda connection: connection.exec_driver_sql("DELETE FROM sheets WHERE n > 1"))
    assert "take it in again" in await refused(machine.operator.request(UNIT))
    assert "in force already" in await refused(machine.operator.take_in(bodies[1]))
    assert (await machine.operator.take_in(bodies[2])).n == 3
    assert read_draft(await machine.operator.request(UNIT)).n == 4


async def test_an_expired_sheet_is_refused(machine: Machine) -> None:
    body = machine.signed(await machine.operator.request(UNIT))
    machine.clock.advance(LIFETIME)
    assert "has expired" in await refused(machine.operator.take_in(body))


async def test_a_sheet_of_a_unit_not_here_is_refused(machine: Machine) -> None:
    sheet = replace(read_draft(await machine.operator.request(UNIT)), unit="99999")
    signer = Signer.from_seed((machine.usb / "authority.key").read_bytes())
    assert "no such unit" in await refused(machine.operator.take_in(sign_sheet(sheet, signer)))
    assert "no such unit" in await refused(machine.operator.request("99999"))


async def test_the_recovery_identity_comes_from_the_authority(machine: Machine) -> None:
    assert read_draft(await machine.operator.request(UNIT)).recovery is None
    recipient = make_recovery(machine.usb, UNIT)
    sheet = await machine.operator.take_in(machine.signed(await machine.operator.request(UNIT)))
    assert sheet.recovery == recipient
    assert read_draft(await machine.operator.request(UNIT)).recovery == recipient


async def test_a_store_that_is_away_is_outside(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_work: object) -> None:
        raise Busy

    monkeypatch.setattr(machine.database, "run", away)
    with pytest.raises(OutsideFailed, match="busy"):
        await machine.operator.officers()


async def test_a_look_changes_nothing(machine: Machine) -> None:
    found = await machine.operator.look(lambda store, now: (units.find_unit(store, UNIT), now))
    assert found == (WARD.unit, int(machine.clock()))
    with pytest.raises(OutsideFailed):
        await machine.operator.look(lambda store, _: units.put_unit(store, WARD.unit))
