"""A unit's recovery shares as the desk knows them: what they are to open goes out, what they opened comes in.

Chiefs alone ask and bring; every chief is told until a sheet names another identity. Keys that come in are for readers
of the newest sheet, of tips that whoever brings them may know of. Nothing is opened here: the shares never come near.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.desk import staffing
from bot.service.desk.audit import Deed, Signed
from bot.service.desk.casework import reader_of
from bot.service.desk.cutoffs import cut_off
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook, Site
from crypto.grants import LARGEST
from crypto.recovery import MOST_TIPS, Asked, recipient_digest, recovered_digest
from storage.repositories import keyholders, recoveries, sheets
from storage.repositories.officers import Officer
from storage.repositories.worklists import seen_by


@dataclass(frozen=True, slots=True)
class Recovered:
    """Some tips' keys, by tip and officer's serial, and the recovery recipient that they came of (SHA-256)."""

    recovery: bytes
    grants: Mapping[bytes, Mapping[str, bytes]]


def asked(connection: Connection, officer: Officer, site: Site) -> Asked:
    """What the shares are to open: tips of his unit that the chief has no key to.

    Raises:
        NotAccepted: he is no chief, or there is none (`keys-nothing-shut`).
    """
    _chief(officer)
    found = recoveries.shut(connection, reader_of(connection, officer), MOST_TIPS)
    if not found:
        raise NotAccepted("keys-nothing-shut", status=404)
    return Asked(site.id, officer.unit, found)


def recover(connection: Connection, officer: Officer, found: Recovered, *, act: Signed, book: SheetBook) -> None:
    """Take keys in, which the chief's act names; whoever has one already keeps his, whoever was cut off gets none.

    Who put the shares together knows what opens these tips: each needs a new key.

    Raises:
        NotAccepted: he is no chief; a key is for nobody who reads now (`keys-sheet-newer`: use the shares again), or of
            a tip that he may not know of; no sheet of the unit ever named the identity that they are said to come of
            (`keys-no-identity`); or the act does not fit.
    """
    _chief(officer)
    sheet = book.newest(connection, officer.unit, act.now)
    readers = frozenset(one.serial for one in sheet.readers(act.now)) if sheet else frozenset()
    if not found.grants or any(not each or not readers.issuperset(each) for each in found.grants.values()):
        raise NotAccepted("keys-sheet-newer", status=409)
    if any(len(one) > LARGEST for each in found.grants.values() for one in each.values()):
        raise NotAccepted("desk-refused", status=413)
    if seen_by(connection, reader_of(connection, officer), found.grants) != found.grants.keys():
        raise NotAccepted("desk-no-tip", status=404)
    if found.recovery not in _identities(connection, book, officer.unit):
        raise NotAccepted("keys-no-identity", status=409)
    detail = (
        ("count", len(found.grants)),
        ("grants", recovered_digest(found.grants)),
        ("recovery", found.recovery),
    )
    act.take_in(connection, officer, Deed(("recovered",), None, detail))
    living = staffing.readers(connection, book, officer.unit, act.now)
    gone = cut_off(connection, book, officer.unit)
    for tip, each in found.grants.items():
        whose = living - gone.of(tip)
        recoveries.give(connection, officer.unit, tip, {to: one for to, one in each.items() if to in whose})
    keyholders.note_stale(connection, officer.unit, [*found.grants])
    recoveries.note(connection, officer.unit, found.recovery)


def _identities(connection: Connection, book: SheetBook, unit: str) -> frozenset[bytes]:
    """Recovery recipients (SHA-256) that stand on signed sheets of the unit, or of those that it goes on for."""
    units = (unit, *book.goes_on_for(connection, unit))
    signed = (book.verified(one.body) for code in units for one in sheets.every(connection, code))
    return frozenset(recipient_digest(one.recovery) for one in signed if one is not None and one.recovery is not None)


def is_used_up(connection: Connection, book: SheetBook, unit: str, now: int) -> bool:
    """True where the recovery identity of the unit's newest sheet was put together once: another one is wanted."""
    sheet = book.newest(connection, unit, now)
    recovery = sheet.recovery if sheet else None
    return recovery is not None and recoveries.is_used(connection, unit, recipient_digest(recovery))


def _chief(officer: Officer) -> None:
    if officer.role != "chief":
        raise NotAccepted("desk-refused", status=403)
