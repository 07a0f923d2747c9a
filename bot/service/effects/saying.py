"""Messages to say: rendered in the person's language, sealed, and queued in the chat's lane."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.service.chats import Chat
from bot.service.outgoing import Clearing, Errand, Outgoing, Span, Stands, Told, draft_view
from bot.service.texts import Catalogue, Shown
from handlers.conversation import Conversation
from handlers.values import Message, line
from storage.repositories import outbox

LEFT = Message((line("clear-left"),))
"""What could not be deleted is the person's to delete."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Queues what a chat is told at `at` (UTC seconds), as it stands `after`; `receipt` goes where the core left it.

    `stands`: what the messages are remembered as, where they can be deleted again. `said`: what was queued, by number.
    """

    connection: Connection
    texts: Catalogue
    at: int
    after: Conversation
    receipt: str
    stands: Stands = "talk"
    said: list[Told] = field(default_factory=list)

    def say(self, chat: Chat, message: Message, errands: tuple[Errand, ...] = ()) -> Chat:
        """Queue one message, with what must be done before it is shown; the chat with its counter moved on."""
        shown = self.texts.show(self.after.language, message, self.receipt)
        state, draft, language = self.after.state, draft_view(self.after), self.after.language
        stands = "button" if self.stands and message.opener is not None else self.stands
        outgoing = Outgoing(
            chat.address.chat,
            shown,
            state,
            draft,
            language=language,
            stands=stands,
            bot=chat.address.bot,
            errands=errands,
        )
        return self._queue(chat, outgoing)

    def do(self, chat: Chat, errands: tuple[Errand, ...]) -> Chat:
        """Queue errands that nothing is said of, if there are any."""
        if not errands:
            return chat
        nothing, bot = Shown((), (), "", "plain"), chat.address.bot
        return self._queue(
            chat, Outgoing(chat.address.chat, nothing, self.after.state, stands="", bot=bot, errands=errands)
        )

    def leave(self, chat: Chat) -> Chat:
        """Queue leaving the group this chat is."""
        return self._queue(chat, Outgoing(chat.address.chat, Shown((), (), "", "plain"), self.after.state, leave=True))

    def clear(self, chat: Chat, spans: tuple[Span, ...], *, aloud: bool) -> Chat:
        """Queue deleting messages from the chat; `aloud`: if some cannot be, that is said, once for all of them."""
        if not spans:
            return chat
        left = self.texts.show(self.after.language, LEFT) if aloud else Shown((), (), "", "plain")
        clearing = Clearing(chat.address.bot, spans)
        return self._queue(
            chat, Outgoing(chat.address.chat, left, self.after.state, clear=clearing, stands=self.stands)
        )

    def _queue(self, chat: Chat, outgoing: Outgoing) -> Chat:
        chat, number = chat.next_number(self.at)
        blob = chat.key.seal_outgoing(chat.lane, number, outgoing.encode())
        row = outbox.Outgoing(chat.lane, number, chat.key.number, chat.address.driver, blob, due=self.at)
        outbox.add(self.connection, [row])
        self.said.append((number, outgoing))
        return chat
