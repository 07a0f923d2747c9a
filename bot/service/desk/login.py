"""Log-in: the server checks a proof of the passphrase, never the passphrase, and hands out the locked blob."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.desk.enrolment import digest
from bot.service.errors import NotAccepted
from storage.repositories import officers, sessions

SESSION_LIVES = 12 * 3600
"""Seconds a session lives: one shift."""
FREE_TRIES = 3
"""Wrong tries of an account before waits begin."""
LONGEST_WAIT = 8
"""Seconds the wait between tries grows to.

Short on purpose: anybody may try a name he knows, and a long wait would keep its officer out. A passphrase has 55 bits
behind Argon2id: ten tries a minute are no danger to it.
"""
TOLD = frozenset({3, 10, 30, 100, 300, 1_000, 3_000, 10_000})
"""After how many wrong tries in a row the audit chain tells of them: it must not grow with every one."""


@dataclass(slots=True)
class _Tries:
    wrong: int = 0
    free_at: int = 0


class Throttle:
    """Waits that grow with wrong tries, by account name (known or not), in memory."""

    def __init__(self, capacity: int = 10_000) -> None:
        self._tries: dict[str, _Tries] = {}
        self._capacity = capacity

    def begin(self, account: str, now: int) -> int:
        """Count a try as wrong until `right` is said, so that many at once are counted too; or say it is too early.

        Returns how many there were in a row, this one among them.

        Raises:
            NotAccepted: `login-wait`.
        """
        tries = self._tries.get(account)
        if tries is not None and now < tries.free_at:
            raise NotAccepted("login-wait", status=429)
        if tries is None and len(self._tries) >= self._capacity:
            self._tries.pop(next(iter(self._tries)))
        tries = self._tries.setdefault(account, _Tries())
        tries.wrong += 1
        if tries.wrong >= FREE_TRIES:
            tries.free_at = now + min(LONGEST_WAIT, 2 ** min(tries.wrong - FREE_TRIES, 10))
        return tries.wrong

    def right(self, account: str) -> None:
        """Forget the wrong tries."""
        self._tries.pop(account, None)


def salt_of(connection: Connection, account: str, fake_key: bytes) -> bytes:
    """The account's salt; an unknown name gets a stable one of its own, so that names cannot be tried out."""
    found = officers.find(connection, account)
    if found is not None and found.status != "removed":
        return found.salt
    return hmac.new(fake_key, account.encode(), hashlib.sha256).digest()[:16]


def standing(connection: Connection, account: str) -> officers.Officer | None:
    """The officer with this account's name, unless he was removed."""
    found = officers.find(connection, account)
    return found if found is not None and found.status != "removed" else None


def check(connection: Connection, account: str, auth: bytes) -> officers.Officer | None:
    """The officer, if the proof is right."""
    found = officers.find(connection, account)
    expected = found.auth_hash if found else b"\0" * 32
    fits = hmac.compare_digest(hashlib.sha256(auth).digest(), expected)
    return found if fits and found is not None and found.status != "removed" else None


def wrong() -> NotAccepted:
    """One sentence for a wrong account and a wrong passphrase."""
    return NotAccepted("login-bad", status=401)


def open_session(connection: Connection, serial: str, now: int, entropy: Callable[[int], bytes]) -> str:
    """A new session's token; only its hash is stored."""
    token = entropy(32).hex()
    sessions.create(connection, digest(token), serial, now + SESSION_LIVES)
    return token


def who(connection: Connection, token: str, now: int) -> officers.Officer:
    """The officer of a session.

    Raises:
        NotAccepted: `login-again`, for no session, one that is over, or an officer removed since.
    """
    serial = sessions.find(connection, digest(token), now) if token else None
    found = officers.by_serial(connection, serial) if serial else None
    if found is None or found.status == "removed":
        raise NotAccepted("login-again", status=401)
    return found


def active(officer: officers.Officer) -> officers.Officer:
    """The officer, if the authority has put him on a sheet: tips are shown to nobody else, not even sealed.

    Raises:
        NotAccepted: he has only asked.
    """
    if officer.status != "active":
        raise NotAccepted("desk-refused", status=403)
    return officer


def close_session(connection: Connection, token: str) -> None:
    """End a session."""
    sessions.end(connection, digest(token))
