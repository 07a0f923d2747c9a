"""Bad input, each by its name: a clear sentence to the person, nothing acknowledged lost, nothing filed twice.

Over the engine and the drivers' own readers, on each channel in turn. What a browser makes of it before anything is
sent is in `tests/acceptance/test_bad_input_in_a_browser.py`; bad luck of the machine is in `test_repeats` and beyond.
"""

from __future__ import annotations

import asyncio
import random
import unicodedata
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from installation import Installation, Officer, Page, Person, Telegram, open_installation, receipt_in, words_in
from rules.night import small_photo
from rules.thief import all_rows
from talks import lines_of

from bot.edge.drivers.handing_over import HandingOver
from bot.service.arrivals import Arrival, Incoming, Pressed, Text
from bot.service.errors import NotAccepted
from bot.service.outgoing import Outgoing
from crypto.entries import Entry
from crypto.receipts import grouped, new_receipt
from handlers.cards import message
from handlers.values import MAX_PARTS, Line, line

TIP = "Xe tải đổ rác xuống sông ở ngõ 4 tối qua."
GROUPS = range(0, 24, 4)


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data") as box:
        yield box


@pytest.fixture
async def officer(box: Installation) -> Officer:
    return await Officer.enrol(box)


@pytest.fixture(params=["web", "telegram"])
async def person(request: pytest.FixtureRequest, box: Installation) -> Person:
    """Somebody on each channel in turn, greeted already."""
    person = Page(box) if request.param == "web" else Telegram(box, 4171829400000123)
    await person.text("menu")
    return person


def told(said: Sequence[Outgoing], *lines: Line) -> bool:
    """These catalogue texts stand in what was said."""
    pieces = [piece for one in lines for piece in lines_of(message(one), "vi")]
    shown = words_in(said).split("\n")
    return all(piece in shown for piece in pieces)


def count(said: Sequence[Outgoing]) -> int:
    """How many parts the newest card says the draft has."""
    return [len(out.draft.parts) for out in said if out.draft][-1]


async def sent_off(person: Person) -> str:
    """What was written is sent; its receipt."""
    await person.text("1")
    return receipt_in(await person.text("1"))


async def read(officer: Officer) -> list[list[Entry]]:
    """The reporter's parts of every tip, as an officer opens them."""
    return [list((await officer.open(tip)).thread.entries[1:]) for tip in await officer.tips()]


async def texts(officer: Officer) -> list[list[str | None]]:
    return [[entry.text for entry in parts] for parts in await read(officer)]


async def test_over_long_text(officer: Officer, person: Person) -> None:
    words = " ".join(random.Random(7).choices(["Tối", "qua", "sau", "chợ", "có", "người", "lạ."], k=4_000))[:15_500]
    assert told(await person.text(words), line("draft-split", count=4))
    await sent_off(person)
    [parts] = await texts(officer)
    assert "".join(map(str, parts)) == words


async def test_over_long_text_without_a_space(officer: Officer, person: Person) -> None:
    await person.text("x" * 19_999)
    await sent_off(person)
    [parts] = await texts(officer)
    assert [len(str(part)) for part in parts] == [4000, 4000, 4000, 4000, 3999]


async def test_zero_width_and_bidi_characters(officer: Officer, person: Person) -> None:
    """They turn no writing round on an officer's screen, and split no word in a search."""
    await person.text("\u202eXe \u2066tải\u2069 đổ\u200b rác\ufeff xuống\u2060 sông\u202c ở ngõ 4 tối qua.\u061c")
    await sent_off(person)
    assert await texts(officer) == [[TIP]]


@pytest.mark.parametrize("text", ["\u200b\u200d", "\u202e\u202c", "\ufeff", "\u2060 \u00ad", "\0", "\u3164"])
async def test_only_zero_width_and_bidi_characters(person: Person, text: str) -> None:
    said = await person.text(text)
    assert told(said, line("not-understood"))
    assert [out.draft for out in said] == [None]


async def test_a_command_among_zero_width_characters(person: Person) -> None:
    await person.text(TIP)
    assert told(await person.text("\u200fxóa\u202c"), line("erase-ask", count=1))


async def test_nfd(officer: Officer, person: Person) -> None:
    """Apple's keyboards and file names write letters and marks apart."""
    await person.text(unicodedata.normalize("NFD", TIP))
    assert told(await person.text(unicodedata.normalize("NFD", "xóa")), line("erase-ask", count=1))
    await person.text("0")
    await sent_off(person)
    assert await texts(officer) == [[TIP]]


