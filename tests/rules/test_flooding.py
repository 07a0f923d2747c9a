"""Whoever floods takes no more than a place: queues are bounded, locks go, wrong codes soon cost nothing.

Bounds alone: how long others wait is measured by `hopthu bench flood`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from installation import Installation, Page, Telegram, open_installation
from unit.service.pictures import with_secrets
from unit.service.until import until

from bot.edge.drivers.lanes import CODES, WORDS, ChatLanes
from bot.service import arrival_facts, places
from bot.service.arrivals import Arrival, Incoming, Text
from bot.service.coming import Coming
from bot.service.errors import OutsideFailed
from bot.service.intake import Noted
from bot.service.queues import lookups
from bot.service.turns import Turns
from crypto.receipts import Stretched, new_receipt, stretch
from handlers.mailbox import TRIES
from handlers.values import MAX_PARTS, Channel

GUESSES = 40
MESSENGER = Channel("telegram", "https://box.example", 20)


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data") as found:
        yield found


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every code that was stretched."""
    codes: list[str] = []

    def counted(code: str, salt: bytes) -> Stretched:
        codes.append(code)
        return stretch(code, salt)

    monkeypatch.setattr(arrival_facts, "stretch", counted)
    return codes


def words(chat: str, number: int) -> Arrival:
    return Arrival("bot", MESSENGER, chat, str(number), Text("Có tiếng động"))


async def test_wrong_codes_are_counted_and_then_stretched_no_more(box: Installation, stretched: list[str]) -> None:
    guesser = Telegram(box, 7)
    said = [(await guesser.text(new_receipt()))[-1].shown.lines[0] for _ in range(GUESSES)]
    assert len(stretched) == TRIES
    assert len(set(said[TRIES:])) == 1
    assert said[TRIES] not in said[:TRIES]


async def test_wrong_codes_sent_at_once_are_counted_one_after_the_other(
    box: Installation, stretched: list[str]
) -> None:
    guesser = Telegram(box, 7)
    guesses = [guesser.update(text=new_receipt()) for _ in range(GUESSES)]
    await asyncio.gather(*map(box.intake.receive, guesses))
    assert len(stretched) == TRIES


async def test_a_wrong_code_and_its_repeat_at_once_are_stretched_once(box: Installation, stretched: list[str]) -> None:
    guess = Telegram(box, 7).update(text=new_receipt())
    await asyncio.gather(*(box.intake.receive(guess) for _ in range(3)))
    assert len(stretched) == 1


async def test_a_repeat_of_a_wrong_code_is_not_stretched_again(box: Installation, stretched: list[str]) -> None:
    guess = Telegram(box, 7).update(text=new_receipt())
    for _ in range(GUESSES):
        await box.intake.receive(guess)
    assert len(stretched) == 1


async def test_a_guesser_keeps_nobody_else_from_his_tip(box: Installation) -> None:
    writer, guesser = Telegram(box, 8), Telegram(box, 7)
    receipt = await writer.file_tip("Có người bán ma túy ở đầu xóm")
    for _ in range(GUESSES):
        await guesser.text(new_receipt())
    assert (await writer.text(receipt))[-1].state == "mail"


async def test_a_loud_chat_takes_one_place_however_much_it_sends() -> None:
    lanes = ChatLanes(Coming())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context((await stack.enter_async_context(lanes.turn(words("loud", 0)))).room())
        waiting = [asyncio.create_task(_through(lanes, words("loud", number))) for number in range(1, 500)]
        await asyncio.gather(*(_through(lanes, words(f"other {number}", 0)) for number in range(WORDS)))
        assert not any(task.done() for task in waiting)
    await asyncio.gather(*waiting)


async def test_codes_of_many_chats_hold_up_nobodys_words() -> None:
    lanes, over, guessing = ChatLanes(Coming()), asyncio.Event(), 0

    async def guess(chat: str) -> None:
        nonlocal guessing
        arrival = Arrival("bot", MESSENGER, chat, "0", Text(new_receipt()))
        async with lanes.turn(arrival) as mine, mine.room():
            guessing += 1
            await over.wait()

    guesses = [asyncio.create_task(guess(f"guesser {number}")) for number in range(200)]
    await asyncio.gather(*(_through(lanes, words(f"other {number}", 0)) for number in range(WORDS)))
    assert guessing == CODES
    over.set()
    await asyncio.gather(*guesses)


async def _through(lanes: ChatLanes, arrival: Arrival) -> None:
    async with lanes.turn(arrival) as mine, mine.room():
        await asyncio.sleep(0)


async def test_codes_in_line_are_bounded_and_leave_room_for_words() -> None:
    queue, over = lookups(), asyncio.Event()

    async def guess() -> None:
        async with queue.place():
            await over.wait()

    guesses = [asyncio.create_task(guess()) for _ in range(WORDS)]
    await asyncio.sleep(0)
    refused = [task for task in guesses if task.done()]
    assert len(refused) >= WORDS // 3
    over.set()
    ends = await asyncio.gather(*guesses, return_exceptions=True)
    assert {str(end) for end in ends if end is not None} == {"too-fast"}


async def test_uploads_that_never_end_keep_nobody_from_sending_a_photo(
    box: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred that send a byte now and then: each holds a place until somebody else needs it."""
    monkeypatch.setattr(places, "BEGINNING", 0.0)
    never, dripping = asyncio.Event(), 0

    async def drip() -> AsyncIterator[bytes]:
        nonlocal dripping
        dripping += 1
        try:
            yield b"\xff"
            await never.wait()
        finally:
            dripping -= 1

    def endless(number: int) -> asyncio.Task[Noted]:
        content = Incoming("photo", None, "", answer=True, mime="image/jpeg", seconds=None, fetch=drip)
        return asyncio.create_task(box.intake.receive(Page(box, f"dripping-{number:03}").arrival(content)))

    tasks = [endless(number) for number in range(200)]
    await until(lambda: sum(not task.done() for task in tasks) == dripping == places.page_room().small)
    resident = Page(box)
    await resident.open()
    await resident.photo(with_secrets("JPEG"))
    assert await box.rows("SELECT kind FROM draft_parts") == [("photo",)]
    for task in tasks:
        task.cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(end) for end in ends} <= {OutsideFailed, asyncio.CancelledError}


async def test_whoever_never_sends_has_a_draft_that_is_full(box: Installation) -> None:
    page = Page(box)
    await page.open()
    for number in range(MAX_PARTS + 10):
        await page.text(f"Lần thứ {number}: có xe lạ")
    assert (await box.rows("SELECT count(*) FROM draft_parts"))[0][0] == MAX_PARTS


async def test_turns_of_chats_that_went_are_forgotten() -> None:
    turns = Turns()
    for number in range(2_000):
        async with turns.of("bot", str(number)):
            pass
    assert turns._lines == {}
