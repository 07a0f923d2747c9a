"""What a unit's recovery identity could open, grants that come of its shares, and whether these were used."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, exists, insert, select

from storage.repositories.tips import RECOVERY, Reader
from storage.repositories.worklists import seen_by
from storage.tables import grants, recoveries, tips


def shut(connection: Connection, reader: Reader, most: int) -> dict[bytes, bytes]:
    """Grants to the recovery identity, by tip, of tips of his unit that the reader has no key to and may know of."""
    mine = grants.alias()
    own = exists().where(mine.c.tip == grants.c.tip, mine.c.recipient == reader.serial)
    statement = (
        select(grants.c.tip, grants.c.sealed)
        .join(tips, tips.c.id == grants.c.tip)
        .where(tips.c.unit_id == reader.unit, grants.c.recipient == RECOVERY, ~own)
        .order_by(grants.c.tip)
        .limit(most)
    )
    found: dict[bytes, bytes] = {one.tip: one.sealed for one in connection.execute(statement)}
    known = seen_by(connection, reader, found)
    return {tip: sealed for tip, sealed in found.items() if tip in known}


def give(connection: Connection, unit: str, tip: bytes, sealed: Mapping[str, bytes]) -> None:
    """Grants of a tip for officers who have none yet, by serial; others keep theirs."""
    theirs = select(grants.c.recipient).where(grants.c.tip == tip)
    held = set(connection.execute(theirs).scalars())
    rows = [
        {"tip": tip, "recipient": serial, "unit_id": unit, "sealed": one, "opened": False}
        for serial, one in sealed.items()
        if serial not in held
    ]
    if rows:
        connection.execute(insert(grants), rows)


def note(connection: Connection, unit: str, recipient: bytes) -> None:
    """The identity with this recipient (SHA-256) was used for a unit."""
    if not is_used(connection, unit, recipient):
        connection.execute(insert(recoveries).values(unit_id=unit, recipient=recipient))


def is_used(connection: Connection, unit: str, recipient: bytes) -> bool:
    """True where it was."""
    fits = (recoveries.c.unit_id == unit, recoveries.c.recipient == recipient)
    return connection.execute(select(recoveries.c.unit_id).where(*fits)).first() is not None
