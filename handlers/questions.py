"""What the core must read to decide. A question changes nothing; its answer is read in the open transaction."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import overload

from handlers.values import Board, Desk, Hits, Mailbox


@dataclass(frozen=True, slots=True)
class FindDesk:
    """Where would a tip go? By box code, else by unit code, else the installation's only ward. Answer: `Desk`.

    `typed` comes before all, if it is the code of a box: then the desk is `named`.
    """

    box: str | None = None
    unit: str | None = None
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class FindMailbox:
    """The tip this receipt opens. Answer: `Mailbox` or None (unknown and unusable are one).

    `acknowledge`: with its signed acknowledgement, which changes nothing and is kept nowhere.
    """

    lookup: bytes
    seed: bytes
    acknowledge: bool = False


@dataclass(frozen=True, slots=True)
class FindBoard:
    """The hotline board of the ward that `words` name, if they name one, else of a unit. Answer: `Board`."""

    unit: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class SearchBoard:
    """The hotline board of the one ward that these words name. Answer: `Board` or None."""

    words: str


@dataclass(frozen=True, slots=True)
class FindUnits:
    """Which wards do these words mean? `board`: the numbers of the only one are wanted too. Answer: `Hits`."""

    words: str
    board: bool = False


@dataclass(frozen=True, slots=True)
class ListUnits:
    """A page of the wards under a unit; of None, of the units at the top. Answer: `Hits`.

    Where there is one unit at the top alone, its wards are listed at once.
    """

    under: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class NearUnits:
    """Which wards are nearest to this place in decimal degrees? Answer: `Hits`, the nearest first."""

    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class ReadHeads:
    """What is listed of these parts, in order: the first `HEAD` characters of a text, the seconds of a recording.

    "" for anything else. Answer: tuple of strings.
    """

    parts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class FindBackups:
    """For how many days is a backup kept? Answer: int, or None if that is not laid down."""


Question = (
    FindDesk | FindMailbox | FindBoard | SearchBoard | FindUnits | ListUnits | NearUnits | ReadHeads | FindBackups
)
Answer = Desk | Mailbox | Board | Hits | tuple[str, ...] | int | None

HEAD = 40
"""Characters of a text part read for the review list."""


@overload
def ask(question: FindDesk) -> Generator[Question, Answer, Desk]: ...
@overload
def ask(question: FindMailbox) -> Generator[Question, Answer, Mailbox | None]: ...
@overload
def ask(question: FindBoard) -> Generator[Question, Answer, Board]: ...
@overload
def ask(question: SearchBoard) -> Generator[Question, Answer, Board | None]: ...
@overload
def ask(question: FindUnits | ListUnits | NearUnits) -> Generator[Question, Answer, Hits]: ...
@overload
def ask(question: FindBackups) -> Generator[Question, Answer, int | None]: ...
@overload
def ask(question: ReadHeads) -> Generator[Question, Answer, tuple[str, ...]]: ...
def ask(question: Question) -> Generator[Question, Answer, Answer]:
    """The answer, typed by its question.

    Written as `desk = yield from ask(FindDesk(...))`.
    """
    return (yield question)
