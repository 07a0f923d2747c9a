"""The web chat over a real socket: nothing is lost, nothing doubled, nothing malformed hurts."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator

import httpx
import pytest
from integration.served import ChatPage, DeskBrowser, Served, b64, fresh
from unit.service.papers import paper
from unit.service.pictures import SECRET, with_secrets
from unit.service.recordings import film, sound
from unit.service.until import until
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from bot.edge.http import chat
from bot.edge.http.chat import AT_ONCE
from bot.run.foundation import open_keys
from storage.errors import Busy

WORDS = "Có người bán ma túy ở đầu xóm"


async def test_hello_ready_say_noted(served: Served, page: ChatPage) -> None:
    ready, noted = page.others
    site = open_keys(served.config).site
    assert ready == {"t": "ready", "site": {"salt": b64(site.salt), "demo": True}}
    assert noted == {"t": "noted", "id": "open", "parts": []}
    (hello,) = page.said
    assert [choice["n"] for choice in hello["menu"]["choices"]] == [1, 2, 3, 4]
    update = await page.act(t="text", text=WORDS)
    (part,) = page.answer(update)["parts"]  # type: ignore[index] # answered by now
    await until(lambda: len(page.said) == 2)
    assert page.said[1]["draft"] == {"count": 1, "parts": [part], "urgent": False}
    assert (page.said[1]["kind"], page.said[1]["state"]) == ("card", "collect")


async def test_what_is_acknowledged_is_gone_from_the_server(served: Served, page: ChatPage) -> None:
    await page.text(WORDS)
    await served.until_rows("SELECT count(*) FROM outbox", 0)


async def test_after_a_break_what_was_missed_comes_once(served: Served) -> None:
    page = ChatPage(served, acks=False)
    await page.join()
    await page.text(WORDS)
    await until(lambda: len(page.said) == 2)
    await page.drop()
    other = ChatPage(served, session=page.session, seen=page.seen, opened=True, acks=False)
    async with other:
        await other.act(t="text", text="Tối nào cũng có xe lạ")
        await until(lambda: len(other.said) == 1)
    await page.join()
    await until(lambda: len(page.said) == 3)
    numbers = [said["n"] for said in page.said]
    assert numbers == sorted(set(numbers))
    await page.drop()


async def test_a_break_between_sending_and_noting_loses_and_doubles_nothing(served: Served, page: ChatPage) -> None:
    updates = [fresh() for _ in range(5)]
    for n, update in enumerate(updates):
        await page.send({"t": "text", "id": update, "text": f"phần {n}"})
        if n == 2:
            await page.drop()
            await page.join()
    for n, update in enumerate(updates):
        await page.send({"t": "text", "id": update, "text": f"phần {n}"})
    await until(lambda: all(page.answer(update) for update in updates))
    assert await served.rows("SELECT count(*) FROM draft_parts") == [(5,)]


async def test_the_same_frame_twice_is_one_part_and_noted_twice(served: Served, page: ChatPage) -> None:
    frame = {"t": "text", "id": fresh(), "text": WORDS}
    for _ in range(3):
        await page.send(frame)
    await until(lambda: [one.get("id") for one in page.others].count(frame["id"]) == 3)
    assert await served.rows("SELECT count(*) FROM draft_parts") == [(1,)]


async def test_a_page_opened_again_begins_anew(served: Served, page: ChatPage) -> None:
    await page.text(WORDS)
    again = ChatPage(served)
    await again.join(reloaded=True)
    await until(lambda: bool(again.said))
    assert again.said[0]["draft"] is None
    await again.drop()


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"t": "unheard"}',
        '{"t": "text"}',
        '{"t": "text", "id": "short", "text": "x"}',
        '{"t": "ack", "n": -1}',
        '{"t": "ack", "n": 99999999999999999999999999}',
        '{"t": "text", "id": "\\ud800aaaaaaaaa", "text": "x"}',
        '{"t": "hello", "session": "' + "x" * 22 + '"}',
        b"\x00\xff",
    ],
)
async def test_malformed_frames_are_ignored(served: Served, page: ChatPage, junk: str | bytes) -> None:
    await page.send(junk)
    await page.text(WORDS)
    assert [frame for frame in page.others if frame["t"] == "error"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"t": "text", "text": "x" * 20_001},
        {"t": "text", "text": ""},
        {"t": "press", "serial": "s" * 33, "n": 1},
        {"t": "code", "lookup": b64(os.urandom(31)), "seed": b64(os.urandom(32))},
        {"t": "typo", "count": "many"},
        {"t": "drop", "part": "?"},
    ],
)
async def test_an_act_with_something_wrong_in_it_is_not_noted(page: ChatPage, wrong: dict[str, object]) -> None:
    update = await page.act(**wrong)
    answer = page.answer(update)
    assert answer is not None
    assert answer["t"] == "error"
    assert "gửi lại" in answer["text"]


async def test_the_longest_text_is_split_and_kept_whole(served: Served, page: ChatPage) -> None:
    update = await page.act(t="text", text="dài " * 5_000)
    assert len(page.answer(update)["parts"]) == 5  # type: ignore[index] # answered by now


async def test_every_act_has_its_fact(served: Served, page: ChatPage) -> None:
    update = await page.act(t="text", text=WORDS)
    (part,) = page.answer(update)["parts"]  # type: ignore[index] # answered by now
    await page.act(t="drop", part=part)
    assert await served.rows("SELECT count(*) FROM draft_parts") == [(0,)]
    await page.act(t="typo", count=22)
    await until(lambda: "22" in page.words())
    said = await page.open_tip("1" * 24)
    assert said
    await page.act(t="leave")
    await served.until_rows("SELECT count(*) FROM conversations", 0)


async def test_a_tip_by_web_is_read_at_the_desk(served: Served, page: ChatPage, desk: DeskBrowser) -> None:
    receipt = await page.file_tip(WORDS)
    (row,) = await desk.tips()
    assert [entry.text for entry in (await desk.open(row["id"])).thread.entries[1:]] == [WORDS]
    assert (await desk.write(row["id"], "question", "Thấy lúc mấy giờ?")).status_code == 200
    async with ChatPage(served) as other:
        said = await other.open_tip(receipt)
    assert "Thấy lúc mấy giờ?" in "\n".join(said[-1]["text"])


async def test_english_is_kept_to(served: Served) -> None:
    page = ChatPage(served)
    await page.join(lang="en")
    await until(lambda: bool(page.said))
    assert "police" in page.words().lower()
    update = await page.act(t="text", text="x" * 20_001)
    assert "send it again" in page.answer(update)["text"].lower()  # type: ignore[index] # answered by now
    await page.drop()


async def test_no_hello_is_no_conversation(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async with connect(f"{served.socket}/chat/ws") as socket:
        await socket.send('{"t": "text", "id": "aaaaaaaa", "text": "x"}')
        await socket.wait_closed()
        assert socket.close_code == 4400
    monkeypatch.setattr(chat, "HELLO_WITHIN", 0.05)
    async with connect(f"{served.socket}/chat/ws") as socket:
        await socket.wait_closed()
        assert socket.close_code == 4400


async def test_another_sites_page_is_refused(served: Served) -> None:
    for origin in ("https://evil.example", "null"):
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"{served.socket}/chat/ws", origin=origin)  # type: ignore[arg-type] # a string will do
        assert refused.value.response.status_code == 403
    async with connect(f"{served.socket}/chat/ws", origin=served.address):  # type: ignore[arg-type] # the library takes text too
        pass


async def test_a_store_that_is_away_is_said(served: Served, page: ChatPage, monkeypatch: pytest.MonkeyPatch) -> None:
    run = served.product.database.run

    async def away(_work: object) -> None:
        raise Busy

    await until(lambda: bool(page.said))
    monkeypatch.setattr(served.product.database, "run", away)
    update = await page.act(t="text", text=WORDS)
    answer = page.answer(update)
    assert answer is not None
    assert "không ghi được" in answer["text"]
    monkeypatch.setattr(served.product.database, "run", run)
    await page.text(WORDS)


async def test_a_store_that_cannot_be_read_is_asked_again(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "AGAIN", 0.01)
    page = ChatPage(served, acks=False)  # so that more waits than what was said last
    await page.join()
    read, failures = served.product.database.read, [Busy(), Busy(), Busy()]

    async def sometimes(work: object) -> object:
        if failures:
            raise failures.pop()
        return await read(work)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(served.product.database, "read", sometimes)
    await page.text(WORDS)
    assert failures == []
    await page.drop()


async def test_what_a_page_shows_is_erased_with_its_next_act(
    served: Served, page: ChatPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "GOES_WITHIN", 3600.0)
    await page.text(WORDS)
    await page.text("Tối nào cũng có xe lạ")
    assert await served.rows("SELECT count(*) FROM outbox") == [(1,)]


async def test_what_a_page_shows_is_erased_when_it_goes(
    served: Served, page: ChatPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "GOES_WITHIN", 3600.0)
    await page.text(WORDS)
    await page.drop()
    await served.until_rows("SELECT count(*) FROM outbox", 0)


async def test_a_repeat_erases_nothing_and_what_is_shown_goes_later(
    served: Served, page: ChatPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "GOES_WITHIN", 3600.0)
    frame = {"t": "text", "id": fresh(), "text": WORDS}
    for times in (1, 2):
        await page.send(frame)
        await until(lambda: [one.get("id") for one in page.others].count(frame["id"]) == times)  # noqa: B023 - awaited here
    assert await served.rows("SELECT count(*) FROM outbox") != [(0,)]
    await page.drop()
    await served.until_rows("SELECT count(*) FROM outbox", 0)


async def test_a_fault_of_ours_is_said_and_ends_nothing(served: Served, page: ChatPage) -> None:
    await page.text(WORDS)
    await page.press(1)
    await served.forge("DELETE FROM draft_parts")
    menu = page.said[-1]["menu"]
    update = await page.act(t="press", serial=menu["serial"], n=1)
    answer = page.answer(update)
    assert answer is not None
    assert (answer["t"], "gửi lại" in answer["text"]) == ("error", True)
    await page.text("menu")


async def test_a_photo_becomes_a_part(served: Served, page: ChatPage) -> None:
    update = fresh()
    assert [await page.photo(with_secrets("JPEG"), update=update) for _ in range(2)] == [204, 204]
    await until(lambda: any(said["draft"] for said in page.said))
    assert page.said[-1]["draft"]["count"] == 1
    assert await served.rows("SELECT kind FROM draft_parts") == [("photo",)]
    stored = b"".join(path.read_bytes() for path in (served.config.data_dir / "blobs").iterdir())
    assert SECRET.encode() not in stored


async def in_pieces(content: bytes, size: int = 5_000) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


async def test_a_photo_in_chunks_of_unsaid_length(served: Served, page: ChatPage) -> None:
    assert await page.photo(in_pieces(with_secrets("PNG"), 100)) == 204
    await served.until_rows("SELECT count(*) FROM draft_parts", 1)


async def test_a_photo_that_says_it_is_too_big_is_not_read(page: ChatPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.places.Sending.arriving", lambda *_: pytest.fail("read"))
    assert await page.photo(in_pieces(bytes(20_000_001), 500_000), **{"Content-Length": "20000001"}) == 413


async def test_a_photo_that_turns_out_too_big_is_refused(served: Served, page: ChatPage) -> None:
    assert await page.photo(in_pieces(bytes(20_000_001), 500_000)) == 413
    assert await served.rows("SELECT count(*) FROM draft_parts") == [(0,)]


@pytest.mark.parametrize("content", [b"no picture", with_secrets("JPEG")[:300], b""])
async def test_a_broken_photo_is_refused(page: ChatPage, content: bytes) -> None:
    assert await page.photo(content) == 422
    await page.text("menu")
    assert page.said[-1]["draft"] is None


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("voice", sound("ogg", "libopus"), "voice"),
        ("video", film("mp4", "libx264", "aac"), "video"),
        ("file", paper(), "file"),
        ("file", with_secrets("PNG"), "photo"),
    ],
)
async def test_every_kind_becomes_a_part(served: Served, page: ChatPage, kind: str, raw: bytes, kept: str) -> None:
    headers = {"X-Hopthu-Kind": kind, "Content-Type": "application/octet-stream"}
    assert await page.photo(in_pieces(raw, 1000), **headers) == 204
    assert await served.rows("SELECT kind FROM draft_parts") == [(kept,)]
    stored = [path.read_bytes() for path in (served.config.data_dir / "blobs").iterdir()]
    assert len(stored) == 1
    assert SECRET.encode() not in stored[0]


async def test_a_film_may_be_larger_than_a_photo(page: ChatPage) -> None:
    large = {"Content-Length": "20000001"}
    assert await page.photo(in_pieces(bytes(20_000_001), 500_000), **large, **{"X-Hopthu-Kind": "voice"}) == 413
    assert await page.photo(in_pieces(bytes(20_000_001), 500_000), **large, **{"X-Hopthu-Kind": "video"}) == 422


async def test_a_page_sends_only_a_few_files_at_once(served: Served, page: ChatPage) -> None:
    more = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield with_secrets("JPEG")[:100]
        await more.wait()
        yield with_secrets("JPEG")[100:]

    sending = [asyncio.create_task(page.photo(slow())) for _ in range(AT_ONCE)]
    await until(lambda: len(list((served.config.data_dir / "blobs").iterdir())) == AT_ONCE)
    assert await page.photo(with_secrets("JPEG")) == 429
    more.set()
    assert await asyncio.gather(*sending) == [204] * AT_ONCE
    assert await page.photo(with_secrets("JPEG")) == 204


@pytest.mark.parametrize(
    "headers",
    [{"X-Hopthu-Kind": "page"}, {"X-Hopthu-Session": "short"}, {"X-Hopthu-Id": "?"}, {"X-Hopthu-Session": ""}],
)
async def test_a_photo_of_nobody_is_refused(page: ChatPage, headers: dict[str, str]) -> None:
    assert await page.photo(with_secrets("JPEG"), **headers) == 422


async def test_a_photo_whose_sender_goes_leaves_nothing(served: Served, page: ChatPage) -> None:
    head = (
        f"POST /api/v1/chat/media HTTP/1.1\r\nHost: x\r\nX-Hopthu-Session: {page.session}\r\n"
        f"X-Hopthu-Id: {fresh()}\r\nX-Hopthu-Kind: photo\r\nContent-Length: 1000\r\n\r\nhalf"
    )
    _, writer = await asyncio.open_connection("127.0.0.1", served.config.port)
    writer.write(head.encode())
    await writer.drain()
    writer.transport.abort()
    await page.text(WORDS)
    assert await served.rows("SELECT kind FROM draft_parts") == [("text",)]


async def test_a_place_is_a_part_and_no_place_is_none(served: Served, page: ChatPage) -> None:
    update = await page.act(t="place", latitude="18.53210", longitude="-105.7")
    assert len(page.answer(update)["parts"]) == 1  # type: ignore[index] # answered by now
    nowhere = await page.act(t="place", latitude="118.53210", longitude="105.7")
    assert page.answer(nowhere)["parts"] == []  # type: ignore[index] # the answer's parts are a list
    wrong = await page.act(t="place", latitude="here", longitude="there")
    assert page.answer(wrong)["t"] == "error"  # type: ignore[index] # the answer is an object
    assert await served.rows("SELECT kind FROM draft_parts") == [("place",)]


async def leave(served: Served, session: str) -> int:
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await client.post(f"{served.address}/api/v1/chat/leave", content=session)
    return answer.status_code


async def test_leaving_erases_the_draft_each_time(served: Served, page: ChatPage) -> None:
    for _ in range(2):
        served.clock.advance(1)
        await page.text(WORDS)
        assert await leave(served, page.session) == 204
        for table in ("conversations", "draft_parts", "outbox"):
            assert await served.rows(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize("session", ["", "short", "x" * 65, "ký tự lạ ở đây này nhé bạn"])
async def test_leaving_for_nobody_is_refused(served: Served, session: str) -> None:
    assert await leave(served, session) == 422
