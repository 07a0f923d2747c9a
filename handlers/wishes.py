"""What should be done: the core's output. Carried out by effects inside the same transaction; none of them answers."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.conversation import Conversation, Draft, OpenMail
from handlers.values import Line, Media, MediaKind, Message


@dataclass(frozen=True, slots=True)
class Say:
    """Queue one message to this chat."""

    message: Message


@dataclass(frozen=True, slots=True)
class KeepText:
    """Store a text part of draft `draft`, sealed."""

    draft: bytes
    part: bytes
    text: str


@dataclass(frozen=True, slots=True)
class KeepChoice:
    """Store a chosen answer as a text part of draft `draft`, in the words the person saw."""

    draft: bytes
    part: bytes
    answer: Line


@dataclass(frozen=True, slots=True)
class KeepMedia:
    """Store a photo, recording, film or file as a part of draft `draft`; its sealed bytes already lie in the store."""

    draft: bytes
    part: bytes
    kind: MediaKind
    media: Media


@dataclass(frozen=True, slots=True)
class KeepPlace:
    """Store a place as a part of draft `draft`, sealed: decimal degrees with five digits after the point."""

    draft: bytes
    part: bytes
    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class DropParts:
    """Erase these parts of a draft, with the media they name."""

    parts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class FileTip:
    """Seal the whole draft as a new tip to `receiver`, from box `box` of `unit`; the draft's rows go.

    `passed` is the ward that it passes over: sealed with it, so that nobody who reads it passes it on to there.

    The receipt is told by `Say(code)` messages whose `code-line` names the placeable `receipt` (see `RECEIPT`).
    """

    unit: str
    receiver: str
    box: str | None
    draft: Draft
    passed: str | None = None


@dataclass(frozen=True, slots=True)
class AppendParts:
    """Seal the draft's parts as further entries of the opened tip; the draft's rows go."""

    mail: OpenMail
    draft: Draft


@dataclass(frozen=True, slots=True)
class ForgetChat:
    """Erase whatever is kept about this chat apart from tips already sent: also what it asked to be kept for longer."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """From now on send the ordinary notice to this chat."""


@dataclass(frozen=True, slots=True)
class StopWriting:
    """Erase this chat's subscription and its reply addresses: the box does not write first any more."""


@dataclass(frozen=True, slots=True)
class TellNews:
    """Keep this chat's address for news on this tip; None is the tip that this step files."""

    tip: bytes | None


@dataclass(frozen=True, slots=True)
class TellNoMore:
    """Erase this chat's address for news on this tip."""

    tip: bytes


@dataclass(frozen=True, slots=True)
class KeepAccess:
    """Let the button with this token open this tip, in this chat."""

    token: bytes
    lookup: bytes
    seed: bytes


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """Leave the group this fact came from, where the messenger allows it."""


@dataclass(frozen=True, slots=True)
class ClearChat:
    """Delete messages from the chat, this chat's person's and the box's: from the second `since` to before `until`.

    Without `until` up to the message that brought this fact. `receipt`: those alone that tell a receipt, which are left
    where they are otherwise.
    """

    since: int
    until: int | None = None
    receipt: bool = False


@dataclass(frozen=True, slots=True)
class ClearTyped:
    """Delete from the chat the message that brought this fact."""


Keep = KeepText | KeepMedia | KeepPlace
Promise = Subscribe | StopWriting | TellNews | TellNoMore | KeepAccess
"""What concerns more than three days. It is done by whoever delivers, before the next message of this step is shown;
where there is no chat to write back to, nothing is."""
Wish = (
    Say
    | Keep
    | KeepChoice
    | DropParts
    | FileTip
    | AppendParts
    | ForgetChat
    | LeaveGroup
    | ClearChat
    | ClearTyped
    | Promise
)

RECEIPT = "\N{OBJECT REPLACEMENT CHARACTER}receipt"
"""Stands in a `Line` argument for the new tip's receipt, which the core never sees."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fact did: the conversation afterwards and what should be done, in this order.

    Messages are rendered in `conversation.language`, also when the conversation is then erased.
    """

    conversation: Conversation
    wishes: tuple[Wish, ...] = ()
