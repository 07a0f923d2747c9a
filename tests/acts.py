"""Officers' acts signed as their browsers do: on top of the chain as the server tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from crypto.acts import Act, Detail, Own, digest, read_record, sign_act
from crypto.audit import beginning, read_withheld
from crypto.entries import digest as entry_digest
from crypto.signing import Signer


@dataclass(frozen=True)
class Hand:
    """Who signs, and where."""

    site: str
    unit: str
    officer: str
    serial: str
    signer: Signer

    def sign(self, records: Sequence[bytes], act: str, tip: bytes | None, *, detail: Detail = (), now: float) -> bytes:
        """The next record after these."""
        shown = [read_record(one) for one in records if read_withheld(one) is None]
        mine = [record for record in shown if record.act.kind == "officer"]
        own = next((one for one in reversed(mine) if one.act.serial == self.serial), None)
        said = Act(
            site=self.site,
            unit=self.unit,
            n=len(records) + 1,
            head=_link(records[-1]) if records else beginning(self.site, self.unit).head,
            kind="officer",
            act=act,
            hour=int(now) // 3600 * 3600,
            officer=self.officer,
            serial=self.serial,
            tip=tip,
            detail=detail,
            own=Own(own.act.n, own.digest) if own else None,
        )
        return sign_act(said, self.signer)


def _link(body: bytes) -> bytes:
    """What the record after this one names as its head."""
    withheld = read_withheld(body)
    return withheld.record if withheld else digest(body)


def named(seq: int, sealed: bytes, case: str | None = None) -> Detail:
    """The detail of an act that files an entry."""
    entry: Detail = (("seq", seq), ("entry", entry_digest(sealed)))
    return (*entry, ("case", case)) if case else entry


async def whole(read: Callable[[int], Awaitable[tuple[int, Sequence[bytes]]]]) -> list[bytes]:
    """Every record of a chain; `read` gives its length and some records from a number on."""
    records: list[bytes] = []
    while True:
        n, some = await read(len(records) + 1)
        records += some
        if len(records) >= n or not some:
            return records


def arranged(name: str, what: bytes) -> Detail:
    """The detail of an act that changes a list by what is sent."""
    return (("list", name), ("change", hashlib.sha256(what).digest()))
