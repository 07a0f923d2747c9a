"""The engine: one arrival, one transaction; a repeat changes nothing; what fails leaves nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from installation import BOX, Installation, Officer, Page, Telegram, receipt_in, words_in
from unit.service.pictures import marked, with_secrets, written
from unit.service.until import until

from bot.edge.drivers.handing_over import Outcome, hand_over
from bot.service.arrivals import Arrival, Gone, Group, Incoming, Receive, Text
from bot.service.chats import open_chat
from bot.service.delivery_errors import Refused as CannotBeHad
from bot.service.delivery_errors import RetryLater, TooBig
from bot.service.directory import Directory
from bot.service.effects import filing
from bot.service.errors import NotAccepted, OurFault, OutsideFailed
from bot.service.intake import ROUNDS, GivenUp, Noted
from bot.service.keyring import SEALS_FOR
from bot.service.outgoing import driver_of
from bot.service.reading import Needed
from crypto.errors import Unusable
from crypto.receipts import new_receipt
from handlers.conversation import Conversation
from handlers.values import Channel
from storage.errors import Busy, Conflict, Full, Missing, StorageError
from storage.repositories import conversations

TABLES = ("conversations", "draft_parts", "inbox", "outbox", "tips", "entries", "mailboxes", "notices")


async def counts(box: Installation) -> dict[str, int]:
    return {table: (await box.rows(f"SELECT count(*) FROM {table}"))[0][0] for table in TABLES}


async def test_a_repeat_changes_nothing(box: Installation, page: Page) -> None:
    arrival = page.arrival(Text("Có người bán ma túy ở đầu xóm"))
    first = await box.intake.receive(arrival)
    before = await counts(box)
    assert await box.intake.receive(arrival) == Noted(repeated=True)
    assert (len(first.parts), await counts(box)) == (1, before)


async def test_while_the_keys_are_out_of_reach_nothing_is_given_up(box: Installation) -> None:
    person = Telegram(box, 7)
    await person.text("alo")
    arrival, away = person.update(text="Có người bán ma túy ở đầu xóm"), box.config.ephemeral.with_name("away")
    box.config.ephemeral.rename(away)
    assert await hand_over(taking(box), arrival) is Outcome.LATER
    away.rename(box.config.ephemeral)
    assert await hand_over(taking(box), arrival) is Outcome.KEPT
    assert (await counts(box))["draft_parts"] == 1


async def test_who_writes_in_the_second_in_which_he_left_is_answered(box: Installation) -> None:
    """What is still to be deleted of the old chat stands in the same lane: the new one goes on behind it."""
    person = Telegram(box, 7)
    await person.text("Có người bán ma túy ở đầu xóm")
    await person.block()
    assert await person.text("Có người bán ma túy ở đầu xóm")
    await person.block()
    assert await person.text("alo")


async def test_who_writes_in_the_second_in_which_his_chat_became_unreadable_is_answered(box: Installation) -> None:
    """A state of another version, say: the chat begins anew, behind what still waits in its lane."""
    person = Telegram(box, 7)
    assert await person.text("alo")
    assert await box.forge("UPDATE conversations SET blob = substr(blob, 1, 40)") == 1
    assert await person.text("alo")


def taking(box: Installation) -> Receive:
    async def receive(arrival: Arrival) -> None:
        await box.intake.receive(arrival)

    return receive


async def test_a_repeat_of_yesterday_is_known(box: Installation, page: Page) -> None:
    arrival = page.arrival(Text("alo"))
    await box.intake.receive(arrival)
    box.clock.advance(SEALS_FOR)
    assert (await box.intake.receive(arrival)).repeated


async def test_the_same_at_once_is_taken_once(box: Installation, page: Page) -> None:
    arrival = page.arrival(Text("Có người bán ma túy ở đầu xóm"))
    noted = await asyncio.gather(*(box.intake.receive(arrival) for _ in range(5)))
    assert sorted(one.repeated for one in noted) == [False, True, True, True, True]
    assert (await counts(box))["draft_parts"] == 1


async def test_a_chat_moves_to_the_new_key(box: Installation, page: Page) -> None:
    first = box.ring.living(int(box.clock()))[0].number
    await page.text("Có người bán ma túy ở đầu xóm")
    box.clock.advance(SEALS_FOR - 1)
    await page.text("Tối nào cũng có xe lạ")
    box.clock.advance(2)
    said = words_in(await page.text("Biển số 38A"))
    assert "3" in said
    newest = box.ring.living(int(box.clock()))[0].number
    assert await box.rows("SELECT epoch FROM conversations") == [(newest,)]
    assert newest > first


async def test_a_damaged_conversation_begins_anew(box: Installation, page: Page) -> None:
    await box.forge("UPDATE conversations SET blob = zeroblob(4096)")
    box.clock.advance(1)
    said = await page.text("alo")
    assert said
    assert len(await box.rows("SELECT * FROM conversations")) == 1


async def test_a_conversation_of_another_version_begins_anew(box: Installation, page: Page) -> None:
    keys = box.ring.living(int(box.clock()))

    def forge(connection: object) -> Conversation:
        chat = open_chat(connection, keys, page.arrival(Text("")))  # type: ignore[arg-type] # a connection
        plain = bytes(8) + b'{"v": 99}'
        blob = keys[0].seal_state(chat.lane, plain)
        conversations.save(connection, chat.lane, keys[0].number, blob, old=chat.stored)  # type: ignore[arg-type] # a connection
        return open_chat(connection, keys, page.arrival(Text(""))).conversation  # type: ignore[arg-type] # a connection

    assert await box.run(forge) == Conversation()
    box.clock.advance(1)
    assert await page.text("alo")


async def test_numbers_only_grow_over_a_forgotten_chat(box: Installation, page: Page) -> None:
    await page.text("Có người bán ma túy ở đầu xóm")
    last = page.seen
    box.clock.advance(1)
    await box.intake.receive(page.arrival(Gone()))
    await page.text("alo")
    assert page.seen > last


async def test_leaving_leaves_nothing_of_the_chat(box: Installation, page: Page) -> None:
    await page.text("Có người bán ma túy ở đầu xóm")
    await page.photo(written(marked(), "JPEG"))
    assert len(box.ground.blobs.names()) == 1
    await box.intake.receive(page.arrival(Gone()))
    left = await counts(box)
    assert (left["conversations"], left["draft_parts"], left["outbox"]) == (0, 0, 0)
    assert box.ground.blobs.names() == ()


async def test_what_was_still_to_be_told_goes_before_the_last_word(box: Installation, page: Page) -> None:
    await page.text("Có người bán ma túy ở đầu xóm")
    await page.text("quên tôi")
    said = await page.text("1")
    assert len(said) == 1
    assert (await counts(box))["outbox"] == 1


async def test_a_store_that_is_away_keeps_nothing(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_work: object) -> None:
        raise Busy

    before = await counts(box)
    with monkeypatch.context() as failing:
        failing.setattr(box.ground.database, "run", away)
        with pytest.raises(OutsideFailed):
            await page.photo(written(marked(), "JPEG"))
        failing.setattr(box.ground.database, "read", away)
        with pytest.raises(OutsideFailed):
            await page.photo(written(marked(), "JPEG"))
    assert await counts(box) == before


async def test_a_photo_outlives_a_commit_nobody_heard_of(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection lost in the commit: the row is there, so its blob must be."""
    await page.text("Có người bán ma túy ở đầu xóm")
    arrival = page.arrival(Incoming("photo", None, "", answer=True, mime="image/jpeg", seconds=None, fetch=_picture))
    run = box.ground.database.run

    async def lost(work: object) -> None:
        await run(work)  # type: ignore[arg-type] # passed on
        raise Busy("08006")

    with monkeypatch.context() as failing:
        failing.setattr(box.ground.database, "run", lost)
        with pytest.raises(OutsideFailed):
            await box.intake.receive(arrival)
    assert (await box.intake.receive(arrival)).repeated
    await page.news()
    await page.text("1")
    assert receipt_in(await page.text("1"))


