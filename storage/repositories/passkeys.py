"""Officers' passkeys: added, listed, answered with, removed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import passkeys


@dataclass(frozen=True, slots=True)
class Passkey:
    """A row as it is kept; see the table."""

    id: bytes
    serial: str
    public_key: bytes
    counter: int
    spent: int
    hour: int
    locked: bytes


def add(connection: Connection, passkey: Passkey) -> None:
    """Keep a passkey. One that is here already is a `Conflict`."""
    connection.execute(
        insert(passkeys).values(
            id=passkey.id,
            serial=passkey.serial,
            public_key=passkey.public_key,
            counter=passkey.counter,
            spent=passkey.spent,
            hour=passkey.hour,
            locked=passkey.locked,
        )
    )


def find(connection: Connection, id_: bytes) -> Passkey | None:
    """The passkey with this id."""
    row = connection.execute(select(passkeys).where(passkeys.c.id == id_)).first()
    return Passkey(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's public name for it


def of(connection: Connection, serial: str) -> tuple[Passkey, ...]:
    """An officer's passkeys, the oldest first."""
    mine = select(passkeys).where(passkeys.c.serial == serial).order_by(passkeys.c.hour, passkeys.c.id)
    return tuple(Passkey(**row._mapping) for row in connection.execute(mine))  # noqa: SLF001 - see above


def answered(connection: Connection, passkey: Passkey, *, counter: int, issued: int) -> bool:
    """Note what it answered; False where it has answered this challenge, or a later one, since it was read."""
    same = (passkeys.c.id == passkey.id, passkeys.c.counter == passkey.counter, passkeys.c.spent < issued)
    done = connection.execute(update(passkeys).where(*same).values(counter=counter, spent=issued))
    return done.rowcount == 1


def remove_all(connection: Connection, serial: str) -> None:
    """An officer's passkeys open nothing any more, and the copies of his keys that they open are gone."""
    connection.execute(delete(passkeys).where(passkeys.c.serial == serial))


def remove(connection: Connection, serial: str, id_: bytes) -> bool:
    """Forget an officer's passkey; False where he has no such one."""
    mine = (passkeys.c.id == id_, passkeys.c.serial == serial)
    return connection.execute(delete(passkeys).where(*mine)).rowcount == 1
