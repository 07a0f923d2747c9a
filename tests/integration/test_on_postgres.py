"""Roles apart on PostgreSQL: two internet sides, a desk and a worker share one store."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import postgres_server
import pytest
from installation import Clock
from integration.served import ChatPage, DeskBrowser, serve_product
from unit.service.pictures import with_secrets
from unit.service.until import until

pytestmark = pytest.mark.postgres
WORDS = "Có người bán ma túy ở đầu xóm"


@pytest.fixture
def url() -> Iterator[str]:
    server = postgres_server.shared_server()
    name = server.create_database(postgres_server.template())
    yield server.url(name)
    server.drop_database(name)


async def test_a_tip_from_each_side_reaches_the_desk(tmp_path: Path, url: str) -> None:
    clock, data = Clock(), tmp_path / "data"
    async with (
        serve_product(data, role="desk", clock=clock, database_url=url) as desk,
        serve_product(data, role="intake", clock=clock, database_url=url) as one,
        serve_product(data, role="intake", clock=clock, database_url=url) as other,
        serve_product(data, role="worker", clock=clock, database_url=url),
        DeskBrowser(desk) as browser,
        ChatPage(one) as first,
        ChatPage(other) as second,
    ):
        assert (await browser.enrol()).status_code == 200
        await browser.login()
        assert await first.photo(with_secrets("JPEG")) == 204
        await until(lambda: any(said["draft"] for said in first.said))
        await asyncio.gather(first.text(WORDS), second.text(WORDS))
        receipts = await asyncio.gather(finish(first), finish(second))
        rows = await browser.tips()
        kinds = [[entry.kind for entry in (await browser.open(row["id"])).thread.entries] for row in rows]
        assert sorted(kinds, key=len) == [["opening", "text"], ["opening", "photo", "text"]]
        assert (await browser.write(rows[0]["id"], "question", "Mấy giờ?")).status_code == 200
        for receipt in receipts:
            async with ChatPage(other) as page:
                assert (await page.open_tip(receipt))[-1]["state"] == "mail"


async def finish(page: ChatPage) -> str:
    """Send the draft; its receipt."""
    await page.press(1)
    await page.press(1)
    await until(lambda: any(said["kind"] == "code" for said in page.said))
    return page.receipt()


async def test_pages_of_two_sides_add_to_one_tip_at_once(tmp_path: Path, url: str) -> None:
    clock, data = Clock(), tmp_path / "data"
    async with (
        serve_product(data, role="all", clock=clock, database_url=url) as one,
        serve_product(data, role="intake", clock=clock, database_url=url) as other,
        DeskBrowser(one) as browser,
    ):
        await browser.enrol()
        await browser.login()
        async with ChatPage(one) as page:
            receipt = await page.file_tip(WORDS)
        async with ChatPage(one) as first, ChatPage(other) as second:
            for n, page in enumerate((first, second)):
                await page.open_tip(receipt)
                await page.text(f"Thêm {n}")
            await asyncio.gather(first.press(1), second.press(1))
        (row,) = await browser.tips()
        texts = [entry.text for entry in (await browser.open(row["id"])).thread.entries[1:]]
        assert (texts[0], sorted(filter(None, texts[1:]))) == (WORDS, ["Thêm 0", "Thêm 1"])
