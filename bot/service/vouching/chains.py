"""What the chains say, put in order: each unit's acts, and of each tip what was done with it, wherever it lay.

Reads records and sheets, judges no row. A chain that does not hold is said, and what it tells up to there is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from sqlalchemy import Connection

from bot.service.desk.observing import opened_note
from bot.service.site import Site
from crypto.acts import Act, Value, read_record
from crypto.audit import Checks, Misfit, verify_chain
from crypto.errors import SealError
from crypto.sheets import Officer, Sheet, verify_sheet
from storage.repositories import audit, sheets, vouched


@dataclass(frozen=True, slots=True)
class Told:
    """A record of a chain that holds up to it."""

    act: Act

    @property
    def what(self) -> Mapping[str, Value]:
        """The fields of its detail."""
        return dict(self.act.detail)

    @property
    def reader(self) -> str:
        """The serial of whom it gave keys, or took them from; empty where it did not."""
        return str(self.what.get("reader", ""))

    @property
    def seq(self) -> int | None:
        """The place of the entry that it names."""
        found = self.what.get("seq")
        return found if isinstance(found, int) else None


@dataclass(slots=True)
class Chains:
    """Every chain: its acts in order, the first that does not fit, the sheets that say who signs in it."""

    acts: dict[str, list[Told]] = field(default_factory=dict)
    faults: dict[str, Misfit] = field(default_factory=dict)
    sheets: dict[str, dict[int, Sheet | None]] = field(default_factory=dict)

    def of_tips(self) -> dict[bytes, list[list[Told]]]:
        """Of each tip its acts, one list for each time a unit had it, in the order in which they had it."""
        stints: defaultdict[bytes, list[list[Told]]] = defaultdict(list)
        for acts in self.acts.values():
            latest: dict[bytes, list[Told]] = {}
            for told in acts:
                tip = told.act.tip
                if tip is None:
                    continue
                if tip not in latest or told.act.act == "forwarded":
                    latest[tip] = []
                    stints[tip].append(latest[tip])
                latest[tip].append(told)
        return {tip: sorted(found, key=_begun) for tip, found in stints.items()}

    def after(self, told: Told) -> list[Told]:
        """What stands behind a record in its chain."""
        return self.acts[told.act.unit][told.act.n :]

    def heir(self, unit: str) -> str | None:
        """The unit that goes on for this one, as a sheet of it says."""
        return next((code for code, own in self.sheets.items() if unit in _goes_on_for(own)), None)

    def forwarded(self, told: Told) -> Value | None:
        """The digest of the keys that a tip was passed on with, out of the record of who passed it on."""
        there = self.acts.get(str(told.what["from"]), ())
        same = (one for one in there if one.act.act == "forward" and one.what["entry"] == told.what["entry"])
        return next((one.what["grants"] for one in same), None)

    def serials(self, unit: str) -> frozenset[str]:
        """Whoever was on a sheet of the unit, or of one that it goes on for."""
        codes = {unit, *_goes_on_for(self.sheets.get(unit, {}))}
        every = (one for code in codes for one in self.sheets.get(code, {}).values() if one is not None)
        return frozenset(line.serial for one in every for line in one.officers)


def _goes_on_for(found: Mapping[int, Sheet | None]) -> frozenset[str]:
    return frozenset(code for sheet in found.values() if sheet is not None for code in sheet.goes_on_for)


def in_order(stints: Iterable[list[Told]]) -> list[Told]:
    """What was done with a tip, in order, whichever units had it: acts on its thread name its entry."""
    reached: list[tuple[int, int, Told]] = []
    for stint in stints:
        highest = 0
        for told in stint:
            highest = max(highest, told.seq or 0)
            reached.append((highest, told.act.hour, told))
    return [told for _, _, told in sorted(reached, key=itemgetter(0, 1))]


def _begun(stint: list[Told]) -> tuple[int, int]:
    """When a unit came to have a tip: at which entry, by a record that was passed on; else as it was filed.

    Of two that name none the earlier hour is first: the other's came by a merger.
    """
    first = stint[0]
    return (first.seq or 0) if first.act.act == "forwarded" else 0, first.act.hour


def read_chains(connection: Connection, site: Site, keys: tuple[bytes, ...]) -> Chains:
    """Every chain of the installation under the authority's key and the server's `keys`."""
    found = Chains()
    for unit in vouched.chained(connection):
        bodies = {one.n: one.body for one in sheets.every(connection, unit)}
        found.sheets[unit] = {n: _sheet(body, site, unit, n) for n, body in bodies.items()}
        _read_one(found, audit.every(connection, unit), Place(site.id, unit), keys)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Whose chain it is."""

    site: str
    unit: str


def _read_one(found: Chains, records: tuple[bytes, ...], place: Place, keys: tuple[bytes, ...]) -> None:
    lines: dict[str, Officer] = {}
    for _, sheet in sorted(found.sheets[place.unit].items()):
        lines.update({line.serial: line for line in sheet.officers} if sheet else {})
    verdict = verify_chain(records, Checks(place.site, place.unit, lines.get, keys))
    if verdict.fault is not None:
        found.faults[place.unit] = verdict.fault
    found.acts[place.unit] = [Told(read_record(body).act) for body in records[: verdict.point.n]]


def _sheet(body: bytes, site: Site, unit: str, n: int) -> Sheet | None:
    try:
        sheet = verify_sheet(body, site.authority)
    except SealError:
        return None
    return sheet if (sheet.site, sheet.unit, sheet.n) == (site.id, unit, n) else None


def noted(connection: Connection, unit: str, notes: bytes) -> tuple[Act, ...]:
    """What commands left for a unit's chain and the desk has not chained yet; `notes` is the key of their marks."""
    found = (opened_note(one.note, notes) for one in audit.waiting(connection, unit))
    return tuple(act for act in found if act is not None)
