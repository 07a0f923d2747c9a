"""Rules 1 and 2 for whoever looks for a ward: the disks hold no place that was shared and no word that was typed.

People on the web and on Telegram find their ward by typing (old names, hamlets, slips), by a place, from lists; some of
them stop half way. Then the power goes, and every byte is searched: database, WAL, log, temporary files, keys, what a
backup was restored into, and of PostgreSQL all that its server keeps and says.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from country import found_country
from fake_bot_api import FakeBotApi
from postgres_server import PostgresServer
from product import Product
from rules.marks import Marks, files_of, forms
from rules.night import Night, WebPage, open_page
from rules.thief import Rows, all_rows, opened_by_epochs

from bot.run.keyfile import FileRing
from bot.service.country.atlas import atlas
from crypto.epochs import EpochKey
from storage.database import open_database

TYPED = (
    "phuwowngf ddaauj lieeu hongf linhx",
    "thi xa hong linh cu phuong dau lieu",
    "Xã Thuận Lộc, huyện Can Lộc ngày xưa",
    "thon dong cho cuoi lang gan dap tran",
    "fuong nam hogn lihn ha tihn",
    "Bac Hongf Linhx ha tinh",
)
"""As people type: slips, names of before, hamlets, misspellings; none is a name that stands in the database."""
TIP = "tối qua ở chợ có người phá khóa"
CHAT = 4_000_000


@dataclass
class Spot:
    """A place near a ward's middle that nobody else shares."""

    latitude: str
    longitude: str

    @classmethod
    def near(cls, ward: str) -> Spot:
        there = atlas().wards[ward]
        away = [int.from_bytes(os.urandom(2)) / 65_536 / 50 + 0.00001 for _ in range(2)]
        return cls(f"{there.latitude + away[0]:.5f}", f"{there.longitude + away[1]:.5f}")


def spellings(spot: Spot) -> Iterator[tuple[str, bytes]]:
    """How a program might write a place: as text, in fewer digits, as numbers of every kind."""
    both = (spot.latitude, spot.longitude)
    for text in both:
        yield "text", text.encode()
        yield "text to ten metres", f"{float(text):.4f}".encode()
        for order in "<>":
            yield "double", struct.pack(f"{order}d", float(text))
    coarse = [f"{float(text):.2f}" for text in both]
    for between in (":", ",", ", ", " ", ";", '","', '","longitude":"'):
        yield "to a kilometre", between.join(coarse).encode()
    for wide in (both, coarse):
        numbers = [float(text) for text in wide]
        for order in "<>":
            yield "floats", struct.pack(f"{order}ff", *numbers)
            for scale in (10**5, 10**6, 10**7):
                yield "whole numbers", struct.pack(f"{order}ii", *(round(number * scale) for number in numbers))
    for text in both:
        yield from ((f"text as {form}", pattern) for form, pattern in forms(text) if len(pattern) > len(text))


@dataclass
class Searched:
    """What was typed and shared, and where to look for it."""

    night: Night
    spots: list[Spot] = field(default_factory=list)
    places: tuple[Path, ...] = ()
    rows: Rows = field(default_factory=dict)
    epochs: tuple[EpochKey, ...] = ()

    def spot(self) -> Spot:
        self.spots.append(Spot.near("18118"))
        return self.spots[-1]


def test_no_place_lies_anywhere(searched: Searched) -> None:
    wanted = {pattern: how for spot in searched.spots for how, pattern in spellings(spot)}
    for place in searched.places:
        for path in files_of(place):
            content = os.fsencode(path.name) + path.read_bytes()
            assert [how for pattern, how in wanted.items() if pattern in content] == [], path


def test_no_word_of_a_search_lies_anywhere(searched: Searched) -> None:
    assert searched.night.marks.found(*searched.places) == set()


def test_it_was_all_there_to_be_found(searched: Searched) -> None:
    """Sealed: a place waits for its answer to a kilometre, an answered one is gone, one of a tip is kept whole."""
    opened = opened_by_epochs(
        searched.rows, searched.night.data / "blobs", [key.secret for key in searched.epochs], ["-"]
    )
    chats = [one.plain for one in opened if one.table == "conversations"]
    assert sum(b'"near:18.5' in plain for plain in chats) == 2
    parts = [one.plain for one in opened if one.table == "draft_parts"]
    assert sum(any(spot.latitude.encode() in plain for plain in parts) for spot in searched.spots) == 1
    whole = [spot.latitude.encode() for spot in searched.spots]
    assert not any(latitude in plain for plain in chats for latitude in whole)
    said = [one.plain for one in opened if one.table == "outbox"]
    assert any(searched.night.marks.found_in(plain, "outbox") for plain in said), "what was not found is said back"
    clear = Marks()
    clear.add("a ward's clear name", "phường Nam Hồng Lĩnh")
    assert clear.found(*searched.places)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def searched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searched]:
    folder = tmp_path_factory.mktemp("searches")
    with contextlib.ExitStack() as stack:
        server = PostgresServer() if request.param == "postgres" else None
        if server is not None:
            stack.callback(server.stop)
        yield asyncio.run(_searched(folder, server))
    shutil.rmtree(folder)


