"""The power goes at every point of what an operator does: before each change of a file, and before each commit."""

from __future__ import annotations

import asyncio
import io
import os
import select
import shutil
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from crash.nursery import ENDED, Nursery
from installation import Officer, Page, open_installation
from product import Product
from rules.thief import all_rows
from unit.run.test_backing import CHATS, KEY, durable, subscribe
from unit.run.test_rotating import subscribed, told
from unit.service.pictures import with_secrets

from bot.run.config import load_config
from bot.run.masterkey import read_masters
from crypto.age import open_

FEWEST = 3
"""Points that every one of these commands has at least."""


@dataclass
class Machine:
    """An installation with a tip, a photo and subscribers, and copies of it to break."""

    folder: Path
    nursery: Nursery
    receipt: str
    authority: str

    def runs(self, folder: Path, *command: str, point: int = 0) -> int | None:
        """The exit code of a command in this folder's installation; None if the power went at that point of it."""
        environment, log = Product(folder).environment(), folder / "log"
        child = self.nursery.fork(list(command), environment, log, point=point, below=folder)
        handle = os.pidfd_open(child)
        assert select.select([handle], [], [], 60)[0], "the command hangs"
        os.close(handle)
        *_, last = ["", *log.read_text().splitlines()]
        log.unlink()
        return int(last.removeprefix(ENDED)) if last.startswith(ENDED) else None

    def points(self, name: str, *command: str, start: Callable[[Path], None]) -> Iterator[Path]:
        """A folder for every point of a command, in which the power has just gone there."""
        for point in count(1):
            folder = self.folder.with_name(f"{name}-{point}")
            start(folder)
            if self.runs(folder, *(word.format(folder=folder) for word in command), point=point) is not None:
                assert point > FEWEST, "the points were not found"
                return
            yield folder
            shutil.rmtree(folder)

    def copy(self, folder: Path) -> None:
        """The installation, to be broken there."""
        shutil.copytree(self.folder, folder)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Iterator[Machine]:
    folder = tmp_path_factory.mktemp("machine") / "first"
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("HOPTHU_")]:
            patch.delenv(name)
        patch.setenv("HOPTHU_DATA_DIR", str(folder / "data"))
        before = os.umask(0o077)
        receipt, authority = asyncio.run(furnish(folder / "data"))
        yield Machine(folder, nursery, receipt, authority)
        os.umask(before)


async def furnish(data: Path) -> tuple[str, str]:
    async with open_installation(data) as box:
        await Officer.enrol(box)
        page = Page(box)
        await page.open()
        receipt = await page.file_tip("Có người bán ma túy ở đầu xóm", photo=with_secrets("JPEG"))
        await subscribe(box)
        return receipt, box.ground.keys.site.authority.hex()


async def rows_of(data: Path) -> dict[str, list[object]]:
    async with open_installation(data) as box:
        return durable(await box.ground.database.read(all_rows))


def whole(file: Path) -> bool:
    """True for a backup with all of its members."""
    plain = open_(file.read_bytes(), KEY)
    assert plain is not None
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        return archive.getnames()[-1] == "end.json"


def test_a_backup_is_there_whole_or_not_at_all(machine: Machine) -> None:
    command = ("backup", "{folder}/today", "--to", KEY.recipient)
    for folder in machine.points("backup", *command, start=machine.copy):
        file = folder / "today"
        if not file.exists():
            assert machine.runs(folder, "backup", str(file), "--to", KEY.recipient) == 0
        assert whole(file)
        assert not file.with_name("today.part").exists()


def test_a_new_master_key_is_the_only_one_after_another_try(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in machine.points("rotate", "keys", "rotate", "--yes", start=machine.copy):
        assert machine.runs(folder, "keys", "rotate", "--yes") == 0
        with monkeypatch.context() as patch:
            patch.setenv("HOPTHU_DATA_DIR", str(folder / "data"))
            assert set(asyncio.run(subscribed())) == set(CHATS)
            assert len(read_masters(load_config().master_key)) == 1
            assert asyncio.run(told()) == [("keys", "master")], "once, however often it began"


def test_what_was_being_restored_is_there_after_another_try(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    source, key = machine.folder.with_name("source"), machine.folder.with_name("key")
    machine.copy(source)
    assert machine.runs(source, "backup", str(source / "today"), "--to", KEY.recipient) == 0
    assert machine.runs(source, "backup", "master", str(source / "master"), "--to", KEY.recipient) == 0
    key.write_text(KEY.encode())
    options = ("--key", str(key), "--authority", machine.authority, "--master", str(source / "master"))
    command = ("restore", str(source / "today"), *options)
    wanted = asyncio.run(rows_of(source / "data"))
    for folder in machine.points("restore", *command, start=Path.mkdir):
        machine.runs(folder, *command)
        assert asyncio.run(rows_of(folder / "data")) == wanted
