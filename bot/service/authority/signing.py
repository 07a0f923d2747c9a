"""Signing what was compared: for many units at once, and again for those signed before, for longer or for shorter.

Every sheet is kept beside the key before it leaves, so that a run broken off is gone on with by the same command: what
was signed already is handed out again, not signed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal

from bot.service.authority.comparing import key_of
from bot.service.authority.kept import Office, Signed, gone_on_for
from bot.service.authority.requests import Case
from bot.service.errors import NotAccepted
from crypto.sheets import LIFETIME, Sheet

DAY = 24 * 3600
VIETNAM = 7 * 3600
"""Seconds of Vietnam's time before UTC: a sheet that is good until a day is good until that day's midnight there."""

Status = Literal["signed", "already", "waiting", "refused"]
Report = Callable[[int, int], None]
Hand = Callable[[Signed], None]
"""Takes a sheet out of the office, as soon as it is signed."""


def _keep(_: Signed) -> None:
    """Stays where it is kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a unit's sheet: its number, officers and end (UTC seconds), who waits to be compared, why not."""

    unit: str
    name: str
    status: Status
    n: int = 0
    officers: int = 0
    expires: int | None = None
    waiting: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    why: str = ""
    file: str = ""


def end_of(day: int) -> int:
    """The second at which a day of Vietnam ends, given its number since 1970."""
    return (day + 1) * DAY - VIETNAM


@dataclass(frozen=True, slots=True)
class Terms:
    """How to sign: until when (UTC seconds; None: as asked), and whether without those whom nobody has compared."""

    until: int | None = None
    leave_out: bool = False


def sign_cases(
    office: Office, cases: Sequence[Case], confirmed: AbstractSet[str], terms: Terms, *, report: Report | None = None
) -> tuple[list[Outcome], list[Signed]]:
    """Sign what is confirmed; what became of each, and the sheets, those signed earlier among them."""
    outcomes: list[Outcome] = []
    signed: list[Signed] = []
    for done, case in enumerate(cases, 1):
        outcome, sheet = _sign_case(office, case, confirmed, terms)
        outcomes.append(outcome)
        signed += [sheet] if sheet else []
        if report is not None:
            report(done, len(cases))
    return outcomes, signed


def _sign_case(office: Office, case: Case, confirmed: AbstractSet[str], terms: Terms) -> tuple[Outcome, Signed | None]:
    unit = case.sheet.unit
    if case.done:
        kept = office.newest(case.sheet.site, unit)
        assert kept is not None
        return outcome_of(office, "already", kept), kept
    open_ = [line for line in case.new if key_of(unit, line.serial) not in confirmed]
    waiting = tuple(line.officer for line in open_)
    staying = tuple(line for line in case.sheet.officers if line not in open_)
    unit_open = bool(case.changed) and key_of(unit) not in confirmed
    if unit_open or (open_ and not (terms.leave_out and staying)):
        why = case.changed if unit_open else ""
        return Outcome(unit, case.sheet.name, "waiting", case.sheet.n, waiting=waiting, why=why), None
    try:
        sheet = ending_at(replace(case.sheet, officers=staying), terms.until)
        signed = office.sign(sheet)
    except NotAccepted as error:
        return Outcome(unit, case.sheet.name, "refused", case.sheet.n, why=str(error)), None
    left = tuple(line.officer for line in case.gone)
    return replace(outcome_of(office, "signed", signed), waiting=waiting, left=left), signed


def outcome_of(office: Office, status: Status, signed: Signed) -> Outcome:
    """What became of a unit whose sheet was signed."""
    sheet = signed.sheet
    return Outcome(
        sheet.unit,
        sheet.name,
        status,
        sheet.n,
        len(sheet.officers),
        expires=sheet.expires,
        file=office.file_of(signed),
    )


def ending_at(sheet: Sheet, until: int | None) -> Sheet:
    """The sheet, ending at this UTC second if one is given.

    Raises:
        NotAccepted: that is before its day or too far.
    """
    if until is None:
        return sheet
    if not sheet.issued < until <= sheet.issued + LIFETIME:
        raise NotAccepted("no sheet ends before its day or lives longer than 90 days")
    return replace(sheet, expires=until)