async def test_200_photos(box: Installation, officer: Officer, person: Person) -> None:
    """Sent all at once; what there is no room for is said, each time, and left nowhere."""
    handing = HandingOver(_taken_by(person), chance=lambda: 0.5)
    photo = small_photo()
    await asyncio.gather(*(handing.until_kept(_photo(person, photo)) for _ in range(200)))
    said = await person.news()
    full = [told([out], line("draft-full", max=MAX_PARTS)) for out in said]
    assert all(full[-(200 - MAX_PARTS) :]), "each that there is no room for"
    assert all(told([out], line("draft-photo", cleaned="yes")) for out in said[: -(200 - MAX_PARTS)])
    assert count(said) == MAX_PARTS
    assert len(box.ground.blobs.names()) == MAX_PARTS
    await sent_off(person)
    [parts] = await read(officer)
    assert [part.kind for part in parts] == ["photo"] * MAX_PARTS


def _taken_by(person: Person) -> object:
    async def receive(arrival: Arrival) -> None:
        await person.box.intake.receive(arrival)

    return receive


def _photo(person: Person, photo: bytes) -> Arrival:
    if isinstance(person, Telegram):
        person.box.files["photo"] = photo
        return person.update(photo=[{"file_id": "photo", "file_size": len(photo), "width": 64, "height": 48}])

    async def fetch() -> AsyncIterator[bytes]:
        yield photo

    assert isinstance(person, Page)
    return person.arrival(Incoming("photo", len(photo), "", answer=True, mime="image/jpeg", seconds=None, fetch=fetch))


@pytest.mark.parametrize(("kind", "key"), [("document", "too-big"), ("video", "too-big"), ("voice", "too-big-here")])
async def test_a_2_gb_file_announced_on_telegram(box: Installation, officer: Officer, kind: str, key: str) -> None:
    """Nothing is fetched: what is too large is said from the announcement. The words under it are taken."""
    someone = Telegram(box, 4171829400000123)
    await someone.text("menu")
    file = {"file_id": "never asked for", "file_size": 2_000_000_000, "mime_type": "video/mp4", "duration": 9000}
    said = await someone.receive(someone.update(**{kind: file}, caption=TIP))
    assert told(said, line(key, here=20, web_limit=200, web=box.config.web))
    assert count(said) == 1
    await sent_off(someone)
    assert await texts(officer) == [[TIP]]


async def test_a_2_gb_file_announced_on_a_page(box: Installation) -> None:
    """Refused before a byte is read; `test_a_photo_that_says_it_is_too_big_is_not_read` has it over HTTP."""

    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("it was read")
        yield b""

    page = Page(box)
    incoming = Incoming("video", 2_000_000_000, "", answer=True, mime="video/mp4", seconds=None, fetch=never)
    with pytest.raises(NotAccepted) as refused:
        await page.receive(page.arrival(incoming))
    assert (refused.value.key, refused.value.status) == ("too-big", 413)
    assert box.ground.blobs.names() == ()


async def test_wrong_receipt(person: Person) -> None:
    receipt = await person.file_tip(TIP)
    wrong = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    assert told(await person.text(grouped(wrong)), line("code-typo"))
    assert told(await person.code(new_receipt()), line("code-unknown"))
    assert told(await person.code(receipt), line("mail-ask"))


async def test_half_a_receipt(officer: Officer, person: Person) -> None:
    """Where a code is asked for it is too short. Elsewhere it may be another number: it is kept, and said."""
    receipt = await person.file_tip(TIP)
    half = " ".join(receipt[at : at + 4] for at in GROUPS[:3])
    await person.text("menu")
    said = await person.text(half)
    assert told(said, line("code-half"))
    assert count(said) == 1
    await person.text("menu")
    await person.text("2")
    assert told(await person.text(half), line("code-short", count=12))
    assert told(await person.code(receipt), line("mail-ask"))
    assert await texts(officer) == [[TIP]]


async def test_a_telephone_number_alone_is_no_half_receipt(person: Person) -> None:
    assert not told(await person.text("0912 345 678"), line("code-half"))


@pytest.mark.parametrize("mark", ["\u2060", "\u200e", "\ufeff", "\u00ad", "\u202c"])
async def test_a_receipt_copied_with_invisible_marks(officer: Officer, box: Installation, mark: str) -> None:
    """It opens its tip, and never becomes a part of another. A page knows it itself: the vectors hold both to it."""
    someone = Telegram(box, 4171829400000123)
    receipt = await someone.file_tip(TIP)
    shown = f"{mark} ".join(receipt[at : at + 4] for at in GROUPS)
    assert told(await someone.text(shown), line("mail-ask"))
    assert await texts(officer) == [[TIP]]


async def test_someone_elses_receipt(box: Installation, officer: Officer, person: Person) -> None:
    """The receipt owns the thread: whoever holds it reads and adds there. His own draft stays his, and goes nowhere."""
    other = Page(box)
    theirs = await other.file_tip("Có sới bạc ở nhà văn hóa.")
    mine = await person.file_tip(TIP)
    await person.text("Chưa gửi phần này.")
    said = await person.code(theirs)
    assert told(said, line("mail-ask"))
    assert "Chưa gửi phần này." not in words_in(said)
    await person.text("Nói thêm vào tin kia.")
    await person.text("1")
    assert sorted(map(len, await texts(officer))) == [1, 2]
    assert ["Có sới bạc ở nhà văn hóa.", "Nói thêm vào tin kia."] in await texts(officer)
    assert told(await person.code(mine), line("mail-ask"))
    assert [TIP] in await texts(officer)


