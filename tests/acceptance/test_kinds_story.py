"""Transcripts of what people send beside words, over teremok's Telegram, in the catalogue's words.

One unit is installed, so that nobody is asked for a ward.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from installation import Officer, open_installation
from teremok_chat import Teremok
from unit.service.pictures import with_secrets
from unit.service.recordings import sound

from bot.edge.drivers.handing_over import HandingOver
from bot.service.arrivals import Arrival, Incoming
from bot.service.texts import Catalogue
from handlers.values import Argument

TEXTS = Catalogue(Path(__file__).resolve().parents[2] / "locales")
WARD = "phường Nam Hồng Lĩnh"
TIP = "nha cuoi ngo canh cho toi nao cung co thanh nien la ra vao"
DRAWING = b"AC1027" + bytes(range(256))


def say(key: str, **args: Argument) -> str:
    return TEXTS.say("vi", key, {name.replace("_", "-"): value for name, value in args.items()})


def menu(*buttons: str, back: bool = False) -> str:
    numbered = [f"{n}. {say(button)}" for n, button in enumerate(buttons, 1)]
    return "\n".join([*numbered, *([f"0. {say('btn-back')}"] if back else [])])


def card(count: int) -> str:
    choices = menu("btn-send", "btn-now", "btn-guide", "btn-review")
    return f"{say('draft-card', count=count, unit=WARD)}\n{choices}"


@pytest.fixture
async def person(tmp_path: Path) -> AsyncIterator[Teremok]:
    async with open_installation(tmp_path) as box:
        await Officer.enrol(box)
        yield Teremok(box)


async def begun(person: Teremok) -> Teremok:
    """Greeted, with one part noted."""
    await person.writes("/start tdp4-nhl")
    await person.writes(TIP)
    return person


async def test_3_4_photo_first_then_voice(person: Teremok) -> None:
    person.bot.add_file("p", with_secrets("JPEG"))
    person.bot.add_file("v", sound("ogg", "libopus", seconds=38))
    web = person.driver.channel.web
    greeting = f"{say('start-demo')}\n{say('start-short', unit=WARD, channel='telegram', web=web)}"
    noted = say("draft-photo", cleaned="yes")
    assert await person.brings(photo=[{"file_id": "p", "width": 64, "height": 32}]) == [
        f"{greeting}\n{noted}\n{card(1)}"
    ]
    heard = await person.brings(voice={"file_id": "v", "duration": 38, "mime_type": "audio/ogg"})
    assert heard == [f"{say('draft-voice', seconds=38)}\n{card(2)}"]
    listed = [
        say("review-head"),
        say("review-item", kind="photo", n=1, head="", seconds=0),
        say("review-item", kind="voice", n=2, head="", seconds=38),
        say("review-ask"),
    ]
    assert await person.writes("4") == ["\n".join(listed)]
    assert listed[2] == "2. Ghi âm, 38 giây"
    assert await person.writes("2") == [f"{say('review-removed', n=2, count=1)}\n{card(1)}"]
    assert len(person.box.ground.blobs.names()) == 1


async def test_3_5_a_weapon_now(person: Teremok) -> None:
    said = await person.writes("CỨU VỚI nó ngáo đá đang cầm dao đuổi vợ con ngoài đường tổ 11 ngay bây giờ")
    truth = say("truth", channel="telegram", web=person.driver.channel.web)
    menu_now = menu("btn-send-now", "btn-review", back=True)
    assert said == [f"{say('start-demo')}\n{say('urgent')}\n{truth}\n{menu_now}"]
    assert (await person.writes("1"))[0] == say("done-urgent", notified="yes")


async def test_3_15_too_long_too_big_too_many(person: Teremok) -> None:
    await person.writes("/start tdp4-nhl")
    split = await person.writes("a" * 9000)
    assert split[0].startswith(f"{say('draft-split', count=3)}\n{say('draft-card', count=3, unit=WARD)}")
    big = await person.brings(video={"file_id": "x", "file_size": 60_000_000, "duration": 90})
    assert big == [say("too-big", here=20, web_limit=200, web=person.driver.channel.web)]
    person.bot.add_file("b", b"no picture")
    assert await person.brings(photo=[{"file_id": "b"}]) == [say("media-bad")]
    person.bot.add_file("g", DRAWING)
    raw = await person.brings(document={"file_id": "g", "file_name": "nha.dwg", "mime_type": "image/vnd.dwg"})
    assert raw == [f"{say('media-raw')}\n{menu('btn-yes', 'btn-no')}"]
    assert await person.writes("1") == [f"{say('draft-file')}\n{card(4)}"]


async def test_3_18_group_contact_card_and_sticker(person: Teremok) -> None:
    await person.writes("/start tdp4-nhl")
    card_ = {"phone_number": "0900000000", "first_name": "Nguyễn Văn X"}
    assert await person.brings(contact=card_) == [say("contact-refused")]
    assert await person.brings(sticker={"file_id": "s"}) == [say("sticker")]
    assert await person.brings(dice={"emoji": "x", "value": 3}) == []
    person.box.clock.advance(301)
    assert await person.brings(sticker={"file_id": "s"}) == [say("sticker")]
    group = {"id": -100500, "type": "supergroup", "title": "Xóm 4"}
    assert await person.brings(chat=group, text="ai đó thêm bot") == [
        say("group", link=person.driver.username or person.driver.channel.web)
    ]


async def test_an_edited_message_is_a_new_part(person: Teremok) -> None:
    await begun(person)
    chat = {"id": 77, "type": "private"}
    edit = {"message_id": 7, "date": int(person.box.clock()), "chat": chat, "text": f"{TIP}, xe 38A"}
    assert await person.takes({"update_id": 1, "edited_message": edit}) == [f"{say('draft-edited', n=2)}\n{card(2)}"]


async def test_a_place_is_its_coordinates_alone(person: Teremok) -> None:
    await begun(person)
    told = await person.brings(venue={"title": "Nhà tôi", "location": {"latitude": 18.5, "longitude": 105.7}})
    assert told == [f"{say('draft-place')}\n{card(2)}"]
    nowhere = await person.brings(location={"latitude": 95, "longitude": 105.7})
    assert nowhere == [f"{say('not-understood')}\n{card(2)}"]


async def test_sending_waits_for_a_film_on_its_way(person: Teremok) -> None:
    """As updates come: the film's is first, and takes its time; the words after it do not wait."""
    await begun(person)
    here = asyncio.Event()
    person.bot.add_file("p", with_secrets("JPEG"))
    handing = HandingOver(_slow(person, here), chance=lambda: 0.5, coming=person.box.intake.coming)
    sender = {"id": 77, "type": "private"}
    contents = [{"photo": [{"file_id": "p"}]}, {"text": "1"}, {"text": "1"}]
    updates = [
        {"update_id": n, "message": {"message_id": n, "date": int(person.box.clock()), "chat": sender, **content}}
        for n, content in enumerate(contents, 50)
    ]
    arrivals = [arrival for update in updates if (arrival := person.driver.parse(update)) is not None]
    film, *words = [asyncio.create_task(handing.until_kept(arrival)) for arrival in arrivals]
    await asyncio.gather(*words)
    said = await _delivered(person)
    assert said[-1] == say("send-wait")
    here.set()
    await film
    assert (await _delivered(person))[0] == say("done")


def _slow(person: Teremok, here: asyncio.Event) -> Callable[[Arrival], Awaitable[None]]:
    async def receive(arrival: Arrival) -> None:
        if isinstance(arrival.content, Incoming):
            with person.box.intake.coming.one(arrival):
                await here.wait()
        await person.box.intake.receive(arrival)

    return receive


async def _delivered(person: Teremok) -> list[str]:
    before = len(person.bot.requests.send_message)
    while await person.delivery.once():
        pass
    return [sent.text for sent in person.bot.requests.send_message[before:]]
