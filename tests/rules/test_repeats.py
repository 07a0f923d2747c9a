"""Rules 5 and 6: one arrival is one transaction, a repeat is nothing, and nothing is acknowledged that is not kept."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import postgres_server
import pytest
from installation import BOX, Installation, Page, Telegram, open_installation, words_in
from rules.night import small_photo
from rules.thief import Rows, all_rows
from sqlalchemy import Connection
from starlette.websockets import WebSocketDisconnect
from unit.service.recordings import film, sound

from bot.edge.drivers.handing_over import HandingOver, Outcome, hand_over
from bot.edge.http import chat, server
from bot.service.arrivals import Arrival, Content, Incoming, PageOpened, Place, Text
from bot.service.errors import OurFault, OutsideFailed
from crypto.receipts import grouped
from handlers.values import MediaKind
from storage.errors import Busy, Full, StorageError
from storage.sweep import sweep

DAY = 24 * 3600
STORES = postgres_server.BOTH


@pytest.fixture
async def box(tmp_path: Path, url: str | None) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data", url=url) as box:
        yield box


async def rows_of(box: Installation) -> Rows:
    return await box.ground.database.read(all_rows)


def _sent(kind: MediaKind, content: bytes, mime: str, caption: str = "") -> Incoming:
    async def fetch() -> AsyncIterator[bytes]:
        yield content

    return Incoming(kind, None, caption, True, mime, None, fetch)


CONTENTS: dict[str, Content] = {
    "text": Text("Xe tải đổ rác xuống sông."),
    "photo": _sent("photo", small_photo(), "image/jpeg", "Ảnh chụp lúc sáng."),
    "voice": _sent("voice", sound("ogg", "libopus"), "audio/ogg"),
    "video": _sent("video", film("mp4", "libx264", "aac"), "video/mp4"),
    "file": _sent("file", b"Bien so 38A.", "text/plain"),
    "a file that cannot be cleaned": _sent("file", b"AC1027" + bytes(range(256)), "image/vnd.dwg"),
    "place": Place("18.5", "105.7"),
    "opened": PageOpened(BOX, "vi", reloaded=False),
    "edited": Text("Xe tải màu xanh.", edited=True),
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
async def test_the_same_arrival_twice_is_nothing(box: Installation, content: Content) -> None:
    page = Page(box)
    arrival = page.arrival(content, "once")
    assert not (await box.intake.receive(arrival)).repeated
    before, blobs = await rows_of(box), box.ground.blobs.names()
    assert (await box.intake.receive(arrival)).repeated
    assert await rows_of(box) == before
    assert box.ground.blobs.names() == blobs


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
async def test_the_same_arrival_many_times_at_once_is_one(box: Installation, content: Content) -> None:
    arrival = Page(box).arrival(content, "once")
    noted = await asyncio.gather(*(box.intake.receive(arrival) for _ in range(8)))
    assert sorted(one.repeated for one in noted) == [False, *[True] * 7]
    rows = await rows_of(box)
    assert len(rows["inbox"]) == 1
    assert len(box.ground.blobs.names()) == sum(row.media is not None for row in rows["draft_parts"])


@pytest.fixture
async def two_processes(tmp_path: Path) -> AsyncIterator[tuple[Installation, Installation]]:
    """One installation on PostgreSQL, run twice: nothing but the database is between them."""
    server, folder = postgres_server.shared_server(), tmp_path / "data"
    database = server.create_database(postgres_server.template())
    url = server.url(database)
    async with open_installation(folder, url=url) as one, open_installation(folder, url=url) as two:
        yield one, two
    server.drop_database(database)


@pytest.mark.postgres
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
async def test_the_same_arrival_at_two_processes_is_one(
    two_processes: tuple[Installation, Installation], content: Content
) -> None:
    arrival = Page(two_processes[0]).arrival(content, "once")
    noted = await asyncio.gather(*(box.intake.receive(arrival) for box in two_processes * 4))
    assert sorted(one.repeated for one in noted) == [False, *[True] * 7]


@pytest.mark.postgres
async def test_yes_at_two_processes_files_once(two_processes: tuple[Installation, Installation]) -> None:
    page = Page(two_processes[0])
    await page.text("Xe tải đổ rác xuống sông.")
    await page.text("1")
    await asyncio.gather(*(box.intake.receive(page.arrival(Text("1"))) for box in two_processes * 2))
    assert len((await rows_of(page.box))["tips"]) == 1


async def test_a_repeat_is_known_for_as_long_as_its_key_lives(box: Installation) -> None:
    page = Page(box)
    arrival = page.arrival(CONTENTS["text"], "once")
    await box.intake.receive(arrival)
    for _ in range(2):
        box.clock.advance(DAY + 60)
        await page.text("xin chào")
        assert (await box.intake.receive(arrival)).repeated


async def test_the_same_number_from_another_bot_is_no_repeat(box: Installation) -> None:
    someone = Telegram(box, 4171829400000123)
    arrival = someone.update(text="Xe tải đổ rác.")
    other = Arrival("telegram-43", arrival.channel, arrival.chat, arrival.update, arrival.content)
    assert [(await box.intake.receive(one)).repeated for one in (arrival, other)] == [False, False]


async def test_one_chats_messages_keep_their_order(box: Installation) -> None:
    page = Page(box)
    texts = [f"Dòng {n} của tin" for n in range(12)]
    await asyncio.gather(*(box.intake.receive(page.arrival(Text(text))) for text in texts))
    assert _in_order(words_in(await page.text("4")), texts)


async def test_a_driver_keeps_the_order_where_one_message_takes_longer(box: Installation) -> None:
    """A receipt is stretched before its transaction; what was written after it waits."""
    someone = Telegram(box, 4171829400000123)
    receipt = await someone.file_tip("Xe tải đổ rác.")
    handing = HandingOver(_receiver(box), chance=lambda: 0.5)
    arrivals = [someone.update(text=text) for text in (f"Mã {grouped(receipt)}", "Xe màu xanh.", "Biển số tỉnh khác.")]
    await asyncio.gather(*(handing.until_kept(arrival) for arrival in arrivals))
    said = [words_in([out]) for out in await someone.news()]
    assert ["Tin gửi ngày 22/11" in text for text in said] == [True, False, False]


def _receiver(box: Installation) -> Any:
    async def receive(arrival: Arrival) -> None:
        await box.intake.receive(arrival)

    return receive


def _in_order(text: str, pieces: list[str]) -> bool:
    places = [text.find(piece) for piece in pieces]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("urgent", [False, True])
async def test_yes_said_again_files_nothing_again(box: Installation, *, urgent: bool) -> None:
    page = Page(box)
    await page.text("Xe tải đổ rác xuống sông.")
    asked = await page.text("2" if urgent else "1")
    yes = [page.arrival(Text("1")) for _ in range(3)]
    await asyncio.gather(*(box.intake.receive(one) for one in yes), page.press(asked[-1], 1), page.press(asked[-1], 1))
    rows = await rows_of(box)
    assert len(rows["tips"]) == 1
    assert len(rows["mailboxes"]) == 1
    assert sum(out.shown.kind == "code" for _, out in await box.queued("web", page.chat)) == 1


REFUSALS = {"busy": (Busy(), OutsideFailed), "full": (Full(), OutsideFailed), "broken": (StorageError("x"), OurFault)}


@pytest.mark.parametrize(("refusal", "said"), REFUSALS.values(), ids=REFUSALS)
@pytest.mark.parametrize("step", ["write", "photo", "send"])
async def test_nothing_is_acknowledged_that_was_refused(
    box: Installation, monkeypatch: pytest.MonkeyPatch, refusal: StorageError, said: type[Exception], step: str
) -> None:
    page = Page(box)
    await page.text("Xe tải đổ rác xuống sông.")
    await page.text("1")
    content = {"write": Text("Thêm nữa."), "photo": CONTENTS["photo"], "send": Text("1")}[step]
    arrival = page.arrival(content, "refused")
    before, blobs = await rows_of(box), box.ground.blobs.names()
    with monkeypatch.context() as refused:
        refused.setattr(box.ground.database, "run", _refusing(refusal))
        with pytest.raises(said):
            await box.intake.receive(arrival)
    assert await rows_of(box) == before
    await _sweep_tomorrow(box)
    assert box.ground.blobs.names() == blobs
    assert not (await box.intake.receive(arrival)).repeated, "sent again it is taken"
    assert len((await rows_of(box))["tips"]) == (step == "send")


async def _sweep_tomorrow(box: Installation) -> None:
    """A photo whose commit failed, as far as one knows, is named by no row, and goes after a day."""
    await sweep(box.ground.database, box.ground.blobs, int(time.time()) + DAY + 60)


def _refusing(refusal: StorageError) -> Any:
    async def run(_: object) -> None:
        raise refusal

    return run


async def test_a_commit_that_fails_leaves_nothing_either(box: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything was written; the disk is full at the end."""
    page, whole = Page(box), type(box.ground.database).run
    await page.text("Xe tải đổ rác xuống sông.")
    before = await rows_of(box)

    async def run(work: Any) -> Any:
        def spoilt(connection: Connection) -> None:
            work(connection)
            raise Full

        return await whole(box.ground.database, spoilt)

    with monkeypatch.context() as full:
        full.setattr(box.ground.database, "run", run)
        with pytest.raises(OutsideFailed):
            await page.text("Thêm nữa.")
    assert await rows_of(box) == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_met_without_loss(box: Installation) -> None:
    page = Page(box)
    await page.text("Xe tải đổ rác xuống sông.")
    await _grow_to(box, 1)
    kept = 1
    while await _rows_if_taken(page):
        kept += 1
        assert kept < 100, "the disk was never full"
    await _grow_to(box, 1 << 30)
    assert f"{kept + 1} phần" in words_in(await page.text("Xe màu xanh."))


