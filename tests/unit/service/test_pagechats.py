"""What a page is told: everything above what it has, until it says that it shows it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from installation import Installation, Page, receipt_in
from unit.service.until import until

from bot.service.arrivals import Text
from bot.service.errors import OutsideFailed
from bot.service.keyring import SEALS_FOR
from bot.service.outgoing import Outgoing
from bot.service.pagechats import KEPT, MOST
from storage.errors import Busy


async def numbers(box: Installation, page: Page, after: int = 0) -> list[int]:
    return [n for n, _ in await box.pages.waiting(page.chat, after)]


async def test_what_waits_is_told_in_order_and_again_until_shown(box: Installation, page: Page) -> None:
    await page.text("Có người bán ma túy ở đầu xóm")
    waiting = await numbers(box, page)
    assert len(waiting) == 2
    assert waiting == sorted(waiting) == await numbers(box, page)
    assert await numbers(box, page, after=waiting[0]) == waiting[1:]
    await box.pages.shown(page.chat, waiting[0])
    assert await numbers(box, page) == waiting[1:]


async def test_a_session_sees_its_own_alone(box: Installation, page: Page) -> None:
    assert await numbers(box, Page(box)) == []
    await box.pages.shown(Page(box).chat, 2**62)
    assert len(await numbers(box, page)) == 1


async def test_what_was_said_yesterday_is_still_told(box: Installation, page: Page) -> None:
    box.clock.advance(SEALS_FOR)
    await page.text("alo")
    waiting = await numbers(box, page)
    assert len(waiting) == 2
    await box.pages.shown(page.chat, waiting[-1])
    assert await numbers(box, page) == []


async def test_a_message_of_another_version_is_passed_over(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Outgoing, "decode", classmethod(lambda *_: None))
    assert await numbers(box, page) == []


async def test_a_store_that_is_away_is_outside(box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_work: object) -> None:
        raise Busy

    monkeypatch.setattr(box.ground.database, "read", away)
    monkeypatch.setattr(box.ground.database, "run", away)
    with pytest.raises(OutsideFailed):
        await box.pages.waiting(page.chat, 0)
    with pytest.raises(OutsideFailed):
        await box.pages.shown(page.chat, 1)


async def test_a_page_that_never_acknowledges_fills_no_disk(box: Installation, page: Page) -> None:
    """The newest stay, and so does the receipt, which is said once."""
    receipt = await page.file_tip("Có người bán ma túy ở đầu xóm")
    for _ in range(MOST + KEPT):
        await box.intake.receive(page.arrival(Text("help")))
    waiting = await box.pages.waiting(page.chat, 0)
    assert KEPT < len(waiting) <= MOST
    assert [n for n, _ in waiting] == sorted(n for n, _ in waiting)
    assert receipt_in([outgoing for _, outgoing in waiting]) == receipt
    await page.text("alo")
    assert page.seen > waiting[-1][0]


async def test_every_listener_of_a_session_is_rung(box: Installation, page: Page) -> None:
    mine, also, other = (box.pages.listen(session) for session in (page.chat, page.chat, "somebody-else"))
    await page.text("alo")
    assert (mine.rung.is_set(), also.rung.is_set(), other.rung.is_set()) == (True, True, False)


async def test_who_left_is_not_rung_and_not_kept(box: Installation, page: Page) -> None:
    listener = box.pages.listen(page.chat)
    box.pages.leave(listener)
    box.pages.leave(listener)
    box.pages.wake(page.chat)
    assert not listener.rung.is_set()
    assert box.pages._listeners == {}


async def test_what_alone_waits_is_handed_over_with_its_commit(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = box.pages.listen(page.chat)
    (greeting,) = await box.pages.news(listener, 0)
    await box.intake.receive(replace(page.arrival(Text("alo")), shown=greeting[0]))
    monkeypatch.setattr(box.ground.database, "read", None)  # nobody looks into the outbox
    (handed,) = await box.pages.news(listener, greeting[0])
    monkeypatch.undo()
    assert await box.pages.waiting(page.chat, 0) == [handed]
    assert await box.pages.news(listener, handed[0]) == []


async def test_what_was_not_shown_before_is_looked_for_in_the_outbox(box: Installation, page: Page) -> None:
    listener = box.pages.listen(page.chat)
    (greeting,) = await box.pages.news(listener, 0)
    await box.intake.receive(page.arrival(Text("alo")))
    assert listener.behind
    await box.intake.receive(page.arrival(Text("alo")))
    numbers = [n for n, _ in await box.pages.news(listener, 0)]
    assert (numbers[0], len(numbers)) == (greeting[0], 3)


async def test_what_could_not_be_read_is_looked_for_again(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_work: object) -> None:
        raise Busy

    listener = box.pages.listen(page.chat)
    with monkeypatch.context() as store:
        store.setattr(box.ground.database, "read", away)
        with pytest.raises(OutsideFailed):
            await box.pages.news(listener, 0)
    assert len(await box.pages.news(listener, 0)) == 1


async def test_what_a_page_was_told_before_is_not_handed_to_it_again(box: Installation, page: Page) -> None:
    listener = box.pages.listen(page.chat)
    (greeting,) = await box.pages.news(listener, 0)
    box.pages.wake(page.chat, (greeting,))
    assert await box.pages.news(listener, greeting[0]) == []


async def test_a_connection_that_reads_nothing_holds_few_messages(box: Installation, page: Page) -> None:
    listener = box.pages.listen(page.chat)
    (greeting,) = await box.pages.news(listener, 0)
    for number in range(1, MOST + 1):
        box.pages.wake(page.chat, ((number, greeting[1]),))
    assert (len(listener.handed), listener.behind) == (MOST, False)
    box.pages.wake(page.chat, ((MOST + 1, greeting[1]),))
    assert (len(listener.handed), listener.behind) == (0, True)
    assert await box.pages.news(listener, 0) == [greeting], "the outbox has what it needs"


async def test_what_is_queued_while_the_outbox_is_read_is_looked_for_again(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = box.pages.listen(page.chat)
    read = box.ground.database.read

    async def interrupted(work: object) -> object:
        found = await read(work)  # type: ignore[arg-type] # passed on
        box.pages.wake(page.chat)
        return found

    monkeypatch.setattr(box.ground.database, "read", interrupted)
    await box.pages.news(listener, 0)
    assert listener.behind


async def test_a_waiting_page_is_woken_by_the_commit(box: Installation, page: Page) -> None:
    listener = box.pages.listen(page.chat)
    waiting = asyncio.create_task(listener.rung.wait())
    await page.text("alo")
    await until(waiting.done)
