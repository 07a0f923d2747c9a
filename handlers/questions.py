"""What the core must read to decide. A question changes nothing; its answer is read in the open transaction."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import overload

from handlers.values import Board, Desk, Mailbox


@dataclass(frozen=True, slots=True)
class FindDesk:
    """Where would a tip go? By box code, else by unit code, else the installation's first unit. Answer: `Desk`."""

    box: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class FindMailbox:
    """The tip this receipt opens. Answer: `Mailbox` or None (unknown and unusable are one)."""

    lookup: bytes
    seed: bytes


@dataclass(frozen=True, slots=True)
class FindBoard:
    """The hotline board of a unit with the national numbers. Answer: `Board`."""

    unit: str


@dataclass(frozen=True, slots=True)
class ReadHeads:
    """What is listed of these parts, in order: the first `HEAD` characters of a text, the seconds of a recording.

    "" for anything else. Answer: tuple of strings.
    """

    parts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class FindBackups:
    """For how many days is a backup kept? Answer: int, or None if that is not laid down."""


Question = FindDesk | FindMailbox | FindBoard | ReadHeads | FindBackups
Answer = Desk | Mailbox | Board | tuple[str, ...] | int | None

HEAD = 40
"""Characters of a text part read for the review list."""


@overload
def ask(question: FindDesk) -> Generator[Question, Answer, Desk]: ...
@overload
def ask(question: FindMailbox) -> Generator[Question, Answer, Mailbox | None]: ...
@overload
def ask(question: FindBoard) -> Generator[Question, Answer, Board]: ...
@overload
def ask(question: FindBackups) -> Generator[Question, Answer, int | None]: ...
@overload
def ask(question: ReadHeads) -> Generator[Question, Answer, tuple[str, ...]]: ...
def ask(question: Question) -> Generator[Question, Answer, Answer]:
    """The answer, typed by its question.

    Written as `desk = yield from ask(FindDesk(...))`.
    """
    return (yield question)
