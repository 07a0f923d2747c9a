"""A chat's sealed row: found under any living epoch key, always written under the newest.

Owns the counter of messages said (`said`), which orders the outbox lane of the chat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import structlog
from sqlalchemy import Connection

from bot.service.arrivals import Arrival
from crypto.epochs import EpochKey
from crypto.errors import SealError
from handlers.conversation import Conversation, decode, encode
from handlers.silence import lapse_unheard
from storage.repositories import conversations, drafts, outbox
from storage.repositories.conversations import StoredConversation

COUNTER = 8
"""Bytes of the counter before the conversation in the sealed state."""
BURST = 256
"""Messages a chat may be told within one second without its numbers running ahead of the clock."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chat:
    """An opened conversation.

    `lanes` are its pseudonyms under every living key, newest first; `stored` is the one its row lies under.
    """

    key: EpochKey
    lanes: tuple[bytes, ...]
    stored: bytes | None
    said: int
    conversation: Conversation

    @property
    def lane(self) -> bytes:
        """The pseudonym everything is written under now."""
        return self.lanes[0]

    def next_number(self, now: int) -> tuple[Chat, int]:
        """The chat after one more message, and that message's number: it only grows, also over a forgotten chat."""
        number = max(self.said + 1, now * BURST)
        return replace(self, said=number), number


def open_chat(connection: Connection, keys: tuple[EpochKey, ...], arrival: Arrival) -> Chat:
    """The chat's conversation, or a new one where there is none, or none that can be opened any more."""
    by_lane = {key.pseudonym(arrival.bot, arrival.chat): key for key in keys}
    lanes = tuple(by_lane)
    found = conversations.find(connection, lanes)
    if found is None:
        return Chat(keys[0], lanes, None, 0, Conversation())
    try:
        plain = by_lane[found.key].open_state(found.key, found.blob)
    except SealError:
        log.error("conversation_unusable")
        return Chat(keys[0], lanes, found.key, 0, Conversation())
    conversation = decode(plain[COUNTER:]) or Conversation()
    return Chat(keys[0], lanes, found.key, int.from_bytes(plain[:COUNTER], "big"), conversation)


def has_lapsed(stored: StoredConversation, keys: Mapping[int, EpochKey], now: int) -> bool:
    """True if silence changes this chat by now. False too for a row that no living key opens: it goes by itself."""
    chat = _found(stored, keys)
    return chat is not None and lapse_unheard(chat.conversation, now)[0] != chat.conversation


def lapse_chat(connection: Connection, key: bytes, keys: Mapping[int, EpochKey], now: int) -> tuple[str, ...]:
    """Do what silence does to the chat whose row lies under `key`, if it is still there and still silent.

    When it was last heard stays as it was. Returns the blobs nothing refers to once this is committed.
    """
    stored = conversations.find(connection, [key])
    chat = None if stored is None else _found(stored, keys)
    if chat is None:
        return ()
    conversation, erased = lapse_unheard(chat.conversation, now)
    if conversation == chat.conversation:
        return ()
    save_chat(connection, replace(chat, conversation=conversation))
    return drafts.remove(connection, erased) if erased else ()


def _found(stored: StoredConversation, keys: Mapping[int, EpochKey]) -> Chat | None:
    """The chat as it lies there: by its row alone nobody knows whose it is, so it stays under its own key."""
    key = keys.get(stored.epoch)
    if key is None:
        return None
    try:
        plain = key.open_state(stored.key, stored.blob)
    except SealError:
        return None
    conversation = decode(plain[COUNTER:])
    if conversation is None:
        return None
    return Chat(key, (stored.key,), stored.key, int.from_bytes(plain[:COUNTER], "big"), conversation)


def save_chat(connection: Connection, chat: Chat) -> None:
    """Write the chat under the newest key, in the place of the row it was found in.

    Raises `Conflict` if the chat was new here and is known by now: another process took in its first message.
    """
    plain = chat.said.to_bytes(COUNTER, "big") + encode(chat.conversation)
    blob = chat.key.seal_state(chat.lane, plain)
    conversations.save(connection, chat.lane, chat.key.number, blob, old=chat.stored)


def forget_chat(connection: Connection, chat: Chat) -> None:
    """Leave no row of this chat: neither where it stands nor what it was still to be told."""
    conversations.remove(connection, chat.lanes)
    outbox.remove_lanes(connection, chat.lanes)
