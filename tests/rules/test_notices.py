"""Rules 7 and 11: a notice says nothing and betrays no moment; a state tips nobody off."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from installation import START, Installation, Officer, Page, Telegram, open_installation, words_in
from postgres_server import BOTH
from rules.night import small_photo
from rules.thief import all_rows

from bot.edge.http import desk
from bot.service.desk.casework import Asked
from bot.service.desk.counter import Ring
from crypto.receipts import stretch
from storage.tables import notices

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
STORES = BOTH
SEVEN_PAST = START
"""10:07:07 in Vietnam, as all of these."""
QUARTER_PAST, HALF_PAST = START + 473, START + 473 + 900


@dataclass
class Desk:
    """An installation with an officer whose bell is open."""

    box: Installation
    officer: Officer
    rings: list[Ring] = field(default_factory=list)
    looked: asyncio.Event = field(default_factory=asyncio.Event)

    async def look_at(self, moment: int) -> list[Ring]:
        """The bell looks at this moment; what it has rung since the last time this was asked.

        Twice, because a look may have been under way: the second one began after the clock was set.
        """
        self.box.clock.now = moment
        for _ in range(2):
            self.looked.clear()
            self.box.counter.ring()
            async with asyncio.timeout(30):
                await self.looked.wait()
        for _ in range(5):
            await asyncio.sleep(0)
        rung, self.rings = self.rings, []
        return rung

    async def listen(self) -> None:
        async for ring in self.box.counter.bell(self.officer.me):
            self.rings.append(ring)


@pytest.fixture
async def closed(tmp_path: Path, url: str | None) -> AsyncIterator[Desk]:
    """A desk with no bell open yet."""
    async with open_installation(tmp_path / "data", url=url) as box:
        yield Desk(box, await Officer.enrol(box))


@pytest.fixture
async def ward(closed: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    async with _bell(closed, monkeypatch):
        yield closed


@asynccontextmanager
async def _bell(
    ward: Desk, monkeypatch: pytest.MonkeyPatch, listen: Coroutine[Any, Any, None] | None = None
) -> AsyncIterator[Desk]:
    read = ward.box.ground.database.read

    async def watched(work: Any) -> Any:
        found = await read(work)
        ward.looked.set()
        return found

    monkeypatch.setattr(ward.box.ground.database, "read", watched)
    listening = asyncio.create_task(listen or ward.listen())
    assert await ward.look_at(START) == []
    yield ward
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


TIP, NEWS, URGENT = Ring("tip", urgent=False), Ring("news", urgent=False), Ring("tip", urgent=True)


async def test_a_notice_of_a_tip_waits_for_the_quarter_of_an_hour(ward: Desk) -> None:
    await Page(ward.box).file_tip("Xe tải đổ rác.")
    assert await ward.look_at(SEVEN_PAST) == []
    assert await ward.look_at(QUARTER_PAST - 1) == []
    assert await ward.look_at(QUARTER_PAST) == [TIP]
    assert await ward.look_at(HALF_PAST) == []


async def test_a_notice_of_more_to_a_tip_waits_too(ward: Desk) -> None:
    page = Page(ward.box)
    receipt = await page.file_tip("Xe tải đổ rác.")
    await ward.look_at(QUARTER_PAST)
    await page.code(receipt)
    await page.text("Biển số tỉnh khác.")
    await page.text("1")
    assert await ward.look_at(HALF_PAST - 1) == []
    assert await ward.look_at(HALF_PAST) == [NEWS]


async def test_what_is_sent_on_the_quarter_waits_for_the_next(ward: Desk) -> None:
    ward.box.clock.now = QUARTER_PAST
    await Page(ward.box).file_tip("Xe tải đổ rác.")
    assert await ward.look_at(HALF_PAST - 1) == []
    assert await ward.look_at(HALF_PAST) == [TIP]


async def test_what_came_in_one_quarter_rings_together(ward: Desk) -> None:
    for n in range(3):
        ward.box.clock.now = SEVEN_PAST + n * MINUTE
        await (Page(ward.box) if n else Telegram(ward.box, 4171829400000123)).file_tip(f"Tin {n}.", photo=small_photo())
    assert await ward.look_at(QUARTER_PAST - 1) == []
    assert await ward.look_at(QUARTER_PAST) == [TIP] * 3


async def test_an_urgent_tip_rings_at_once_and_once(ward: Desk) -> None:
    await Page(ward.box).file_tip("Đang đánh bạc ở nhà bỏ hoang.", urgent=True)
    assert await ward.look_at(SEVEN_PAST) == [URGENT]
    assert await ward.look_at(QUARTER_PAST) == []


async def test_an_urgent_tip_of_the_minute_the_bell_was_opened_rings(ward: Desk) -> None:
    """Its notice says the minute alone, which began before the bell was there."""
    ward.box.clock.now = START + 40
    await Page(ward.box).file_tip("Đang đánh bạc ở nhà bỏ hoang.", urgent=True)
    assert await ward.look_at(START + 41) == [URGENT]


async def test_what_was_due_before_the_bell_opened_does_not_ring(closed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await Page(closed.box).file_tip("Đang đánh bạc ở nhà bỏ hoang.", urgent=True)
    async with _bell(closed, monkeypatch) as later:
        assert await later.look_at(START + 1) == []


async def test_nothing_but_sending_rings(ward: Desk) -> None:
    """Opening the chat, writing, photographing, reading an answer, leaving: no act of these reaches an officer."""
    page = Page(ward.box)
    receipt = await page.file_tip("Xe tải đổ rác.")
    assert await ward.look_at(QUARTER_PAST) == [TIP]
    other = Page(ward.box)
    await other.open()
    await other.text("Người lạ mang bao tải.")
    await other.photo(small_photo())
    await other.text("1")
    await page.code(receipt)
    await page.text("Còn đang viết thêm.")
    assert [await ward.look_at(QUARTER_PAST + n * 900) for n in range(8)] == [[]] * 8


async def test_a_list_loaded_by_oneself_is_current_and_names_no_minute(ward: Desk) -> None:
    await Page(ward.box).file_tip("Xe tải đổ rác.")
    found = await ward.box.counter.inbox(ward.officer.me, Asked())
    assert [(row.tip.received % HOUR, row.tip.urgent) for row in found.tips] == [(0, False)]


@dataclass
class Socket:
    """A console's end of the live socket."""

    sent: list[bytes] = field(default_factory=list)

    async def send_json(self, frame: dict[str, Any]) -> None:
        self.sent.append(json.dumps(frame).encode())


