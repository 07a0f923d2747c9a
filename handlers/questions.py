"""What the core must read to decide. A question changes nothing; its answer is read in the open transaction."""

from __future__ import annotations

from dataclasses import dataclass

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
    """The first characters of these text parts (in order; "" for a photo). Answer: tuple of strings."""

    parts: tuple[bytes, ...]


Question = FindDesk | FindMailbox | FindBoard | ReadHeads
Answer = Desk | Mailbox | Board | tuple[str, ...] | None
