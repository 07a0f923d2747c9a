"""A chat's sealed row: found under any living epoch key, always written under the newest.

Owns the counter of messages said (`said`), which orders the outbox lane of the chat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.service.arrivals import Arrival
from crypto.epochs import EpochKey
from handlers.conversation import Conversation, decode, encode
from storage.repositories import conversations

COUNTER = 8
"""Bytes of the counter before the conversation in the sealed state."""
BURST = 256
"""Messages a chat may be told within one second without its numbers running ahead of the clock."""


@dataclass(frozen=True, slots=True)
class Chat:
    """An opened conversation. `lane` is its pseudonym under the newest key, `stored` the one its row lies under."""

    key: EpochKey
    lane: bytes
    stored: bytes | None
    said: int
    conversation: Conversation

    def next_number(self, now: int) -> tuple[Chat, int]:
        """The chat after one more message, and that message's number: it only grows, also over a forgotten chat."""
        number = max(self.said + 1, now * BURST)
        return replace(self, said=number), number


def open_chat(connection: Connection, keys: tuple[EpochKey, ...], arrival: Arrival) -> Chat:
    """The chat's conversation, or a new one where there is none, or none that can be opened any more."""
    channel, chat = arrival.bot, arrival.chat
    lanes = {key.pseudonym(channel, chat): key for key in keys}
    lane = next(iter(lanes))
    found = conversations.find(connection, list(lanes))
    if found is None:
        return Chat(keys[0], lane, None, 0, Conversation())
    plain = lanes[found.key].open_state(found.key, found.blob)
    conversation = decode(plain[COUNTER:]) or Conversation()
    return Chat(keys[0], lane, found.key, int.from_bytes(plain[:COUNTER], "big"), conversation)


def save_chat(connection: Connection, chat: Chat) -> None:
    """Write the chat under the newest key; a row under an older key goes."""
    if chat.stored is not None and chat.stored != chat.lane:
        conversations.remove(connection, [chat.stored])
    plain = chat.said.to_bytes(COUNTER, "big") + encode(chat.conversation)
    conversations.save(connection, chat.lane, chat.key.number, chat.key.seal_state(chat.lane, plain))


def forget_chat(connection: Connection, chat: Chat) -> None:
    """Leave no row of this chat."""
    if chat.stored is not None:
        conversations.remove(connection, [chat.stored])