async def test_a_ring_has_one_shape_and_holds_nothing(closed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was sent, from wherever: the same bytes."""
    socket, box = Socket(), closed.box
    ringing = desk._ring(socket, counter=box.counter, me=closed.officer.me)  # type: ignore[arg-type] # what it needs of one
    async with _bell(closed, monkeypatch, ringing) as ward:
        await Page(box).file_tip("Ngắn.")
        await Page(box).file_tip(*(f"Phần dài số {n}, " + "chữ " * 500 for n in range(9)), photo=small_photo())
        await Telegram(box, 4171829400000123, first_name="Dấu Vết").file_tip("Xe tải đổ rác.")
        await ward.look_at(QUARTER_PAST)
    assert socket.sent == [b'{"t": "tip", "urgent": false}'] * 3


def test_a_notice_has_no_room_for_content() -> None:
    assert {field.name for field in dataclasses.fields(Ring)} == {"kind", "urgent"}
    assert set(notices.columns.keys()) == {"id", "unit_id", "tip", "kind", "due"}


async def test_stored_notices_differ_by_nothing_but_their_tip(ward: Desk) -> None:
    await Page(ward.box).file_tip("Ngắn.")
    await Telegram(ward.box, 4171829400000123).file_tip("Dài. " * 500, photo=small_photo())
    stored = (await ward.box.ground.database.read(all_rows))["notices"]
    assert len({row.id for row in stored}) == 2
    assert len({(row.unit_id, row.kind, row.due) for row in stored}) == 1


# Rule 11: what a reporter sees of a tip's state, through his mailbox.

RECEIVED, NEED, VERIFY, CLOSED = "st-received", "st-need", "st-verify", "st-closed"
EVENING = START + 7 * HOUR + 52 * MINUTE + 53
"""18:00:00 of the same day."""


@dataclass
class Matter:
    """A tip in hand: its officer, its receipt."""

    ward: Desk
    tip: bytes
    receipt: str

    async def officer_at(self, moment: int, kind: Any, text: str) -> None:
        self.ward.box.clock.now = moment
        if kind == "case":
            await self.ward.officer.act_on(self.tip, text)  # type: ignore[arg-type] # an act of a test
        else:
            await self.ward.officer.write(self.tip, kind, text)

    async def seen_at(self, moment: int) -> str:
        """What the reporter is shown at this moment, from a device of his own."""
        self.ward.box.clock.now = moment
        return words_in(await Page(self.ward.box).code(self.receipt))

    async def state_at(self, moment: int) -> str:
        """The key of the state shown."""
        said, texts = await self.seen_at(moment), self.ward.box.ground.texts
        (head,) = (line for line in said.splitlines() if line.startswith("Tin gửi ngày"))
        (shown,) = (key for key in (RECEIVED, NEED, VERIFY, CLOSED) if texts.say("vi", key) in head)
        return shown


@pytest.fixture
async def matter(ward: Desk) -> Matter:
    receipt = await Page(ward.box).file_tip("Xe tải đổ rác xuống sông.")
    lookup = stretch(receipt, ward.box.ground.keys.site.salt).lookup
    ((tip,),) = await ward.box.rows("SELECT tip FROM mailboxes WHERE lookup = ?", lookup)
    return Matter(ward, tip, receipt)


@pytest.mark.parametrize(
    ("changed", "public"),
    [
        (START, EVENING + DAY),
        (EVENING - 1, EVENING + DAY),
        (EVENING + MINUTE, EVENING + 2 * DAY),
        (EVENING + 13 * HOUR, EVENING + 2 * DAY),
    ],
    ids=["morning", "just before 18:00", "just after 18:00", "next morning"],
)
@pytest.mark.parametrize(("state", "shown"), [("classified", VERIFY), ("false", CLOSED)])
async def test_a_state_is_public_at_18_after_a_day_at_least(
    matter: Matter, changed: int, public: int, state: str, shown: str
) -> None:
    await matter.officer_at(changed, "case", state)
    assert await matter.state_at(changed) == RECEIVED
    assert await matter.state_at(public - 1) == RECEIVED
    assert await matter.state_at(public) == shown


async def test_the_officers_list_shows_a_state_at_once(matter: Matter) -> None:
    await matter.officer_at(START, "case", "classified")
    found = await matter.ward.box.counter.inbox(matter.ward.officer.me, Asked())
    assert [(row.tip.state, row.tip.visible_from) for row in found.tips] == [("verify", EVENING + DAY)]


async def test_a_question_shows_at_once_and_makes_the_state_need(matter: Matter) -> None:
    await matter.officer_at(START, "question", "Xe màu gì?")
    said = await matter.seen_at(START)
    assert "Xe màu gì?" in said
    assert matter.ward.box.ground.texts.say("vi", "mail-free") in said
    assert await matter.state_at(START) == NEED


async def test_an_answered_question_makes_the_state_what_it_was(matter: Matter) -> None:
    await matter.officer_at(START, "question", "Xe màu gì?")
    page = Page(matter.ward.box)
    await page.code(matter.receipt)
    await page.text("Xe màu xanh.")
    await page.text("1")
    assert await matter.state_at(START + MINUTE) == RECEIVED


async def test_an_answer_shows_at_once_and_changes_no_state(matter: Matter) -> None:
    await matter.officer_at(START, "answer", "Đã cho người đến xem.")
    assert "Đã cho người đến xem." in await matter.seen_at(START)
    assert await matter.state_at(START) == RECEIVED


async def test_a_state_change_between_words_does_not_show_early(matter: Matter) -> None:
    await matter.officer_at(START, "case", "duplicate")
    await matter.officer_at(START, "answer", "Cảm ơn bà con.")
    assert await matter.state_at(START) == RECEIVED


@pytest.mark.parametrize("words", ["Xem tại http://vidu.vn", "Nhắn @canbo", "Gọi 0912 345 678", "Số 12.34.56"])
async def test_words_that_lead_elsewhere_are_not_shown(matter: Matter, words: str) -> None:
    await matter.officer_at(START, "answer", words)
    said = await matter.seen_at(START)
    assert words not in said
    assert matter.ward.box.ground.texts.say("vi", "mail-withheld") in said


async def test_no_officer_is_named_to_a_reporter(matter: Matter) -> None:
    await matter.officer_at(START, "question", "Xe màu gì?")
    await matter.officer_at(START, "case", "classified")
    officer = matter.ward.officer.me.officer
    said = await matter.seen_at(EVENING + DAY)
    assert [name for name in (officer.name, officer.account, officer.serial) if name in said] == []


async def test_no_finer_status_reaches_a_reporter(matter: Matter) -> None:
    """Every desk word between is one state, with one day beside it, whatever was typed as a reason."""
    for step, act in enumerate(("classified", "report", "verifying", "complex", "suspended", "verifying")):
        await matter.officer_at(START + step * DAY, "case", act)
    said = [await matter.seen_at(EVENING + days * DAY) for days in range(1, 9)]
    assert len(set(said)) == 1
    page = Page(matter.ward.box)
    shown = await page.code(matter.receipt)
    (number,) = (choice.number for choice in shown[-1].shown.choices if choice.act == "timeline")
    told = words_in(await page.press(shown[-1], number))
    assert told.count("23/11") == 1
    assert not any(f"{day}/11" in told for day in (24, 25, 26, 27, 28, 29))