async def _searched(folder: Path, server: PostgresServer | None) -> Searched:
    site = folder / "site"
    for name in ("tmp", "home"):
        (site / name).mkdir(parents=True)
    url = server.url(server.create_database()) if server else f"sqlite:///{site}/data/hopthu.sqlite3"
    async with FakeBotApi() as api:
        settings = {"HOPTHU_TELEGRAM_TOKEN": api.token, "HOPTHU_TELEGRAM_API_BASE": api.url, "HOPTHU_DATABASE_URL": url}
        product = Product(site, settings={**settings, "TMPDIR": str(site / "tmp"), "HOME": str(site / "home")})
        await asyncio.to_thread(product.start)
        await asyncio.to_thread(product.stop)
        await asyncio.to_thread(found_country, site / "data", url)
        await asyncio.to_thread(product.start)
        searched = Searched(Night(site, product, api))
        for words in TYPED:
            searched.night.marks.add("typed", words)
        try:
            await asyncio.gather(_on_pages(searched), _on_telegram(searched, api))
            await asyncio.to_thread(_backed_up, product, folder)
        finally:
            await asyncio.to_thread(product.kill)
    again = {"HOPTHU_DATABASE_URL": server.url(server.create_database())} if server else {}
    searched.places = (site, await asyncio.to_thread(_restored, folder, product, again))
    if server is not None:
        server.execute("CHECKPOINT")
        kept = shutil.copytree(server.folder, folder / "server", ignore=shutil.ignore_patterns(".s.*"))
        searched.places = (*searched.places, kept)
    database = open_database(url)
    searched.rows = await database.read(all_rows)
    await database.close()
    searched.epochs = FileRing(site / "data" / "ephemeral", os.urandom).living(int(time.time()))
    return searched


async def _on_pages(searched: Searched) -> None:
    """By typing and from lists; by a place that is used, and by one that nobody answers for."""
    nowhere = f"phường {searched.night.mark('typed and found nowhere')}"
    await asyncio.gather(*(_types(searched, words) for words in (*TYPED, nowhere)))
    used = await _shares(searched)
    async with used.socket:
        await used.text("1")
        await used.text("1")
    left = await _shares(searched)
    await left.socket.close()


async def _types(searched: Searched, words: str) -> None:
    page = await open_page(searched.night, box=None)
    async with page.socket:
        for written in ("1", words, "0", "1"):
            await page.text(written)


async def _shares(searched: Searched) -> WebPage:
    page, spot = await open_page(searched.night, box=None), searched.spot()
    await page.text("1")
    await page.act(t="place", latitude=spot.latitude, longitude=spot.longitude)
    return page


async def _on_telegram(searched: Searched, api: FakeBotApi) -> None:
    """The same by messages; and a place that is a part of a tip."""
    for number, written in enumerate((("/start", "1"), ("/start", "1"), (TIP,))):
        chat, spot = CHAT + number, searched.spot()
        for words in written:
            await api.text(chat, words)
        where = {"latitude": float(spot.latitude), "longitude": float(spot.longitude)}
        await api.push({"message": api.message(chat, location=where)})
        await _hears(api, chat, "Dùng vị trí này")
        if number:
            await api.text(chat, "1")
            await _hears(api, chat, "gần vị trí này nhất")
    for number, words in enumerate(TYPED, 10):
        for written in ("/start", "1", words):
            last = await api.text(CHAT + number, written)
    await api.until_confirmed(last)


async def _hears(api: FakeBotApi, chat: int, words: str) -> None:
    await api.until(lambda: any(words in said for said in api.texts(chat)))


def _backed_up(product: Product, folder: Path) -> None:
    product.says("backup", "key", "--out", str(folder / "safe"))
    product.says("backup", str(folder / "today.hopthu"), "--to", str(folder / "safe" / "backup.pub"))
    product.says("backup", "master", str(folder / "master.hopthu"))


def _restored(folder: Path, product: Product, settings: dict[str, str]) -> Path:
    """Where the backup was restored: what it holds lies open there."""
    authority = json.loads((product.folder / "data" / "keys" / "site.json").read_text("utf-8"))["authority"]
    own = {name: value for name, value in product.settings.items() if name != "HOPTHU_DATABASE_URL"}
    second = Product(folder / "second", settings={**own, **settings})
    second.folder.mkdir()
    second.says(
        "restore", str(folder / "today.hopthu"), "--key", str(folder / "safe" / "backup.key"), "--authority", authority,
        "--master", str(folder / "master.hopthu"),
    )  # fmt: skip
    return second.folder
