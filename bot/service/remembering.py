"""What is the same for all chats, remembered while nothing changes of the units, boxes and sheets that it follows from.

Holds public things alone, and nothing that anybody typed but the link code of a box.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from storage.repositories import editions

T = TypeVar("T")
MOST = 4096
"""Answers remembered of one edition at one moment: more than an installation has boxes that are asked for at once."""


@dataclass(frozen=True, slots=True)
class _Held:
    """Answers of one edition that hold from moment `since` on, up to but not at `until` (UTC seconds)."""

    edition: bytes | None
    since: int
    until: int
    answers: dict[Hashable, Any] = field(default_factory=dict)


class Memory:
    """Answers to one kind of question. Readers and the writer use it beside each other."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Nothing is known any more, as after the second has passed."""
        self._held = _Held(None, 0, 0)

    def of(
        self,
        connection: Connection,
        now: int,
        question: Hashable,
        make: Callable[[], T],
        *,
        until: Callable[[], int] | None = None,
    ) -> T:
        """The answer, made anew if the edition changed. It holds this second, or `until` (asked once an edition)."""
        edition = editions.edition(connection)
        held = self._held
        if held.edition != edition or not held.since <= now < held.until or len(held.answers) >= MOST:
            held = self._held = _Held(edition, now, now + 1 if until is None else until())
        if question not in held.answers:
            held.answers[question] = make()
        return cast("T", held.answers[question])
