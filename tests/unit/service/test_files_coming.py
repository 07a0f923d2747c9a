"""Sending while a file is still on its way: one commit keeps the file and files the tip, and nothing is sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from installation import Installation, Page, Person, Telegram, receipt_in, words_in
from unit.service.pictures import marked, written

from bot.service.arrivals import Arrival, Incoming
from bot.service.errors import NotAccepted, OutsideFailed
from handlers.values import MediaKind

TIP = "Đêm qua ở ngõ 5 cạnh chợ có tiếng cãi nhau to"


class Slow:
    """A file whose bytes come when they are let go."""

    def __init__(self, content: bytes | Exception) -> None:
        self.content = content
        self.go = asyncio.Event()

    async def fetch(self) -> AsyncIterator[bytes]:
        await self.go.wait()
        if isinstance(self.content, Exception):
            raise self.content
        yield self.content

    def incoming(self, kind: MediaKind = "photo", *, answer: bool = True) -> Incoming:
        return Incoming(kind, None, "", answer, "image/jpeg", None, self.fetch)


def picture() -> Slow:
    return Slow(written(marked(), "JPEG"))


def arrives(person: Person, incoming: Incoming) -> Arrival:
    if isinstance(person, Page):
        return person.arrival(incoming)
    assert isinstance(person, Telegram)
    update = person.update(text="x")
    return Arrival(update.bot, update.channel, update.chat, update.update, incoming)


@asynccontextmanager
async def sending(person: Person, *files: Slow) -> AsyncIterator[list[asyncio.Task[object]]]:
    """Sending was confirmed while these files are on their way."""
    await person.text(TIP)
    tasks = [asyncio.create_task(person.box.intake.receive(arrives(person, file.incoming()))) for file in files]
    await asyncio.sleep(0)
    await person.text("1")
    assert "Đang nhận nốt tệp" in words_in(await person.text("1"))
    yield tasks
    await asyncio.gather(*tasks, return_exceptions=True)


async def tips(box: Installation) -> int:
    return int((await box.rows("SELECT count(*) FROM tips"))[0][0])


async def test_the_last_file_files_the_tip(box: Installation, person: Person) -> None:
    first, last = picture(), picture()
    async with sending(person, first, last) as (one, two):
        first.go.set()
        await one
        assert await tips(box) == 0
        last.go.set()
        await two
    said = await person.news()
    assert "ĐÃ TIẾP NHẬN" in words_in(said)
    receipt = receipt_in(said)
    assert await tips(box) == 1
    assert (await box.rows("SELECT count(*) FROM draft_parts"))[0][0] == 0
    assert len(box.ground.blobs.names()) == 2
    assert "Tin gửi ngày" in words_in(await person.code(receipt))


async def test_a_repeat_of_the_last_file_files_nothing_more(box: Installation, person: Person) -> None:
    await person.text(TIP)
    file = picture()
    arrival = arrives(person, file.incoming())
    coming = asyncio.create_task(box.intake.receive(arrival))
    await asyncio.sleep(0)
    await person.text("1")
    await person.text("1")
    file.go.set()
    await coming
    assert (await box.intake.receive(arrival)).repeated
    assert await tips(box) == 1


async def test_one_that_cannot_be_read_is_told_and_sending_asked_again(box: Installation, person: Person) -> None:
    broken = Slow(b"no picture")
    async with sending(person, broken) as (task,):
        broken.go.set()
        await asyncio.wait([task])
        assert isinstance(task.exception(), NotAccepted) == isinstance(person, Page)
    said = words_in(await person.news())
    assert said.index("Không đọc được tệp này") < said.index("Gửi 1 phần")
    assert await tips(box) == 0
    await person.text("1")
    assert await tips(box) == 1


async def test_one_that_never_arrives_leaves_the_draft_and_may_come_again(box: Installation, person: Person) -> None:
    torn, whole = Slow(OutsideFailed("torn")), picture()
    async with sending(person, torn) as (task,):
        torn.go.set()
        await asyncio.wait([task])
        assert isinstance(task.exception(), OutsideFailed)
    assert await tips(box) == 0
    whole.go.set()
    await box.intake.receive(arrives(person, whole.incoming()))
    assert await tips(box) == 1


async def test_a_refused_file_of_a_chat_that_does_not_wait_writes_nothing(box: Installation) -> None:
    page = Page(box)
    await page.open()
    await page.text(TIP)
    before = await box.rows("SELECT key FROM inbox")
    broken = Slow(b"no picture")
    broken.go.set()
    with pytest.raises(NotAccepted):
        await box.intake.receive(page.arrival(broken.incoming()))
    assert await box.rows("SELECT key FROM inbox") == before
