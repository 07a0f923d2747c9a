"""What silence does to a chat: receipts are forgotten, steps left, drafts erased, and one reminder sent of a draft.

Owns doing it, chat by chat, each under its row's lock. What is due when is `handlers.silence`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.service.chats import Chat, save_chat, stored_chat
from bot.service.effects.saying import Saying
from bot.service.standing import spans
from bot.service.texts import Catalogue
from crypto.epochs import EpochKey
from handlers.silence import lapse_unheard, reminded
from handlers.traces import ended
from handlers.values import Message, line
from storage.repositories import conversations, drafts
from storage.repositories.conversations import StoredConversation

REMINDER = Message((line("rem-draft"),))
"""Nobody asked for it at that moment, so it names nothing (FLOWS §1, principle 9)."""


@dataclass(frozen=True, slots=True)
class Silences:
    """Silence at `now` (UTC seconds), for chats that the living `keys` open, by number."""

    keys: Mapping[int, EpochKey]
    texts: Catalogue
    now: int

    def has_lapsed(self, stored: StoredConversation) -> bool:
        """True if silence changes this chat by now. False too for one that no living key opens: it goes by itself."""
        chat = self._chat(stored)
        return chat is not None and (self._lapsed(chat)[0] != chat or self._reminded(chat) is not None)

    def lapse(self, connection: Connection, key: bytes) -> tuple[str, ...]:
        """Do what silence does to the chat whose row lies under `key`, if it is still there and still silent.

        When it was last heard stays as it was. Returns the blobs nothing refers to once this is committed.
        """
        stored = conversations.find(connection, [key])
        found = None if stored is None else self._chat(stored)
        if found is None:
            return ()
        chat, erased = self._lapsed(found)
        chat = self._cleared(connection, found, chat)
        told = self._reminded(chat)
        if told is not None:
            chat = Saying(connection, self.texts, self.now, told.conversation, "").say(told, REMINDER)
        if chat != found:
            save_chat(connection, chat)
        return drafts.remove(connection, erased) if erased else ()

    def _cleared(self, connection: Connection, before: Chat, after: Chat) -> Chat:
        """Delete from the chat what is over, without a word: nobody is waiting for one."""
        gone = ended(before.conversation, after.conversation) if before.address.deletes else ()
        going = spans(gone, before.said, None)
        saying = Saying(connection, self.texts, self.now, after.conversation, "")
        return saying.clear(after, going, aloud=False)

    def _chat(self, stored: StoredConversation) -> Chat | None:
        key = self.keys.get(stored.epoch)
        return None if key is None else stored_chat(stored, key)

    def _lapsed(self, chat: Chat) -> tuple[Chat, tuple[bytes, ...]]:
        conversation, erased = lapse_unheard(chat.conversation, self.now)
        return replace(chat, conversation=conversation), erased

    def _reminded(self, chat: Chat) -> Chat | None:
        """The chat as one that has been reminded, if that is due. A page cannot be written to."""
        conversation = None if chat.address.driver == "web" else reminded(chat.conversation, self.now)
        return None if conversation is None else replace(chat, conversation=conversation)
