"""One sheet out of several: the authority lets a unit go on for others, whose officers it signed before.

Owns what such a sheet may say. Which units merge is said by the person who signs, never by a request of a server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.service.authority.kept import Office, gone_on_for, names_a_file
from bot.service.authority.keys import recovery_of
from bot.service.authority.signing import chosen, ending_at, next_of
from bot.service.errors import NotAccepted
from crypto.sheets import Officer, Sheet


@dataclass(frozen=True, slots=True)
class Merger:
    """Which units' newest sheets become one: of `olds` that end, into `into`, which may have one already.

    `name` and `parent` are for one that has none, or say what is other now; `top`: no unit is above it.
    """

    olds: tuple[str, ...]
    into: str
    name: str | None = None
    parent: str | None = None
    top: bool = False


def merged(office: Office, merger: Merger, until: int | None) -> Sheet:
    """One sheet for several units, to be signed: whoever stands on their newest ones, line for line.

    Nobody is compared again. A line is taken from a sheet of this authority, signed after its digits were compared, and
    carried over as it is: serial, account, role, keys and dates. The digits hold the unit's code as well, so that no
    request can bring a key from one unit to another; here no request says who comes, and which unit they come to is
    said by the person who signs.

    Raises:
        NotAccepted: a sheet is lacking, is another installation's, or was gone on for; two of the officers have one
            account or serial; the recovery identities are several; or the new unit lacks a name or the unit above.
    """
    olds, own = [_kept(office, code) for code in merger.olds], _own(office, merger)
    _check_merger(office, merger, olds, own)
    every = [*([own] if own else []), *olds]
    lines = tuple(line for sheet in every for line in sheet.officers)
    _check_people(lines)
    goes_on_for = dict.fromkeys(code for sheet in every for code in (*sheet.goes_on_for, sheet.unit))
    goes_on_for.pop(merger.into, None)
    first = own or replace(olds[0], unit=merger.into, n=0)
    joined = replace(
        next_of(office, first),
        name=merger.name or (own.name if own else ""),
        parent=_parent(merger, olds, own),
        officers=lines,
        recovery=_one_recovery(office, merger, olds, own),
        goes_on_for=tuple(goes_on_for),
    )
    return ending_at(joined, until)


def _kept(office: Office, unit: str) -> Sheet:
    found = chosen(office, [unit])
    if len(found) > 1:
        raise NotAccepted(f"unit {unit} has sheets of several installations here: move the other ones' out of signed/")
    return found[0]


def _own(office: Office, merger: Merger) -> Sheet | None:
    """The newest sheet of the unit that goes on."""
    site = _kept(office, merger.olds[0]).site
    kept = office.newest(site, merger.into)
    if heir := office.heir(site, merger.into):
        raise NotAccepted(gone_on_for(heir, merger.into))
    return kept.sheet if kept else None


def _check_merger(office: Office, merger: Merger, olds: Sequence[Sheet], own: Sheet | None) -> None:
    if merger.into in merger.olds or len(set(merger.olds)) != len(merger.olds):
        raise NotAccepted("name each unit that ends once, and another one that goes on")
    if not names_a_file(replace(olds[0], unit=merger.into)):
        raise NotAccepted("a unit's code is letters and digits")
    every = [*([own] if own else []), *olds]
    if len({(sheet.site, sheet.demo) for sheet in every}) > 1:
        raise NotAccepted("these sheets are of several installations, or of a demonstration and none")
    late = [sheet.unit for sheet in every if sheet.issued >= office.now]
    if late:
        raise NotAccepted(f"this machine's clock is behind the sheet of unit {late[0]} in hand: set it")
    if own is None and not merger.name:
        raise NotAccepted(f"unit {merger.into} has no sheet yet: say what it is called (--name)")


def _check_people(lines: Sequence[Officer]) -> None:
    for what, names in (("account", [one.officer for one in lines]), ("serial", [one.serial for one in lines])):
        if twice := [name for name, count in Counter(names).items() if count > 1]:
            raise NotAccepted(f"two officers of these units have the {what} {twice[0]}: leave one of them out first")


def _parent(merger: Merger, olds: Sequence[Sheet], own: Sheet | None) -> str | None:
    """As said, else as before; else where all of them stood, past those of them that stood under another."""
    if merger.parent is not None or merger.top:
        return merger.parent
    ending = {sheet.unit: sheet.parent for sheet in olds}
    before = [own] if own else olds
    found = {_outside(sheet.parent, ending) for sheet in before} - {merger.into}
    if len(found) != 1:
        raise NotAccepted("these units stood under several: say which unit is above now (--parent), or none (--top)")
    return found.pop()


def _outside(code: str | None, ending: Mapping[str, str | None]) -> str | None:
    for _ in ending:
        code = ending.get(code, code) if code else None
    return code


def _one_recovery(office: Office, merger: Merger, olds: Sequence[Sheet], own: Sheet | None) -> str | None:
    """The unit's own, by its key in the folder or as before; of a new unit the one that all of the old ones have.

    What is with the old ones stays open to theirs alone: their keys are to be kept. Whoever holds the one of a single
    old unit does not come to read by a merger what is sent to the others.
    """
    found = recovery_of(office.folder, merger.into) or (own.recovery if own else None)
    if found or own:
        return found
    theirs = {sheet.recovery for sheet in olds}
    if len(theirs) > 1:
        raise NotAccepted(
            f"these units have no recovery identity in common: make one for unit {merger.into} first"
            f" (hopthu authority recovery FOLDER {merger.into}), and keep theirs for what was sent before"
        )
    return theirs.pop()
