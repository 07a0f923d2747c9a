"""Stories of what is kept for longer than an epoch: asked for in a chat, kept, used, and gone (FLOWS 3.8 to 3.13)."""

from __future__ import annotations

import pytest
from installation import START, Installation, Officer, Page, Telegram, words_in
from postgres_server import BOTH

from bot.service.addresses import KEPT_SECONDS
from bot.service.delivery_errors import Unreachable
from bot.service.keyring import SEALS_FOR
from handlers.timeline import DAY
from storage.repositories import settings

STORES = BOTH
TIP = "Tối nào cũng có xe tải đổ rác xuống sông."
EVENING = START + 7 * 3600 + 52 * 60 + 53
"""18:00:00 of the same day."""
CHAT = 4_171_829_400_000_123
KEPT = ("reply_addresses", "kept_buttons", "subscriptions")


@pytest.fixture
async def me(box: Installation) -> Telegram:
    """Somebody on Telegram who was greeted."""
    person = Telegram(box, CHAT)
    await person.text("alo")
    return person


async def kept(box: Installation) -> tuple[int, ...]:
    """How many reply addresses, buttons and subscriptions there are."""
    return tuple([(await box.rows(f"SELECT count(*) FROM {table}"))[0][0] for table in KEPT])


def drawers(box: Installation) -> int:
    return len(list((box.config.ephemeral / "drawers").iterdir()))


def say(box: Installation, key: str, **args: str | int) -> str:
    return box.ground.texts.say("vi", key, args)


async def filed(person: Telegram, *, told: bool = False) -> tuple[str, str]:
    """A tip is sent; what was said at once, and its receipt."""
    await person.text(TIP)
    await person.text("1")
    said = await person.text("2" if told else "1")
    (code,) = (out.shown.lines[0] for out in said if out.shown.kind == "code")
    await person.box.deliver()
    return words_in(said), code


async def notices(box: Installation, moment: int) -> list[str]:
    """The fixed job runs and everything is delivered; the chats that were told something by that."""
    box.clock.now = moment
    before = len(box.telegram.shown)
    await box.notice.run()
    await box.deliver()
    told = box.telegram.shown[before:]
    assert {shown.text for shown in told} <= {say(box, "rem-news")}
    return [shown.chat for shown in told]


async def ask(box: Installation, officer: Officer, text: str = "Xe màu gì?") -> bytes:
    (tip,) = await officer.tips()
    await officer.write(tip, "question", text)
    return tip


