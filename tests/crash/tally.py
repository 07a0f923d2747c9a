"""What became of the rounds on one kind of store, and the table that is made of it."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from crash.life import Ready


@dataclass
class Tally:
    """Counts over the chapters of one store. `lost`, `doubled`, `unseen`, `unexplained`: what must not be, by name."""

    store: str = ""
    rounds: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    """Who was killed."""
    under_way: Counter[str] = field(default_factory=Counter)
    """Kills by what somebody was at; a kill counts for everything that it fell into."""
    acknowledged: int = 0
    stored: int = 0
    by_receipt: int = 0
    by_officer: int = 0
    photos: int = 0
    seen: int = 0
    notices: int = 0
    additions: int = 0
    acts: int = 0
    in_chain: int = 0
    read_meanwhile: int = 0
    repeated: int = 0
    asked_again: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    ready: Ready = field(default_factory=Ready)

    def written(self) -> str:
        """As text, to be passed between processes."""
        return json.dumps({**vars(self), "ready": vars(self.ready)})

    @classmethod
    def read(cls, text: str) -> Self:
        value = json.loads(text)
        counters = {name: Counter(value[name]) for name in ("killed", "under_way")}
        return cls(**{**value, **counters, "ready": Ready(**value["ready"])})

    def wrong(self) -> list[str]:
        """Everything that must not be."""
        names = ("lost", "doubled", "unseen", "unexplained")
        return [f"{name}: {one}" for name in names for one in getattr(self, name)]


Cell = Callable[[Tally], str]
LINES: tuple[tuple[str, Cell], ...] = (
    ("rounds", lambda t: str(t.rounds)),
    ("killed: the product", lambda t: str(t.killed["product"])),
    ("killed: the product while it started", lambda t: str(t.killed["starting"])),
    ("killed: PostgreSQL alone (SIGKILL)", lambda t: str(t.killed["kill"])),
    ("killed: PostgreSQL alone (immediate stop)", lambda t: str(t.killed["immediate"])),
    ("killed: both at once", lambda t: str(t.killed["both"])),
    ("tips acknowledged with a receipt", lambda t: str(t.acknowledged)),
    ("tips stored", lambda t: str(t.stored)),
    ("tips read by receipt at the end", lambda t: str(t.by_receipt)),
    ("tips read by the officer at the end", lambda t: str(t.by_officer)),
    ("photos in them", lambda t: str(t.photos)),
    ("photos the officer sees at the end", lambda t: str(t.seen)),
    ("notices of tips", lambda t: str(t.notices)),
    ("readings by receipt meanwhile", lambda t: str(t.read_meanwhile)),
    ("additions to tips, acknowledged and stored", lambda t: str(t.additions)),
    ("officer's acts the desk took", lambda t: str(t.acts)),
    ("those acts in the audit chain", lambda t: str(t.in_chain)),
    ("**lost**", lambda t: str(len(t.lost))),
    ("**doubled**", lambda t: str(len(t.doubled))),
    ("**not shown to who should see it**", lambda t: str(len(t.unseen))),
    ("Telegram answers that came again after a kill or a lost answer", lambda t: str(t.repeated)),
    ("Telegram answers that came again without either", lambda t: str(len(t.unexplained))),
    ("told in a sentence to try again", lambda t: str(t.asked_again)),
    ("ready after, started by the command: p50 / p95", lambda t: _spread(t.ready.command)),
    ("ready after, forked with its modules loaded: p50 / p95", lambda t: _spread(t.ready.forked)),
    ("ready again after PostgreSQL came back: p50 / p95", lambda t: _spread(t.ready.store)),
)


def table(tallies: Sequence[Tally]) -> str:
    """Two tables in Markdown: what was found, and what the kills fell into."""
    doing = sorted({what for tally in tallies for what in tally.under_way})
    lines = [(name, [cell(tally) for tally in tallies]) for name, cell in LINES]
    fell = [(name, [str(tally.under_way[name]) for tally in tallies]) for name in doing]
    names = [tally.store for tally in tallies]
    return f"{_drawn('', names, lines)}\n\n{_drawn('kills that fell into it', names, fell)}\n"


def page(tallies: Sequence[Tally], *, commit: str, seed: int) -> str:
    """The document that is committed."""
    rounds = sum(tally.rounds for tally in tallies)
    return (
        "# What crashes do\n\n"
        f"{rounds} power cuts at random instants (seed {seed}) while people write, send tips with photos and read\n"
        "on the web and on Telegram, and an officer answers and changes states. The suite is `make crash`; this page\n"
        "is written by it (`--table`). Nothing may be lost, doubled or kept from who should see it.\n\n"
        f"Product at commit `{commit}`; {_machine()}.\n\n"
        f"{table(tallies)}\n"
        "A Telegram answer comes again where the power went between its sending and its mark, or where\n"
        "Telegram's own answer was lost; it says the same. One start in 25 is by the command itself; the others are\n"
        "forked from a process that has the modules loaded.\n"
    )


def _drawn(head: str, names: Sequence[str], lines: Sequence[tuple[str, Sequence[str]]]) -> str:
    rows = [f"| {head} | {' | '.join(names)} |", "|---|" + "---:|" * len(names)]
    return "\n".join([*rows, *(f"| {name} | {' | '.join(cells)} |" for name, cells in lines)])


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "–"
    last = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"{statistics.median(seconds):.2f} / {last:.2f} s"


def _machine() -> str:
    cores = sum(line.startswith("processor") for line in Path("/proc/cpuinfo").read_text().splitlines())
    name = f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"
    return f"{name}, load {os.getloadavg()[2]:.0f} over the last 15 minutes"