async def _rows_if_taken(page: Page) -> Rows:
    """The rows after one more text; none if it was refused, which must leave all rows as they were."""
    before = await rows_of(page.box)
    try:
        await page.text("Một phần nữa.")
    except OutsideFailed:
        assert await rows_of(page.box) == before
        return {}
    return await rows_of(page.box)


async def _grow_to(box: Installation, pages: int) -> None:
    """How large the database file may become; never less than it is."""
    await box.run(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count={pages}").scalar())


@dataclass
class Socket:
    """A page's end of the socket, in memory."""

    frames: asyncio.Queue[dict[str, Any] | None] = field(default_factory=asyncio.Queue)
    said: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    headers: dict[str, str] = field(default_factory=lambda: {"host": "127.0.0.1"})

    async def receive(self) -> dict[str, Any]:
        frame = await self.frames.get()
        return {"type": "websocket.receive", "text": json.dumps(frame)} if frame else {"type": "websocket.disconnect"}

    async def send_json(self, frame: dict[str, Any]) -> None:
        self.said.put_nowait(frame)

    async def answer(self, frame: dict[str, Any]) -> dict[str, Any]:
        """What is answered to this frame by its id."""
        self.frames.put_nowait(frame)
        async with asyncio.timeout(10):
            while (said := await self.said.get()).get("id") != frame["id"]:
                pass
        return said


@pytest.mark.parametrize(("lang", "words"), [("vi", "Chưa có gì được gửi"), ("en", "Nothing was sent")])
async def test_a_page_is_told_that_nothing_was_kept(
    box: Installation, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    socket, session = Socket(), "s" * 22
    connection = asyncio.create_task(chat.PageConnection(socket, _door(box)).serve())  # type: ignore[arg-type] # a twin
    socket.frames.put_nowait({"t": "hello", "session": session, "lang": lang, "open": False})
    with monkeypatch.context() as refused:
        refused.setattr(box.ground.database, "run", _refusing(Full()))
        told = await socket.answer({"t": "text", "id": "12345678", "text": "Xe tải đổ rác."})
    assert told["t"] == "error"
    assert words in told["text"]
    assert await box.queued("web", session) == []
    assert (await socket.answer({"t": "text", "id": "12345678", "text": "Xe tải đổ rác."}))["t"] == "noted"
    socket.frames.put_nowait(None)
    with pytest.raises(WebSocketDisconnect):
        await connection


def _door(box: Installation) -> chat.ChatDoor:
    ground = box.ground
    return chat.ChatDoor(
        intake=box.intake, pages=box.pages, site=ground.keys.site, texts=ground.texts, web=box.config.web
    )


async def test_a_photo_is_refused_with_a_status_that_says_try_again(
    box: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "assets").mkdir()
    app = server.build([chat.router(_door(box))], pages=tmp_path, ready=lambda: asyncio.sleep(0, result=True))
    headers = {"x-hopthu-session": "s" * 22, "x-hopthu-id": "i" * 16, "x-hopthu-kind": "photo"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        with monkeypatch.context() as refused:
            refused.setattr(box.ground.database, "run", _refusing(Full()))
            answer = await client.post("/api/v1/chat/media", content=small_photo(), headers=headers)
        assert (answer.status_code, answer.json()) == (503, {"error": "err-storage"})
        await _sweep_tomorrow(box)
        assert box.ground.blobs.names() == ()
        assert (await client.post("/api/v1/chat/media", content=small_photo(), headers=headers)).status_code == 204


async def test_a_messengers_update_is_not_confirmed_until_it_is_kept(
    box: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = Telegram(box, 4171829400000123)
    arrival = someone.update(text="Xe tải đổ rác.")
    with monkeypatch.context() as refused:
        refused.setattr(box.ground.database, "run", _refusing(Full()))
        assert await hand_over(_receiver(box), arrival) is Outcome.LATER
    assert await hand_over(_receiver(box), arrival) is Outcome.KEPT
    assert len(await someone.news()) == 1
