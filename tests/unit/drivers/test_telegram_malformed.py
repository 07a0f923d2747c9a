"""Whatever a Bot API server sends, reading it never raises."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.edge.drivers.telegram.updates import WANTED, UpdateReader, callback_id, update_id
from bot.service.arrivals import Arrival
from handlers.values import Channel

FIELDS = (
    *("update_id", "message_id", "chat", "from", "id", "type", "date", "username", "message", "data", "status"),
    *("text", "caption", "photo", "document", "file_id", "file_size", "width", "height", "mime_type"),
    *("media_group_id", "contact", "sticker", "voice", "location", "new_chat_member"),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["private", "supergroup", "kicked", "/start x", "m:s:1", "image/png", "77", "-5", "\ud83d"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6),
    max_leaves=20,
)
CHATS = st.fixed_dictionaries({"id": st.sampled_from([77, "77", -5, None]), "type": st.sampled_from(["private", None])})
EVENTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8)
PLACED = st.builds(lambda event, chat: {**event, "chat": chat}, EVENTS, CHATS)
UPDATES = st.dictionaries(st.sampled_from(["update_id", *WANTED]), EVENTS | PLACED | VALUES, max_size=4)
LIKELY = st.builds(
    lambda number, kind, event: {"update_id": number, kind: event}, st.integers(), st.sampled_from(WANTED), PLACED
)


async def download(file):
    yield b""


@settings(deadline=None)
@given(UPDATES | LIKELY)
def test_any_update_is_an_arrival_or_nothing(raw):
    read = UpdateReader("telegram-42", Channel("telegram", "w", 20), download).read(raw)
    assert read is None or isinstance(read, Arrival)
    assert read is None or read.chat.lstrip("-").isdecimal()
    assert update_id(raw) is None or isinstance(update_id(raw), int)
    assert callback_id(raw) is None or isinstance(callback_id(raw), str)


@settings(deadline=None)
@given(LIKELY)
def test_whatever_is_read_can_be_written_down(raw):
    read = UpdateReader("telegram-42", Channel("telegram", "w", 20), download).read(raw)
    text = getattr(read.content, "text", "") + getattr(read.content, "caption", "") if read else ""
    assert json.loads(json.dumps(text).encode()) == text
    text.encode()
