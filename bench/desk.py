"""`hopthu bench desk`: the officers' console with ten thousand tips, in a real browser against the real product.

How soon after log-in the list can be worked with, against the bare decryption of what is on screen; how soon a search
shows what it found; whether memory stays what it was. Owns the order of things and what the figures are made of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.browser import browser
from bench.console.bare import bundle, loop
from bench.console.filing import file_tips
from bench.console.officer import Heap, Officer
from bench.figures import Figure, Measured, most
from bench.serving import product
from bot.service.errors import OurFault

SEED = 20261122
ROWS = 50
"""Rows of one page of the list: no screen shows more."""
QUESTIONS = (
    "số nhà 41b",
    "so nha 7b",
    "đe dọa",
    "lo de thu tien",
    "xe máy không biển số",
    "thanh nien la",
    "ma túy",
    "bai dat trong",
    "HÀNG RONG",
    "không có chữ này",
)
"""Typed letter by letter, with marks and without: from what fits every tip to what fits one or none."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many tips, how many log-ins each followed by the bare loop, how many questions, how often each is typed."""

    tips: int
    pairs: int
    questions: int
    rounds: int


WHOLE, QUICK = Size(10_000, 9, len(QUESTIONS), 3), Size(60, 1, 2, 1)


NOTHING = Heap(1, 1)


@dataclass(slots=True)
class Found:
    """Milliseconds from unlocked to usable and of the bare loop, in pairs; of each key of a search; and memory."""

    inbox: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    rows: int = 0
    keys: list[float] = field(default_factory=list)
    reread: float = 0.0
    before: Heap = NOTHING
    after: Heap = NOTHING


def measure(quick: bool) -> Measured:
    """Run it.

    Raises:
        OutsideFailed: no browser, no tools, or the product does not start.
        OurFault: a search did not find what is there.
    """
    size = QUICK if quick else WHOLE
    return Measured("desk", _how(size), _figures(_run(size)))


def _run(size: Size) -> Found:
    found = Found()
    with TemporaryDirectory(prefix="hopthu-bench-") as place, browser() as chromium:
        folder = Path(place)
        script = bundle(folder)
        with product(folder) as server:
            officer = Officer(chromium, server.address)
            officer.enrol((folder / "data" / "enrolment-link.txt").read_text("utf-8").strip())
            own = file_tips(folder / "data", size.tips, ROWS)
            for _ in range(size.pairs):
                took, found.rows = officer.log_in()
                officer.leave()
                found.inbox.append(took)
                found.bare.append(loop(chromium, server.address, script, own, found.rows))
            officer.log_in()
            _look_around(officer, size, found)
    return found


def _look_around(officer: Officer, size: Size, found: Found) -> None:
    """In one session: until the search knows all, the searches, and through the list and back."""
    began = perf_counter()
    officer.until_all_read(size.tips)
    found.reread = perf_counter() - began
    asked = [question for _ in range(size.rounds) for question in QUESTIONS[: size.questions]]
    Random(SEED).shuffle(asked)  # noqa: S311 - an order
    for question in asked:
        found.keys += officer.search(question)
    if not officer.finds(f"số nhà {size.tips - 1}b", 1):
        raise OurFault("the search did not find the one tip with these words")
    found.before = officer.heap()
    officer.scroll_through(-(-size.tips // ROWS))
    found.after = officer.heap()


def _how(size: Size) -> str:
    return (
        f"{size.tips} tips of two entries, opened before, one officer, Chromium, 1280×800; {size.pairs} log-ins, each "
        "on a page loaded anew, timed from the keys unlocked (the list is asked for meanwhile) and followed by a loop "
        "of age-encryption over as many rows, of which the median ratio; "
        f"{size.questions * size.rounds} searches typed letter by letter; to the list's end and back, page by page."
    )


def _figures(found: Found) -> tuple[Figure, ...]:
    ratio = median(ours / bare for ours, bare in zip(found.inbox, found.bare, strict=True))
    p95 = quantiles([*found.keys, *found.keys], n=20)[-1]
    heap = found.after.held / found.before.held
    return (
        Figure("inbox_ratio", ratio, "", "list usable, keys unlocked ÷ decrypting what is on screen", most(1.5)),
        Figure("search_ms", p95, "ms", "from a key press to what it found, drawn, 95th percentile", most(100)),
        Figure("heap_ratio", heap, "", "memory after scrolling through all of it and back ÷ before", most(1.1)),
        Figure("inbox_ms", median(found.inbox), "ms", f"from unlocked to {found.rows} rows opened"),
        Figure("bare_ms", median(found.bare), "ms", "the same rows in the bare loop"),
        Figure("search_p50_ms", median(found.keys), "ms", "half of the key presses"),
        Figure("heap_mb", found.after.held / 1e6, "MB", "held by the scripts of page and key worker in the end"),
        Figure("nodes_ratio", found.after.nodes / found.before.nodes, "", "nodes of the document after ÷ before"),
        Figure("reread_s", found.reread, "s", "until every opened tip can be searched, from going to the search on"),
    )
