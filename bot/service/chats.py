"""A chat's sealed row: found under any living epoch key, always written under the newest.

Owns the counter of messages said (`said`), which orders the outbox lane of the chat, and where its messages go. Both
lie sealed in front of the conversation, so that a chat can be told something while nobody writes.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import structlog
from sqlalchemy import Connection

from bot.service.addresses import Address
from bot.service.arrivals import Arrival
from bot.service.outgoing import driver_of
from crypto.epochs import EpochKey
from crypto.errors import SealError
from handlers.conversation import Conversation, decode, encode
from handlers.records import replace
from storage.repositories import conversations, outbox, traces
from storage.repositories.conversations import StoredConversation

COUNTER, LENGTH = 8, 2
"""Bytes of the counter and of the address's length, before the address and the conversation in the sealed state."""
PLACE = 4
"""What is written of an address: bot, driver, chat, whether messages can be deleted from it."""
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
    address: Address
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
    address = Address(arrival.bot, driver_of(arrival.channel.name), arrival.chat, deletes=arrival.channel.deletes)
    fresh = Chat(keys[0], lanes, None, 0, address, Conversation())
    found = conversations.find(connection, lanes)
    chat = stored_chat(found, by_lane[found.key]) if found else None
    if chat is None:
        return replace(fresh, stored=found.key if found else None, said=outbox.last(connection, lanes))
    return replace(chat, key=keys[0], lanes=lanes, address=address)


def stored_chat(stored: StoredConversation, key: EpochKey) -> Chat | None:
    """The chat as it lies there: by its row alone nobody knows whose it is, so it stays under its own key.

    None if it cannot be opened, or was written in a form not known here.
    """
    try:
        plain = key.open_state(stored.key, stored.blob)
    except SealError:
        log.error("conversation_unusable")
        return None
    begin = COUNTER + LENGTH
    end = begin + int.from_bytes(plain[COUNTER:begin], "big")
    conversation = decode(plain[end:])
    if conversation is None:
        return None
    written = msgspec.json.decode(plain[begin:end])
    if len(written) != PLACE:
        return None
    bot, driver, name, deletes = written
    address = Address(bot, driver, name, deletes=deletes)
    return Chat(key, (stored.key,), stored.key, int.from_bytes(plain[:COUNTER], "big"), address, conversation)


def save_chat(connection: Connection, chat: Chat) -> None:
    """Write the chat under the newest key, in the place of the row it was found in.

    Raises `Conflict` if the chat was new here and is known by now: another process took in its first message.
    """
    place = chat.address
    address = msgspec.json.encode((place.bot, place.driver, place.chat, place.deletes))
    head = chat.said.to_bytes(COUNTER, "big") + len(address).to_bytes(LENGTH, "big") + address
    blob = chat.key.seal_state(chat.lane, head + encode(chat.conversation))
    conversations.save(connection, chat.lane, chat.key.number, blob, old=chat.stored)


def notice_lane(key: EpochKey, bot: str, chat: str) -> bytes:
    """The lane of a chat's ordinary notices: beside its conversation, which they neither delay nor number."""
    return key.pseudonym(f"{bot}/notice", chat)


def digest_lane(key: EpochKey, bot: str, chat: str) -> bytes:
    """The lane of an officer's daily digests: one that waits holds up no notice."""
    return key.pseudonym(f"{bot}/digest", chat)


def drop_notices(connection: Connection, chat: Chat) -> None:
    """Leave no notice that waits for this chat under the newest key; older ones are looked for by whoever delivers."""
    outbox.remove_lanes(connection, [notice_lane(chat.key, chat.address.bot, chat.address.chat)])


def forget_chat(connection: Connection, chat: Chat, *, cleared: bool) -> None:
    """Leave no row of this chat: neither where it stands nor what it was still to be told.

    If it is to be `cleared`, what stands in it is remembered until that is done.
    """
    conversations.remove(connection, chat.lanes)
    outbox.remove_lanes(connection, chat.lanes)
    if not cleared:
        traces.remove_lanes(connection, chat.lanes)