async def _picture() -> AsyncIterator[bytes]:
    yield written(marked(), "JPEG")


async def test_a_blob_that_is_gone_is_our_fault(box: Installation, page: Page) -> None:
    """Nothing is gained by sending it again: a driver that waits for better days would wait for ever."""
    await page.text("Có người bán ma túy ở đầu xóm")
    await page.photo(written(marked(), "JPEG"))
    (name,) = box.ground.blobs.names()
    await box.ground.blobs.delete(name)
    await page.text("1")
    with pytest.raises(OurFault):
        await page.text("1")


@pytest.mark.parametrize(
    ("failure", "family"),
    [
        (Busy(), OutsideFailed),
        (Full(), OutsideFailed),
        (Conflict(), OutsideFailed),
        (StorageError(), OurFault),
        (Missing(), OurFault),
        (Unusable("x"), OurFault),
    ],
)
async def test_only_what_passes_is_worth_another_try(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch, failure: Exception, family: type[Exception]
) -> None:
    async def failing(_work: object) -> None:
        raise failure

    monkeypatch.setattr(box.ground.database, "run", failing)
    with pytest.raises(family):
        await page.text("alo")


async def test_who_was_given_up_is_told_once(box: Installation) -> None:
    person = Telegram(box, 7)
    await person.text("Có người bán ma túy ở đầu xóm")
    lost = person.update(text="Tối nào cũng có xe lạ")
    given_up = GivenUp(lost.bot, lost.channel, lost.chat, lost.update, lost.content)
    said = words_in(await person.receive(given_up))
    assert said == box.ground.texts.say("vi", "err-again")
    assert (await box.intake.receive(given_up)).repeated
    assert (await box.intake.receive(lost)).repeated
    assert (await counts(box))["draft_parts"] == 1


