"""Requests for unit sheets as they come to the authority: read, and held against what it signed for the unit before.

A request comes from a server that may be somebody else's by now. Whatever it says is compared by people, known from a
sheet signed before, or refused: numbers, dates, the installation and the recovery identity are never taken on trust.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.service.authority.kept import Office, gone_on_for, names_a_file
from bot.service.authority.keys import recovery_of
from bot.service.errors import NotAccepted
from crypto.errors import SealError
from crypto.fingerprint import fingerprint
from crypto.sheets import LIFETIME, Officer, Sheet, draft_sheet, read_draft

ENDING = ".json"
"""How files of requests end."""
AHEAD = 24 * 3600
"""Seconds by which the server's clock may be before this machine's."""
FARTHEST = 1_000
"""By how much a number may be higher than the last one: with the highest there is no next sheet would count."""
NO_REQUEST = "this file is no request for a unit sheet"


@dataclass(frozen=True, slots=True)
class Case:
    """A request: the sheet as it would be signed, the last one signed here, and whether it was signed already."""

    file: str
    sheet: Sheet
    last: Sheet | None
    done: bool = False

    @property
    def new(self) -> tuple[Officer, ...]:
        """Whose line does not stand, just so, on the last sheet: nobody has compared it."""
        known = frozenset(self.last.officers) if self.last else frozenset()
        return () if self.done else tuple(line for line in self.sheet.officers if line not in known)

    @property
    def gone(self) -> tuple[Officer, ...]:
        """Who is on the last sheet and, by account, not on this one."""
        here = {line.officer for line in self.sheet.officers}
        return tuple(line for line in self.last.officers if line.officer not in here) if self.last else ()

    @property
    def changed(self) -> str:
        """What the unit itself is other than before, in plain words; empty if nothing."""
        if self.done:
            return ""
        if self.last is None:
            return "first sheet of this unit"
        told = {"name": (self.last.name, self.sheet.name), "parent": (self.last.parent, self.sheet.parent)}
        return ", ".join(f"{what} was {was or 'none'}" for what, (was, now) in told.items() if was != now)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not worked on, and why."""

    file: str
    why: str
    unit: str = ""
    name: str = ""


def request_file(sheet: Sheet) -> bytes:
    """A sheet as it travels to the authority: unsigned."""
    return draft_sheet(sheet)


def digits_of(sheet: Sheet, line: Officer) -> str:
    """The twenty digits of an officer's keys. Takes about 20 ms."""
    return fingerprint(
        recipient=line.recipient,
        signing_key=line.signing_key,
        officer=line.officer,
        unit=sheet.unit,
        role=line.role,
        site=sheet.site,
    )


def open_cases(office: Office, files: Iterable[tuple[str, bytes]]) -> tuple[list[Case], list[Refusal]]:
    """Requests to work on, and those that are refused; of several for one unit all."""
    read, refused = _read_all(files)
    asked = Counter(sheet.unit for _, sheet in read)
    cases: list[Case] = []
    for file, sheet in read:
        try:
            if asked[sheet.unit] > 1:
                raise NotAccepted("several of these files ask for this unit: leave one")
            cases.append(open_case(office, file, sheet))
        except NotAccepted as error:
            refused.append(Refusal(file, str(error), sheet.unit, sheet.name))
    return cases, refused


def _read_all(files: Iterable[tuple[str, bytes]]) -> tuple[list[tuple[str, Sheet]], list[Refusal]]:
    read: list[tuple[str, Sheet]] = []
    refused: list[Refusal] = []
    for file, content in files:
        try:
            read.append((file, read_request(content)))
        except NotAccepted as error:
            refused.append(Refusal(file, str(error)))
    return read, refused


def read_request(content: bytes) -> Sheet:
    """What a request asks for.

    Raises:
        NotAccepted: the file is none.
    """
    try:
        sheet = read_draft(content)
    except SealError:
        raise NotAccepted(NO_REQUEST) from None
    if not names_a_file(sheet):
        raise NotAccepted(NO_REQUEST)
    return sheet


def open_case(office: Office, file: str, sheet: Sheet) -> Case:
    """The request beside what was signed before, with the unit's recovery identity put on it.

    Raises:
        NotAccepted: it asks for what may not be signed.
    """
    if heir := office.heir(sheet.site, sheet.unit):
        raise NotAccepted(gone_on_for(heir, sheet.unit))
    kept = office.newest(sheet.site, sheet.unit)
    last = kept.sheet if kept else None
    if last is not None and _is_answered(sheet, last):
        return Case(file, last, last, done=True)
    _check_dates(sheet, office.now)
    _check_number(sheet, last)
    if last is not None and last.demo != sheet.demo:
        raise NotAccepted("says that it is a demonstration's and the sheet before not, or the other way round")
    if sheet.goes_on_for != (last.goes_on_for if last else ()):
        raise NotAccepted("goes on for other units than the sheet before: only hopthu authority merge says so")
    return Case(file, replace(sheet, recovery=_recovery(office, sheet, last)), last)


def _is_answered(sheet: Sheet, last: Sheet) -> bool:
    """True where the last sheet is the answer to this request, perhaps without some of its officers."""
    return (sheet.n, sheet.issued) == (last.n, last.issued) and set(last.officers) <= set(sheet.officers)


def _check_dates(sheet: Sheet, now: int) -> None:
    if sheet.issued > now + AHEAD or sheet.expires > now + AHEAD + LIFETIME:
        raise NotAccepted("is of a day that this machine's clock has not reached: look at both clocks")
    if sheet.expires <= now:
        raise NotAccepted("is too old, its sheet would be over already: have a new request written")


def _check_number(sheet: Sheet, last: Sheet | None) -> None:
    before = last.n if last else 0
    if last is not None and sheet.n <= before:
        raise NotAccepted(
            f"asks for number {sheet.n}, and number {before} was signed here: take that sheet in, write a new request"
        )
    if sheet.n > before + FARTHEST:
        raise NotAccepted(f"asks for number {sheet.n}, far beyond number {before}: something is wrong on the server")


def _recovery(office: Office, sheet: Sheet, last: Sheet | None) -> str | None:
    before = last.recovery if last else None
    own = recovery_of(office.folder, sheet.unit) or before
    if sheet.recovery not in (None, own, before):
        raise NotAccepted(
            "names a recovery identity that this folder does not know: whoever holds it would read every tip of the"
            " unit; if it is yours, put its key, or the unit's newest sheet under signed/, into this folder"
        )
    return own
