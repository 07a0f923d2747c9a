"""`hopthu bench intake`: updates a second through the whole webhook path, held against a bare echo bot.

Both are served in processes of their own and answer the same peer; runs alternate, and the median of the pairs counts.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.echo import INLINE
from bench.figures import Figure, Measured, least
from bench.spread import median_ratio, percentile
from bench.traffic.load import Load, Result
from bench.traffic.peer import Peer
from bench.traffic.served import SECRET, WEBHOOK, Served, floor, product
from bot.service.errors import OutsideFailed

HOW = (
    "Telegram posts 360-character texts over 32 connections from {chats} chats in the midst of a draft: parsed, "
    "de-duplicated, stepped, sealed, committed on SQLite with synchronous=FULL, answered through outbox and worker to "
    "a Bot API on loopback, marked as sent; {each} updates a run, {pairs} pairs. `ratio`: to the last mark, against an "
    "aiogram echo that sends an answer of as many bytes before it returns. `inline_ratio`: the same runs to the last "
    "200 (committed; {behind:.0f} answers still on their way), against the echo whose answer lies in its response."
)
SYNCS = 200
BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Size:
    """How much is run."""

    chats: int
    each: int
    pairs: int

    @property
    def updates(self) -> int:
        """Updates of one run."""
        return self.chats * self.each


WHOLE, QUICK = Size(chats=500, each=8, pairs=5), Size(chats=60, each=3, pairs=1)


@dataclass(frozen=True, slots=True)
class Ours:
    """A run of the product's: what the peer saw, when all was marked, and what was unsent at the last 200."""

    seen: Result
    marked: float
    behind: int


@dataclass(frozen=True, slots=True)
class Pair:
    """The product and both echoes, one after the other."""

    ours: Ours
    sending: Result
    inline: Result

    @property
    def sent(self) -> tuple[float, float]:
        """Updates a second to the last mark, and the echo's to its last answer's arrival."""
        ours, echo = self.ours, self.sending
        return (
            ours.seen.accepted / (ours.marked - ours.seen.started),
            echo.accepted / (echo.answered - echo.started),
        )

    @property
    def returned(self) -> tuple[float, float]:
        """Updates a second to the last 200 of each."""
        ours, echo = self.ours.seen, self.inline
        return ours.accepted / (ours.posted - ours.started), echo.accepted / (echo.posted - echo.started)


def measure(quick: bool) -> Measured:
    """Run it all. Raises `OutsideFailed` where a server did not start or an answer never came."""
    size = QUICK if quick else WHOLE
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hopthu-bench-")))
        peer = stack.enter_context(Peer())
        ours = stack.enter_context(product(folder / "product", peer.api))
        said = peer.run(_prime(ours, size, 0)).answer_bytes
        echo = stack.enter_context(floor(folder / "floor", peer.api, round(_answer_bytes(peer, ours, size, said))))
        peer.run(_load(echo, size, 0, path=WEBHOOK))
        peer.run(_load(echo, size, 0, path=INLINE, answers=0))
        pairs = list(_pairs(peer, ours, echo, size))
        return _figures(pairs, _fsync_ms(folder), size)


def _answer_bytes(peer: Peer, ours: Served, size: Size, greeting: float) -> float:
    """What an answer takes in the midst of a draft; a first one greets as well."""
    return peer.run(_load(ours, size, 0)).answer_bytes or greeting


def _pairs(peer: Peer, ours: Served, echo: Served, size: Size) -> Iterator[Pair]:
    for number in range(1, size.pairs + 1):
        peer.run(_prime(ours, size, number))
        first = _ours(peer, ours, size, number) if number % 2 else None
        sending = _all(peer.run(_load(echo, size, number)), size)
        inline = _all(peer.run(_load(echo, size, number, path=INLINE, answers=0)), size)
        yield Pair(first or _ours(peer, ours, size, number), sending, inline)


def _ours(peer: Peer, served: Served, size: Size, number: int) -> Ours:
    seen = _all(peer.run(_load(served, size, number)), size)
    marked = served.until_marked()
    return Ours(seen, marked, seen.behind)


def _all(result: Result, size: Size) -> Result:
    if result.accepted != size.updates:
        raise OutsideFailed(f"{size.updates - result.accepted} updates of {size.updates} were not accepted")
    return result


def _prime(served: Served, size: Size, number: int) -> Load:
    """One text of every chat, so that all have been greeted and have a draft."""
    return _load(served, Size(size.chats, 1, 1), number)


def _load(served: Served, size: Size, number: int, *, path: str = WEBHOOK, answers: int = 1) -> Load:
    first = 1_000_000 + number * size.chats
    return Load(
        served.port,
        path,
        SECRET,
        size.updates,
        first_chat=first,
        chats=size.chats,
        answers=answers,
        seed=number * 100 + size.each,
    )


def _fsync_ms(folder: Path) -> float:
    """The median time of a sync of 4 KiB in the folder that was written to."""
    waits = []
    with (folder / "synced").open("wb", buffering=0) as out:
        for _ in range(SYNCS):
            out.write(b"\0" * BLOCK)
            begun = time.perf_counter()
            os.fsync(out.fileno())
            waits.append(1000 * (time.perf_counter() - begun))
    return percentile(waits, 0.5)


def _figures(pairs: list[Pair], fsync: float, size: Size) -> Measured:
    sent, returned = [pair.sent for pair in pairs], [pair.returned for pair in pairs]
    behind = median(pair.ours.behind for pair in pairs)
    how = HOW.format(chats=size.chats, each=size.updates, pairs=size.pairs, behind=behind)
    return Measured(
        "intake",
        how,
        (
            Figure("floor_per_s", median(echo for _, echo in sent), "/s", "updates of the echo that sends"),
            Figure("ours_per_s", median(ours for ours, _ in sent), "/s", "updates of the product, to the last mark"),
            Figure("ratio", median_ratio(sent), "", "product ÷ echo, answers sent", least(0.5)),
            Figure("inline_ratio", median_ratio(returned), "", "product ÷ echo, answer inline", least(0.35)),
            Figure("inline_floor_per_s", median(echo for _, echo in returned), "/s", "updates of the inline echo"),
            Figure("inline_per_s", median(ours for ours, _ in returned), "/s", "the product's, to the last 200"),
            Figure("p99_ms", median(p.ours.seen.post_ms.p99 for p in pairs), "ms", "post to 200, product"),
            Figure("floor_p99_ms", median(p.sending.post_ms.p99 for p in pairs), "ms", "post to 200, echo that sends"),
            Figure("answer_p99_ms", median(p.ours.seen.answer_ms.p99 for p in pairs), "ms", "post to answer, product"),
            Figure("fsync_ms", fsync, "ms", "median sync of 4 KiB"),
        ),
    )