@pytest.mark.parametrize("content", [Gone(), Group("t.me/x")])
async def test_nobody_is_told_who_is_no_person_in_a_chat(box: Installation, content: Gone | Group) -> None:
    await box.intake.receive(GivenUp("telegram-42", box.telegram.channel, "-5", "1", content))
    assert (await counts(box))["outbox"] == 0


async def test_look_ups_wait_in_a_queue_of_their_own(box: Installation, page: Page) -> None:
    """However many codes anybody types: what is sent is sealed at once."""
    lookups = box.intake._facts.lookups
    async with lookups.place():
        waiting = asyncio.create_task(Telegram(box, 7).code(new_receipt()))
        await until(lambda: lookups._inside == 2)
        assert await page.file_tip("Có người bán ma túy ở đầu xóm")
        assert not waiting.done()
    assert await waiting


async def test_too_many_look_ups_are_answered_kindly(box: Installation, page: Page) -> None:
    person = Telegram(box, 7)
    box.intake._facts.lookups._most = 0
    said = words_in(await person.code(new_receipt()))
    assert said == box.ground.texts.say("vi", "too-fast")
    with pytest.raises(NotAccepted, match="too-fast"):
        await page.text(new_receipt())


async def test_too_many_openings_of_a_thread_are_answered_kindly(box: Installation, page: Page) -> None:
    receipt = await page.file_tip("Có người bán ma túy ở đầu xóm")
    box.intake._facts.lookups._most = 0
    with pytest.raises(NotAccepted, match="too-fast"):
        await page.code(receipt)


async def test_the_desk_hears_of_what_is_filed_alone(box: Installation, page: Page) -> None:
    rung: list[int] = []
    box.intake._filed = lambda: rung.append(1)
    await page.text("Có người bán ma túy ở đầu xóm")
    await page.text("1")
    assert rung == []
    receipt = receipt_in(await page.text("1"))
    assert rung == [1]
    await page.code(receipt)
    await page.text("Tối nào cũng có xe lạ")
    assert rung == [1]
    await page.text("1")
    assert rung == [1, 1]


async def test_a_part_that_cannot_be_opened_is_our_fault(box: Installation, page: Page) -> None:
    await page.text("Có người bán ma túy ở đầu xóm")
    await box.forge("UPDATE draft_parts SET blob = zeroblob(4096)")
    await page.text("1")
    with pytest.raises(OurFault):
        await page.text("1")
    assert (await counts(box))["tips"] == 0


async def test_a_repeated_photo_is_not_fetched_again(box: Installation, page: Page) -> None:
    fetched: list[int] = []

    async def fetch() -> AsyncIterator[bytes]:
        fetched.append(1)
        yield written(marked(), "JPEG")

    arrival = page.arrival(Incoming("photo", None, "", answer=True, mime="image/jpeg", seconds=None, fetch=fetch))
    await box.intake.receive(arrival)
    assert (await box.intake.receive(arrival)).repeated
    assert (len(fetched), len(box.ground.blobs.names())) == (1, 1)


