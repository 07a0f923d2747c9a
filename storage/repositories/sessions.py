"""Console logins by the hash of their token."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from storage.tables import sessions as table


def create(connection: Connection, token_hash: bytes, serial: str, expires: int) -> None:
    """Open a session of an officer until `expires` (UTC seconds)."""
    connection.execute(insert(table), {"token_hash": token_hash, "serial": serial, "expires": expires})


def find(connection: Connection, token_hash: bytes, now: int) -> str | None:
    """The officer's serial, if the session is open at `now`."""
    statement = select(table.c.serial).where(table.c.token_hash == token_hash, table.c.expires > now)
    return connection.execute(statement).scalar()


def end(connection: Connection, token_hash: bytes) -> None:
    """Log out."""
    connection.execute(delete(table).where(table.c.token_hash == token_hash))


def end_of(connection: Connection, serial: str) -> None:
    """Close every session of an officer."""
    connection.execute(delete(table).where(table.c.serial == serial))


def end_others(connection: Connection, serial: str, *, keep: bytes) -> None:
    """Close every session of an officer but the one with this token's hash."""
    connection.execute(delete(table).where(table.c.serial == serial, table.c.token_hash != keep))


def expire(connection: Connection, now: int) -> None:
    """Erase sessions that are over at `now`."""
    connection.execute(delete(table).where(table.c.expires <= now))