async def test_wrong_receipts_again_and_again(person: Person) -> None:
    """Guessing is slowed down: five in an hour, and the sentence says how long."""
    for _ in range(5):
        assert told(await person.code(new_receipt()), line("code-unknown"))
    assert told(await person.code(new_receipt()), line("code-slow", minutes=60))


WAYS: dict[str, tuple[str, ...]] = {
    "send": ("1",),
    "yes, send": ("1", "1"),
    "send, and tell me": ("1", "2"),
    "right now": ("2",),
    "right now, send": ("2", "1"),
    "ask me": ("3",),
    "ask me, skip": ("3", "0"),
    "review": ("4",),
    "erase": ("xóa",),
    "yes, erase": ("xóa", "1"),
    "forget me": ("quên tôi",),
    "yes, forget me": ("quên tôi", "1"),
    "menu": ("menu",),
    "numbers": ("menu", "3"),
    "back": ("4", "0"),
}
"""What is chosen one after the other before a draft of two parts; the last is clicked many times."""


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_double_clicks(box: Installation, officer: Officer, person: Person, way: tuple[str, ...]) -> None:
    """A button clicked four times, twice of them at once, does what one click does; the others show what is now."""
    await person.text(TIP)
    said = await person.text("Hôm nay cũng thế.")
    for chosen in way[:-1]:
        said = await person.text(chosen)
    serials = [out.shown.serial for out in said if out.shown.choices]
    clicks = [_click(person, serials, way[-1]) for _ in range(4)]
    await box.intake.receive(clicks[0])
    await person.news()
    once = await _facts(officer, person)
    await asyncio.gather(box.intake.receive(clicks[1]), box.intake.receive(clicks[2]))
    await box.intake.receive(clicks[3])
    again = await person.news()
    assert await _facts(officer, person) == once
    assert not [out for out in again if out.shown.kind == "code"]
    assert all(out.shown.lines for out in again)


def _click(person: Person, serials: list[str], chosen: str) -> Arrival:
    """The button with this number under the newest menu; what has no button is written."""
    content = Pressed(serials[-1], int(chosen)) if serials and chosen.isdecimal() else Text(chosen)
    if isinstance(person, Page):
        return person.arrival(content)
    assert isinstance(person, Telegram)
    arrival = person.update(text="x")
    return Arrival(arrival.bot, arrival.channel, arrival.chat, arrival.update, content)


async def _facts(officer: Officer, person: Person) -> tuple[object, ...]:
    """What is filed, and how much is stored of what is not."""
    rows = await person.box.ground.database.read(all_rows)
    return sorted(await texts(officer), key=str), {name: len(rows[name]) for name in ("tips", "mailboxes", "grants")}


async def test_a_number_typed_twice(officer: Officer, person: Person) -> None:
    """A number has no menu of its own: the second one answers what the first has led to, which is a question."""
    await person.text(TIP)
    await person.text("Hôm nay cũng thế.")
    await person.text("4")
    assert told(await person.text("1"), line("review-removed", n=1, count=1))
    key = "send-confirm" if isinstance(person, Telegram) else "send-confirm-web"
    ward = (await person.box.rows("SELECT name_vi FROM units"))[0][0]
    assert told(await person.text("1"), line(key, count=1, unit=ward))
    assert await texts(officer) == []


async def test_double_clicks_on_send_in_an_opened_tip(officer: Officer, person: Person) -> None:
    receipt = await person.file_tip(TIP)
    await person.code(receipt)
    said = await person.text("Nói thêm.")
    serials = [out.shown.serial for out in said if out.shown.choices]
    clicks = [_click(person, serials, "1") for _ in range(4)]
    await asyncio.gather(*(person.box.intake.receive(click) for click in clicks))
    assert await texts(officer) == [[TIP, "Nói thêm."]]


@pytest.mark.parametrize("seed", range(8))
async def test_repeated_and_reordered_updates(box: Installation, officer: Officer, seed: int) -> None:
    """A tip's updates twice or thrice and in any order: every part once, and one tip at most until it is sent again."""
    someone, luck = Telegram(box, 4171829400000123 + seed), random.Random(seed)
    words = [f"Dòng {n} của tin ở ngõ 4." for n in range(5)]
    updates = [someone.update(text=text) for text in words]
    posted = [*updates, *luck.choices(updates, k=8)]
    luck.shuffle(posted)
    for update in posted:
        await box.intake.receive(update)
    assert count(await someone.news()) == 5
    sending = [someone.update(text="1"), someone.update(text="1")]
    for update in (*sending, *luck.choices([*updates, *sending], k=8)):
        await box.intake.receive(update)
    [parts] = await texts(officer)
    assert sorted(map(str, parts)) == words
    assert [out.shown.kind for out in await someone.news()].count("code") == 1