async def test_the_same_photo_twice_at_once_leaves_one_blob(box: Installation, page: Page) -> None:
    async def fetch() -> AsyncIterator[bytes]:
        yield written(marked(), "JPEG")

    arrival = page.arrival(Incoming("photo", None, "", answer=True, mime="image/jpeg", seconds=None, fetch=fetch))
    noted = await asyncio.gather(box.intake.receive(arrival), box.intake.receive(arrival))
    assert sorted(one.repeated for one in noted) == [False, True]
    assert len(box.ground.blobs.names()) == 1


async def test_a_photo_that_is_not_taken_leaves_no_blob(box: Installation, page: Page) -> None:
    await page.text("Có người bán ma túy ở đầu xóm")
    await page.text("xóa")
    await page.photo(written(marked(), "JPEG"))
    assert box.ground.blobs.names() == ()
    assert (await counts(box))["draft_parts"] == 1


async def test_a_slow_photo_holds_up_no_word_of_its_chat(box: Installation, page: Page) -> None:
    here = asyncio.Event()

    async def fetch() -> AsyncIterator[bytes]:
        await here.wait()
        yield written(marked(), "JPEG")

    photo = asyncio.create_task(
        box.intake.receive(
            page.arrival(Incoming("photo", None, "", answer=True, mime="image/jpeg", seconds=None, fetch=fetch))
        )
    )
    await page.text("Có người bán ma túy ở đầu xóm")
    assert not photo.done()
    here.set()
    await photo
    assert (await counts(box))["draft_parts"] == 2


@pytest.mark.parametrize("size", [21_000_000, None])
async def test_a_page_hears_of_a_refused_photo_by_its_answer(box: Installation, page: Page, size: int | None) -> None:
    async def fetch() -> AsyncIterator[bytes]:
        yield b"no picture"

    before = await counts(box)
    with pytest.raises(NotAccepted) as refused:
        await box.intake.receive(
            page.arrival(Incoming("photo", size, "", answer=True, mime="image/jpeg", seconds=None, fetch=fetch))
        )
    assert refused.value.key == ("too-big" if size else "media-bad")
    assert await counts(box) == before


@pytest.mark.parametrize(
    ("error", "key"), [(TooBig(), "too-big"), (CannotBeHad(), "media-bad"), (NotAccepted("media-bad"), "media-bad")]
)
async def test_a_messenger_chat_is_told_of_a_refused_photo(box: Installation, error: Exception, key: str) -> None:
    person = Telegram(box, 7)
    await person.text("/start")
    photo = person.update(photo=[{"file_id": "x", "file_size": 10, "width": 1, "height": 1}])

    async def fetch() -> AsyncIterator[bytes]:
        raise error
        yield b""

    assert isinstance(photo.content, Incoming)
    said = await person.receive(replace(photo, content=replace(photo.content, fetch=fetch)))
    first = box.ground.texts.say("vi", key, {"here": 20, "web-limit": 20, "web": box.config.web}).split(".")[0]
    assert first in words_in(said)


async def test_a_photo_that_cannot_be_fetched_now_comes_again(box: Installation) -> None:
    person = Telegram(box, 7)
    photo = person.update(photo=[{"file_id": "x", "file_size": 10, "width": 1, "height": 1}])

    async def fetch() -> AsyncIterator[bytes]:
        raise RetryLater
        yield b""

    assert isinstance(photo.content, Incoming)
    with pytest.raises(OutsideFailed):
        await box.intake.receive(replace(photo, content=replace(photo.content, fetch=fetch)))
    assert (await counts(box))["inbox"] == 0


async def test_a_group_is_told_one_line_and_left(box: Installation) -> None:
    channel = box.telegram.channel
    await box.intake.receive(Arrival("telegram-42", channel, "-5", "1", Group("t.me/x")))
    await box.deliver()
    assert [shown.chat for shown in box.telegram.shown] == ["-5"]
    assert "t.me/x" in box.telegram.shown[0].text
    assert box.telegram.left == ["-5"]


