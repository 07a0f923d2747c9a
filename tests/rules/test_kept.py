"""Rules 2, 3 and 7 for what lives longer than an epoch: reply addresses, buttons, subscriptions, and the notice."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from installation import START, Installation, Officer, Telegram, open_installation
from postgres_server import BOTH
from rules.marks import Marks, files_of
from rules.thief import Opened, Rows, all_rows, opened_by_epochs, secrets_in

from bot.run.drawerfile import FileDrawers
from bot.run.foundation import open_subscriptions, read_master
from crypto.drawers import Drawer
from crypto.errors import SealError
from crypto.labels import derive
from crypto.subscriptions import SubscriptionKey
from handlers.timeline import DAY

CHAT = 4_171_829_400_000_123
KEPT = ("reply_addresses", "kept_buttons", "subscriptions")
EVENING = START + 7 * 3600 + 52 * 60 + 53
"""18:00:00 of the same day."""
PIECE = 8
STORES = BOTH


@pytest.fixture
async def town(tmp_path: Path, url: str | None) -> AsyncIterator[Installation]:
    """Somebody asked for everything there is; others wrote tips and asked for nothing, or for the notice alone."""
    async with open_installation(tmp_path / "data", url=url) as box:
        box.officer = await Officer.enrol(box)  # type: ignore[attr-defined] # this town's own
        await _asks_for_everything(Telegram(box, CHAT))
        for n in range(1, 4):
            await Telegram(box, CHAT + n).file_tip(f"Tin số {n}.")
        await _subscribes(Telegram(box, CHAT + 4))
        yield box


async def _asks_for_everything(person: Telegram) -> None:
    await _subscribes(person)
    await person.text("Xe tải đổ rác xuống sông.")
    await person.text("1")
    await person.text("2")
    await person.text("2")
    await person.box.deliver()


async def _subscribes(person: Telegram) -> None:
    await person.text("alo")
    await person.text("4")
    await person.text("menu")
    await person.box.deliver()


async def rows_of(box: Installation) -> Rows:
    return await box.ground.database.read(all_rows)


def chat_marks() -> Marks:
    marks = Marks()
    for n in range(5):
        marks.add(f"chat {n}", str(CHAT + n))
        marks.add_number(f"chat {n}", CHAT + n)
    return marks


def opened_by_drawers(rows: Rows, folder: Path) -> list[bytes]:
    """What the drawers in this folder open."""
    found = []
    for path in folder.iterdir() if folder.exists() else ():
        drawer = Drawer(bytes.fromhex(path.name), path.read_bytes())
        for sealed in (*(row.blob for row in rows["reply_addresses"]), *(row.chat for row in rows["kept_buttons"])):
            found += list(_opened(drawer, sealed))
    return found


def _opened(drawer: Drawer, sealed: bytes) -> Iterator[bytes]:
    try:
        yield drawer.open_address(sealed)
    except SealError:
        return


def opened_subscribers(rows: Rows, key: SubscriptionKey) -> list[bytes]:
    return [key.open(row.key, row.blob) for row in rows["subscriptions"]]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_row_says_nothing_but_that_it_is_there(town: Installation) -> None:
    rows = await rows_of(town)
    assert [len(rows[name]) for name in KEPT] == [1, 1, 2]
    for name in KEPT:
        for row in rows[name]:
            assert all(isinstance(value, bytes) for value in row), "no moment, no count, no name"
    assert len({len(row.blob) for row in rows["subscriptions"]}) == 1
    files = [path for path in town.config.data_dir.iterdir() if path.name.startswith("hopthu.sqlite3")]
    assert chat_marks().found(*files) == set()


async def test_without_its_drawer_nothing_opens_it(town: Installation) -> None:
    """What a backup of the worst moment holds: every row, every key beside it, and no ephemeral folder."""
    rows, site = await rows_of(town), town.ground.keys.site.id
    for secret in secrets_in(files_of(town.config.keys), site):
        for row in rows["reply_addresses"]:
            assert list(_opened(Drawer(row.id, secret, site), row.blob)) == []
            assert list(_opened(Drawer(row.id, secret), row.blob)) == []


async def test_with_the_drawers_it_does(town: Installation) -> None:
    """The running machine, for thirty days."""
    found = opened_by_drawers(await rows_of(town), town.config.ephemeral / "drawers")
    assert len(found) == 2
    assert all(str(CHAT).encode() in plain for plain in found)


async def test_the_subkey_opens_subscribers_and_ties_them_to_nothing(town: Installation) -> None:
    rows = await rows_of(town)
    found = opened_subscribers(rows, open_subscriptions(town.config, town.ground.keys.site))
    assert {chat for chat in (CHAT, CHAT + 4) if any(str(chat).encode() in plain for plain in found)} == {
        CHAT,
        CHAT + 4,
    }
    tips = {row.id.hex().encode() for row in rows["tips"]}
    assert [tip for tip in tips for plain in found if tip in plain] == []


async def test_the_master_key_itself_is_no_subkey(town: Installation) -> None:
    rows, site = await rows_of(town), town.ground.keys.site.id
    master = read_master(town.config)
    for secret in (master, derive(master, site, "fake-salt")):
        with pytest.raises(SealError):
            opened_subscribers(rows, SubscriptionKey(1, secret, site))


async def test_no_value_joins_what_is_kept_to_anything(town: Installation) -> None:
    rows = await rows_of(town)
    kept = {piece for name in KEPT for row in rows[name] for value in row for piece in _pieces(value)}
    other = (value for name in rows if name not in KEPT for row in rows[name] for value in row)
    assert kept & {piece for value in other if isinstance(value, bytes) for piece in _pieces(value)} == set()
    assert len(kept) > 300
    names = [row[0] for name in KEPT for row in rows[name]]
    assert len(set(names)) == len(names)


def _pieces(raw: bytes) -> Iterator[bytes]:
    return (raw[start : start + PIECE] for start in range(len(raw[:80]) - PIECE + 1))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_rows_lie_in_no_order(town: Installation) -> None:
    for name, key in (("reply_addresses", "id"), ("kept_buttons", "key"), ("subscriptions", "key"), ("news", "id")):
        ((sql,),) = await town.rows("SELECT sql FROM sqlite_master WHERE name = ?", name)
        assert "WITHOUT ROWID" in sql
        found = [row[0] for row in await town.rows(f"SELECT {key} FROM {name} NOT INDEXED")]
        assert found == sorted(found)


async def test_after_forgetting_no_living_key_opens_anything_of_the_chat(town: Installation) -> None:
    me, marks = Telegram(town, CHAT), chat_marks()
    await me.text("Còn đang viết một tin khác.")
    await me.text("quên tôi")
    await me.text("1")
    await town.deliver()
    rows = await rows_of(town)
    living = [key.secret for key in town.ring.living(int(town.clock()))]
    sealed = opened_by_epochs(rows, town.config.data_dir / "blobs", living, ["-"])
    plain = opened_by_drawers(rows, town.config.ephemeral / "drawers")
    plain += opened_subscribers(rows, open_subscriptions(town.config, town.ground.keys.site))
    opened = [*sealed, *(Opened("kept", one) for one in plain)]
    assert {hit.mark for one in opened for hit in marks.found_in(one.plain, one.table)} >= {"chat 1", "chat 4"}
    assert {
        one.table for one in opened for hit in marks.found_in(one.plain, one.table) if hit.mark == "chat 0"
    } == set()
    keys = town.ring.living(int(town.clock()))
    pseudonyms = {key.pseudonym(me.bot, me.chat) for key in keys}
    assert {row.key for row in rows["conversations"]} & pseudonyms == set()
    assert {row.lane for row in rows["outbox"]} & pseudonyms == set()
    assert FileDrawers(town.config.ephemeral / "drawers", os.urandom).settled() == frozenset()
    assert marks.found(*(path for path in (town.config.ephemeral, town.config.keys))) == set()


async def _queued_at(box: Installation, moment: int) -> list[tuple[object, ...]]:
    """Shape of what the daily job queues: all a thief of the database sees, and all a phone shows."""
    box.clock.now = moment
    await box.deliver()
    await box.notice.run()
    rows = (await rows_of(box))["outbox"]
    shapes = [(row.driver, row.state, row.due - moment, row.attempts, len(row.blob), len(row.lane)) for row in rows]
    before = len(box.telegram.shown)
    await box.deliver()
    shown = box.telegram.shown[before:]
    return sorted(zip(shapes, [(one.text, one.buttons, one.opener) for one in shown], strict=True))


async def test_a_day_with_news_looks_like_a_day_without(town: Installation) -> None:
    """Everybody drawn on both days; on the second there are news for one of them. Then nobody is drawn."""
    officer = town.officer  # type: ignore[attr-defined] # see the fixture
    town.luck.now = 0.0
    without = await _queued_at(town, EVENING)
    for tip in await officer.tips():
        await officer.write(tip, "question", "Xe màu gì?")
    with_news = await _queued_at(town, EVENING + DAY)
    assert with_news == without
    assert len(with_news) == 2, "one notice a chat, whatever the reasons"
    for tip in await officer.tips():
        await officer.write(tip, "answer", "Đã cho người đến xem.")
    town.luck.now = 0.9
    only_news = await _queued_at(town, EVENING + 2 * DAY)
    assert only_news == without[:1]


@pytest.mark.parametrize(("moment", "told"), [(EVENING - 60, 0), (EVENING + 2 * 3600, 2), (EVENING + 3 * 3600, 0)])
async def test_after_downtime_the_day_is_done_once_in_its_evening_or_not_at_all(
    town: Installation, moment: int, told: int
) -> None:
    town.luck.now = 0.0
    assert len(await _queued_at(town, moment)) == told
    assert await _queued_at(town, moment + 30) == []


async def test_two_workers_do_a_day_once(town: Installation) -> None:
    """Both have drawn; the second finds the day taken when it commits."""
    town.luck.now = 0.0
    town.clock.now = EVENING
    await town.notice._queue_day(EVENING)
    await town.notice._queue_day(EVENING)
    assert len((await rows_of(town))["outbox"]) == 2


async def test_a_notice_that_could_not_leave_by_day_does_not_come_at_night(town: Installation) -> None:
    town.luck.now = 0.0
    town.clock.now = EVENING
    await town.notice.run()
    before = len(town.telegram.shown)
    town.clock.now = EVENING + 3 * 3600
    await town.deliver()
    assert (len(town.telegram.shown), (await rows_of(town))["outbox"]) == (before, [])


async def test_many_notices_leave_one_after_another_and_within_the_evening(town: Installation) -> None:
    """So that whoever writes to the box meanwhile is answered between them."""
    town.luck.now = 0.0
    for n in range(5, 35):
        await _subscribes(Telegram(town, CHAT + n))
    draws = iter([0.0] * 32 + [n / 32 for n in range(32)])
    town.notice._chance = lambda: next(draws)
    town.clock.now = EVENING
    await town.deliver()
    await town.notice.run()
    assert {row.due - EVENING for row in (await rows_of(town))["outbox"]} == {0, 1, 2}
