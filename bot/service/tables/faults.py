"""What is wrong with a table or with one thing that is asked for, and how it is told.

Owns the words: a catalogue's sentences (`row-…`), by the row's number as a spreadsheet counts (the header is row 1) and
the column's name. What stands in a cell is never told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from bot.service.errors import NotAccepted
from handlers.values import Argument

Say = Callable[[str, Mapping[str, Argument]], str]
"""The text of a catalogue's message, in one language."""
_TOLD = 20
"""Faults told at once: whoever mends those sees the rest next time."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, or (`column` empty) with a row; or (`row` 0) with what is no row's.

    `key` names the sentence and `args` its values: never what stands there.
    """

    row: int
    key: str
    column: str = ""
    args: Mapping[str, str | int] = field(default_factory=dict)

    def at(self, row: int) -> Fault:
        """The same of this row."""
        return replace(self, row=row)


class RowsRefused(NotAccepted):
    """Something of a table is wrong, so that nothing of it was taken. In words by `told`; by itself it says none."""

    def __init__(self, faults: Collection[Fault]) -> None:
        super().__init__("desk-rows", status=422)
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row))


def refused(key: str, **args: str | int) -> RowsRefused:
    """The refusal of a file as a whole."""
    return RowsRefused([Fault(0, key, args=args)])


def refuse(faults: Collection[Fault]) -> None:
    """Let pass what has no faults.

    Raises:
        RowsRefused: there are any.
    """
    if faults:
        raise RowsRefused(faults)


def told(wrong: RowsRefused, say: Say) -> str:
    """A head, and a line for each fault of a row; where no row is at fault, one line."""
    rows = {fault.row for fault in wrong.faults}
    if rows == {0}:
        return "; ".join(dict.fromkeys(sentence(fault, say) for fault in wrong.faults))
    lines = [f"  {line(fault, say)}" for fault in wrong.faults[:_TOLD]]
    left = len(wrong.faults) - _TOLD
    more = ["  " + say("row-more", {"count": left})] if left > 0 else []
    return "\n".join([say("row-refused", {"rows": len(rows)}), *lines, *more])


def line(fault: Fault, say: Say) -> str:
    """The fault with its row's number before it."""
    return say("row-at", {"row": str(fault.row), "what": sentence(fault, say)})


def sentence(fault: Fault, say: Say) -> str:
    """The fault without its row's number."""
    return say(fault.key, {"column": fault.column, **fault.args})
