"""A disk with no room left under a real product: a clear sentence, nothing acknowledged, all well once there is room.

In two ways: a file system of our own that is filled (where one may be mounted), and a limit on the size of files, which
holds for everybody.
"""

from __future__ import annotations

import asyncio
import io
import random
import resource
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from installation import Clock
from integration.served import ChatPage, DeskBrowser, Served
from PIL import Image
from product import Product
from unit.service.until import until

from bot.run.config import load_config
from bot.service.readiness import REMEMBERED
from bot.service.texts import Catalogue

MEGABYTE = 1 << 20
TEXTS = Catalogue(Path(__file__).resolve().parents[2] / "locales")
TIP = "Xe tải đổ rác xuống sông."
ROOM = 24
"""Megabytes of the file system of our own."""


@dataclass
class Mounted:
    """A file system of our own, filled with ballast."""

    folder: Path

    def fill(self, _: Product) -> None:
        with (self.folder / "ballast").open("ab", buffering=0) as ballast:
            for size in (MEGABYTE, 4096, 1):
                try:
                    while True:
                        ballast.write(b"\0" * size)
                except OSError:
                    continue

    def make_room(self, _: Product) -> None:
        (self.folder / "ballast").unlink()


@dataclass
class Limited:
    """No file may grow, nor be written anew."""

    folder: Path

    def fill(self, product: Product) -> None:
        self._limit(product, 0)

    def make_room(self, product: Product) -> None:
        self._limit(product, resource.RLIM_INFINITY)

    @staticmethod
    def _limit(product: Product, size: int) -> None:
        assert product.process is not None
        resource.prlimit(product.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture(params=["mounted", "limited"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Mounted | Limited]:
    if request.param == "limited":
        yield Limited(tmp_path)
        return
    folder = tmp_path / "disk"
    folder.mkdir()
    if _mount(f"size={ROOM}m,mode=0700", folder):
        pytest.skip("no file system may be mounted here; the limit on files shows the same")
    yield Mounted(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


@asynccontextmanager
async def running(
    folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: str
) -> AsyncIterator[tuple[Product, Served]]:
    """The product as people start it, its data in this folder, its log elsewhere."""
    product = Product(folder, settings=settings)
    await asyncio.to_thread(product.start)
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(folder / "data"))
    config = load_config(port=product.port)
    try:
        yield product, Served(product.address, None, config, Clock(time.time()), "")  # type: ignore[arg-type] # over HTTP alone
    finally:
        product.kill()


def photo() -> bytes:
    """Large enough that no rest of a page holds it."""
    out = io.BytesIO()
    Image.frombytes("RGB", (600, 400), random.Random(4).randbytes(3 * 600 * 400)).save(out, "JPEG", quality=90)
    return out.getvalue()


async def is_ready(served: Served) -> bool:
    async with httpx.AsyncClient(timeout=30) as client:
        return (await client.get(f"{served.address}/readyz")).status_code == 200


async def until_ready(served: Served, *, ready: bool) -> None:
    async with asyncio.timeout(30):
        while await is_ready(served) is not ready:  # noqa: ASYNC110 - a disk rings no bell
            await asyncio.sleep(REMEMBERED / 4)


async def refused(page: ChatPage, text: str) -> str:
    """Write something that cannot be kept; what the page is told, and its act's id."""
    act = await page.act(t="text", text=text)
    answer = page.answer(act)
    assert answer is not None
    assert answer["t"] == "error", answer
    assert TEXTS.say("vi", "err-storage", {}) in str(answer)
    return act


async def test_a_full_disk_is_said_and_nothing_is_lost(
    disk: Mounted | Limited, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(disk.folder, monkeypatch) as (product, served), DeskBrowser(served) as desk:
        await desk.enrol(product.enrolment_link().rpartition("=")[2])
        async with ChatPage(served) as page, ChatPage(served) as writing:
            receipt = await page.file_tip(TIP)
            await writing.text("Viết dở.")
            disk.fill(product)
            act = await refused(writing, "Không ghi được.")
            assert await writing.photo(photo()) == 503
            await until_ready(served, ready=False)
            disk.make_room(product)
            await until_ready(served, ready=True)
            before = len(writing.said)
            await writing.send({"t": "text", "id": act, "text": "Không ghi được."})
            await until(lambda: len(writing.said) > before)
            assert await writing.photo(photo()) == 204
            await writing.text("1")
            await writing.text("1")
            await until(lambda: any(said["kind"] == "code" for said in writing.said))
            assert writing.receipt() != receipt
        await desk.login()
        threads = [(await desk.open(row["id"])).thread.entries for row in await desk.tips()]
        texts = sorted(str(entry.text) for thread in threads for entry in thread if entry.kind == "text")
        assert texts == sorted([TIP, "Viết dở.", "Không ghi được."])
        for code in (receipt, writing.receipt()):
            async with ChatPage(served) as reader:
                assert (await reader.open_tip(code))[-1]["state"] == "mail"


@pytest.fixture
def small_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of its own with room for nothing much."""
    folder = tmp_path / "blobs"
    folder.mkdir()
    if _mount("size=32k", folder):
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _mount(options: str, folder: Path) -> int:
    return subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], check=False, capture_output=True
    ).returncode


async def test_a_full_folder_of_attachments_holds_up_no_words(
    tmp_path: Path, small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"HOPTHU_BLOB_URL": f"file://{small_folder}"}
    async with running(tmp_path / "own", monkeypatch, **settings) as (_, served), ChatPage(served) as page:
        await page.text(TIP)
        assert await page.photo(photo()) == 503
        assert _mount("remount,size=32m", small_folder) == 0
        assert await page.photo(photo()) == 204
        for _ in range(2):
            await page.text("1")
        await until(lambda: any(said["kind"] == "code" for said in page.said))