def renew(
    office: Office, sheets: Iterable[Sheet], until: int | None, *, report: Report | None = None, hand: Hand = _keep
) -> tuple[list[Outcome], list[Signed]]:
    """The same people for 90 days more, or until a second: nobody is new, so nobody is compared.

    `hand` is given each sheet as it is signed: a run broken off is not gone on with by renewing again.
    """

    def longer(sheet: Sheet) -> Sheet:
        found = ending_at(next_of(office, sheet), until)
        if found.expires <= sheet.expires:
            raise NotAccepted("the sheet in hand is good for as long already")
        return found

    return _again(office, sheets, longer, report=report, hand=hand)


def shorten(
    office: Office,
    sheets: Iterable[Sheet],
    until: int | None,
    without: AbstractSet[str],
    *,
    report: Report | None = None,
    hand: Hand = _keep,
) -> tuple[list[Outcome], list[Signed]]:
    """The same sheet ending earlier, or without these officers (by serial), or both. `hand` as for `renew`."""

    def shorter(sheet: Sheet) -> Sheet:
        staying = tuple(line for line in sheet.officers if line.serial not in without)
        if until is not None and not office.now < until < sheet.expires:
            raise NotAccepted("that day is over, or not before the end of the sheet in hand")
        if until is None and len(staying) == len(sheet.officers):
            raise NotAccepted("none of these officers is on this unit's sheet")
        end = until or min(sheet.expires, office.now + LIFETIME)
        return replace(next_of(office, sheet), expires=end, officers=staying)

    return _again(office, sheets, shorter, report=report, hand=hand)


def next_of(office: Office, sheet: Sheet) -> Sheet:
    """The sheet after this one, of today, for 90 days.

    Raises:
        NotAccepted: this machine's clock is behind the one in hand.
    """
    if office.now <= sheet.issued:
        raise NotAccepted("this machine's clock is behind the sheet in hand: set it")
    return replace(sheet, n=sheet.n + 1, issued=office.now, expires=office.now + LIFETIME)


def _again(
    office: Office,
    sheets: Iterable[Sheet],
    change: Callable[[Sheet], Sheet],
    *,
    report: Report | None,
    hand: Hand,
) -> tuple[list[Outcome], list[Signed]]:
    outcomes: list[Outcome] = []
    signed: list[Signed] = []
    found = list(sheets)
    for done, sheet in enumerate(found, 1):
        try:
            new = office.sign(change(sheet))
        except NotAccepted as error:
            outcomes.append(Outcome(sheet.unit, sheet.name, "refused", sheet.n, why=str(error)))
        else:
            here = {line.serial for line in new.sheet.officers}
            left = tuple(line.officer for line in sheet.officers if line.serial not in here)
            outcomes.append(replace(outcome_of(office, "signed", new), left=left))
            signed.append(new)
            hand(new)
        if report is not None:
            report(done, len(found))
    return outcomes, signed


def chosen(office: Office, units: Sequence[str], *, within: int | None = None) -> list[Sheet]:
    """The newest sheets signed here of these units, else of all; `within`: only those that end in so many seconds.

    Units that another goes on for are none of all.

    Raises:
        NotAccepted: nothing was signed here for one of them, or another unit goes on for it.
    """
    every = [one.sheet for one in office.every()]
    lacking = sorted(set(units) - {sheet.unit for sheet in every})
    if lacking:
        raise NotAccepted(f"no sheet was signed with this folder for unit {lacking[0]}: sign a request first")
    named = [sheet for sheet in every if not units or sheet.unit in units]
    for sheet in named if units else ():
        if heir := office.heir(sheet.site, sheet.unit):
            raise NotAccepted(gone_on_for(heir, sheet.unit))
    living = [sheet for sheet in named if office.heir(sheet.site, sheet.unit) is None]
    return [sheet for sheet in living if within is None or sheet.expires - office.now < within]
