"""Officers' phones by serial and by chat, and the one-time codes that link them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, delete, insert, select, update

from handlers.values import Language
from storage.tables import phone_codes, phones

PhoneState = Literal["none", "linked", "lost"]
"""Whether an officer's phone is linked; `lost`: it was, until the messenger said that the chat is gone."""


@dataclass(frozen=True, slots=True)
class StoredPhone:
    """An officer's phone: the key of its chat, and the sealed address."""

    serial: str
    key: bytes
    blob: bytes


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A one-time code by its HMAC; works until `expires` (UTC seconds)."""

    code: bytes
    serial: str
    language: Language
    expires: int


_LINKED = phones.c.key.is_not(None)


def put(connection: Connection, phone: StoredPhone) -> None:
    """Link a phone: an officer has one, and a phone is one officer's."""
    connection.execute(delete(phones).where((phones.c.serial == phone.serial) | (phones.c.key == phone.key)))
    connection.execute(insert(phones), {"serial": phone.serial, "key": phone.key, "blob": phone.blob})


def of_chat(connection: Connection, key: bytes) -> StoredPhone | None:
    """The phone whose chat has this key."""
    row = connection.execute(select(phones).where(phones.c.key == key)).first()
    return StoredPhone(*row) if row else None


def of(connection: Connection, serial: str) -> StoredPhone | None:
    """The linked phone of an officer."""
    row = connection.execute(select(phones).where(phones.c.serial == serial, _LINKED)).first()
    return StoredPhone(*row) if row else None


def every(connection: Connection) -> tuple[StoredPhone, ...]:
    """All linked phones, by serial: as many as officers, at most."""
    return tuple(
        StoredPhone(*row) for row in connection.execute(select(phones).where(_LINKED).order_by(phones.c.serial))
    )


def states(connection: Connection, serials: Collection[str]) -> dict[str, PhoneState]:
    """How it stands with these officers' phones; who never had one is not in it."""
    found = connection.execute(select(phones.c.serial, _LINKED).where(phones.c.serial.in_(list(serials))))
    return {serial: "linked" if linked else "lost" for serial, linked in found}


def lose(connection: Connection, key: bytes) -> str | None:
    """The chat is gone: forget it; the serial of whose it was."""
    found = of_chat(connection, key)
    if found is None:
        return None
    connection.execute(update(phones).where(phones.c.serial == found.serial).values(key=None, blob=None))
    return found.serial


def remove(connection: Connection, serial: str) -> bool:
    """Forget an officer's phone and his code; False if no phone was linked."""
    connection.execute(delete(phone_codes).where(phone_codes.c.serial == serial))
    linked = of(connection, serial) is not None
    connection.execute(delete(phones).where(phones.c.serial == serial))
    return linked


def put_code(connection: Connection, code: StoredCode) -> None:
    """Store a code in place of the officer's earlier one."""
    connection.execute(delete(phone_codes).where(phone_codes.c.serial == code.serial))
    values = {"code": code.code, "serial": code.serial, "language": code.language, "expires": code.expires}
    connection.execute(insert(phone_codes), values)


def use_code(connection: Connection, code: bytes, now: int) -> StoredCode | None:
    """Use a code up. Of several who try at once exactly one gets it; the others get None."""
    usable = (phone_codes.c.code == code, phone_codes.c.expires > now)
    row = connection.execute(select(phone_codes).where(*usable)).first()
    if row is None or connection.execute(delete(phone_codes).where(*usable)).rowcount != 1:
        return None
    return StoredCode(*row)


def expire(connection: Connection, now: int) -> None:
    """Erase codes that are over at `now`."""
    connection.execute(delete(phone_codes).where(phone_codes.c.expires <= now))
