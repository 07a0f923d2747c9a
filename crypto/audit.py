"""The audit chain of one unit: records numbered without gaps, each naming the one before. Pure; reads no clock.

Owns what it means that a chain fits, and the words for why one does not. Sheets say whose signature an officer's record
needs; which server keys to believe is the caller's to say. Of a record that a reader may not know there is its digest
alone (`withheld`): a link of the chain like any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from crypto.acts import DIGEST, Act, Own, Record, read_record
from crypto.errors import Tampered, Unusable
from crypto.labels import VERSION
from crypto.sheets import Officer
from crypto.wire import Fields, encode_line, encode_raw

Misplaced = Literal["shape", "place", "number", "head", "signer", "signature", "own", "withheld"]
"""Why a record does not fit."""
Other = Literal["shorter", "differs", "elsewhere"]
"""Why the chain is not the one seen before."""
Unbelieved = Literal["keys", "sheet", "digest"]
"""What is wrong with a file as a whole."""
Why = Misplaced | Other | Unbelieved


class Misfit(Tampered):
    """The chain does not hold at record `n`; `why` is one of the fixed words."""

    def __init__(self, n: int, why: Why) -> None:
        super().__init__(f"audit chain: {why}")
        self.n = n
        self.why: Why = why


@dataclass(frozen=True, slots=True)
class Point:
    """How far a chain was followed: the last record's number and digest, and each officer's last own act.

    `withheld`: digests of the records that were not shown, by number.
    """

    n: int
    head: bytes
    own: Mapping[str, Own] = field(default_factory=dict)
    withheld: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checks:
    """What a chain is checked against.

    `officers` gives the line of a serial on any sheet of the unit; `server` are the keys the server ever signed with.
    `withholds`: the unit goes on for others, as its sheet says, so that not everybody in it may know of every tip.
    """

    site: str
    unit: str
    officers: Callable[[str], Officer | None]
    server: tuple[bytes, ...]
    withholds: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody noted of a chain: how a head begins, in hexadecimal, and its record's number if he noted it."""

    digits: str
    n: int | None = None

    def fits(self, n: int, head: bytes) -> bool:
        """True where the record of this number may be the one that was noted."""
        return self.n in (None, n) and head.hex().startswith(self.digits)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a chain holds, and the first record that does not fit."""

    point: Point
    fault: Misfit | None


def beginning(site: str, unit: str) -> Point:
    """The point before record 1: its head is the SHA-256 of site and unit under a label of its own."""
    return Point(0, hashlib.sha256(f"hopthu/v1/chain\n{site}\n{unit}".encode()).digest())


def short(head: bytes) -> str:
    """A head as people read it aloud or note it on paper: its first 64 bits in groups of four."""
    return in_groups(head[:8])


def in_groups(raw: bytes) -> str:
    """Bytes as people read them aloud: hexadecimal digits in groups of four."""
    text = raw.hex()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def withhold(n: int, record: bytes) -> bytes:
    """What stands for record `n` before somebody who may not know it: its digest."""
    return encode_line({"v": VERSION, "n": n, "withheld": encode_raw(record)}) + b"\n\n"


def read_withheld(body: bytes) -> Own | None:
    """Number and digest of a record that is withheld; None where this is a record or anything else."""
    try:
        fields = Fields.parse(body.removesuffix(b"\n\n"))
        fields.expect(("v", "n", "withheld"))
        found = Own(fields.number("n"), fields.raw("withheld", DIGEST))
    except Unusable:
        return None
    return found if withhold(found.n, found.record) == body else None


def follow(point: Point, body: bytes, checks: Checks) -> Point:
    """The point after one more record. Raises Misfit where it does not fit."""
    walk = _Walk(point, checks)
    walk.step(body)
    return walk.point


class _Walk:
    """Goes along a chain. What it has passed it keeps once: a long chain with much withheld costs its length."""

    def __init__(self, start: Point, checks: Checks) -> None:
        self.n, self.head = start.n, start.head
        self.own, self.withheld = dict(start.own), dict(start.withheld)
        self.checks = checks

    @property
    def point(self) -> Point:
        return Point(self.n, self.head, self.own, self.withheld)

    def step(self, body: bytes) -> None:
        n = self.n + 1
        unshown = read_withheld(body)
        if unshown is not None:
            if unshown.n != n or not self.checks.withholds:
                raise Misfit(n, "withheld" if unshown.n == n else "number")
            self.withheld[n] = self.head = unshown.record
        else:
            self._follow(n, body)
        self.n = n

    def _follow(self, n: int, body: bytes) -> None:
        try:
            record = read_record(body)
        except Unusable:
            raise Misfit(n, "shape") from None
        act = record.act
        why = _place(act, self) or _author(record, self)
        if why is not None:
            raise Misfit(n, why)
        if act.kind == "officer" and act.serial is not None:
            self.own[act.serial] = Own(n, record.digest)
        self.head = record.digest


def _place(act: Act, walk: _Walk) -> Why | None:
    if (act.site, act.unit) != (walk.checks.site, walk.checks.unit):
        return "place"
    if act.n != walk.n + 1:
        return "number"
    return None if act.head == walk.head else "head"


def _author(record: Record, walk: _Walk) -> Why | None:
    act, checks = record.act, walk.checks
    if act.kind == "observed":
        return None if any(record.signed_by(key) for key in checks.server) else "signature"
    line = checks.officers(act.serial or "")
    if line is None or line.officer != act.officer:
        return "signer"
    if not record.signed_by(line.signing_key):
        return "signature"
    return None if _is_last(act.own, walk, line.serial) else "own"


def _is_last(own: Own | None, walk: _Walk, serial: str) -> bool:
    """Whether this is a signer's last act: the last that was shown of him, or a later one that was not."""
    shown = walk.own.get(serial)
    later = own is not None and own.n > (shown.n if shown else 0) and walk.withheld.get(own.n) == own.record
    return own == shown or later


def verify_chain(
    records: Iterable[bytes], checks: Checks, *, start: Point | None = None, seen: Mark | None = None
) -> Verdict:
    """Follow records from `start` (else from the beginning) until one does not fit.

    `seen`: what somebody noted before; a chain that is shorter, or has another record there or nowhere one with that
    head, is not the one he saw.
    """
    walk = _Walk(start or beginning(checks.site, checks.unit), checks)
    found = seen is None or seen.fits(walk.n, walk.head)
    try:
        for body in records:
            walk.step(body)
            if seen is not None and not found:
                found = seen.fits(walk.n, walk.head)
                if seen.n == walk.n and not found:
                    return Verdict(walk.point, Misfit(walk.n, "differs"))
    except Misfit as fault:
        return Verdict(walk.point, fault)
    point = walk.point
    if found or seen is None:
        return Verdict(point, None)
    return Verdict(point, Misfit(point.n + 1, "shorter") if seen.n else Misfit(0, "elsewhere"))