@pytest.mark.parametrize("kind", ["video", "photo too big", "photo that cannot be had"])
async def test_words_under_a_file_that_is_not_taken_are_kept(box: Installation, kind: str) -> None:
    person = Telegram(box, 7)
    await person.text("/start")
    size = 10**9 if kind == "photo too big" else 10
    file = {"file_id": "gone", "file_size": size, "width": 1, "height": 1}
    content: dict[str, object] = {"video": file} if kind == "video" else {"photo": [file]}
    box.files["gone"] = b"no picture"
    await person.receive(person.update(caption="Xe tải đổ rác xuống sông", **content))
    assert await box.rows("SELECT kind FROM draft_parts") == [("text",)]


@pytest.mark.parametrize("content", ["sticker", "contact", "refused"])
async def test_what_is_no_content_is_answered(box: Installation, content: str) -> None:
    person = Telegram(box, 7)
    box.files["x"] = b"no sound"
    await person.text("/start")
    said = {
        "sticker": lambda: person.receive(person.update(sticker={"file_id": "x"})),
        "contact": lambda: person.receive(person.update(contact={"phone_number": "0900000000"})),
        "refused": lambda: person.receive(person.update(voice={"file_id": "x"})),
    }
    assert await said[content]()


async def test_what_never_settles_is_our_fault(box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    await page.text("Có người bán ma túy ở đầu xóm")
    asked = []

    def never(_self: object, reading: object, wish: object, *_made: object) -> None:
        asked.append(wish)
        raise Needed(require_once(reading, wish))  # type: ignore[arg-type] # the work itself

    submissions = box.intake._submissions
    require = type(submissions).require

    def require_once(reading: object, wish: object) -> object:
        try:
            require(submissions, reading, wish, None)  # type: ignore[arg-type] # passed on
        except Needed as needed:
            return needed.work
        raise AssertionError

    monkeypatch.setattr(type(submissions), "require", never)
    await page.text("1")
    with pytest.raises(OurFault, match="slow work"):
        await page.text("1")
    assert len(asked) == ROUNDS


async def test_a_driver_nobody_delivers_for_is_our_fault(box: Installation) -> None:
    with pytest.raises(OurFault):
        await box.intake.receive(Arrival("zalo", Channel("zalo", "x", 1), "1", "1", Text("alo")))
    assert (driver_of("tor"), driver_of("telegram")) == ("web", "telegram")


async def test_wakes_who_tells_the_chat(box: Installation, page: Page) -> None:
    ringing = box.pages.listen(page.chat)
    await page.text("alo")
    assert ringing.rung.is_set()
    await Telegram(box, 7).text("alo")
    assert box.delivery._awake.is_set()


async def test_a_tip_of_words_and_a_photo_reaches_the_officer(box: Installation, officer: Officer, page: Page) -> None:
    receipt = await page.file_tip("Có người bán ma túy ở đầu xóm", photo=with_secrets("JPEG"))
    (tip,) = await officer.tips()
    found = await officer.open(tip)
    kinds = [entry.kind for entry in found.thread.entries]
    assert (kinds, found.thread.opening.box) == (["opening", "text", "photo"], BOX)
    assert len(receipt) == 24
    left = await counts(box)
    assert (left["draft_parts"], left["notices"]) == (0, 1)
    assert len(box.ground.blobs.names()) == 1


async def test_two_chats_are_handled_beside_each_other(box: Installation) -> None:
    pages = [Page(box) for _ in range(4)]
    receipts = await asyncio.gather(*(page.file_tip("Có người bán ma túy ở đầu xóm") for page in pages))
    assert len(set(receipts)) == 4
    assert (await counts(box))["tips"] == 4


async def test_a_lock_goes_when_nobody_waits(box: Installation, page: Page) -> None:
    await page.text("alo")
    await until(lambda: len(box.intake._turns._lines) == 0)


def test_a_submission_that_was_not_sealed_is_our_fault() -> None:
    with pytest.raises(OurFault, match="not sealed"):
        filing.file(None, None, None, None)  # type: ignore[arg-type] # nothing to file


async def test_a_store_that_cannot_be_read_shows_no_page(box: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_work: object) -> None:
        raise Busy

    directory = Directory(database=box.ground.database, book=box.ground.book, clock=box.clock)
    assert (await directory.place(unit="99999")).desk.unit == "18118"
    monkeypatch.setattr(box.ground.database, "read", away)
    with pytest.raises(OutsideFailed):
        await directory.place()
