"""An officer joins: a one-time link, keys made in his browser, and a request that the authority signs or does not."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.errors import NotAccepted
from bot.service.successors import present_unit
from crypto.age import parse_recipient
from crypto.errors import SealError
from handlers.values import Name
from storage.repositories import enrolments, officers

LINK_LIVES = 30 * 60
"""Seconds an enrolment link lives."""
ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
"""Account names: typed on any keyboard, told apart when read aloud."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an enrolment link says before it is used."""

    unit: str
    unit_name: Name
    name: str
    role: str
    expires: int


@dataclass(frozen=True, slots=True)
class Application:
    """What an officer's browser files: public keys, and a blob it alone can unlock."""

    account: str
    salt: bytes
    auth: bytes
    locked: bytes
    recipient: str
    signing_key: bytes


def digest(token: str) -> bytes:
    """The stored form of a token."""
    return hashlib.sha256(token.encode()).digest()


def invite(connection: Connection, token: str, enrolment: enrolments.Enrolment) -> None:
    """Store a one-time link by its hash."""
    enrolments.create(connection, digest(token), enrolment)


def look(connection: Connection, token: str, now: int) -> Invitation:
    """What this link is for.

    Raises:
        NotAccepted: `enrol-link-bad`, for a link that never was, was used, or is over.
    """
    found = enrolments.find(connection, digest(token), now)
    unit = present_unit(connection, found.unit, now) if found else None
    if found is None or unit is None:
        raise NotAccepted("enrol-link-bad", status=404)
    return Invitation(unit.code, Name(unit.name_vi, unit.name_en), found.name, found.role, found.expires)


def apply(connection: Connection, token: str, application: Application, *, serial: str, now: int) -> officers.Officer:
    """Use the link up and file the request.

    Raises:
        NotAccepted: the link is spent, the account's name is taken or malformed, or its key is none. Whoever holds no
            good link learns nothing about names.
    """
    found = enrolments.use(connection, digest(token), now)
    if found is None:
        raise NotAccepted("enrol-link-bad", status=404)
    if not ACCOUNT.fullmatch(application.account):
        raise NotAccepted("enrol-account-bad", status=422)
    if officers.find(connection, application.account) is not None:
        raise NotAccepted("enrol-account-taken", status=409)
    _check_key(application.recipient)
    there = present_unit(connection, found.unit, now)
    officer = officers.Officer(
        serial=serial,
        unit=there.code if there else found.unit,
        account=application.account,
        name=found.name,
        role=found.role,
        salt=application.salt,
        auth_hash=hashlib.sha256(application.auth).digest(),
        locked=application.locked,
        recipient=application.recipient,
        signing_key=application.signing_key,
    )
    officers.add(connection, officer)
    return officer


def _check_key(recipient: str) -> None:
    try:
        parse_recipient(recipient)
    except SealError:
        raise NotAccepted("desk-keys-failed", status=400) from None
