"""Each unit's audit chain as bytes. Whether a record fits is decided by whoever checks its signature and its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, LargeBinary, delete, func, insert, literal, select

from storage.errors import Conflict
from storage.tables import audit as table
from storage.tables import audit_waiting as waiting_table


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """Record `n` of a unit. `signer` is the serial of the officer who signed it, None if the server did."""

    unit: str
    n: int
    signer: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """A note of something observed, by its random id."""

    id: bytes
    unit: str
    note: bytes


def last(connection: Connection, unit: str) -> StoredRecord | None:
    """The newest record of a unit's chain."""
    row = connection.execute(select(table).where(table.c.unit_id == unit).order_by(table.c.n.desc()).limit(1)).first()
    return StoredRecord(*row) if row else None


def last_of(connection: Connection, unit: str, signer: str) -> StoredRecord | None:
    """The newest record of a unit's chain that this officer signed."""
    mine = select(table).where(table.c.unit_id == unit, table.c.signer == signer)
    row = connection.execute(mine.order_by(table.c.n.desc()).limit(1)).first()
    return StoredRecord(*row) if row else None


def last_observed(connection: Connection, unit: str) -> StoredRecord | None:
    """The newest record of a unit's chain that the server signed."""
    seen = select(table).where(table.c.unit_id == unit, table.c.signer.is_(None))
    row = connection.execute(seen.order_by(table.c.n.desc()).limit(1)).first()
    return StoredRecord(*row) if row else None


def append(connection: Connection, record: StoredRecord) -> None:
    """Add the next record. Raises `Conflict` unless its number follows the newest one: sign again on top of that."""
    newest = last(connection, record.unit)
    if record.n != (newest.n if newest else 0) + 1:
        raise Conflict
    values = {"unit_id": record.unit, "n": record.n, "signer": record.signer, "body": record.body}
    connection.execute(insert(table), values)


def page(connection: Connection, unit: str, first: int, limit: int) -> tuple[bytes, ...]:
    """At most `limit` records of a unit from number `first` on, in order."""
    statement = select(table.c.body).where(table.c.unit_id == unit, table.c.n >= first)
    return tuple(connection.execute(statement.order_by(table.c.n).limit(limit)).scalars())


def every(connection: Connection, unit: str) -> tuple[bytes, ...]:
    """A unit's whole chain in order."""
    return tuple(connection.execute(select(table.c.body).where(table.c.unit_id == unit).order_by(table.c.n)).scalars())


def telling(connection: Connection, unit: str, act: str) -> tuple[bytes, ...]:
    """The unit's records that hold this word as their act, in order; others may hold it somewhere else."""
    word = b'"act":"' + act.encode() + b'"'
    if connection.dialect.name == "sqlite":  # whose LIKE matches no bytes
        wanted = func.instr(table.c.body, literal(word, LargeBinary)) > 0
    else:
        wanted = table.c.body.op("LIKE", is_comparison=True)(literal(b"%" + word + b"%", LargeBinary))
    statement = select(table.c.body).where(table.c.unit_id == unit, wanted).order_by(table.c.n)
    return tuple(connection.execute(statement).scalars())


def leave(connection: Connection, notes: Sequence[Waiting]) -> None:
    """Leave notes for the desk to chain."""
    if notes:
        connection.execute(
            insert(waiting_table), [{"id": one.id, "unit_id": one.unit, "note": one.note} for one in notes]
        )


def leave_once(connection: Connection, note: Waiting) -> None:
    """Leave a note unless one with its id waits already."""
    if connection.execute(select(waiting_table.c.id).where(waiting_table.c.id == note.id)).first() is None:
        leave(connection, [note])


def waiting(connection: Connection, unit: str) -> tuple[Waiting, ...]:
    """A unit's notes that wait, in no order but that of their random ids."""
    statement = select(waiting_table).where(waiting_table.c.unit_id == unit).order_by(waiting_table.c.id)
    return tuple(Waiting(*row) for row in connection.execute(statement))


def done(connection: Connection, note: bytes) -> bool:
    """Take away a note that was chained; False if somebody else took it."""
    return connection.execute(delete(waiting_table).where(waiting_table.c.id == note)).rowcount == 1