async def test_asked_for_at_sending_news_come_at_the_next_slot_and_once(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    said, _ = await filed(me, told=True)
    assert say(box, "notify-on", **{"from": 7, "to": 21}) in said
    assert await kept(box) == (1, 0, 0)
    await ask(box, officer)
    assert await notices(box, EVENING - 1) == []
    assert await notices(box, EVENING) == [me.chat]
    assert await notices(box, EVENING + 60) == []
    assert await notices(box, EVENING + DAY) == []
    assert await box.rows("SELECT * FROM news") == []


async def test_not_asked_for_nothing_is_kept_and_nothing_comes(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    said, _ = await filed(me)
    assert say(box, "notify-on", **{"from": 7, "to": 21}) not in said
    await ask(box, officer)
    assert await kept(box) == (0, 0, 0)
    assert await notices(box, EVENING) == []


async def test_the_urgent_path_asks_nothing(box: Installation, me: Telegram) -> None:
    await me.text(TIP)
    await me.text("2")
    assert "30 ngày" not in words_in(await me.text("gửi"))
    assert say(box, "done-urgent", notified="no").split(".")[0] in words_in(await me.text("1"))


async def test_a_page_is_not_asked(box: Installation) -> None:
    page = Page(box)
    await page.open()
    await page.text(TIP)
    assert "30 ngày" not in words_in(await page.text("1"))


async def test_news_already_read_when_asking_are_told_to_nobody(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    _, code = await filed(me)
    await ask(box, officer)
    box.clock.advance(120)
    await me.code(code)
    await me.text("2")
    await box.deliver()
    assert await notices(box, EVENING) == []


async def test_3_8_in_the_tip_the_second_choice_asks_and_ends(box: Installation, me: Telegram) -> None:
    _, code = await filed(me)
    labels = [choice.label for out in await me.code(code) for choice in out.shown.choices]
    assert labels[:4] == [say(box, key) for key in ("btn-timeline", "btn-notify", "btn-forget", "btn-close")]
    said = await me.text("2")
    assert say(box, "notify-on", **{"from": 7, "to": 21}) in words_in(said)
    assert said[-1].shown.choices[1].label == say(box, "btn-notify-off")
    await box.deliver()
    assert await kept(box) == (1, 0, 0)
    assert say(box, "notify-off") in words_in(await me.text("2"))
    await box.deliver()
    assert (await kept(box), drawers(box)) == ((0, 0, 0), 0)


async def test_3_8_a_tip_opened_again_remembers_that_news_are_asked_for(box: Installation, me: Telegram) -> None:
    _, code = await filed(me, told=True)
    (shown,) = await me.code(code)
    assert shown.shown.choices[1].label == say(box, "btn-notify-off")
    (elsewhere,) = await Telegram(box, CHAT + 1).code(code)
    assert elsewhere.shown.choices[1].label == say(box, "btn-notify")


async def test_3_9_a_question_is_answered_and_who_asked_is_still_told(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    _, code = await filed(me, told=True)
    tip = await ask(box, officer)
    assert "Xe màu gì?" in words_in(await me.code(code))
    await me.text("Xe màu xanh.")
    assert say(box, "done-more") in words_in(await me.text("1"))
    await box.deliver()
    await officer.write(tip, "answer", "Đã cho người đến xem.")
    assert await notices(box, EVENING) == [me.chat]


async def test_a_state_is_news_once_it_is_public(box: Installation, me: Telegram, officer: Officer) -> None:
    await filed(me, told=True)
    (tip,) = await officer.tips()
    await officer.act_on(tip, "classified")
    assert await notices(box, EVENING) == []
    await officer.act_on(tip, "verifying")
    assert await notices(box, EVENING + DAY) == [me.chat]
    assert await notices(box, EVENING + 2 * DAY) == []


async def test_whatever_comes_in_one_day_is_one_notice(box: Installation, me: Telegram, officer: Officer) -> None:
    await filed(me, told=True)
    (first,) = await officer.tips()
    await filed(me, told=True)
    (second,) = [tip for tip in await officer.tips() if tip != first]
    await officer.write(first, "question", "Xe màu gì?")
    await officer.write(first, "answer", "Đã cho người đến xem.")
    await officer.write(second, "question", "Mấy giờ?")
    assert await notices(box, EVENING) == [me.chat]
    officer = await officer.again()
    await officer.write(first, "question", "Còn thấy không?")
    assert await notices(box, EVENING + 2 * 3600) == [], "not another on the same day"
    assert await notices(box, EVENING + 13 * 3600) == [], "nor in the morning: there is one slot"
    assert await notices(box, EVENING + DAY) == [me.chat]


async def test_a_closing_is_told_and_then_the_address_goes(box: Installation, me: Telegram, officer: Officer) -> None:
    await filed(me, told=True)
    (tip,) = await officer.tips()
    await officer.act_on(tip, "duplicate", "Trùng")
    await box.kept.expire()
    assert await kept(box) == (1, 0, 0)
    assert await notices(box, EVENING + DAY) == [me.chat]
    assert (await kept(box), drawers(box)) == ((0, 0, 0), 0)


async def test_of_two_tips_the_one_that_ended_is_told_of_and_the_other_goes_on(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    await filed(me, told=True)
    (ended,) = await officer.tips()
    await filed(me, told=True)
    (other,) = [tip for tip in await officer.tips() if tip != ended]
    await officer.act_on(ended, "duplicate", "Trùng")
    assert await notices(box, EVENING + DAY) == [me.chat]
    assert (await kept(box), drawers(box)) == ((1, 0, 0), 1)
    officer = await officer.again()
    await officer.write(other, "answer", "Đã cho người đến xem.")
    assert await notices(box, EVENING + DAY + 3600) == [], "one a day"
    assert await notices(box, EVENING + 2 * DAY) == [me.chat]


async def test_a_closing_that_could_not_be_told_takes_the_address_when_the_evening_is_over(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    await filed(me, told=True)
    (tip,) = await officer.tips()
    await officer.act_on(tip, "duplicate", "Trùng")
    box.clock.now = EVENING + DAY
    await box.notice.run()
    assert await kept(box) == (1, 0, 0)
    box.clock.advance(4 * 3600)
    await box.deliver()
    assert say(box, "rem-news") not in [shown.text for shown in box.telegram.shown], "never at night"
    await box.kept.expire()
    assert (await kept(box), drawers(box)) == ((0, 0, 0), 0)


async def test_asking_on_a_closed_tip_keeps_nothing(box: Installation, me: Telegram, officer: Officer) -> None:
    _, code = await filed(me)
    (tip,) = await officer.tips()
    await officer.act_on(tip, "duplicate", "Trùng")
    box.clock.now = EVENING + DAY
    await me.code(code)
    assert say(box, "next-closed") in words_in(await me.text("2"))
    await box.deliver()
    assert await kept(box) == (0, 0, 0)


async def test_3_13_subscribing_and_the_word_that_ends_it(box: Installation, me: Telegram) -> None:
    said = await me.text("4")
    assert say(box, "sub-on", unit="phường Nam Hồng Lĩnh") in words_in(said)
    assert [choice.label for choice in said[0].shown.choices] == [say(box, "btn-stop"), say(box, "btn-back")]
    await box.deliver()
    assert await kept(box) == (0, 0, 1)
    box.luck.now = 0.1
    assert await notices(box, EVENING) == [me.chat]
    assert say(box, "sub-off") in words_in(await me.text("dung"))
    await box.deliver()
    assert await kept(box) == (0, 0, 0)
    assert await notices(box, EVENING + DAY) == []


async def test_switched_off_by_its_number(box: Installation, me: Telegram) -> None:
    await me.text("4")
    assert say(box, "sub-off") in words_in(await me.text("1"))
    await box.deliver()
    assert await kept(box) == (0, 0, 0)


async def news_wait(box: Installation, me: Telegram, officer: Officer) -> None:
    """Somebody asked to be told, there is something, and the evening's notice is in the outbox."""
    await filed(me, told=True)
    await ask(box, officer)
    box.clock.now = EVENING
    await box.notice.run()
    assert len(await box.rows("SELECT * FROM outbox")) == 1


async def test_stopping_ends_replies_too_and_drops_what_is_on_its_way(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    await news_wait(box, me, officer)
    await me.text("dừng")
    await box.deliver()
    assert [shown.text for shown in box.telegram.shown].count(say(box, "rem-news")) == 0
    assert (await kept(box), drawers(box)) == ((0, 0, 0), 0)


async def test_stopping_drops_what_waits_under_yesterdays_key_too(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    await news_wait(box, me, officer)
    assert await box.forge("UPDATE outbox SET due = due + 1000000") == 1
    box.clock.advance(SEALS_FOR)
    await me.text("dừng")
    await box.deliver()
    assert await box.rows("SELECT * FROM outbox") == []


async def test_who_blocks_the_bot_is_forgotten(box: Installation, me: Telegram) -> None:
    await me.text("4")
    await filed(me, told=True)
    assert await kept(box) == (1, 0, 1)
    await me.block()
    await box.deliver()
    assert await kept(box) == (0, 0, 0)


async def test_a_chat_found_blocked_when_told_is_told_no_more(
    box: Installation, me: Telegram, officer: Officer
) -> None:
    await filed(me, told=True)
    await ask(box, officer)
    box.telegram.fail_next(Unreachable())
    assert await notices(box, EVENING) == []
    assert await kept(box) == (0, 0, 0)


async def test_a_button_opens_the_tip_in_its_chat_for_thirty_days(box: Installation, me: Telegram) -> None:
    await filed(me)
    said = await me.text("2")
    assert say(box, "access-kept") in words_in(said)
    await box.deliver()
    (button,) = [shown.opener for shown in box.telegram.shown if shown.opener is not None]
    assert (button.label, len(button.token)) == (say(box, "btn-mailbox"), 16)
    assert await kept(box) == (0, 1, 0)
    assert "Tin gửi ngày 22/11" in words_in(await me.press_kept(button.token))
    stranger = Telegram(box, CHAT + 1)
    assert say(box, "access-gone") in words_in(await stranger.press_kept(button.token))
    box.clock.advance(KEPT_SECONDS)
    assert say(box, "access-gone") in words_in(await me.press_kept(button.token))
    await box.kept.expire()
    assert (await kept(box), drawers(box)) == ((0, 0, 0), 0)


async def test_the_button_stays_when_the_talk_is_cleared_and_goes_when_forgotten(
    box: Installation, me: Telegram
) -> None:
    def openers() -> int:
        return sum(shown.opener is not None for shown in box.telegram.shown)

    await filed(me)
    await me.text("2")
    await me.text("1")
    await box.deliver()
    assert openers() == 1
    await me.text("quên tôi")
    await me.text("1")
    await box.deliver()
    assert openers() == 0


async def test_the_button_is_asked_for_with_the_code_after_a_quarter_of_an_hour(
    box: Installation, me: Telegram
) -> None:
    _, code = await filed(me)
    box.clock.advance(16 * 60)
    assert say(box, "code-ask") in words_in(await me.text("2"))
    said = await me.code(code)
    assert say(box, "access-kept") in words_in(said)
    await box.deliver()
    assert await kept(box) == (0, 1, 0)


@pytest.mark.parametrize("data", ["k:", "k:00", "k:" + "z" * 32, "k:" + "0" * 33])
async def test_a_button_that_is_none_of_ours_is_nothing(box: Installation, data: str) -> None:
    query = {"id": "1", "from": {"id": CHAT}, "data": data}
    assert box.reader.read({"update_id": 1, "callback_query": query}) is None


async def test_3_11_forgotten_whatever_was_asked_for_is_gone(box: Installation, me: Telegram) -> None:
    await me.text("4")
    await filed(me, told=True)
    await me.text("2")
    await me.text("Còn đang viết thêm một tin.")
    await box.deliver()
    assert await kept(box) == (1, 1, 1)
    assert say(box, "forget-ask") in words_in(await me.text("quen toi"))
    await me.text("1")
    assert await kept(box) == (1, 1, 1), "the worker looks for them"
    await box.deliver()
    assert box.telegram.shown[-1].text == say(box, "forget-gone")
    assert (await kept(box), drawers(box)) == ((0, 0, 0), 0)
    assert [await box.rows(f"SELECT * FROM {name}") for name in ("conversations", "draft_parts", "outbox")] == [[]] * 3


@pytest.mark.parametrize("kept_first", [False, True], ids=["before it is kept", "once it is kept"])
async def test_forgotten_while_the_worker_keeps_what_was_asked_for_nothing_is_kept(
    box: Installation, me: Telegram, monkeypatch: pytest.MonkeyPatch, kept_first: bool
) -> None:
    """The worker has its message in hand when the chat is forgotten, and the errand of forgetting overtakes it."""
    keep = box.stores.replies.tell

    async def forget() -> None:
        monkeypatch.undo()
        await me.text("quên tôi")
        await me.text("1")
        await box.deliver()

    async def slow(*asked: object) -> None:
        if kept_first:
            await keep(*asked)  # type: ignore[arg-type] # as the worker calls it
            await forget()
        else:
            await forget()
            await keep(*asked)  # type: ignore[arg-type] # as the worker calls it

    monkeypatch.setattr(box.stores.replies, "tell", slow)
    await filed(me, told=True)
    assert (await kept(box), drawers(box)) == ((0, 0, 0), 0)
    assert say(box, "notify-on", **{"from": 7, "to": 21}) not in [shown.text for shown in box.telegram.shown]


async def test_backups_are_spoken_of_where_their_end_is_laid_down(box: Installation, me: Telegram) -> None:
    await box.run(lambda connection: settings.put(connection, "backup-days", b"14"))
    await me.text("quên tôi")
    assert say(box, "forget-done", days=14) in words_in(await me.text("1"))


async def test_an_erased_subscription_leaves_its_random_id_and_nothing_else(box: Installation, me: Telegram) -> None:
    await me.text("4")
    await box.deliver()
    ((row,),) = await box.rows("SELECT id FROM subscriptions")
    await me.text("dừng")
    await box.deliver()
    assert (box.config.keys / "erased-subscriptions").read_bytes() == row


async def test_keys_without_rows_and_rows_without_keys_go(box: Installation, me: Telegram) -> None:
    await filed(me, told=True)
    (path,) = (box.config.ephemeral / "drawers").iterdir()
    path.unlink()
    await box.kept.expire()
    assert await kept(box) == (0, 0, 0)
