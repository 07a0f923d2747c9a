"""A conversation: where it stands and what hangs on it, and its one written form.

Owns the state names (FLOWS §2) and `encode`/`decode`. An unknown `v` decodes to None: the conversation restarts gently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from handlers.values import Language, PartKind

State = Literal["idle", "collect", "review", "confirm", "code", "mail", "board"]
Confirm = Literal["send", "send-now", "erase", "forget", "stop"]


@dataclass(frozen=True, slots=True)
class Part:
    """One stored part of a draft. Its words lie sealed in their own row under `id`."""

    id: bytes
    kind: PartKind


@dataclass(frozen=True, slots=True)
class OpenMail:
    """A tip opened by its receipt in this chat, for 15 minutes."""

    lookup: bytes
    seed: bytes
    tip: bytes
    opened: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written and not sent. `target` is set for an addition to an opened tip; `told` names hints given."""

    id: bytes
    born: int
    parts: tuple[Part, ...] = ()
    urgent: bool = False
    target: OpenMail | None = None
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat's state. A fresh one is `Conversation()`."""

    state: State = "idle"
    language: Language = "vi"
    unit: str | None = None
    box: str | None = None
    confirm: Confirm | None = None
    draft: Draft | None = None
    parked: Draft | None = None
    mail: OpenMail | None = None
    serial: str = ""
    menu: tuple[tuple[int, str], ...] = ()
    greeted: bool = False
    puzzled: int = 0
    touched: int = 0
    sticker_at: int = 0
    tries: tuple[int, ...] = field(default=())
