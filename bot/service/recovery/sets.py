"""A set of shares: made and put on paper, and put together again sheet by sheet as people type them.

Owns what lies where afterwards: the words on paper alone, beside the authority's key the public part alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.service.authority.keys import HELD, check_code, public_file, whole_identity
from bot.service.errors import NotAccepted
from crypto.errors import SealError
from crypto.hybrid import Identity
from crypto.recovery import recipient_digest
from crypto.shares import FEWEST, MOST, Share, join, read_share, split

MARK = 8
"""Bytes of the recipient's digest that people compare."""
MISTYPED = "these are not the words of a sheet: one is mistyped, missing, or in another place"
TOO_FEW = "too few sheets: the identity cannot be put together"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which shares are made: for a unit, so many, of which `threshold` are needed; who keeps them, if known."""

    unit: str
    threshold: int
    count: int
    holders: Sequence[str] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one holder's paper."""

    unit: str
    share: Share
    count: int
    holder: str
    mark: str


Print = Callable[[Sheet], bytes]


def mark_of(recipient: str) -> str:
    """What tells one recovery identity from another: the first 64 bits of its digest, in groups of four."""
    found = recipient_digest(recipient)[:MARK].hex()
    return " ".join(found[at : at + 4] for at in range(0, len(found), 4))


def make(folder: Path, plan: Plan, out: Path, print_: Print) -> str:
    """Make a unit's recovery identity, or split the one that lies in the folder, and print its shares into `out`.

    Written last is the public part, beside the authority's key: without it no sheet names the identity.

    Raises:
        NotAccepted: the numbers cannot be, there is such an identity already, or something lies in `out`.
    """
    _check(folder, plan, out)
    identity = _identity(folder, plan)
    mark = mark_of(identity.recipient)
    shares = split(identity.seed, plan.threshold, plan.count)
    assert join(shares[-plan.threshold :]) == identity.seed
    holders = plan.holders or [""] * plan.count
    papers = [
        print_(Sheet(plan.unit, share, plan.count, holder, mark)) for share, holder in zip(shares, holders, strict=True)
    ]
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    for share, paper in zip(shares, papers, strict=True):
        _write(out / f"recovery-{plan.unit}-{share.place}-of-{plan.count}.pdf", paper)
    public = public_file(folder, plan.unit)
    public.unlink(missing_ok=True)
    _write(public, identity.recipient.encode() + b"\n")
    return mark


def _check(folder: Path, plan: Plan, out: Path) -> None:
    check_code(plan.unit)
    if not FEWEST <= plan.threshold <= plan.count <= MOST:
        raise NotAccepted(f"between {FEWEST} and {MOST} sheets, and not more needed than there are")
    if plan.holders and len(plan.holders) != plan.count:
        raise NotAccepted("as many holders as sheets, or none: then their names are written by hand")
    if not folder.is_dir():
        raise NotAccepted("there is no such folder for the key")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise NotAccepted("the folder for the sheets is not empty; give another one")
    if public_file(folder, plan.unit).exists() and not plan.again:
        raise NotAccepted(f"{HELD}, in shares; --again makes another one in its place")


def _identity(folder: Path, plan: Plan) -> Identity:
    """The one that lies here whole, if no other one is asked for; else a new one."""
    try:
        whole = None if plan.again else whole_identity(folder, plan.unit)
    except (SealError, UnicodeDecodeError):
        raise NotAccepted("the unit's recovery identity in this folder is damaged") from None
    return whole or Identity.generate()


def _write(path: Path, content: bytes) -> None:
    """A new file nobody else reads, on the disk when this returns."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


class Gathering:
    """Sheets that are being typed in, of one set."""

    def __init__(self) -> None:
        self._shares: list[Share] = []

    def add(self, typed: str) -> None:
        """One more sheet.

        Raises:
            NotAccepted: it is mistyped, here already, or of another set.
        """
        try:
            share = read_share(typed)
        except SealError:
            raise NotAccepted(MISTYPED) from None
        if any(share.set_id != one.set_id for one in self._shares):
            raise NotAccepted("this sheet is of another set than the first one")
        if any(share.place == one.place for one in self._shares):
            raise NotAccepted("this sheet was typed already")
        self._shares.append(share)

    @property
    def count(self) -> int:
        """How many sheets are here."""
        return len(self._shares)

    @property
    def lacking(self) -> int:
        """How many more are needed; before the first one it is not known: one."""
        return max(0, self._shares[0].threshold - self.count) if self._shares else 1

    def identity(self) -> Identity:
        """What the sheets make. Those beyond what is needed are tried too.

        Raises:
            NotAccepted: they are too few, or do not fit together.
        """
        if self.lacking:
            raise NotAccepted(TOO_FEW)
        needed = self._shares[0].threshold
        tried = [self._shares[at : at + needed] for at in range(self.count - needed + 1)]
        try:
            found = {join(some) for some in tried}
        except SealError:
            found = set()
        if len(found) != 1:
            raise NotAccepted("these sheets do not fit together")
        return Identity.from_seed(found.pop())
