"""Checking what the server signed without trusting whoever brings it: public keys and a file in, a sentence out.

An exported audit chain, or the acknowledgement that a tip was received.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.service.errors import NotAccepted
from crypto.acknowledgements import NUMBER, Wrong, read_acknowledgement, wrong
from crypto.audit import Mark, Why, short
from crypto.audit_file import read_file, verify_file
from crypto.errors import SealError
from crypto.signing import KEY

WHY: dict[Why, str] = {
    "shape": "it is damaged",
    "place": "it is another unit's or installation's",
    "number": "a record is missing, doubled or out of order",
    "head": "it does not follow the record before",
    "signer": "its signer is on no sheet of the unit",
    "signature": "it is not signed by whom it names",
    "own": "its signer's own act before is another one or missing",
    "withheld": "only its digest is there, though its unit goes on for no other",
    "shorter": "the chain ends before the mark that was noted",
    "differs": "it is not the one whose mark was noted",
    "elsewhere": "no record in it has the mark that was noted",
    "keys": "the file names keys other than the ones you trust",
    "sheet": "a unit sheet in it is not signed by the authority",
    "digest": "the file is not as it was written",
}
WRONG: dict[Wrong, str] = {
    "server": "no audit key of the server that you trust vouches for it",
    "signature": "it was changed after it was signed",
    "number": "the number is another tip's",
}
_MARK = re.compile(r"(?:hopthu:([^:\s]{1,64}):)?(?:([0-9]{1,15}):)?([0-9a-f]{4}(?: ?[0-9a-f]{4}){3,15})")


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count: the authority's key, and every audit key the server has had."""

    authority: bytes
    server: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What checking a file came to. `records` hold, `head` is the last one's mark; `at` and `why` if one does not.

    `withheld`: of how many the file has the digest alone, since whoever took it along may not know of their tips.
    """

    holds: bool
    unit: str
    records: int
    head: str
    at: int | None
    why: Why | None
    withheld: int = 0

    @property
    def sentence(self) -> str:
        """One plain sentence."""
        if self.why is None:
            some = f" Of {self.withheld} the file has the digest alone." if self.withheld else ""
            return f"The chain of unit {self.unit} holds up to number {self.records}, mark {self.head}.{some}"
        if not self.at:
            return f"The chain of unit {self.unit} cannot be believed: {WHY[self.why]}."
        return f"The chain of unit {self.unit} does not hold at number {self.at}: {WHY[self.why]}."


@dataclass(frozen=True, slots=True)
class Proof:
    """What checking an acknowledgement came to. `own`: the number that was said is its tip's; None if none was said."""

    holds: bool
    site: str
    unit: str
    name: str
    day: str
    fingerprint: str
    demo: bool
    own: bool | None
    why: Wrong | None

    @property
    def sentence(self) -> str:
        """One plain sentence or two."""
        if self.why is not None:
            return f"This acknowledgement does not hold: {WRONG[self.why]}."
        trial = "In a demonstration, a" if self.demo else "A"
        told = (
            f"{trial} tip with fingerprint {self.fingerprint} was received by {self.name} ({self.unit}) on {self.day}."
        )
        return f"{told} Whoever said the number sent it, or has its code." if self.own else told


def verify_proof(content: bytes, server: tuple[bytes, ...], number: bytes | None = None) -> Proof:
    """Whether the acknowledgement in a file holds; `number`: what somebody says to show that the tip is his.

    Raises:
        NotAccepted: there is none in it, or it is broken.
    """
    try:
        found = read_acknowledgement(content)
    except SealError:
        raise NotAccepted("there is no whole acknowledgement in this file") from None
    said, why = found.said, wrong(found, server, number)
    own = None if number is None else why is None
    mark = short(said.fingerprint)
    return Proof(why is None, said.site, said.unit, said.name, said.day, mark, said.demo, own, why)


def parse_number(text: str) -> bytes:
    """The number of a tip as its reporter was told it.

    Raises:
        NotAccepted: it is none.
    """
    return _in_digits(text, NUMBER, "a tip's number has 32 letters and digits, in groups of four")


@dataclass(frozen=True, slots=True)
class Noted:
    """A mark as noted or printed: of which unit, where that was noted too."""

    mark: Mark
    unit: str | None = None


def verify_export(content: bytes, trust: Trust, noted: Noted | None = None) -> Finding:
    """How far a file's chain holds, and whether it goes on from what was noted.

    Raises:
        NotAccepted: it is no such file, or cut; or what was noted is another unit's.
    """
    try:
        file = read_file(content)
    except SealError:
        raise NotAccepted("this file is no whole audit export") from None
    if noted is not None and noted.unit not in (None, file.unit.lower()):
        raise NotAccepted("this mark was noted of another unit")
    mark = noted.mark if noted else None
    verdict = verify_file(file, authority=trust.authority, server=trust.server, seen=mark)
    point, fault = verdict.point, verdict.fault
    at, why = (fault.n, fault.why) if fault else (None, None)
    return Finding(fault is None, file.unit, point.n, short(point.head), at, why, len(point.withheld))


def parse_key(text: str) -> bytes:
    """A public key as the product prints it.

    Raises:
        NotAccepted: it is none.
    """
    return _in_digits(text, KEY, "a key is the 64 characters that `hopthu audit key` prints")


def _in_digits(text: str, length: int, why: str) -> bytes:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != length:
        raise NotAccepted(why)
    return found


def parse_noted(text: str) -> Noted:
    """A mark as somebody typed it or a phone read it off a checkpoint: unit and number may be left out.

    Raises:
        NotAccepted: it is none.
    """
    found = _MARK.fullmatch(" ".join(text.lower().split()))
    if found is None:
        raise NotAccepted('a noted mark is written like 42:"3f2a 91bc 04de 77a1", or as the code on a checkpoint says')
    n = None if found[2] is None else int(found[2])
    return Noted(Mark(found[3].replace(" ", ""), n), found[1])


def written_mark(unit: str, n: int, head: bytes) -> str:
    """What the code on a printed checkpoint says, as `parse_noted` reads it."""
    return f"hopthu:{unit}:{n}:{head.hex()}"
