"""Using the shares: every tip's key out of its grant to the recovery identity, sealed to the unit's readers instead.

Who these are is said by the newest sheet that this authority signed and kept, never by the file that came. No entry is
opened, and none is here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.service.authority.kept import Office, gone_on_for
from bot.service.errors import NotAccepted
from crypto.errors import SealError
from crypto.hybrid import Identity
from crypto.recovery import Asked, Given, read_asked, recipient_digest, rewrap
from crypto.sheets import Sheet

LARGEST = 512 << 20
"""Bytes of a file from the console: more than the tips of any unit take."""


@dataclass(frozen=True, slots=True)
class Used:
    """What came of it: keys for the console, the sheet they follow, and how many tips these shares do not open."""

    given: Given
    sheet: Sheet
    shut: int


def opened(body: bytes) -> Asked:
    """The file from the console.

    Raises:
        NotAccepted: it is none.
    """
    try:
        return read_asked(body)
    except SealError:
        raise NotAccepted(
            "this file is no request of a console to use the recovery sheets, or it is cut short"
        ) from None


def sheet_for(office: Office, asked: Asked) -> Sheet:
    """The newest sheet of the unit that asks.

    Raises:
        NotAccepted: nothing in force was signed here for it, or nobody on it reads.
    """
    if heir := office.heir(asked.site, asked.unit):
        raise NotAccepted(gone_on_for(heir, asked.unit))
    kept = office.newest(asked.site, asked.unit)
    if kept is None:
        raise NotAccepted("no sheet of this unit is kept beside the key: the file comes from another installation")
    if not kept.sheet.valid_at(office.now):
        raise NotAccepted("the newest sheet of this unit is over: sign one first")
    if not kept.sheet.readers(office.now):
        raise NotAccepted("nobody reads by the newest sheet of this unit: sign one with an officer first")
    return kept.sheet


def use(
    office: Office, asked: Asked, identity: Identity, *, report: Callable[[int, int], None] = lambda _done, _all: None
) -> Used:
    """The keys for everybody who reads by the newest sheet of the unit.

    Raises:
        NotAccepted: see `sheet_for`; or these shares open none of the tips.
    """
    sheet = sheet_for(office, asked)
    found: dict[bytes, dict[str, bytes]] = {}
    for done, (tip, grants) in enumerate(rewrap(asked, identity, sheet, office.now), 1):
        if grants is not None:
            found[tip] = grants
        report(done, len(asked.grants))
    if not found:
        raise NotAccepted("these sheets open none of these tips: they are another set's")
    given = Given(asked.site, asked.unit, recipient_digest(identity.recipient), found)
    return Used(given, sheet, len(asked.grants) - len(found))
