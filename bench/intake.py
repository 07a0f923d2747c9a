"""`hopthu bench intake`: updates a second through the whole webhook path, held against a bare echo bot.

Both are served in processes of their own and answer the same peer; runs alternate, and the median of the pairs counts.
"""

from __future__ import annotations

import os
import tempfile
import time
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
    "aiogram echo that sends an answer of as many letters before it returns. `inline_ratio`: the intake role alone to "
    "the last 200, its answers committed, against the echo whose answer lies in its response and is sent by nobody; "
    "the worker is started after the runs and brings all of them."
)
SYNCS = 200
BLOCK = 4096
PATIENCE = 300.0
"""Seconds until everything that was committed must have been brought."""


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
class Pair:
    """The product and the echo, one after the other: what the peer saw, and when all of ours was marked.

    `alone` and `inline`: the intake role without a worker, and the echo that answers in its response.
    """

    ours: Result
    marked: float
    sending: Result
    alone: Result
    inline: Result

    @property
    def sent(self) -> tuple[float, float]:
        """Updates a second to the last mark, and the echo's to its last answer's arrival."""
        ours, echo = self.ours, self.sending
        return ours.accepted / (self.marked - ours.started), echo.accepted / (echo.answered - echo.started)

    @property
    def returned(self) -> tuple[float, float]:
        """Updates a second to the last 200 of each."""
        ours, echo = self.alone, self.inline
        return ours.accepted / (ours.posted - ours.started), echo.accepted / (echo.posted - echo.started)


def measure(quick: bool) -> Measured:
    """Run it all. Raises `OutsideFailed` where a server did not start or an answer never came."""
    size = QUICK if quick else WHOLE
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hopthu-bench-")))
        peer = stack.enter_context(Peer())
        with product(folder / "whole", peer.api) as whole, product(folder / "apart", peer.api, role="intake") as intake:
            echo = stack.enter_context(floor(folder / "floor", peer.api, _letters(peer, whole, size)))
            servers = Servers(whole, intake, echo)
            peer.run(_prime(intake, size, 0, answers=0))
            peer.run(_load(echo, size, 0, path=WEBHOOK))
            peer.run(_load(echo, size, 0, path=INLINE, answers=0))
            pairs = [_pair(peer, servers, size, number) for number in range(1, size.pairs + 1)]
        with product(folder / "apart", peer.api, role="worker") as worker:
            worker.until_marked(PATIENCE)
        return _figures(pairs, _fsync_ms(folder), size)


@dataclass(frozen=True, slots=True)
class Servers:
    """Who is measured: the product in one process, its intake role in another, and the echo."""

    whole: Served
    intake: Served
    echo: Served


def _letters(peer: Peer, whole: Served, size: Size) -> int:
    """How long an answer is in the midst of a draft: the first of a chat greets as well."""
    peer.run(_prime(whole, size, 0))
    return peer.run(_load(whole, size, 0)).answer_letters


def _pair(peer: Peer, servers: Servers, size: Size, number: int) -> Pair:
    """All four, ours first or last in turn."""
    peer.run(_prime(servers.whole, size, number))
    peer.run(_prime(servers.intake, size, number, answers=0))

    def ours() -> tuple[Result, float, Result]:
        whole = _all(peer.run(_load(servers.whole, size, number)), size)
        marked = servers.whole.until_marked(PATIENCE)
        return whole, marked, _all(peer.run(_load(servers.intake, size, number, answers=0)), size)

    before = ours() if number % 2 else None
    sending = _all(peer.run(_load(servers.echo, size, number)), size)
    inline = _all(peer.run(_load(servers.echo, size, number, path=INLINE, answers=0)), size)
    whole, marked, alone = before or ours()
    return Pair(whole, marked, sending, alone, inline)


def _all(result: Result, size: Size) -> Result:
    if result.accepted != size.updates:
        raise OutsideFailed(f"{size.updates - result.accepted} updates of {size.updates} were not accepted")
    return result


def _prime(served: Served, size: Size, number: int, *, answers: int = 1) -> Load:
    """One text of every chat, so that all have been greeted and have a draft."""
    return _load(served, Size(size.chats, 1, 1), number, answers=answers)


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
    how = HOW.format(chats=size.chats, each=size.updates, pairs=size.pairs)
    return Measured(
        "intake",
        how,
        (
            Figure("floor_per_s", median(echo for _, echo in sent), "/s", "updates of the echo that sends"),
            Figure("ours_per_s", median(ours for ours, _ in sent), "/s", "updates of the product, to the last mark"),
            Figure("ratio", median_ratio(sent), "", "product ÷ echo, answers sent", least(0.5)),
            Figure(
                "inline_ratio",
                median_ratio(returned),
                "",
                "intake role ÷ echo whose answer lies in its response",
                least(0.35),
            ),
            Figure("inline_floor_per_s", median(echo for _, echo in returned), "/s", "updates of the inline echo"),
            Figure("inline_per_s", median(ours for ours, _ in returned), "/s", "the intake role's, to the last 200"),
            Figure("p99_ms", median(p.ours.post_ms.p99 for p in pairs), "ms", "post to 200, product"),
            Figure("floor_p99_ms", median(p.sending.post_ms.p99 for p in pairs), "ms", "post to 200, echo that sends"),
            Figure("answer_p99_ms", median(p.ours.answer_ms.p99 for p in pairs), "ms", "post to answer, product"),
            Figure("fsync_ms", fsync, "ms", "median sync of 4 KiB"),
        ),
    )
