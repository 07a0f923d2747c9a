"""The sealed content of an outbox row: where to, what to show, and what a page draws beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from bot.service.errors import OurFault
from bot.service.texts import Shown
from handlers.conversation import Conversation
from handlers.values import Language
from storage.repositories.outbox import Driver

VERSION = 1
Stands = Literal["", "talk", "receipt", "button"]
"""What a message that stands in a chat is remembered as: not at all, part of a talk, a receipt, a kept button."""


def driver_of(channel: str) -> Driver:
    """The outbox's word for who delivers on a channel.

    Raises:
        OurFault: a driver nobody delivers for.
    """
    if channel in ("web", "tor"):
        return "web"
    if channel == "telegram":
        return "telegram"
    if channel == "desk":
        return "desk"
    raise OurFault("an arrival came from a driver nobody delivers for")


@dataclass(frozen=True, slots=True)
class DraftView:
    """The unsent draft beside a message: its part ids and whether it is marked urgent."""

    parts: tuple[str, ...]
    urgent: bool


ErrandAct = Literal["subscribe", "stop", "tell", "tell-no-more", "keep", "forget"]


@dataclass(frozen=True, slots=True)
class Errand:
    """What must be done for this chat before the message is shown, so that what it says is true.

    It concerns what is kept for longer than an epoch, and is never part of the step that wished it. `tip`, `token`,
    `lookup` and `seed` in hex, where the act needs them.
    """

    act: ErrandAct
    tip: str = ""
    token: str = ""
    lookup: str = ""
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Messages of a chat from number `first` to number `last`: those that tell a receipt, or all the others."""

    first: int
    last: int
    receipt: bool = False


@dataclass(frozen=True, slots=True)
class Clearing:
    """Messages to delete from the chat that bot `bot` knows."""

    bot: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one chat, as it lies sealed in the outbox. `leave` asks the driver to leave the group after.

    With `clear` it is no message but asks to delete some; then `shown` is said if any of them cannot be.
    A message without lines is an errand alone. `notice`: this is the ordinary notice, for these rows (a letter and
    their keys in hex), or one for an officer's phone (its key in hex); if none of them is left when it is sent, it is
    not.
    """

    chat: str
    shown: Shown
    state: str
    draft: DraftView | None = None
    leave: bool = False
    language: Language = "vi"
    stands: Stands = "talk"
    clear: Clearing | None = None
    bot: str = ""
    errands: tuple[Errand, ...] = ()
    notice: tuple[str, ...] = ()
    v: int = VERSION

    def encode(self) -> bytes:
        """Plain bytes for sealing."""
        return _WRITER.encode(self)

    @classmethod
    def decode(cls, plain: bytes) -> Outgoing | None:
        """The message in `plain`; None if it was written in a form that is not known here."""
        version, message = _readers()
        try:
            return message.decode(plain) if version.decode(plain).v == VERSION else None
        except msgspec.ValidationError:
            return None


class _Version(msgspec.Struct):
    """All that is read of a form that is not known."""

    v: int


_WRITER = msgspec.json.Encoder()


@cache
def _readers() -> tuple[msgspec.json.Decoder[_Version], msgspec.json.Decoder[Outgoing]]:
    """Made when first used: the second looks through every type a message is made of."""
    return msgspec.json.Decoder(_Version), msgspec.json.Decoder(Outgoing)


Told = tuple[int, Outgoing]
"""A message with its number in its lane."""


def draft_view(conversation: Conversation) -> DraftView | None:
    """What a page shows of the draft this conversation holds."""
    draft = conversation.draft
    if draft is None or not draft.parts:
        return None
    return DraftView(tuple(part.id.hex() for part in draft.parts), draft.urgent)
