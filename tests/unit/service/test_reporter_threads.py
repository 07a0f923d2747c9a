"""What a receipt opens: the reporter's view of a thread, or nothing."""

from __future__ import annotations

import os

import pytest
from installation import START, UNIT, Installation, Officer, Page, words_in

from bot.service.arrivals import CodeGiven
from bot.service.errors import NotAccepted
from bot.service.reading import OpenThread, find_thread
from bot.service.submissions import day_of
from bot.service.threads import Threads, open_grant_of
from crypto.receipts import Stretched, stretch
from handlers.questions import FindMailbox
from handlers.timeline import last_day, public_at, public_state
from handlers.values import Mailbox, Mark, Sent, Words

WORDS = "Có người bán ma túy ở đầu xóm"


async def work_of(box: Installation, found: Stretched) -> OpenThread:
    thread = await box.ground.database.read(lambda connection: find_thread(connection, found.lookup))
    assert thread is not None
    signers = await box.ground.database.read(lambda connection: box.ground.book.signing_keys(connection, UNIT))
    return OpenThread(FindMailbox(found.lookup, found.seed), thread, {UNIT: dict(signers)})


@pytest.fixture
async def found(box: Installation, officer: Officer, page: Page) -> Stretched:
    receipt = await page.file_tip(WORDS)
    return stretch(receipt, box.ground.keys.site.salt)


async def open_it(box: Installation, found: Stretched) -> Mailbox | None:
    return await Threads(box.ground.keys.site).open(await work_of(box, found))


async def test_a_fresh_tip(box: Installation, found: Stretched) -> None:
    mailbox = await open_it(box, found)
    assert mailbox is not None
    assert (mailbox.unit, mailbox.day, mailbox.entries) == (UNIT, day_of(START), 2)
    assert (mailbox.words, mailbox.marks, mailbox.own, mailbox.erased) == ((), (), (), False)
    assert mailbox.sent == (Sent("text", WORDS),)


async def test_words_marks_and_own_additions_in_their_order(
    box: Installation, officer: Officer, page: Page, found: Stretched
) -> None:
    (tip,) = await officer.tips()
    await officer.write(tip, "question", "Thấy lúc mấy giờ?")
    await officer.act_on(tip, "classified")
    await page.receive(page.arrival(CodeGiven(found.lookup, found.seed)))
    await page.text("Lúc chín giờ tối")
    await page.text("1")
    await officer.write(tip, "answer", "Cảm ơn")
    await officer.act_on(tip, "report")
    await officer.act_on(tip, "verifying")
    await officer.act_on(tip, "insufficient", "Không có thật")
    mailbox = await open_it(box, found)
    assert mailbox is not None
    minute = START // 60 * 60
    assert mailbox.words == (Words("question", "Thấy lúc mấy giờ?", minute), Words("answer", "Cảm ơn", minute))
    assert mailbox.marks == (Mark("verify", minute), Mark("closed", minute, not_before=public_at(START)))
    assert (mailbox.own, mailbox.entries) == ((1,), 9)


async def test_a_change_waits_for_the_servers_clock_whatever_the_officers_says(
    box: Installation, officer: Officer, found: Stretched
) -> None:
    (tip,) = await officer.tips()
    await officer.act_on(tip, "duplicate", "Trùng", at=START - 10 * 24 * 3600)
    mailbox = await open_it(box, found)
    assert mailbox is not None
    public = public_at(START)
    assert [public_state(mailbox, at) for at in (START, public - 1, public)] == ["received", "received", "closed"]


async def test_an_officers_clock_that_runs_out_of_every_calendar_shuts_nobody_out(
    box: Installation, officer: Officer, page: Page, found: Stretched
) -> None:
    """What he seals is his: nobody but the reporter's own reader can see that it is no time at all."""
    (tip,) = await officer.tips()
    await officer.write(tip, "question", "Xe màu gì?", at=2**53 - 1)
    await officer.act_on(tip, "classified", at=2**53 - 1)
    said = await page.receive(page.arrival(CodeGiven(found.lookup, found.seed)))
    assert "Xe màu gì?" in words_in(said)
    (number,) = (choice.number for choice in said[-1].shown.choices if choice.act == "timeline")
    assert "Xe màu gì?" in words_in(await page.press(said[-1], number))
    mailbox = await open_it(box, found)
    assert mailbox is not None
    assert last_day(mailbox, 2**40) == "02/01"


async def test_another_seed_opens_nothing(box: Installation, found: Stretched) -> None:
    other = Stretched(found.lookup, os.urandom(32))
    assert await open_it(box, other) is None
    work = await work_of(box, other)
    with pytest.raises(NotAccepted, match="code-unknown"):
        open_grant_of(box.ground.keys.site, work.thread, other.seed)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE entries SET sealed = (SELECT sealed FROM entries WHERE seq = 0) WHERE seq = 1",
        "UPDATE entries SET sealed = zeroblob(4096) WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 0",
        "UPDATE mailboxes SET unit_id = '42'",
        "UPDATE mailboxes SET sealed = zeroblob(2000)",
    ],
)
async def test_what_does_not_match_opens_nothing(
    box: Installation, found: Stretched, tampering: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await box.forge(tampering)
    assert await open_it(box, found) is None
    assert "thread_does_not_match_its_check_marks" in capsys.readouterr().out


async def test_an_erased_tip_says_so_to_its_receipt_alone(box: Installation, found: Stretched) -> None:
    await box.forge("DELETE FROM entries")
    mailbox = await open_it(box, found)
    assert mailbox is not None
    assert (mailbox.erased, mailbox.words, mailbox.entries) == (True, (), 0)
    assert await open_it(box, Stretched(found.lookup, os.urandom(32))) is None
