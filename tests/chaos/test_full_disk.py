"""A disk with no room left under a real product: a clear sentence, nothing acknowledged, all well once there is room.

In two ways: a file system of our own that is filled (where one may be mounted), and a limit on the size of files, which
holds for everybody.
"""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from chaos.disks import Mounted, mount, photo, refused, running, until_ready
from installation import Installation, Telegram, open_installation
from integration.served import ChatPage, DeskBrowser
from product import Product
from unit.service.until import until

from bot.edge.drivers.handing_over import Outcome, hand_over
from bot.service.arrivals import Arrival
from bot.service.keyring import SEALS_FOR

TIP = "Xe tải đổ rác xuống sông."
ROOM = 24
"""Megabytes of the file system of our own."""
HOUR = 3600


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
    if mount(f"size={ROOM}m,mode=0700", folder):
        pytest.skip("no file system may be mounted here; the limit on files shows the same")
    yield Mounted(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


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
    if mount("size=32k", folder):
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def test_a_full_folder_of_attachments_holds_up_no_words(
    tmp_path: Path, small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"HOPTHU_BLOB_URL": f"file://{small_folder}"}
    async with running(tmp_path / "own", monkeypatch, **settings) as (_, served), ChatPage(served) as page:
        await page.text(TIP)
        assert await page.photo(photo()) == 503
        assert mount("remount,size=32m", small_folder) == 0
        assert await page.photo(photo()) == 204
        for _ in range(2):
            await page.text("1")
        await until(lambda: any(said["kind"] == "code" for said in page.said))


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Mounted]:
    """The folder of keys that live three days, on a small file system of its own."""
    folder = tmp_path / "data" / "ephemeral"
    folder.mkdir(parents=True, mode=0o700)
    if mount("size=64k,mode=0700", folder):
        pytest.skip("no file system may be mounted here")
    yield Mounted(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def handed_over(box: Installation, arrival: Arrival) -> Outcome:
    async def receive(found: Arrival) -> None:
        await box.intake.receive(found)

    return await hand_over(receive, arrival)


async def test_where_no_key_of_the_day_fits_nothing_is_taken_and_nothing_left(tmp_path: Path, keys: Mounted) -> None:
    async with open_installation(tmp_path / "data") as box:
        person = Telegram(box, 7)
        await person.text("alo")
        keys.fill()
        box.clock.advance(SEALS_FOR + 1)
        there = sorted(keys.folder.rglob("*"))
        waiting = person.update(text=TIP)
        assert [await handed_over(box, waiting) for _ in range(3)] == [Outcome.LATER] * 3
        assert sorted(keys.folder.rglob("*")) == there
        keys.make_room()
        assert await handed_over(box, waiting) is Outcome.KEPT
        assert await box.rows("SELECT kind FROM draft_parts") == [("text",)]


async def test_where_no_drawer_fits_the_tip_is_filed_and_news_are_promised_later(tmp_path: Path, keys: Mounted) -> None:
    """Whoever asks to be told of news gives an address, whose key is there before it is said that he will be told."""
    async with open_installation(tmp_path / "data") as box:
        person = Telegram(box, 7)
        for words in ("alo", TIP, "1"):
            await person.text(words)
        await box.deliver()
        keys.fill()
        there = sorted(keys.folder.rglob("*"))
        await person.text("2")
        await box.deliver()
        assert (await counted(box), sorted(keys.folder.rglob("*"))) == ((1, 0), there)
        promise = box.ground.texts.say("vi", "notify-on", {"from": 7, "to": 21}).split('"')[0]
        assert not any(promise in message.text for message in box.telegram.shown)
        keys.make_room()
        box.clock.advance(HOUR)
        await box.deliver()
        assert await counted(box) == (1, 1)
        assert sum(promise in message.text for message in box.telegram.shown) == 1


async def counted(box: Installation) -> tuple[int, int]:
    """Tips, and addresses for news."""
    tips, addresses = await box.rows("SELECT count(*) FROM tips UNION ALL SELECT count(*) FROM reply_addresses")
    return tips[0], addresses[0]
