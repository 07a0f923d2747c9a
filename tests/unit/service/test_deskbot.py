"""The officers' bot: who is linked, what he is answered, what stays of it, and that others get one sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from installation import Installation, Officer
from phones import DESK, OfficersMessenger
from rules.thief import all_rows
from sqlalchemy import Connection

from bot.service.arrivals import Contact, Gone, Group, Incoming, Pressed, Sticker, Text
from bot.service.delivery_errors import Unreachable
from bot.service.desk import staffing
from bot.service.desk.phones import CODE_LIVES, address_of
from bot.service.deskbot import Told
from bot.service.errors import NotAccepted
from bot.service.intake import GivenUp
from bot.service.strangers import TRIES
from handlers import deskbot
from storage.repositories import phones
from storage.repositories.phones import StoredPhone

LINKED = "Đã nối máy này với tài khoản cán bộ. Ở đây chỉ có thông báo, không có nội dung tin."
STRANGER = "Đây là kênh thông báo nội bộ, không nhận tin báo; ai có mã nối thì gõ mã vào đây."
BAD = "Mã nối không đúng hoặc đã hết hạn. Lấy mã mới ở bàn làm việc."
NOT_HERE = f"Không trả lời tin báo ở đây. Mở bàn làm việc: {DESK}"


@pytest.fixture
async def messenger(box: Installation) -> OfficersMessenger:
    return OfficersMessenger(box)


async def test_a_code_from_the_console_links_a_phone(messenger: OfficersMessenger, officer: Officer) -> None:
    await messenger.named()
    assert (await messenger.desk.mine(officer.me)).state == "none"
    code = await messenger.desk.new_code(officer.me, "vi")
    assert len(code.digits) == deskbot.CODE
    assert code.expires == messenger.now() + CODE_LIVES
    phone = messenger.phone(7)
    assert await phone.text(code.digits) == [f"{LINKED}\n3. Mở bàn làm việc\n4. Trực hôm nay"]
    assert (await messenger.desk.mine(officer.me)).state == "linked"
    assert await messenger.noted(officer.me.officer.unit) == [("link", officer.me.officer.account)]
    assert await messenger.phone(8).text(code.digits) == [BAD], "it works once"


async def test_the_chain_tells_of_the_link(messenger: OfficersMessenger, officer: Officer) -> None:
    await messenger.linked(officer)
    await officer.chain()
    assert await messenger.noted(officer.me.officer.unit) == []


async def test_a_code_is_over_after_ten_minutes_or_with_the_next_one(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    await messenger.named()
    first = await messenger.desk.new_code(officer.me, "vi")
    second = await messenger.desk.new_code(officer.me, "vi")
    assert await messenger.phone(7).text(first.digits) == [BAD]
    messenger.box.clock.advance(CODE_LIVES)
    assert await messenger.phone(7).text(second.digits) == [BAD]


async def test_no_code_is_made_where_no_bot_would_take_it(messenger: OfficersMessenger, officer: Officer) -> None:
    with pytest.raises(NotAccepted, match="phone-no-bot"):
        await messenger.desk.new_code(officer.me, "vi")


async def test_the_phone_speaks_the_consoles_language(messenger: OfficersMessenger, officer: Officer) -> None:
    phone = await messenger.linked(officer, language="en")
    assert await phone.text("hello") == [f"Do not answer tips here. Open the desk: {DESK}"]


async def test_linking_again_replaces_the_phone(messenger: OfficersMessenger, officer: Officer) -> None:
    old = await messenger.linked(officer, 7)
    new = await messenger.linked(officer, 8)
    assert await old.press(1) == [STRANGER]
    assert await new.text("x") == [NOT_HERE]


async def test_an_officer_takes_a_call_or_passes_it_on(messenger: OfficersMessenger, officer: Officer) -> None:
    phone, serial = await messenger.linked(officer), officer.me.officer.serial
    messenger.calls.waiting[serial] = 3
    assert await phone.press(1) == ["Đã ghi: đồng chí nhận lúc 10:07."]
    assert await phone.press(1) == ["Không có thông báo nào đang chờ đồng chí."]
    messenger.calls.waiting[serial] = 1
    assert await phone.text("2") == ["Đã chuyển cho người trực tiếp theo."]
    assert messenger.calls.said == [("acknowledged", serial), ("passed-duty", serial)]


async def test_a_repeat_of_the_same_message_changes_and_says_nothing(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    phone = await messenger.linked(officer)
    messenger.calls.waiting[officer.me.officer.serial] = 1
    taken = phone.arrival(Pressed("desk", 1))
    assert len(await phone.says(taken)) == 1
    messenger.calls.waiting[officer.me.officer.serial] = 1
    assert await phone.says(taken) == []
    assert messenger.calls.waiting == {officer.me.officer.serial: 1}


async def test_todays_duty_is_accounts_of_the_own_unit(messenger: OfficersMessenger, officer: Officer) -> None:
    phone = await messenger.linked(officer)
    assert await phone.text("trực") == [f"Trực hôm nay, 22/11:\n0–24 giờ: {officer.me.officer.account}"]


async def test_what_else_is_typed_is_answered_deleted_and_kept_nowhere(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    phone = await messenger.linked(officer)
    messenger.driver.deleted.clear()
    assert await phone.text("bao anh em xuong to 11") == [NOT_HERE]
    assert messenger.driver.deleted == ["9001"]
    kept = repr(await messenger.box.ground.database.read(all_rows))
    assert "to 11" not in kept
    for content in (Sticker(), Contact(), Pressed("old", 1)):
        assert [one.text for one in await phone.says(phone.arrival(content))] == [NOT_HERE]


async def test_a_file_is_not_even_fetched(messenger: OfficersMessenger, officer: Officer) -> None:
    phone = await messenger.linked(officer)

    def fetch() -> None:
        raise AssertionError

    photo = Incoming("photo", 7, "biển số", True, "image/jpeg", None, fetch)
    assert [one.text for one in await phone.says(phone.arrival(photo, message="9002"))] == [NOT_HERE]
    assert "9002" in messenger.driver.deleted


async def test_a_stranger_gets_one_sentence_and_learns_of_nobody(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    await messenger.linked(officer)
    stranger = messenger.phone(66)
    said = [*await stranger.open(), *await stranger.press(4), *await stranger.text("trực")]
    assert said == [STRANGER] * 3


async def test_who_tries_codes_is_soon_heard_no_more_and_others_link_meanwhile(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    thief = messenger.phone(66)
    answers = [await thief.text(f"{n:012d}") for n in range(TRIES + 20)]
    assert answers == [[BAD]] * TRIES + [[]] * 20
    assert (await messenger.desk.mine(officer.me)).state == "none"
    phone = await messenger.linked(officer, 7)
    assert len(phone.shown) == 1


async def test_a_group_is_left_without_a_word(messenger: OfficersMessenger) -> None:
    group = messenger.phone(-100)
    assert await group.says(group.arrival(Group("t.me/canbo_bot"))) == []
    assert messenger.driver.left == ["-100"]


async def test_what_was_given_up_is_let_go(messenger: OfficersMessenger) -> None:
    phone = messenger.phone(7)
    lost = GivenUp("telegram-43", messenger.driver.channel, "7", "1", Text("x"))
    assert await phone.says(lost) == []


async def test_who_is_shut_out_has_no_phone_any_more(messenger: OfficersMessenger, officer: Officer) -> None:
    phone, serial = await messenger.linked(officer), officer.me.officer.serial
    messenger.calls.waiting[serial] = 1
    await messenger.box.run(lambda c: staffing.shut_out(c, serial, seen=lambda *_: None))
    assert await phone.press(1) == [STRANGER]
    assert messenger.calls.said == []


def notice(messenger: OfficersMessenger, phone: StoredPhone) -> Callable[[Connection], None]:
    """A notice to a phone, as the loop that tells calls queues one."""
    address = address_of(messenger.key, phone)
    assert address is not None
    return lambda c: messenger.post.tell(c, address, Told(phone.key, deskbot.notice(DESK)))


async def stored(messenger: OfficersMessenger, officer: Officer) -> StoredPhone:
    phone = await messenger.box.ground.database.read(lambda c: phones.of(c, officer.me.officer.serial))
    assert phone is not None
    return phone


async def test_a_notice_is_one_however_many_wait(messenger: OfficersMessenger, officer: Officer) -> None:
    phone = await messenger.linked(officer)
    told = notice(messenger, await stored(messenger, officer))
    for _ in range(3):
        await messenger.box.run(told)
    await messenger.deliver()
    assert [one.text for one in phone.shown[1:]] == [
        f"Hòm thư: có việc cần xem. Mở bàn làm việc: {DESK}\n1. Đã nhận\n2. Bận, chuyển trực\n3. Mở bàn làm việc"
    ]
    await messenger.box.run(told)
    await messenger.deliver()
    assert phone.shown[1:] == [phone.shown[1]] * 2


async def test_a_notice_to_somebody_who_is_out_by_now_is_not_shown(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    phone = await messenger.linked(officer)
    await messenger.box.run(notice(messenger, await stored(messenger, officer)))
    await messenger.box.run(lambda c: staffing.shut_out(c, officer.me.officer.serial, seen=lambda *_: None))
    await messenger.deliver()
    assert len(phone.shown) == 1
    assert await messenger.box.rows("SELECT COUNT(*) FROM outbox") == [(0,)]


async def test_every_notice_lies_as_long_as_every_other(messenger: OfficersMessenger, officer: Officer) -> None:
    await messenger.linked(officer)
    phone = await stored(messenger, officer)
    sizes = set()
    for message in (deskbot.notice(DESK), deskbot.digest("22/11", unread=0, under_way=12345, soon=7, late=99)):
        address = address_of(messenger.key, phone)
        await messenger.box.run(lambda c, m=message, a=address: messenger.post.tell(c, a, Told(phone.key, m)))
        sizes |= set(await messenger.box.rows("SELECT LENGTH(blob) FROM outbox"))
        await messenger.deliver()
    assert len(sizes) == 1


async def test_a_phone_that_blocked_the_bot_is_forgotten_and_its_chief_sees_it(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    phone = await messenger.linked(officer)
    await phone.messenger.bot.receive(phone.arrival(Gone()))
    assert (await messenger.desk.mine(officer.me)).state == "lost"
    assert ("unlink", officer.me.officer.account) in await messenger.noted(officer.me.officer.unit)


async def test_a_messenger_that_says_the_chat_is_gone_is_believed(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    phone = await messenger.linked(officer)
    messenger.driver.fail_next(Unreachable())
    assert await phone.press(4) == []
    assert (await messenger.desk.mine(officer.me)).state == "lost"


async def test_unlinking_at_the_console_ends_it(messenger: OfficersMessenger, officer: Officer) -> None:
    phone = await messenger.linked(officer)
    await messenger.desk.unlink(officer.me)
    await messenger.desk.unlink(officer.me)
    assert (await messenger.desk.mine(officer.me)).state == "none"
    assert await phone.press(3) == [STRANGER]
    chain = await officer.chain()
    assert sum(b'"unlink"' in record for record in chain) == 1


async def test_the_chief_sees_whose_phones_are_linked_and_nobody_else_does(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    with pytest.raises(NotAccepted, match="desk-refused"):
        await messenger.desk.of_unit(officer.me)
    await messenger.linked(officer)
    await messenger.box.forge("UPDATE officers SET role = 'chief'")
    chief = await officer.again()
    (found,) = await messenger.desk.of_unit(chief.me)
    assert (found.account, found.state) == (officer.me.officer.account, "linked")


async def test_a_thief_of_the_database_finds_no_chat_and_no_code(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    await messenger.linked(officer, 4171829400000123)
    code = await messenger.desk.new_code(officer.me, "vi")
    kept = repr(await messenger.box.ground.database.read(all_rows))
    assert "4171829400000123" not in kept
    assert code.digits not in kept
