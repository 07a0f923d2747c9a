"""One-time enrolment links by the hash of their token."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select, update

from storage.tables import enrolments as table


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who a link is for, and until when it works (UTC seconds)."""

    unit: str
    role: str
    name: str
    expires: int


_COLUMNS = (table.c.unit_id, table.c.role, table.c.name, table.c.expires)


def create(connection: Connection, token_hash: bytes, enrolment: Enrolment) -> None:
    """Store a link that has not been used."""
    connection.execute(
        insert(table),
        {
            "token_hash": token_hash,
            "unit_id": enrolment.unit,
            "role": enrolment.role,
            "name": enrolment.name,
            "expires": enrolment.expires,
            "used": False,
        },
    )


def find(connection: Connection, token_hash: bytes, now: int) -> Enrolment | None:
    """The link, if it can still be used at `now`."""
    usable = (table.c.token_hash == token_hash, table.c.used.is_(False), table.c.expires > now)
    row = connection.execute(select(*_COLUMNS).where(*usable)).first()
    return Enrolment(*row) if row else None


def use(connection: Connection, token_hash: bytes, now: int) -> Enrolment | None:
    """Use the link up. Of several who try at once exactly one gets it; the others get None."""
    usable = (table.c.token_hash == token_hash, table.c.used.is_(False), table.c.expires > now)
    if connection.execute(update(table).where(*usable).values(used=True)).rowcount != 1:
        return None
    row = connection.execute(select(*_COLUMNS).where(table.c.token_hash == token_hash)).one()
    return Enrolment(*row)


def expire(connection: Connection, now: int) -> None:
    """Erase links that are used up or over at `now`: they say whom somebody invited."""
    connection.execute(delete(table).where(or_(table.c.used, table.c.expires <= now)))
