"""Who is invited to a unit's desk and who is shut out of it, by console and command alike. Signs nobody in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache

from sqlalchemy import Connection

from bot.service.desk import enrolment
from bot.service.desk.observing import Observed
from bot.service.errors import NotAccepted
from bot.service.naming import tidy, words_faults
from bot.service.rosters.standing import readers_of
from bot.service.site import SheetBook
from bot.service.tables import refuse
from crypto.fingerprint import fingerprint
from handlers.roster import Reader
from storage.repositories import holders, officers, passkeys, phones, sessions, units
from storage.repositories.enrolments import Enrolment
from storage.repositories.officers import Officer

ROLES = ("duty", "chief", "operator")
"""What an officer may be. An operator arranges the organisation and gets no grant of a tip."""

_MARKS = re.compile(r"[\s.,\-–]")
"""What people put between groups of digits."""
_DIGITS_KEPT = 1_024
"""Officers whose 20 digits are remembered: they are slow on purpose."""
NO_REQUEST = "there is no request with this serial"

Seen = Callable[[str, Observed], None]
"""Has the audit chain of a unit tell what was done."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link is for."""

    unit: str
    name: str
    role: str


def invite(
    connection: Connection, invited: Invited, token: str, *, now: int, seen: Seen, lives: int = enrolment.LINK_LIVES
) -> int:
    """Store a one-time enrolment link by its token, for `lives` seconds; until when it works, in UTC seconds.

    Raises:
        NotAccepted: no such unit or role, a unit that has ended, or nothing that can be shown as a name.
    """
    if invited.role not in ROLES:
        raise NotAccepted("the role must be duty, chief or operator")
    unit = units.find_unit(connection, invited.unit)
    if unit is None:
        raise NotAccepted("there is no such unit here")
    if unit.valid_to is not None and unit.valid_to <= now:
        raise NotAccepted("this unit has ended: invite to the one that goes on for it")
    name = tidy(invited.name)
    refuse([*words_faults("name", name, needed=True)])
    expires = now + lives
    enrolment.invite(connection, token, Enrolment(invited.unit, invited.role, name, expires))
    seen(invited.unit, Observed("invite"))
    return expires


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for the authority: his keys and his place, as his 20 digits name them."""

    recipient: str
    signing_key: bytes
    officer: str
    unit: str
    role: str
    site: str


@lru_cache(_DIGITS_KEPT)
def digits_of(waiting: Waiting) -> str:
    """The 20 digits of somebody's keys and place. Takes about 20 ms: not within a transaction."""
    return fingerprint(**asdict(waiting))


def waiting_as(officer: Officer, site: str) -> Waiting:
    """What this officer's digits are made of."""
    return Waiting(officer.recipient, officer.signing_key, officer.account, officer.unit, officer.role, site)


def waiting(connection: Connection, serial: str, site: str) -> Waiting:
    """Whoever asked under this serial to be put on a sheet.

    Raises:
        NotAccepted: nobody did, or he is on one.
    """
    found = officers.by_serial(connection, serial)
    if found is None or found.status != "requested":
        raise NotAccepted(NO_REQUEST)
    return waiting_as(found, site)


def fits(heard: str, digits: str) -> bool:
    """True where somebody heard these digits, however he groups them."""
    return _MARKS.sub("", heard) == _MARKS.sub("", digits)


def approve(connection: Connection, serial: str, compared: Waiting) -> None:
    """Note that digits were compared: whose they are is proposed to the authority, which compares them itself.

    Raises:
        NotAccepted: nobody waits under this serial, or he has other keys or another place than were compared.
    """
    if waiting(connection, serial, compared.site) != compared:
        raise NotAccepted(NO_REQUEST)
    officers.approve(connection, serial)


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a unit's tips are sealed to an officer, and whether to another one who is let in."""

    this: bool
    others: bool


def reading(connection: Connection, book: SheetBook, officer: Officer, now: int) -> Reading:
    """Who reads at this officer's unit at this moment (UTC seconds), by the sheet in force."""
    sheet = book.newest(connection, officer.unit, now)
    sealed_to = {one.serial for one in sheet.readers(now)} if sheet else set()
    others = readers(connection, book, officer.unit, now) - {officer.serial}
    return Reading(officer.serial in sealed_to, bool(others))


def readers(connection: Connection, book: SheetBook, unit: str, now: int) -> frozenset[str]:
    """Serials of who reads at a unit at this moment (UTC seconds): by the sheet in force, and not shut out."""
    return frozenset(one.serial for one in reading_at(connection, book, unit, now))


def reading_at(connection: Connection, book: SheetBook, unit: str, now: int) -> tuple[Reader, ...]:
    """The same with account and role, in the sheet's order."""
    sheet, active = book.newest(connection, unit, now), officers.let_in(connection, unit)
    return tuple(one for one in readers_of(sheet, now) if one.serial in active) if sheet else ()


class LastKey(NotAccepted):
    """Shut out, he would leave `tips` open tips that nobody who is let in could open: whoever means it says so many."""

    def __init__(self, serial: str, tips: int) -> None:
        super().__init__(
            f"{tips} open tip(s) could be opened by nobody who is let in any more, but with the unit's recovery"
            f" identity; to shut out all the same: hopthu officer remove {serial} --tips {tips}",
            status=422,
        )


def shut_out(connection: Connection, serial: str, *, seen: Seen, tips: int = 0) -> Officer:
    """Close an account and its sessions at once, and forget its phone and passkeys; the officer as he was.

    Raises:
        NotAccepted: no such officer, or he is out already.
        LastKey: he alone can open more than `tips` tips.
    """
    found = officers.by_serial(connection, serial)
    last = 0 if found is None else holders.sole(connection, {found.unit}).get(serial, 0)
    if last > tips:
        raise LastKey(serial, last)
    if found is None or not officers.remove(connection, serial):
        raise NotAccepted("there is no officer with this serial")
    sessions.end_of(connection, serial)
    phones.remove(connection, serial)
    passkeys.remove_all(connection, serial)
    seen(found.unit, Observed("remove", found))
    return found
