"""The driver's twin in memory: for demonstrations and tests, behind the same protocol and the same contract suite."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.edge.drivers.pages import split
from bot.service.arrivals import Arrival, Capabilities, Content, Incoming, Rendered, RenderedChoice, RenderedOpener
from bot.service.delivery_errors import DeliveryError, Refused
from handlers.values import Channel

_PHONE = Capabilities(text_limit=4096, buttons=True, delete=True, reply_hours=None)


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it stands in a chat, under the messenger's id."""

    chat: str
    text: str
    buttons: tuple[RenderedChoice, ...]
    id: str = field(default="", compare=False)
    opener: RenderedOpener | None = None


class MemoryDriver:
    """Keeps what was sent. `shown` is what the chats hold, `sent` the calls, `left` the groups it went out of.

    `deleted` are the ids it was asked to delete; those in `stuck` stay.
    """

    def __init__(
        self, *, name: str = "telegram", web: str = "http://127.0.0.1", capabilities: Capabilities = _PHONE
    ) -> None:
        self.name = name
        self.capabilities = capabilities
        self.channel = Channel("telegram", web, megabytes=20, deletes=capabilities.delete)
        self.shown: list[Shown] = []
        self.sent: list[tuple[str, Rendered]] = []
        self.left: list[str] = []
        self.deleted: list[str] = []
        self.stuck: set[str] = set()
        self.closed = False
        self._failures: list[DeliveryError] = []
        self._numbers = count(1)

    async def send(self, chat: str, message: Rendered) -> tuple[str, ...]:
        """Keep one message, cut as a messenger would."""
        self._fail()
        pieces = split(message.full_text, self.capabilities.text_limit)
        if not pieces:
            raise Refused
        self.sent.append((chat, message))
        buttons = message.choices if self.capabilities.buttons else ()
        shown = [Shown(chat, piece, (), self._next()) for piece in pieces[:-1]]
        shown.append(Shown(chat, pieces[-1], buttons, self._next(), message.opener))
        self.shown += shown
        return tuple(one.id for one in shown)

    async def delete(self, chat: str, ids: Sequence[str]) -> tuple[str, ...]:
        """Take messages out of a chat, but those that are stuck."""
        self._fail()
        self.deleted += ids
        self.shown = [one for one in self.shown if one.chat != chat or one.id not in ids or one.id in self.stuck]
        return tuple(name for name in ids if name in self.stuck)

    async def leave(self, chat: str) -> None:
        """Note that this group was left."""
        self._fail()
        self.left.append(chat)

    async def close(self) -> None:
        """Nothing to let go of."""
        self.closed = True

    def fail_next(self, *errors: DeliveryError) -> None:
        """The next calls raise these, one each."""
        self._failures += errors

    def arrival(self, chat: str, content: Content) -> Arrival:
        """An arrival from this twin's messenger, with an id of its own."""
        number = self._next()
        return Arrival("memory", self.channel, chat, number, content, number)

    def photo(self, picture: bytes, *, caption: str = "", answer: bool = True) -> Incoming:
        """A photo whose fetching gives `picture`."""

        async def fetch() -> AsyncIterator[bytes]:
            yield picture

        return Incoming("photo", len(picture), caption, answer, "image/jpeg", None, fetch)

    def _next(self) -> str:
        return str(next(self._numbers))

    def _fail(self) -> None:
        if self._failures:
            raise self._failures.pop(0)
