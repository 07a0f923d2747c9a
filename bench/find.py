"""How soon a unit of the country is found, and how often it is the right one, by queries made up by us: usual and hard.

One thread and its own time of the processor: what others do on the machine is not counted.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from statistics import quantiles

from bench.figures import Figure, Measured, least, most
from bot.run.config import PROJECT
from bot.service.country.atlas import atlas
from bot.service.country.index import index
from bot.service.country.search import search
from bot.service.errors import OutsideFailed
from handlers.folding import fold

QUERIES = PROJECT / "tests" / "unit" / "service" / "country" / "queries.json"
ROUNDS, QUICK_ROUNDS = 3, 1
"""Times each query is asked; the quickest counts, as a pause of the machine is none of the search."""
HARD, QUICK_HARD = 500, 60
SEED = 20_250_701


def measure(quick: bool) -> Measured:
    """Ask every query kept in the tests, and as many made of the commonest syllables, up to the longest that is read.

    Raises:
        OutsideFailed: the queries are not here.
    """
    rounds, hard = (QUICK_ROUNDS, QUICK_HARD) if quick else (ROUNDS, HARD)
    if not QUERIES.exists():
        raise OutsideFailed(f"the queries are not here: {QUERIES}")
    began = time.process_time()
    index()
    loading = time.process_time() - began
    lists = json.loads(QUERIES.read_text("utf-8"))
    asked = [(one["query"], one["codes"]) for every in lists.values() for one in every]
    typed = [_seconds(query, rounds) for query, _ in asked]
    made = [_seconds(query, rounds) for query in _hard(hard)]
    parts = {name: _right((one["query"], one["codes"]) for one in every) for name, every in lists.items()}
    told = ", ".join(f"{len(every)} {name.replace('_', ' ')}" for name, every in lists.items())
    how = (
        f"{len(asked)} queries that we made up the way people type ({told}), none collected from anybody, and "
        f"{hard} of 2 to 40 of the commonest syllables, over "
        f"{len(atlas().wards):,} units and {len(atlas().former):,} former ones; processor time of one thread, the "
        f"quickest of {rounds}."
    )
    return Measured("find", how, (*_times(typed, made, loading), *_rights(parts, asked)))


def _times(typed: Sequence[float], made: Sequence[float], loading: float) -> Iterator[Figure]:
    yield Figure("find_p95_ms", quantiles(typed, n=20)[-1] * 1e3, "ms", "19 of 20 of these")
    yield Figure("find_worst_ms", max(*typed, *made) * 1e3, "ms", "the slowest of all", most(30))
    yield Figure("find_load_ms", loading * 1e3, "ms", "reading the country, once in a process")


def _rights(parts: dict[str, float], asked: Sequence[tuple[str, list[str]]]) -> Iterator[Figure]:
    yield Figure("first_three", _right(asked), "%", "right units among the first three", least(97))
    for name, part in parts.items():
        yield Figure(f"first_three_{name}", part, "%", f"of those {name.replace('_', ' ')}")


def _seconds(query: str, rounds: int) -> float:
    def once() -> float:
        began = time.process_time()
        search(query)
        return time.process_time() - began

    return min(once() for _ in range(rounds))


def _right(asked: Iterable[tuple[str, list[str]]]) -> float:
    found = [bool({one.unit.code for one in search(query)[:3]} & set(codes)) for query, codes in asked]
    return 100 * sum(found) / len(found)


def _hard(count: int) -> list[str]:
    """Queries in which every word belongs to many names."""
    chance = Random(SEED)  # noqa: S311 - nothing is secret here
    words = [fold(word) for ward in atlas().wards.values() for word in ward.name.split()[1:]]
    return [" ".join(chance.choices(words, k=chance.randint(2, 40))) for _ in range(count)]
