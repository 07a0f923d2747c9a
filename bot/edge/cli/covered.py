"""The report of coverage as a terminal and as JSON show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.edge.cli.shown import shown

if TYPE_CHECKING:
    from bot.service.coverage import Covered, Lacking

NO_LIST = "no list of hamlets: hopthu hamlet import"


def as_dicts(found: Iterable[Covered]) -> list[dict[str, Any]]:
    """One object a unit."""
    return [asdict(one) for one in found]


def lines(found: Sequence[Covered]) -> Iterator[str]:
    """A line for each unit, below it one for each hamlet that lacks something, and the sum."""
    for one in found:
        said = NO_LIST if one.percent is None else f"{one.percent:g} %"
        own = "" if one.numbers else "; no number of its own on the board"
        yield (
            f"{one.unit}  {shown(one.name.vi):32}  hamlets {one.hamlets}, with a box {one.with_box}, "
            f"with a board {one.with_board}, with both {one.with_both}: {said}{own}"
        )
        yield from (f"    {shown(hamlet.name.vi)} ({hamlet.code}) lacks {_what(hamlet)}" for hamlet in one.lacking)
    from bot.service.coverage import percent

    both, listed = sum(one.with_both for one in found), sum(one.hamlets for one in found)
    whole = percent(both, listed)
    if whole is not None:
        yield f"Together {both} of {listed}: {whole:g} %."
    elif not found:
        yield "No unit has hamlets or boxes."


def _what(hamlet: Lacking) -> str:
    return " and ".join(what for what, lacks in (("a box", hamlet.box), ("a board", hamlet.board)) if lacks)
