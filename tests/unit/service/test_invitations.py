"""Officers invited by table: all or none, a link for each, noted in the chain of each one's unit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from unit.service.operating_world import UNIT, Machine, make_machine

from bot.service.desk import enrolment, invitations
from bot.service.desk.staffing import Invited
from bot.service.errors import NotAccepted
from bot.service.tables import RowsRefused
from storage.repositories import units
from storage.repositories.units import Unit

HOUR = 3600


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    made = await make_machine(tmp_path)
    ended = Unit("18119", "phường Đậu Liêu", "Đậu Liêu ward", None, 0, valid_to=5, successor=UNIT)
    await made.database.run(lambda connection: units.put_unit(connection, ended))
    yield made
    await made.database.close()


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


async def opened(machine: Machine, link: str) -> enrolment.Invitation:
    token, now = link.rpartition("=")[2], int(machine.clock())
    return await machine.database.read(lambda connection: enrolment.look(connection, token, now))


async def test_everybody_in_the_table_gets_a_link(machine: Machine) -> None:
    body = csv("Đơn vị;Tên;Vai trò", f"{UNIT};Cán bộ 1;Chief", f"{UNIT};Cán bộ 2;trực ban", f"{UNIT};Cán bộ 3;")
    made = await machine.operator.invite_all(body, hours=24)
    assert [(one.invited.name, one.invited.role) for one in made] == [
        ("Cán bộ 1", "chief"), ("Cán bộ 2", "duty"), ("Cán bộ 3", "duty"),
    ]  # fmt: skip
    assert len({one.link for one in made}) == 3
    told = [await opened(machine, one.link) for one in made]
    assert [(one.unit, one.name, one.role) for one in told] == [
        (UNIT, one.invited.name, one.invited.role) for one in made
    ]
    noted = await machine.database.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM audit_waiting").scalar())
    assert noted == 3
    machine.clock.advance(23 * HOUR)
    await opened(machine, made[0].link)
    machine.clock.advance(HOUR)
    with pytest.raises(NotAccepted, match="enrol-link-bad"):
        await opened(machine, made[0].link)


async def test_every_fault_is_named_by_its_row_and_nobody_is_invited(machine: Machine) -> None:
    body = csv("unit,name,role", f"{UNIT},A,duty", "99999,B,duty", f"18119,C,{'x' * 9}", f"{UNIT},A,duty", f"{UNIT},,")
    with pytest.raises(RowsRefused) as told:
        await machine.operator.invite_all(body.replace(b"\n18118,,", b""), hours=24)
    assert [(fault.row, fault.column, fault.key) for fault in told.value.faults] == [
        (3, "unit", "row-no-unit"),
        (4, "unit", "row-unit-ended"),
        (4, "role", "row-role"),
        (5, "", "row-twice"),
    ]
    left = await machine.database.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM enrolments").scalar())
    assert left == 0


def test_the_links_are_written_as_a_table_in_local_time() -> None:
    one = invitations.Link(Invited(UNIT, "Cán bộ 1", "duty"), "https://x/desk#enrol=ab", 1_795_316_827)
    assert invitations.write("csv", [one]).decode("utf-8-sig").splitlines() == [
        "unit,name,role,link,expires",
        f"{UNIT},Cán bộ 1,duty,https://x/desk#enrol=ab,2026-11-22 10:07",
    ]
