"""Holds rows against the chains: entries, keys, where a tip lies and stands, sheets, officers, the organisation.

Owns what does not fit and the words for it. What nobody signed is judged by nobody here: a reporter's entries are held
together by his own signature and by the digests in the thread, which officers' browsers check; a key made for somebody
behind the officers' back opens nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from bot.service.auditing import WHY
from bot.service.hotlines.rules import NATIONAL
from bot.service.organisation.arranging import BY_COMMAND, PLACE, UNTOLD
from bot.service.organisation.lists import lines, unlisted
from bot.service.site import SheetBook
from bot.service.vouching.chains import Chains, Told, in_order, noted
from crypto.acts import Value
from crypto.entries import REPORTER, digest
from crypto.grants import RECOVERY, grants_digest
from crypto.wire import encode_raw
from handlers.cases import ACTS, Act, Case, after, passed_on
from storage.repositories import vouched
from storage.repositories.changes import StoredChange
from storage.repositories.vouched import Facts, Sealed

OfTip = Literal["gone", "entry-gone", "entry", "thread", "unit", "stands", "taken-back", "nobody", "keys"]
What = OfTip | Literal["chain", "sheet", "heir", "officer", "change", "row"]
WORDS: Mapping[What, str] = {
    "chain": "the chain does not hold here",
    "gone": "its tip is not there any more, and what was signed does not say why",
    "entry-gone": "the entry that it names is not there any more",
    "entry": "the entry that it names is another one now",
    "thread": "entries are missing, or there are more than were filed",
    "unit": "the tip lies with another unit than the one it was passed on to",
    "stands": "the tip stands otherwise than signed acts led to",
    "taken-back": "whose key was taken back holds one again",
    "nobody": "a key is there for somebody who is on no sheet of its unit",
    "keys": "the keys that it names are others now",
    "sheet": "the unit sheet that it tells of is not there, or not signed by the authority",
    "heir": "the unit that goes on for this one, as it tells, does so no more",
    "officer": "who was shut out is let in again",
    "change": "a change stands in the history that no record tells of",
    "row": "a row is other than its history says",
}
NEW_KEYS = frozenset({"rekey", "forward", "forwarded"})
"""Acts that make every key of a tip anew."""
NEW_READERS = NEW_KEYS | {"take-back", "recovered", "sheet", "remove", "merge"}
"""Acts after which others may hold a tip's keys, and no record says which."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not fit: in whose chain, at which record if one tells of it, and of what."""

    unit: str
    what: What
    n: int | None = None
    of: str = ""
    """A tip's id as records write it, a serial, a row's list and key; empty where the record says it."""
    why: str = ""
    """Of a chain that does not hold: why."""

    @property
    def sentence(self) -> str:
        """One plain sentence."""
        where = f"unit {self.unit}" if self.n is None else f"unit {self.unit}, number {self.n}"
        of = f" ({self.of})" if self.of else ""
        return f"{where}: {self.why or WORDS[self.what]}{of}"


def mismatches(connection: Connection, chains: Chains, book: SheetBook, notes: bytes) -> Iterator[Mismatch]:
    """Everything that does not fit, unit by unit, then tip by tip, then the organisation."""
    for unit, fault in chains.faults.items():
        yield Mismatch(unit, "chain", fault.n, why=WHY[fault.why])
    for unit, sheets in chains.sheets.items():
        yield from (Mismatch(unit, "sheet", of=f"sheet {n}") for n, sheet in sheets.items() if sheet is None)
    status = vouched.standing(connection)
    for told in (told for acts in chains.acts.values() for told in acts):
        yield from _of_unit(connection, chains, told, status, book=book)
    yield from _tips(connection, chains, notes)
    yield from _organisation(connection, chains, notes)


def _of_unit(
    connection: Connection, chains: Chains, told: Told, status: Mapping[str, str], *, book: SheetBook
) -> Iterator[Mismatch]:
    act, what = told.act, told.what
    if act.act == "sheet" and what["sheet"] not in chains.sheets[act.unit]:
        yield Mismatch(act.unit, "sheet", act.n)
    if act.act == "merge" and book.heir(connection, act.unit) is None:
        yield Mismatch(act.unit, "heir", act.n)
    if act.act == "remove" and act.serial is not None and status.get(act.serial, "removed") != "removed":
        yield Mismatch(act.unit, "officer", act.n, act.serial)


def _tips(connection: Connection, chains: Chains, notes: bytes) -> Iterator[Mismatch]:
    stints, lengths, known = chains.of_tips(), vouched.lengths(connection), set[bytes]()
    for facts in vouched.facts(connection):
        known.add(facts.id)
        name = encode_raw(facts.id)
        if lengths.get(facts.id) != (facts.entries, facts.entries - 1):
            yield Mismatch(facts.unit, "thread", of=name)
        yield from _stands(facts, stints.get(facts.id, []), chains)
        yield from _sealed(vouched.sealed(connection, facts.id), facts, stints.get(facts.id, []), chains)
    waiting = {act.tip for unit in chains.acts for act in noted(connection, unit, notes) if act.act == "erased"}
    for tip, found in stints.items():
        acts = in_order(found)
        erased = tip in waiting or any(told.act.act == "erased" for told in acts)
        if tip not in known and not (erased and may_go(acts)):
            last = acts[-1].act
            yield Mismatch(last.unit, "gone", last.n, encode_raw(tip))


