"""What a driver hands to the engine and what the engine hands to a driver.

Owns the two vocabularies at the messengers' edge and the `Driver` protocol. Nothing here holds a name, a handle or a
messenger's own object; a chat id stays a string that only the driver and the engine see.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from handlers.values import Channel, Language, MediaKind, MessageKind


@dataclass(frozen=True, slots=True)
class Text:
    """The person wrote. `edited`: the new text of an older message."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed: the serial of its menu and its number."""

    serial: str
    number: int


@dataclass(frozen=True, slots=True)
class KeptPressed:
    """The button that keeps access was pressed: the token it holds."""

    token: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """The chat was opened, with a box's link code if there was one."""

    box: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A photo, recording, film or file to fetch. `answer` is False for an album's later ones.

    `size` in bytes, `mime` and `seconds` are what the sender claims. `fetch()` streams the content into memory alone;
    its iterator raises `RetryLater` (try again), `TooBig` or `delivery_errors.Refused` (it cannot be had).
    """

    kind: MediaKind
    size: int | None
    caption: str
    answer: bool
    mime: str
    seconds: int | None
    fetch: Callable[[], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was shared: its coordinates alone, in decimal degrees as they were said."""

    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Something came that is not taken: too big, or of a kind not taken. `caption` is what stood under it.

    `kind`: what it was, where known.
    """

    reason: Literal["big", "bad"]
    caption: str = ""
    kind: MediaKind = "file"


@dataclass(frozen=True, slots=True)
class Sticker:
    """A sticker, reaction, poll, game or die."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact card; its content was dropped."""


@dataclass(frozen=True, slots=True)
class Group:
    """The bot stands in a group or channel; comes once for each. `link` leads to the private chat, as shown."""

    link: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The person blocked the bot, or left the page by quick exit."""


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """A page sends what it derived from a receipt: its lookup id and its seed."""

    lookup: bytes
    seed: bytes


@dataclass(frozen=True, slots=True)
class CodeTypo:
    """A page saw digits that are no receipt: how many."""

    count: int


@dataclass(frozen=True, slots=True)
class PartCross:
    """The page's own remove button on one part."""

    part: bytes


@dataclass(frozen=True, slots=True)
class PageOpened:
    """A page was opened. `reloaded`: it had been open before in this tab."""

    box: str | None
    language: Language | None
    reloaded: bool


Content = (
    Text
    | Pressed
    | KeptPressed
    | Opened
    | Incoming
    | Place
    | Refused
    | Sticker
    | Contact
    | Group
    | Gone
    | CodeGiven
    | CodeTypo
    | PartCross
    | PageOpened
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One inbound event. `bot` and `update` together are its de-duplication id; `chat` is where an answer goes.

    `message` is the messenger's own id of the message that brought it, if one did: it serves to delete that message.
    `sent`: when the person sent it, in UTC seconds, where the messenger says so. `shown`: a page shows every message up
    to this number by now.
    """

    bot: str
    channel: Channel
    chat: str
    update: str
    content: Content
    message: str | None = None
    sent: int | None = None
    shown: int | None = None


Receive = Callable[[Arrival], Awaitable[None]]
"""Takes an arrival in; returns once it is durable.

Raises:
    OutsideFailed: nothing was kept, the same arrival is to be handed over again later.
"""


@dataclass(frozen=True, slots=True)
class RenderedChoice:
    """A numbered item as shown: its number, its label without the number, and the serial of its menu."""

    number: int
    label: str
    serial: str

    @property
    def numbered(self) -> str:
        """The label as people see it, on buttons and in text alike."""
        return f"{self.number}. {self.label}"


@dataclass(frozen=True, slots=True)
class RenderedOpener:
    """A button that keeps access: its label and the random token it holds. It has no number to be typed."""

    label: str
    token: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """An outgoing message in the reader's language. `text` does not hold the numbered choices.

    `copy` labels a button that copies the text, where a messenger has such.
    """

    text: str
    choices: tuple[RenderedChoice, ...] = ()
    kind: MessageKind = "plain"
    copy: str = ""
    opener: RenderedOpener | None = None

    @property
    def full_text(self) -> str:
        """The text with its choices as numbered lines: every choice can be typed, buttons or not."""
        return "\n".join(part for part in (self.text, *(choice.numbered for choice in self.choices)) if part)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a messenger can do.

    `text_limit` counts UTF-16 units of one message; `delete`: it can remove messages from a chat;
    `reply_hours`: how long after a person's last message one may write (None: any time).
    """

    text_limit: int
    buttons: bool
    delete: bool
    reply_hours: int | None


class Driver(Protocol):
    """Adapter to one messenger, the sending side. `name` is what outbox rows call it."""

    @property
    def name(self) -> str:
        """Name of the messenger in the outbox."""

    @property
    def capabilities(self) -> Capabilities:
        """What this messenger can do."""

    async def send(self, chat: str, message: Rendered) -> tuple[str, ...]:
        """Show one message in a chat; returns when the messenger took it, with its ids there, as far as it names them.

        Raises:
            RetryLater: not sent, or not wholly; the same call may work later.
            Unreachable: the chat is gone or blocked the bot.
            Refused: the messenger will never take this message.
        """

    async def delete(self, chat: str, ids: Sequence[str]) -> tuple[str, ...]:
        """Delete messages from a chat; those that cannot be are returned. One already gone is deleted.

        Raises:
            RetryLater: not done, or not wholly; the same call may work later.
            Unreachable: the chat is gone or blocked the bot.
        """

    async def leave(self, chat: str) -> None:
        """Leave a group; quietly does nothing where the bot is already out.

        Raises:
            RetryLater: not done, the same call may work later.
        """

    async def close(self) -> None:
        """Let go of every connection."""
