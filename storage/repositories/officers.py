"""Officers' accounts. An account is no proof of office: keys count by the signed sheet alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, insert, literal_column, select, update

from storage.statements import Statement
from storage.tables import officers as table

OfficerStatus = Literal["requested", "active", "removed"]
_OF = (table.c.unit_id == bindparam("unit"), table.c.status == literal_column("'active'"))
_LET_IN = Statement(select(table.c.serial).where(*_OF))


@dataclass(frozen=True, slots=True)
class Officer:
    """An account with its public keys and its locked private ones. `approved`: his digits were compared here."""

    serial: str
    unit: str
    account: str
    name: str
    role: str
    salt: bytes
    auth_hash: bytes
    locked: bytes
    recipient: str
    signing_key: bytes
    status: OfficerStatus = "requested"
    approved: bool = False


def add(connection: Connection, officer: Officer) -> None:
    """Store an account. A serial or account name already taken is a `Conflict` that undoes the transaction."""
    values = asdict(officer)
    values["unit_id"] = values.pop("unit")
    connection.execute(insert(table), values)


def activate(connection: Connection, serial: str) -> bool:
    """Let a requested officer in; False if there is no such request."""
    return _change(connection, serial, "requested", "active")


def approve(connection: Connection, serial: str) -> bool:
    """Note that the digits of whoever waits were compared; False if nobody waits so, or they were before."""
    waits = (table.c.serial == serial, table.c.status == "requested", ~table.c.approved)
    return connection.execute(update(table).where(*waits).values(approved=True)).rowcount == 1


def remove(connection: Connection, serial: str) -> bool:
    """Close an account, asked for or active; False if there is none."""
    return _change(connection, serial, "requested", "removed") or _change(connection, serial, "active", "removed")


def _change(connection: Connection, serial: str, old: OfficerStatus, new: OfficerStatus) -> bool:
    statement = update(table).where(table.c.serial == serial, table.c.status == old).values(status=new)
    return connection.execute(statement).rowcount == 1


def find(connection: Connection, account: str) -> Officer | None:
    """The officer with this account name, whatever his status."""
    row = connection.execute(select(table).where(table.c.account == account)).first()
    return Officer(*row) if row else None


def by_serial(connection: Connection, serial: str) -> Officer | None:
    """The officer with this serial, whatever his status."""
    row = connection.execute(select(table).where(table.c.serial == serial)).first()
    return Officer(*row) if row else None


def of_unit(connection: Connection, unit: str) -> tuple[Officer, ...]:
    """A unit's officers by serial, whatever their status."""
    statement = select(table).where(table.c.unit_id == unit).order_by(table.c.serial)
    return tuple(Officer(*row) for row in connection.execute(statement))


def let_in(connection: Connection, unit: str) -> frozenset[str]:
    """Serials of a unit's officers who are let in."""
    return frozenset(serial for (serial,) in _LET_IN.all(connection, {"unit": unit}))


def every(connection: Connection) -> tuple[Officer, ...]:
    """All officers by unit and serial, whatever their status."""
    return tuple(Officer(*row) for row in connection.execute(select(table).order_by(table.c.unit_id, table.c.serial)))


def move(connection: Connection, serial: str, unit: str) -> None:
    """An officer is another unit's from now on. His digits name his unit: they are others there."""
    connection.execute(update(table).where(table.c.serial == serial).values(unit_id=unit, approved=False))
