"""What a receipt opens: the reporter's view of a thread, or nothing."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from installation import START, UNIT, Installation, Officer, Page, words_in

from bot.run.foundation import audit_keys, open_acknowledging
from bot.service.arrivals import CodeGiven
from bot.service.errors import NotAccepted
from bot.service.reading import OpenThread, find_thread
from bot.service.submissions import day_of
from bot.service.threads import Threads, key_of
from crypto.acknowledgements import number_of, read_acknowledgement, wrong
from crypto.receipts import Stretched, stretch
from handlers.questions import FindMailbox
from handlers.timeline import last_day, public_at, public_state
from handlers.values import Acknowledgement, Mailbox, Mark, Name, Sent, Words

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
    return await threads_of(box).open(await work_of(box, found))


def threads_of(box: Installation) -> Threads:
    site = box.ground.keys.site
    return Threads(site, open_acknowledging(box.config, site))


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
    assert mailbox.added == ((1, day_of(START)),)


async def test_what_was_sent_on_a_later_day_is_no_part_of_the_tip_that_was_sent(
    box: Installation, page: Page, found: Stretched
) -> None:
    box.clock.advance(24 * 3600)
    for words in ("Lúc chín giờ tối", "Ở đầu xóm"):
        await page.receive(page.arrival(CodeGiven(found.lookup, found.seed)))
        await page.text(words)
        await page.text("1")
    mailbox = await open_it(box, found)
    assert mailbox is not None
    assert (mailbox.own, mailbox.added) == ((), ((0, day_of(START + 24 * 3600)),))


async def acknowledged(box: Installation, found: Stretched) -> Acknowledgement:
    work = await work_of(box, found)
    name = Name("phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward")
    asked = replace(work, question=replace(work.question, acknowledge=True), received_by=name)
    mailbox = await threads_of(box).open(asked)
    assert mailbox is not None
    assert mailbox.acknowledgement is not None
    return mailbox.acknowledgement


async def test_an_acknowledgement_says_unit_and_day_and_who_has_the_number_sent_the_tip(
    box: Installation, found: Stretched
) -> None:
    box.clock.advance(9 * 24 * 3600)
    site = box.ground.keys.site
    paper = await acknowledged(box, found)
    read = read_acknowledgement(paper.armour.encode())
    _, server = audit_keys(box.config, site)
    number = number_of(found.seed, site.id)
    assert wrong(read, server, number) is None
    assert bytes.fromhex(paper.number) == number
    said = (read.said.site, read.said.demo, read.said.unit, read.said.name, read.said.day)
    assert said == (site.id, True, UNIT, "phường Nam Hồng Lĩnh", day_of(START)), (
        "the day it came, not the day it is asked"
    )
    assert read.said.fingerprint.hex().startswith(paper.mark.replace(" ", ""))
    assert (await acknowledged(box, found)).armour == paper.armour


async def test_without_being_asked_nothing_is_signed(box: Installation, found: Stretched) -> None:
    mailbox = await open_it(box, found)
    assert mailbox is not None
    assert mailbox.acknowledgement is None


async def test_who_has_another_seed_is_acknowledged_nothing(box: Installation, found: Stretched) -> None:
    with pytest.raises(AssertionError):
        await acknowledged(box, Stretched(found.lookup, os.urandom(32)))


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
        key_of(box.ground.keys.site, work.thread, other.seed)


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
