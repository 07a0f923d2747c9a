"""What happened: the core's only input.

Every fact carries when (`at`, UTC seconds), where (`channel`) and unpredictable bytes (`fresh`). Names, handles and
chat ids never get here: the driver dropped them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from handlers.values import Channel, Fresh, Media, MediaKind


@dataclass(frozen=True, slots=True)
class Fact:
    """Common part of every fact.

    `sent`: when the person sent it, where the messenger says so; else None. `coming`: how many files of this chat are
    on their way beside it.
    """

    at: int
    channel: Channel
    fresh: Fresh
    sent: int | None = field(default=None, kw_only=True)
    coming: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class Started(Fact):
    """The chat was opened (`/start`, a page, a QR code), with a box's link code if there was one.

    `reloaded`: the page had been open before in this tab and starts anew (`web-reload` is said).
    """

    box: str | None = None
    language: Literal["vi", "en"] | None = None
    reloaded: bool = False


@dataclass(frozen=True, slots=True)
class TextReceived(Fact):
    """The person wrote. `edited`: an older message was changed; this is its new text."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class ChoicePressed(Fact):
    """A button was pressed: the serial of its menu and its number."""

    serial: str
    number: int


@dataclass(frozen=True, slots=True)
class MediaReceived(Fact):
    """A photo, recording, film or file arrived, was cleaned of its hidden information where it can be, and sealed.

    `caption` is what stood under it. `answer` is False for all but the first of an album: they are stored without a
    reply each.
    """

    kind: MediaKind
    media: Media
    caption: str = ""
    answer: bool = True


@dataclass(frozen=True, slots=True)
class PlaceReceived(Fact):
    """A place was shared: its coordinates alone, in decimal degrees as they were said."""

    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class MediaRefused(Fact):
    """Something was sent that could not be taken: too big, not readable, or more than a tip holds (`full`).

    `caption` is what stood under it: the words are taken all the same. `kind`: what it was, where known.
    """

    reason: Literal["big", "bad", "full"]
    caption: str = ""
    kind: MediaKind = "file"


@dataclass(frozen=True, slots=True)
class PartRemoved(Fact):
    """The page's own remove button on one part."""

    part: bytes


@dataclass(frozen=True, slots=True)
class CodeEntered(Fact):
    """A well-formed receipt, already stretched: its stored lookup id and its seed."""

    lookup: bytes
    seed: bytes


@dataclass(frozen=True, slots=True)
class KeptButtonPressed(Fact):
    """The button that keeps access was pressed: what a receipt stands for, or None where it opens nothing any more."""

    opened: tuple[bytes, bytes] | None


@dataclass(frozen=True, slots=True)
class CodeMistyped(Fact):
    """20–28 digits that are no receipt: how many, or a wrong digit (`count` 24)."""

    count: int


@dataclass(frozen=True, slots=True)
class StickerReceived(Fact):
    """A sticker, reaction, poll, game or die."""


@dataclass(frozen=True, slots=True)
class ContactReceived(Fact):
    """A contact card. Its content was dropped in the driver."""


@dataclass(frozen=True, slots=True)
class GroupSeen(Fact):
    """The bot was written to or added in a group, where many can read. `link` leads to the private chat."""

    link: str


@dataclass(frozen=True, slots=True)
class Left(Fact):
    """The person blocked the bot, or pressed quick exit on the page: forget the chat and its draft, say nothing."""


AnyFact = (
    Started
    | TextReceived
    | ChoicePressed
    | MediaReceived
    | PlaceReceived
    | MediaRefused
    | PartRemoved
    | CodeEntered
    | KeptButtonPressed
    | CodeMistyped
    | StickerReceived
    | ContactReceived
    | GroupSeen
    | Left
)
