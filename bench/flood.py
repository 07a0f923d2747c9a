"""`hopthu bench flood`: how long others wait while somebody floods, against how long they wait in peace.

Others are people who write through Telegram at a steady pace, before and during each flood, on one product that goes
through all of it; what they wait is from the post of a message to the arrival of its answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Figure, Measured, most
from bench.flooding.lasting import Lasted, of_load
from bench.flooding.pages import SILENT, UPLOADS
from bench.starting import memory
from bench.traffic.load import Load, Result
from bench.traffic.peer import Peer
from bench.traffic.served import SECRET, WEBHOOK, Served, product
from bot.run.config import PROJECT
from bot.service.errors import OutsideFailed

HOW = (
    "{chats} others write {rate:g} messages a second through Telegram's webhook; p95 from post to answer during each "
    "flood, which lasts from before their first message until after their last answer, ÷ the median of the p95 in "
    "peace before each. many: {pages:,} web chats open at once in one process, a message of each every 20 s. "
    "unfinished: a page that adds part after part and never sends, {silent} sockets that never say hello, {uploads} "
    "uploads of a byte every 5 s. codes: wrong codes from 200 Telegram chats as fast as they are answered, {codes:,} "
    "at least. loud: one Telegram chat at 500 messages a second over 64 connections. memory: growth of VmRSS."
)
WRONG = "1" + "0" * 22 + "9"
"""A code that nobody was given."""
LOUD_RATE, LOUD_LINES = 500.0, 64
CODE_CHATS, CODE_LINES = 200, 16
FLOOD_CHATS = 5_000_000
"""Where the chats of floods begin; others' are below."""
STANDS = 1.0
"""Seconds from the beginning of a flood until others are measured."""
SETTLES = 300.0
"""Seconds after a flood within which everything said in it is sent."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is run: others, seconds they write in a phase, wrong codes, web chats."""

    chats: int
    rate: float
    seconds: float
    codes: int
    pages: int

    @property
    def updates(self) -> int:
        """Messages of others in one phase."""
        return int(self.rate * self.seconds)


WHOLE, QUICK = Size(40, 30.0, 12.0, 10_000, 2_000), Size(10, 10.0, 1.0, 200, 40)


@dataclass(frozen=True, slots=True)
class Phase:
    """One flood: others' wait before and in it, in ms, MB of memory before and after, and its acts a second."""

    quiet: float
    flooded: float
    before: float
    after: float
    acts: float


End = Callable[[], Lasted]
"""Ends a flood, and says what it was."""


class Street:
    """The product, the others, and whoever floods it."""

    def __init__(self, stack: ExitStack, size: Size) -> None:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hopthu-bench-")))
        self.size = size
        self.peer = stack.enter_context(Peer())
        self.served: Served = stack.enter_context(product(folder, self.peer.api))
        self._chat = 1_000_000

    def phase(self, flood: Callable[[Street], AbstractContextManager[End]]) -> Phase:
        """Others write in peace, then while this flood lasts."""
        self.served.until_marked(SETTLES)
        before, quiet = memory(self.served.pid), self._others()
        with flood(self) as end:
            time.sleep(STANDS)
            others = self._others()
            standing = memory(self.served.pid)
            lasted = end()
        after = max(standing, memory(self.served.pid))
        flooded = lasted.around(others).answer_ms.p95
        return Phase(quiet.answer_ms.p95, flooded, before, after, lasted.per_second)

    def load(self, first_chat: int, chats: int, updates: int, **more: Any) -> Load:
        """A load on the webhook."""
        return Load(self.served.port, WEBHOOK, SECRET, updates, first_chat=first_chat, chats=chats, **more)

    def _others(self) -> Result:
        self._chat += self.size.chats
        primed = self.peer.run(self.load(self._chat, self.size.chats, self.size.chats, connections=4))
        seen = self.peer.run(self.load(self._chat, self.size.chats, self.size.updates, rate=self.size.rate))
        return _all(primed, seen)


def _all(*results: Result) -> Result:
    """The last one; raises `OutsideFailed` where a message of the others was not taken."""
    if any(set(result.statuses) != {"200"} for result in results):
        raise OutsideFailed("messages of people who did nothing wrong were not taken")
    return results[-1]


def measure(quick: bool) -> Measured:
    """Every flood, one after the other. Raises `OutsideFailed` where a peaceful message is refused."""
    size = QUICK if quick else WHOLE
    with ExitStack() as stack:
        street = Street(stack, size)
        floods = {"many": _at_pages("many"), "unfinished": _at_pages("unfinished"), "codes": _codes, "loud": _loud}
        phases = {name: street.phase(flood) for name, flood in floods.items()}
    quiet = median(phase.quiet for phase in phases.values())
    shares = {"silent": size.pages // SILENT, "uploads": size.pages // UPLOADS}
    how = HOW.format(**asdict(size), **shares)
    return Measured("flood", how, tuple(_figures(phases, quiet)))


def _figures(phases: dict[str, Phase], quiet: float) -> Iterator[Figure]:
    for name, phase in phases.items():
        yield Figure(f"{name}_ratio", phase.flooded / quiet, "", f"others' p95, {name} ÷ in peace", most(3))
    for name, phase in phases.items():
        yield Figure(f"{name}_memory_mb", phase.after - phase.before, "MB", f"growth of memory, {name}", most(256))
    yield Figure("quiet_p95_ms", quiet, "ms", "others' p95 in peace")
    for name, phase in phases.items():
        yield Figure(f"{name}_p95_ms", phase.flooded, "ms", f"others' p95, {name}")
    for name, phase in phases.items():
        yield Figure(f"{name}_per_s", phase.acts, "/s", f"acts of the flood answered or refused, {name}")


@contextmanager
def _endless(load: Load) -> Iterator[End]:
    with Peer() as flooding:
        number = flooding.start(load)
        yield lambda: of_load(flooding.stop(number))


def _loud(street: Street) -> AbstractContextManager[End]:
    """One chat."""
    more = {"rate": LOUD_RATE, "connections": LOUD_LINES, "answers": 0, "endless": True}
    return _endless(street.load(FLOOD_CHATS, 1, LOUD_LINES, **more))


def _codes(street: Street) -> AbstractContextManager[End]:
    """Guesses, at least as many as the size says."""
    more = {"text": WRONG, "connections": CODE_LINES, "answers": 0, "endless": True}
    return _endless(street.load(FLOOD_CHATS + 1_000, CODE_CHATS, street.size.codes, **more))


def _at_pages(kind: str) -> Callable[[Street], AbstractContextManager[End]]:
    @contextmanager
    def flood(street: Street) -> Iterator[End]:
        command = [sys.executable, "-m", "bench.flooding", kind, str(street.served.port), str(street.size.pages)]
        with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            if process.stdout.readline() != b"ready\n":
                raise OutsideFailed("the flood at the web chat did not begin")
            began = time.monotonic()
            yield lambda: _ended(process, began)

    return flood


def _ended(process: subprocess.Popen[bytes], began: float) -> Lasted:
    """What pages did until now.

    Raises:
        OutsideFailed: some were gone by now, so that they were no flood any more.
    """
    ended = time.monotonic()
    told = json.loads(process.communicate()[0] or b'{"acts": 0, "gone": 1}')
    if told["gone"]:
        raise OutsideFailed("pages of the flood at the web chat were gone before its end")
    return Lasted(began, ended, told["acts"])