def _stands(facts: Facts, stints: list[list[Told]], chains: Chains) -> Iterator[Mismatch]:
    acts = in_order(stints)
    case = _led(acts)
    led = (case.status, case.reported, case.notified, case.complex, case.extended, case.ended is not None, case.held)
    if led != (facts.status, facts.reported, facts.notified, facts.complex, facts.extended, facts.ended, facts.held):
        yield Mismatch(facts.unit, "stands", acts[-1].act.n if acts else None, encode_raw(facts.id))
    if acts and facts.unit not in _leads_to(acts[-1], chains):
        yield Mismatch(acts[-1].act.unit, "unit", acts[-1].act.n, encode_raw(facts.id))


def may_go(acts: Iterable[Told]) -> bool:
    """True where signed acts led to what retention may erase: decided, and held by nobody."""
    case = _led(acts)
    return case.ended is not None and not case.held


def _led(acts: Iterable[Told]) -> Case:
    """How a tip stands by what was signed, in that order; of no moment but whether there is one."""
    case = Case("received", urgent=False, since=0)
    for told in acts:
        case = _next(case, told)
    return case


def _next(case: Case, told: Told) -> Case:
    done = told.what.get("case")
    named: Act | None = next((act for act in ACTS if act == done), None)
    if named is not None:
        return after(case, named, 0)
    return passed_on(case, 0) if told.act.act == "forward" else case


def _leads_to(last: Told, chains: Chains) -> frozenset[str]:
    """Where a tip may lie after its last act: with its unit or the one it was passed on to, or who came after that."""
    unit = str(last.what["to"]) if last.act.act == "forward" else last.act.unit
    found = {unit}
    while (heir := chains.heir(unit)) is not None and heir not in found:
        unit = heir
        found.add(unit)
    return frozenset(found)


def _sealed(lies: Sealed, facts: Facts, stints: list[list[Told]], chains: Chains) -> Iterator[Mismatch]:
    name = encode_raw(facts.id)
    for told in (told for stint in stints for told in stint):
        if told.seq is not None and told.seq not in lies.entries:
            yield Mismatch(told.act.unit, "entry-gone", told.act.n, name)
        elif told.seq is not None and digest(lies.entries[told.seq]) != told.what["entry"]:
            yield Mismatch(told.act.unit, "entry", told.act.n, name)
    serials = {to for to in lies.grants if not to.startswith(RECOVERY)}
    for serial in sorted(serials - chains.serials(facts.unit)):
        yield Mismatch(facts.unit, "nobody", of=f"{name} {serial}")
    for told in stints[-1] if stints else ():
        yield from _keys(told, lies, serials, chains)


def _keys(told: Told, lies: Sealed, serials: set[str], chains: Chains) -> Iterator[Mismatch]:
    """What became of the keys that a record names, as long as no later one may have changed them."""
    act, since = told.act, [one for one in chains.after(told) if one.act.tip in (None, told.act.tip)]
    if act.act == "take-back":
        again = any(one.act.act == "recovered" or one.what.get("reader") == told.reader for one in since)
        if told.reader in serials and not again:
            yield Mismatch(act.unit, "taken-back", act.n, told.reader)
    elif act.act == "give" and told.reader in serials:
        over = any(one.act.act in NEW_KEYS or one.what.get("reader") == told.reader for one in since if one.act.tip)
        if not over and _given(told, lies) != told.what["grants"]:
            yield Mismatch(act.unit, "keys", act.n, encode_raw(act.tip or b""))
    elif act.act in ("rekey", "forwarded") and not any(one.act.act in NEW_READERS for one in since):
        added = {one.reader for one in since if one.act.act in ("give", "hand-over")}
        keys = {to: body for to, body in lies.grants.items() if to in serials - added or to == RECOVERY}
        if act.act == "rekey":
            keys[REPORTER] = lies.reporter
        if grants_digest(keys) != (told.what.get("grants") or chains.forwarded(told)):
            yield Mismatch(act.unit, "keys", act.n, encode_raw(act.tip or b""))


def _given(told: Told, lies: Sealed) -> bytes:
    return grants_digest({encode_raw(told.act.tip or b""): lies.grants[told.reader]})


def _organisation(connection: Connection, chains: Chains, notes: bytes) -> Iterator[Mismatch]:
    told = {
        (unit, one.act.n): one.what["change"]
        for unit, acts in chains.acts.items()
        for one in acts
        if one.act.act == "arrange"
    }
    named: defaultdict[str, set[Value | None]] = defaultdict(set)
    for (unit, _), change in told.items():
        named[unit].add(change)
    for unit in chains.acts:
        named[unit] |= {dict(act.detail).get("change") for act in noted(connection, unit, notes)}
    newest: dict[tuple[str, str], StoredChange] = {}
    for one in vouched.changed(connection):
        newest[one.list, one.key] = one
        at = told.get((one.unit, one.record)) if one.record is not None else None
        fits = at == one.change if one.record is not None else one.change in named[one.unit]
        if one.change is not None and one.unit != NATIONAL and not fits:
            yield Mismatch(one.unit, "change", one.record, f"{one.list} {one.key}")
    yield from _as_they_were_left(connection, newest)


def _as_they_were_left(connection: Connection, newest: Mapping[tuple[str, str], StoredChange]) -> Iterator[Mismatch]:
    """Rows whose history begins, and which are not as it ends."""
    for name in BY_COMMAND:
        now = {line.key: line.cells for line in (*lines(connection, name), *unlisted(connection, name))}
        for key, last in ((key, one) for (of, key), one in newest.items() if of == name):
            if _told(json.loads(last.cells) if last.cells else None) != _told(now.get(key)):
                yield Mismatch(last.unit, "row", last.record, f"{name} {key}")


def _told(cells: Mapping[str, str] | None) -> dict[str, str] | None:
    """What a history keeps of a row, but for where it stood."""
    return None if cells is None else {name: cell for name, cell in cells.items() if name not in {*UNTOLD, PLACE}}
