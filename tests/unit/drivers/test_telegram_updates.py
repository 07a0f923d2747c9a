"""One raw update in, one arrival out: nothing about who the person is gets through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.edge.drivers.telegram.updates import UpdateReader, callback_id
from bot.service.arrivals import (
    Arrival,
    Contact,
    Gone,
    Group,
    Incoming,
    KeptPressed,
    Opened,
    Place,
    Pressed,
    Refused,
    Sticker,
    Text,
)
from handlers.values import Channel

CHANNEL = Channel("telegram", "hopthu.example", 20)
PERSON = {"id": 77, "is_bot": False, "first_name": "Nguyễn", "last_name": "X", "username": "bimat_77"}
CHAT = {"id": 77, "type": "private", "first_name": "Nguyễn", "username": "bimat_77"}
GROUP = {"id": -100500, "type": "supergroup", "title": "Xóm 4"}
BIG = 20 * 1024 * 1024


async def download(file):
    yield file.encode()


@pytest.fixture
def reader():
    reader = UpdateReader("telegram-42", CHANNEL, download)
    reader.link = "t.me/box_bot"
    return reader


def update(number=1, kind="message", **content):
    return {"update_id": number, kind: {"message_id": 5, "from": PERSON, "chat": CHAT, **content}}


def member(status, chat=CHAT, number=1):
    return update(number, "my_chat_member", chat=chat, new_chat_member={"status": status, "user": {"id": 42}})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "nhà cuối ngõ"}, Text("nhà cuối ngõ")),
        ({"text": "/start"}, Opened()),
        ({"text": "/start tdp4-nhl"}, Opened("tdp4-nhl")),
        ({"text": "/start@box_bot tdp4-nhl "}, Opened("tdp4-nhl")),
        ({"text": "/start có người đánh nhau"}, Text("/start có người đánh nhau")),
        ({"text": "/start " + "a" * 65}, Text("/start " + "a" * 65)),
        ({"text": "/started"}, Text("/started")),
        ({"text": "x", "forward_origin": {"sender_user": PERSON}}, Text("x")),
        ({"contact": {"phone_number": "0900000000", "first_name": "X"}}, Contact()),
        ({"sticker": {"file_id": "s"}}, Sticker()),
        ({"dice": {"emoji": "🎲", "value": 3}}, Sticker()),
        ({"poll": {"id": "1"}}, Sticker()),
        ({"game": {"title": "x"}}, Sticker()),
        ({"location": {"latitude": 18.5, "longitude": -105.7, "heading": 9}}, Place("18.5000000", "-105.7000000")),
        ({"venue": {"title": "nhà tôi"}, "location": {"latitude": 1, "longitude": 2}}, Place("1.0000000", "2.0000000")),
        ({"venue": {"title": "nhà", "location": {"latitude": 1}}}, Place("1.0000000", "")),
        ({"location": "nhà"}, Place("", "")),
        ({"story": {"id": 1}}, Refused("bad")),
        ({"live_photo": {}, "caption": "c"}, Refused("bad", "c")),
        ({"voice": {"duration": 3}}, Refused("bad", "", "voice")),
        ({"video": {"file_id": "v", "file_size": BIG + 1}, "caption": "c"}, Refused("big", "c", "video")),
        ({"document": {"file_id": "d", "file_size": BIG + 1}}, Refused("big", "", "file")),
        ({"document": {"file_id": "d", "mime_type": "image/png", "file_size": BIG + 1}}, Refused("big", "", "photo")),
        ({"photo": [{"file_id": "p", "file_size": BIG + 1}], "caption": "c"}, Refused("big", "c", "photo")),
        ({"photo": [{"width": 1}]}, Refused("bad", "", "photo")),
        ({"photo": [], "caption": "chỉ còn lời"}, Text("chỉ còn lời")),
    ],
)
def test_messages(reader, content, expected):
    assert reader.read(update(**content)) == Arrival("telegram-42", CHANNEL, "77", "1", expected, "5")


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"update_id": 1},
        {"message": {"chat": CHAT, "text": "không số"}},
        {"update_id": None, "message": {"chat": CHAT, "text": "x"}},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": {"text": "không nơi"}},
        {"update_id": 1, "message": {"chat": None, "text": "x"}},
        {"update_id": 1, "poll_answer": {"poll_id": "1", "user": PERSON}},
        {"update_id": 1, "my_chat_member": {"new_chat_member": {"status": "member"}}},
        {"update_id": 1, "inline_query": {"id": "1", "from": PERSON, "query": "x"}},
        update(),
        update(text=""),
        update(text=None),
        update(photo=[]),
        update(pinned_message={"message_id": 1}),
        update(chat={**CHAT, "type": "moon"}, kind="edited_message", text="x"),
    ],
)
def test_what_says_nothing_is_left_out(reader, raw):
    assert reader.read(raw) is None


def test_an_edit_is_told_apart(reader):
    assert reader.read(update(kind="edited_message", text="sửa")).content == Text("sửa", edited=True)


def test_an_edited_caption_does_not_bring_the_photo_again(reader):
    raw = update(kind="edited_message", photo=[{"file_id": "p"}], caption="sửa")
    assert reader.read(raw).content == Text("sửa", edited=True)
    assert reader.read(update(kind="edited_message", photo=[{"file_id": "p"}])) is None


OGG, MP4, ANY = "audio/ogg", "video/mp4", "application/octet-stream"


@pytest.mark.parametrize(
    ("content", "kind", "mime", "seconds"),
    [
        ({"voice": {"file_id": "f", "duration": 38, "mime_type": "audio/ogg"}}, "voice", OGG, 38),
        ({"voice": {"file_id": "f"}}, "voice", OGG, None),
        ({"audio": {"file_id": "f", "duration": 5, "performer": "X", "title": "Y"}}, "voice", "audio/mpeg", 5),
        (
            {"video": {"file_id": "f", "duration": 12, "mime_type": "Video/QuickTime; x=1"}},
            "video",
            "video/quicktime",
            12,
        ),
        ({"video_note": {"file_id": "f", "duration": -1}}, "video", MP4, None),
        ({"animation": {"file_id": "f"}, "document": {"file_id": "d", "mime_type": MP4}}, "video", MP4, None),
        ({"document": {"file_id": "f", "mime_type": "application/pdf"}}, "file", "application/pdf", None),
        ({"document": {"file_id": "f", "mime_type": "../ten toi", "file_name": "ten toi.dwg"}}, "file", ANY, None),
        ({"document": {"file_id": "f", "mime_type": "audio/mp4", "duration": 9}}, "file", "audio/mp4", None),
        ({"document": {"file_id": "f", "mime_type": "image/vnd.dwg"}}, "file", "image/vnd.dwg", None),
        ({"voice": {"file_id": "f", "duration": 10**9}}, "voice", OGG, None),
    ],
)
async def test_files_of_every_kind(reader, content, kind, mime, seconds):
    found = reader.read(update(**content, caption="xe 38A")).content
    assert replace(found, fetch=download) == Incoming(kind, None, "xe 38A", True, mime, seconds, download)
    assert [chunk async for chunk in found.fetch()] == [b"f"]
    assert not any(told in repr(found) for told in ("ten toi", "X", "Y"))


async def test_the_largest_size_is_fetched(reader):
    sizes = [
        {"file_id": "small", "width": 90, "height": 60, "file_size": 900},
        {"file_id": "large", "width": 1280, "height": 960, "file_size": 99},
        {"file_id": "", "width": 9999, "height": 9999},
        None,
    ]
    photo = reader.read(update(photo=sizes, caption="biển số")).content
    assert replace(photo, fetch=download) == Incoming("photo", 99, "biển số", True, "image/jpeg", None, download)
    assert [chunk async for chunk in photo.fetch()] == [b"large"]


async def test_a_picture_sent_as_a_file_is_a_photo(reader):
    photo = reader.read(update(document={"file_id": "d", "mime_type": "IMAGE/HEIC", "file_size": BIG})).content
    assert (photo.size, photo.answer) == (BIG, True)
    assert [chunk async for chunk in photo.fetch()] == [b"d"]


def test_an_album_is_answered_once_however_often_it_is_repeated(reader):
    album = [update(n, photo=[{"file_id": "p"}], media_group_id="g") for n in (1, 2, 3)]
    other = update(4, photo=[{"file_id": "p"}], media_group_id="h")
    answers = [reader.read(raw).content.answer for raw in (*album, *album, other)]
    assert answers == [True, False, False, True, False, False, True]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("m:abc:1", Pressed("abc", 1)),
        ("m:a:b:0", Pressed("a:b", 0)),
        (f"k:{'0f' * 16}", KeptPressed(b"\x0f" * 16)),
        ("k:0f", None),
        ("m::1", None),
        ("m:abc:", None),
        ("m:abc:x", None),
        ("abc", None),
        ("", None),
        (None, None),
    ],
)
def test_presses(reader, data, expected):
    raw = update(kind="callback_query", id="9", data=data, message={"message_id": 1, "chat": CHAT})
    arrival = reader.read(raw)
    assert (arrival.content if arrival else None) == expected
    assert callback_id(raw) == "9"


def test_a_press_without_its_message_still_counts(reader):
    raw = {"update_id": 1, "callback_query": {"id": "9", "from": PERSON, "data": "m:s:2"}}
    assert reader.read(raw) == Arrival("telegram-42", CHANNEL, "77", "1", Pressed("s", 2))


def test_a_press_in_a_group_is_not_read(reader):
    raw = update(kind="callback_query", id="9", data="m:s:2", message={"chat": GROUP})
    assert reader.read(raw) is None


def test_a_reaction_is_a_sticker(reader):
    assert reader.read(update(kind="message_reaction", new_reaction=[{"type": "emoji"}])).content == Sticker()


def test_blocking_is_going_and_coming_back_is_nothing(reader):
    assert reader.read(member("kicked")).content == Gone()
    assert reader.read(member("member")) is None


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel", None])
def test_a_group_is_told_once_and_never_read(reader, kind):
    chat = {"id": -100500, "type": kind, "title": "Xóm 4"}
    first = reader.read(update(1, chat=chat, text="bí mật"))
    assert first == Arrival("telegram-42", CHANNEL, "-100500", "1", Group("t.me/box_bot"))
    assert reader.read(update(2, chat=chat, photo=[{"file_id": "p"}])) is None
    assert reader.read(update(1, chat=chat, text="bí mật")) == first


def test_a_channel_post_is_a_group(reader):
    chat = {"id": -5, "type": "channel"}
    assert reader.read(update(kind="channel_post", chat=chat, text="x")).content == Group("t.me/box_bot")


def test_after_being_put_out_and_added_again_the_group_is_told_again(reader):
    told = [reader.read(member(status, GROUP, number)) for number, status in enumerate(("member", "left", "member"), 1)]
    box = Group("t.me/box_bot")
    assert [arrival and arrival.content for arrival in told] == [box, None, box]


def test_sloppy_ids_and_a_missing_kind_are_read(reader):
    raw = {"update_id": "31", "message": {"chat": {"id": "77"}, "date": 1_795_000_000_000, "text": "x"}}
    assert reader.read(raw) == Arrival("telegram-42", CHANNEL, "77", "31", Text("x"), sent=1_795_000_000)


def test_only_a_message_of_the_persons_own_names_one_to_delete(reader):
    press = {"update_id": 1, "callback_query": {"id": "1", "data": "m:s:1", "message": {"message_id": 9, "chat": CHAT}}}
    told = [
        reader.read(update(text="x")),
        reader.read(update(kind="edited_message", text="x")),
        reader.read(press),
        reader.read(update(kind="message_reaction")),
        reader.read(update(text="x", chat=GROUP)),
    ]
    assert [arrival and arrival.message for arrival in told] == ["5", "5", None, None, None]


def test_no_name_gets_through(reader):
    told = repr([reader.read(update(text="x")), reader.read(update(contact={"first_name": "Nguyễn"}))])
    assert "Nguyễn" not in told
    assert "bimat_77" not in told


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ({"date": 1_795_000_000}, 1_795_000_000),
        ({"date": 1_795_000_000_250}, 1_795_000_000),
        ({"date": "1795000000"}, 1_795_000_000),
        ({"date": 1_795_000_000, "edit_date": 1_795_000_900}, 1_795_000_900),
        ({"date": "hôm qua"}, None),
        ({}, None),
    ],
)
def test_when_it_was_sent(reader, said, sent):
    assert reader.read(update(text="x", **said)).sent == sent
