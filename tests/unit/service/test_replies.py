"""What is kept for 30 days and what is kept until "dừng": addresses, buttons, subscriptions, and their end."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.service.access import Access, KeptButtons
from bot.service.addresses import KEPT_SECONDS, Address
from bot.service.drawers import MemoryDrawers
from bot.service.replies import EVENING, Replies
from bot.service.subscriptions import MemoryErasedIds, Subscriptions, drop_erased
from crypto.subscriptions import SubscriptionKey
from storage.database import Database, open_database
from storage.repositories import kept, replies, subscriptions, tips
from storage.repositories.replies import StoredAddress
from storage.repositories.subscriptions import StoredSubscription
from storage.repositories.tips import NewTip

START = 1_795_316_827
TIP, OTHER_TIP = b"t" * 16, b"o" * 16
ME = Address("telegram-42", "telegram", "4171829400000123", "vi")
OTHER = Address("telegram-42", "telegram", "4171829400000124", "en")
TOKEN, ACCESS = b"k" * 16, Access(b"l" * 32, b"s" * 32)


@dataclass
class Shelf:
    """Everything kept, with a clock of ours."""

    database: Database
    now: float = START
    drawers: MemoryDrawers = field(default_factory=lambda: MemoryDrawers(os.urandom))
    erased: MemoryErasedIds = field(default_factory=MemoryErasedIds)

    def __post_init__(self) -> None:
        clock = lambda: self.now  # noqa: E731
        self.replies = Replies(database=self.database, drawers=self.drawers, clock=clock, entropy=os.urandom)
        self.buttons = KeptButtons(database=self.database, drawers=self.drawers, clock=clock)
        self.subscriptions = Subscriptions(
            database=self.database,
            key=SubscriptionKey(1, bytes(32)),
            erased=self.erased,
            entropy=os.urandom,
        )

    async def file(self) -> None:
        """The tip is there."""
        tip = NewTip(
            TIP, "p1", urgent=False, received=0, entries=[b"opening"], grants={}, lookup=b"l" * 32, mailbox=b""
        )
        await self.database.run(lambda connection: tips.file(connection, tip))

    async def addresses(self) -> set[tuple[Address, bytes]]:
        return {(one.kept.address, one.kept.tip) for one in await self.replies.living()}


@pytest.fixture
async def shelf() -> AsyncIterator[Shelf]:
    database = open_database("sqlite://")
    yield Shelf(database)
    await database.close()


async def test_who_asked_is_found_and_nobody_else(shelf: Shelf) -> None:
    await shelf.replies.tell(ME, TIP)
    assert await shelf.replies.asked(ME.bot, ME.chat, TIP)
    assert not await shelf.replies.asked(ME.bot, ME.chat, OTHER_TIP)
    assert not await shelf.replies.asked(OTHER.bot, OTHER.chat, TIP)


async def test_asking_again_leaves_one_address(shelf: Shelf) -> None:
    await shelf.replies.tell(ME, TIP)
    (first,) = await shelf.replies.rows()
    await shelf.replies.tell(ME, TIP)
    (second,) = await shelf.replies.rows()
    assert first != second
    assert shelf.drawers.get(first) is None


async def test_no_more_is_for_one_tip_and_forgetting_for_all(shelf: Shelf) -> None:
    await shelf.replies.tell(ME, TIP)
    await shelf.replies.tell(ME, OTHER_TIP)
    await shelf.replies.tell(OTHER, TIP)
    await shelf.replies.tell_no_more(ME.bot, ME.chat, TIP)
    assert await shelf.addresses() == {(ME, OTHER_TIP), (OTHER, TIP)}
    await shelf.replies.forget(ME.bot, ME.chat)
    assert await shelf.addresses() == {(OTHER, TIP)}


async def test_an_address_ends_after_thirty_days(shelf: Shelf) -> None:
    await shelf.file()
    await shelf.replies.tell(ME, TIP)
    (row,) = await shelf.replies.rows()
    shelf.now += KEPT_SECONDS - 1
    await shelf.replies.expire()
    assert await shelf.addresses() == {(ME, TIP)}
    shelf.now += 1
    assert await shelf.addresses() == set(), "told no more, even before the job runs"
    await shelf.replies.expire()
    assert (await shelf.replies.rows(), shelf.drawers.get(row)) == (frozenset(), None)


async def test_an_address_goes_with_its_tip_on_the_evening_of_its_closing(shelf: Shelf) -> None:
    await shelf.file()
    await shelf.replies.tell(ME, TIP)
    await shelf.database.run(lambda c: tips.set_state(c, "p1", TIP, state="closed", visible_from=START))
    shelf.now = START + EVENING
    await shelf.replies.expire()
    assert await shelf.addresses() == {(ME, TIP)}, "he is told first"
    shelf.now += 1
    await shelf.replies.expire()
    assert await shelf.addresses() == set()


async def test_who_was_told_is_looked_up_by_his_row_alone(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    await shelf.file()
    for chat in range(20):
        await shelf.replies.tell(Address("telegram-42", "telegram", str(chat), "vi"), TIP)
    row, *others = sorted(await shelf.replies.rows())
    await shelf.database.run(lambda c: tips.set_state(c, "p1", TIP, state="closed", visible_from=START))
    opened: list[bytes] = []
    get = shelf.drawers.get
    monkeypatch.setattr(shelf.drawers, "get", lambda name: opened.append(name) or get(name))
    await shelf.replies.told([row])
    assert opened == [row]
    assert await shelf.replies.rows() == frozenset(others)


async def test_who_was_told_of_a_tip_that_goes_on_is_told_again(shelf: Shelf) -> None:
    await shelf.file()
    await shelf.replies.tell(ME, TIP)
    await shelf.replies.told(list(await shelf.replies.rows()))
    assert await shelf.addresses() == {(ME, TIP)}


async def test_an_address_goes_with_an_erased_tip(shelf: Shelf) -> None:
    await shelf.replies.tell(ME, TIP)
    await shelf.replies.expire()
    assert await shelf.replies.rows() == frozenset()


async def test_a_row_without_its_drawer_is_dead_and_goes(shelf: Shelf) -> None:
    await shelf.replies.tell(ME, TIP)
    (row,) = await shelf.replies.rows()
    shelf.drawers.destroy(row)
    assert await shelf.addresses() == set()
    await shelf.replies.expire()
    assert await shelf.replies.rows() == frozenset()


async def test_a_changed_row_is_dead_and_goes(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.drawers.make(b"1" * 16)
    await shelf.database.run(lambda c: replies.add(c, StoredAddress(b"1" * 16, b"\x01broken")))
    await shelf.replies.expire()
    assert await shelf.replies.rows() == frozenset()
    assert "reply_address_unusable" in capsys.readouterr().out


async def test_a_button_opens_in_its_chat_with_its_token(shelf: Shelf) -> None:
    await shelf.buttons.keep(ME, TOKEN, ACCESS)
    await shelf.buttons.keep(ME, TOKEN, ACCESS)
    assert await shelf.buttons.open(ME, TOKEN) == ACCESS
    assert await shelf.buttons.open(OTHER, TOKEN) is None
    assert await shelf.buttons.open(ME, b"x" * 16) is None
    assert "l" * 8 not in repr(ACCESS)


async def test_a_button_ends_after_thirty_days(shelf: Shelf) -> None:
    await shelf.buttons.keep(ME, TOKEN, ACCESS)
    shelf.now += KEPT_SECONDS
    assert await shelf.buttons.open(ME, TOKEN) is None
    await shelf.buttons.expire()
    assert await shelf.buttons.rows() == frozenset()


async def test_forgetting_revokes_the_buttons_of_one_chat(shelf: Shelf) -> None:
    await shelf.buttons.keep(ME, TOKEN, ACCESS)
    await shelf.buttons.keep(OTHER, b"o" * 16, ACCESS)
    await shelf.buttons.forget(ME.bot, ME.chat)
    assert await shelf.buttons.open(ME, TOKEN) is None
    assert await shelf.buttons.open(OTHER, b"o" * 16) == ACCESS


async def test_a_destroyed_drawer_revokes_a_button(shelf: Shelf) -> None:
    await shelf.buttons.keep(ME, TOKEN, ACCESS)
    (row,) = await shelf.buttons.rows()
    shelf.drawers.destroy(row)
    assert await shelf.buttons.open(ME, TOKEN) is None
    await shelf.buttons.expire()
    assert await shelf.buttons.rows() == frozenset()


async def test_a_button_whose_row_was_changed_goes(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    await shelf.buttons.keep(ME, TOKEN, ACCESS)
    await shelf.database.run(lambda c: c.exec_driver_sql("UPDATE kept_buttons SET chat = zeroblob(9)"))
    assert await shelf.buttons.open(ME, TOKEN) is None
    await shelf.buttons.expire()
    assert await shelf.database.read(kept.every_key) == frozenset()
    assert "kept_button_unusable" in capsys.readouterr().out


async def test_a_subscription_is_made_once_and_ended(shelf: Shelf) -> None:
    await shelf.subscriptions.add(ME)
    await shelf.subscriptions.add(ME)
    ((row, address),) = await shelf.subscriptions.every()
    assert address == ME
    assert await shelf.subscriptions.is_there(row)
    await shelf.subscriptions.remove(OTHER.bot, OTHER.chat)
    assert await shelf.subscriptions.is_there(row)
    await shelf.subscriptions.remove(ME.bot, ME.chat)
    assert not await shelf.subscriptions.is_there(row)
    assert len(shelf.erased.every()) == 1


async def test_a_subscription_under_another_key_is_passed_over(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    await shelf.subscriptions.add(ME)
    strange = StoredSubscription(b"x" * 32, b"y" * 16, b"strange")
    await shelf.database.run(lambda c: subscriptions.put(c, strange))
    assert [address for _, address in await shelf.subscriptions.every()] == [ME]
    assert "subscription_unusable" in capsys.readouterr().out


async def test_a_restored_backup_brings_no_erased_subscription_back(shelf: Shelf) -> None:
    await shelf.subscriptions.add(ME)
    await shelf.subscriptions.add(OTHER)
    backup = await shelf.database.read(lambda c: subscriptions.batch(c, b"", 10))
    await shelf.subscriptions.remove(ME.bot, ME.chat)
    for row in backup:
        await shelf.database.run(lambda c, row=row: subscriptions.put(c, row))
    assert len(await shelf.subscriptions.every()) == 2
    assert await shelf.database.run(lambda c: drop_erased(c, shelf.erased.every())) == 1
    assert [address for _, address in await shelf.subscriptions.every()] == [OTHER]
