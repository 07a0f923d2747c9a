"""What must go, goes; what cannot go now, goes later."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from installation import Clock, Installation, Officer, Page, Telegram, open_installation
from postgres_server import BOTH
from unit.service.pictures import marked, written

from bot.service.desk.counter import BELL_EVERY, OVERLAP
from bot.service.desk.login import SESSION_LIVES
from bot.service.housekeeping import NOTICES_KEPT
from bot.service.keyring import OPENS_FOR, SEALS_FOR
from storage.errors import Busy
from storage.repositories import enrolments
from storage.repositories.enrolments import Enrolment

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"
CHATS = ("conversations", "draft_parts", "inbox", "outbox")


async def counts(box: Installation, *tables: str) -> list[int]:
    return [(await box.rows(f"SELECT count(*) FROM {table}"))[0][0] for table in tables]


async def test_after_three_days_nothing_ties_a_chat_to_anything(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    await page.photo(written(marked(), "JPEG"))
    await Telegram(box, 7).text("alo")
    assert all(await counts(box, *CHATS))
    box.clock.advance(OPENS_FOR)
    await box.housekeeping.expire()
    assert await counts(box, *CHATS) == [0, 0, 0, 0]
    assert box.ground.blobs.names() == ()
    assert [path.name for path in box.config.ephemeral.glob("*.epoch")] == [f"{int(box.clock()) // 3600:08}.epoch"]


async def test_rows_of_keys_lost_in_a_reboot_go_and_trouble_nobody(tmp_path: Path) -> None:
    """On a tmpfs the keys go at once; nothing stays for the numbers of the new ones to meet."""
    data, clock = tmp_path / "data", Clock()
    async with open_installation(data, clock=clock) as box:
        for _ in range(3):
            box.ring.living(int(clock()))
            clock.advance(SEALS_FOR)
        await page_of(box, WORDS)
    shutil.rmtree(data / "ephemeral")
    clock.advance(600)
    async with open_installation(data, clock=clock) as box:
        page = await page_of(box, WORDS)
        await box.housekeeping.end_silences()
        assert await counts(box, "conversations", "draft_parts") == [2, 2]
        clock.advance(SEALS_FOR - 1)
        await box.housekeeping.expire()
        await page.text(WORDS)
        clock.advance(2 * SEALS_FOR + 1)
        await page.text("menu")
        await box.housekeeping.expire()
        newest = box.ring.living(int(clock()))[0].number
        assert {row[0] for name in CHATS for row in await box.rows(f"SELECT epoch FROM {name}")} == {newest}


async def page_of(box: Installation, words: str) -> Page:
    page = Page(box)
    await page.open()
    await page.text(words)
    return page


async def test_a_second_earlier_it_is_all_there(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    before = await counts(box, *CHATS)
    box.clock.advance(OPENS_FOR - 1)
    await box.housekeeping.expire()
    assert await counts(box, *CHATS) == before


async def test_a_tip_stays(box: Installation, officer: Officer, page: Page) -> None:
    await page.file_tip(WORDS, photo=written(marked(), "JPEG"))
    box.clock.advance(OPENS_FOR)
    await box.housekeeping.expire()
    (tip,) = await officer_again(box, officer)
    assert [entry.kind for entry in (await officer.open(tip)).thread.entries] == ["opening", "text", "photo"]
    assert len(box.ground.blobs.names()) == 1


async def officer_again(box: Installation, officer: Officer) -> list[bytes]:
    officer.me = await box.counter.login("trucban1", officer.keys.proof())
    return await officer.tips()


async def test_sessions_that_are_over_go(box: Installation, officer: Officer, page: Page) -> None:
    box.clock.advance(SESSION_LIVES)
    await box.housekeeping.expire()
    assert await counts(box, "sessions") == [0]


async def test_links_that_are_used_up_or_over_go(box: Installation, officer: Officer) -> None:
    """They name whom somebody invited, and were made to be gone within the half hour."""
    ends = int(box.clock()) + 10
    invited = Enrolment("18118", "duty", "Đ/c B", ends)
    await box.run(lambda connection: enrolments.create(connection, b"t" * 32, invited))
    assert await counts(box, "enrolments") == [2]
    await box.housekeeping.expire()
    assert await box.rows("SELECT name FROM enrolments") == [("Đ/c B",)]
    box.clock.now = ends
    await box.housekeeping.expire()
    assert await counts(box, "enrolments") == [0]


@pytest.mark.parametrize("urgent", [False, True])
async def test_notices_go_as_soon_as_no_bell_asks_for_them(
    box: Installation, officer: Officer, page: Page, urgent: bool
) -> None:
    await page.file_tip(WORDS, urgent=urgent)
    ((due,),) = await box.rows("SELECT due FROM notices")
    box.clock.now = due + NOTICES_KEPT - 1
    await box.housekeeping.expire()
    assert await counts(box, "notices") == [1]
    box.clock.advance(1)
    await box.housekeeping.expire()
    assert await counts(box, "notices", "tips") == [0, 1]


def test_a_notice_is_there_for_every_look_of_a_bell() -> None:
    assert NOTICES_KEPT > OVERLAP + 2 * BELL_EVERY


async def test_twice_does_no_harm(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    await box.housekeeping.expire()
    await box.housekeeping.expire()
    assert all(await counts(box, "conversations", "draft_parts"))


async def test_blobs_nobody_names_go_after_a_day(box: Installation, page: Page) -> None:
    await page.photo(written(marked(), "JPEG"))
    await box.ground.blobs.put("ab" * 16, [b"left by a crash"])
    folder = box.config.data_dir / "blobs"
    for path in folder.iterdir():
        os.utime(path, (box.clock() - 90_000,) * 2)
    await box.housekeeping.sweep()
    assert len(box.ground.blobs.names()) == 1
    assert "ab" * 16 not in box.ground.blobs.names()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_the_log_of_the_database_is_emptied(box: Installation, page: Page) -> None:
    log = box.config.data_dir / "hopthu.sqlite3-wal"
    await page.text(WORDS)
    assert log.stat().st_size > 0
    await box.housekeeping.checkpoint()
    assert log.stat().st_size == 0


@pytest.mark.parametrize("job", ["expire", "end_silences", "sweep", "checkpoint", "scatter", "forget"])
async def test_a_store_that_is_away_is_tried_later(
    box: Installation, job: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def away(*_: object) -> None:
        raise Busy

    for name in ("run", "read", "checkpoint", "scatter"):
        monkeypatch.setattr(box.ground.database, name, away)
    await getattr(box.housekeeping, job)()
    assert "postponed" in capsys.readouterr().out
