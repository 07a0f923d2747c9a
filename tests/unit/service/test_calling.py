"""Calls told to phones: every notice is the same, each once, and nobody without a phone holds up anybody."""

from __future__ import annotations

import os

import pytest
from installation import Installation, Officer
from phones import DESK, OfficersMessenger

from bot.service.calling import Calling, forget_name
from bot.service.delivery_errors import RetryLater
from bot.service.desk.calls import pending
from bot.service.errors import NotAccepted
from storage.repositories import calls, settings
from storage.repositories.calls import DIGEST, StoredCall


@pytest.fixture
async def messenger(box: Installation) -> OfficersMessenger:
    return OfficersMessenger(box)


@pytest.fixture
def calling(messenger: OfficersMessenger) -> Calling:
    return Calling(
        database=messenger.box.ground.database,
        post=messenger.post,
        key=messenger.key,
        desk=DESK,
        name=lambda: "canbo_bot",
        told=messenger.delivery.wake,
    )


async def call(
    messenger: OfficersMessenger, officer: Officer, tip: bytes | None = None, *, urgent: bool = False
) -> None:
    unit, serial, now = officer.me.officer.unit, officer.me.officer.serial, messenger.now()
    await messenger.box.run(lambda c: calls.add(c, [StoredCall(serial, tip or os.urandom(16), unit, urgent, now)]))


async def test_twenty_notices_of_different_causes_are_one_and_the_same(
    messenger: OfficersMessenger, officer: Officer, calling: Calling
) -> None:
    phone = await messenger.linked(officer)
    messenger.driver.sent.clear()
    tip, sizes = os.urandom(16), set()
    for n in range(20):
        await call(messenger, officer, tip if n % 3 == 0 else None, urgent=n % 2 == 0)
        await calling.tell()
        sizes |= set(await messenger.box.rows("SELECT LENGTH(blob), driver FROM outbox"))
        await messenger.deliver()
        messenger.box.clock.advance(60 * n + 1)
    assert len(messenger.driver.sent) == 20
    assert {chat for chat, _ in messenger.driver.sent} == {phone.chat}
    assert len({repr(message) for _, message in messenger.driver.sent}) == 1
    assert len(sizes) == 1


async def test_a_burst_is_one_notice(messenger: OfficersMessenger, officer: Officer, calling: Calling) -> None:
    phone = await messenger.linked(officer)
    for _ in range(7):
        await call(messenger, officer)
    await calling.tell()
    await messenger.deliver()
    assert len(phone.shown) == 2
    assert await calling.tell() == 0


async def test_while_the_messenger_is_away_notices_do_not_pile_up(
    messenger: OfficersMessenger, officer: Officer, calling: Calling
) -> None:
    phone = await messenger.linked(officer)
    for _ in range(5):
        await call(messenger, officer)
        await calling.tell()
        messenger.driver.fail_next(RetryLater())
        await messenger.delivery.once()
        messenger.box.clock.advance(1)
    messenger.driver._failures.clear()
    messenger.box.clock.advance(3600)
    await messenger.deliver()
    assert len(phone.shown) == 2


async def test_neither_a_digest_nor_a_notice_that_is_tried_later_swallows_an_urgent_call(
    messenger: OfficersMessenger, officer: Officer, calling: Calling
) -> None:
    phone = await messenger.linked(officer)
    await call(messenger, officer, DIGEST)
    await calling.tell()
    messenger.driver.fail_next(RetryLater(3600))
    await messenger.deliver()
    await call(messenger, officer)
    await calling.tell()
    messenger.driver.fail_next(RetryLater(3600))
    await messenger.deliver()
    assert len(phone.shown) == 1, "both wait an hour"
    messenger.box.clock.advance(600)
    await call(messenger, officer)
    await calling.tell()
    await messenger.deliver()
    assert len(phone.shown) == 1, "what is not urgent waits with them"
    await call(messenger, officer, urgent=True)
    await calling.tell()
    await messenger.deliver()
    assert [one.text.splitlines()[0][:8] for one in phone.shown[1:]] == ["Hòm thư:"]


async def test_urgent_calls_are_told_before_others_that_wait_longer(
    messenger: OfficersMessenger, officer: Officer
) -> None:
    await call(messenger, officer)
    messenger.box.clock.advance(60)
    urgent = StoredCall("z-another", os.urandom(16), officer.me.officer.unit, urgent=True, due=messenger.now())
    await messenger.box.run(lambda c: calls.add(c, [urgent]))
    found = await messenger.box.ground.database.read(lambda c: pending(c, messenger.now(), 1))
    assert [one.serial for one in found] == ["z-another"]


async def test_who_has_no_phone_is_passed_over(
    messenger: OfficersMessenger, officer: Officer, calling: Calling
) -> None:
    await call(messenger, officer)
    assert await calling.tell() == 1
    assert await calling.tell() == 0
    assert await messenger.box.rows("SELECT COUNT(*) FROM outbox") == [(0,)]


async def test_the_digest_is_counts_and_stands_beside_a_notice(
    messenger: OfficersMessenger, officer: Officer, calling: Calling
) -> None:
    phone = await messenger.linked(officer)
    await call(messenger, officer)
    await call(messenger, officer, DIGEST)
    await calling.tell()
    await messenger.deliver()
    texts = sorted(one.text.splitlines()[0] for one in phone.shown[1:])
    assert texts == [
        "Hòm thư 22/11. Chưa mở: 0. Đang xử lý: 0. Sắp đến hạn: 0. Quá hạn: 0.",
        f"Hòm thư: có việc cần xem. Mở bàn làm việc: {DESK}",
    ]


async def test_the_console_is_told_the_bots_name(messenger: OfficersMessenger, calling: Calling) -> None:
    await calling._note_name()
    assert await messenger.box.ground.database.read(lambda c: settings.get(c, "officers-bot")) == b"canbo_bot"


async def test_the_console_is_told_that_there_is_no_bot_any_more(
    messenger: OfficersMessenger, officer: Officer, calling: Calling
) -> None:
    await forget_name(messenger.box.ground.database)
    await calling._note_name()
    await forget_name(messenger.box.ground.database)
    assert (await messenger.desk.mine(officer.me)).bot is None
    with pytest.raises(NotAccepted, match="phone-no-bot"):
        await messenger.desk.new_code(officer.me, "vi")
