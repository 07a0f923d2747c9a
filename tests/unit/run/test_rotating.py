"""A new master key: what lay under the old one opens under the new, whenever the power goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from installation import UNIT, open_installation
from rules.thief import all_rows

from bot.run import backing, restoring, rotating
from bot.run.config import load_config
from bot.run.foundation import erased_file, notes_key, open_subscriptions, read_master, rotation_begun
from bot.run.keyfile import FileErasedIds
from bot.run.masterkey import MasterKey, parse_masters, read_masters, write_masters
from bot.run.start import up
from bot.service.addresses import Address
from bot.service.desk.observing import opened_note
from bot.service.errors import NotAccepted
from bot.service.subscriptions import Subscriptions
from crypto.hybrid import Identity
from storage.database import Database, open_database
from storage.repositories import audit

T = TypeVar("T")
CHATS = {f"41718294000001{n:02}" for n in range(30)}


def shelf(database: Database) -> Subscriptions:
    config = load_config()
    key = open_subscriptions(config, rotating.open_site(config))
    return Subscriptions(database=database, key=key, erased=FileErasedIds(erased_file(config)), entropy=os.urandom)


@pytest.fixture
async def old(folder: Path) -> bytes:
    """An installation with subscribers; its master key."""
    async with open_installation(folder) as box:
        for chat in sorted(CHATS):
            await shelf(box.ground.database).add(Address("telegram-42", "telegram", chat, "vi"))
    return read_master(load_config())


async def subscribed() -> dict[str, bytes]:
    """Every subscriber found by his chat, with his row's random id."""
    database = open_database(load_config().database)
    found = {address.chat for _, address in await shelf(database).every()}
    rows = {row.key: row.id for row in (await database.read(all_rows))["subscriptions"]}
    key = open_subscriptions(load_config(), rotating.open_site(load_config()))
    await database.close()
    return {chat: rows[key.row("telegram-42", chat)] for chat in found}


async def test_every_row_opens_under_the_new_key_alone(old: bytes) -> None:
    before = await subscribed()
    number, resealed = await_sync(rotating.rotate)
    assert (number, resealed) == (2, len(CHATS))
    assert await subscribed() == before
    assert set(before) == CHATS
    (new,) = read_masters(load_config().master_key)
    assert (new.number, new.secret != old) == (2, True)
    assert old not in load_config().master_key.read_bytes()
    assert not rotation_begun(load_config()).exists()


def await_sync(act: Callable[[], T]) -> T:
    """Run what starts a loop of its own, outside of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act).result()


async def test_it_can_be_done_again_and_restored(old: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = Identity.generate()
    assert await_sync(rotating.rotate) == (2, 30)
    assert await_sync(rotating.rotate) == (3, 30)
    assert await told() == [("keys", "master")] * 2
    await_sync(lambda: backing.back_up(tmp_path / "today", key.recipient, lambda *_: None))
    backing.back_up_master(tmp_path / "master", None)
    before, authority = await subscribed(), rotating.open_site(load_config()).authority.hex()
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(tmp_path / "new"))
    await_sync(
        lambda: restoring.restore(
            tmp_path / "today", key.encode(), authority=authority, master=tmp_path / "master", report=lambda *_: None
        )
    )
    assert await subscribed() == before


STEPS = ("write_private", "write_masters", "reseal", "write_subkeys", "last")
KILLED = """
import os, signal, sys
from bot.run import rotating

def killing(name, after):
    whole, calls = getattr(rotating, name), []
    def wrapped(*arguments, **named):
        calls.append(1)
        if after and len(calls) == after[0]:
            whole(*arguments, **named)
        if not after or len(calls) == abs(after[0]):
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*arguments, **named)
    setattr(rotating, name, wrapped)

name, when = sys.argv[1:]
calls = {("last", "after"): [2], ("last", "before"): [-2]}.get((name, when), [1] if when == "after" else [])
killing("write_masters" if name == "last" else name, calls)
rotating.rotate()
"""


async def test_when_the_power_goes_the_next_try_goes_on(old: bytes) -> None:
    await goes_on_after("reseal", "after")


async def goes_on_after(step: str, when: str) -> None:
    """The power goes at this step of a rotation; nothing but another try is taken until it has ended."""
    done = await_sync(lambda: subprocess.run([sys.executable, "-c", KILLED, step, when], check=False))
    assert done.returncode == -signal.SIGKILL
    if (step, when) != ("write_private", "before"):
        with pytest.raises(NotAccepted, match="keys rotate was stopped"):
            up("all", None, 0)
        with pytest.raises(NotAccepted, match="run it again first"):
            backing.back_up_master(load_config().data_dir / "x", Identity.generate().recipient)
    await_sync(rotating.rotate)
    assert set(await subscribed()) == CHATS
    assert [key.number for key in read_masters(load_config().master_key)] == [2]
    assert await told() == [("keys", "master")], "once, however often it began"


async def told() -> list[tuple[str, object]]:
    """What waits to be told by the audit chain, as the desk will read it."""
    database = open_database(load_config().database)
    waiting = await database.read(lambda connection: audit.waiting(connection, UNIT))
    await database.close()
    acts = [opened_note(one.note, notes_key(load_config())) for one in waiting]
    return [(act.act, act.detail[0][1]) for act in acts if act is not None]


def test_a_file_of_keys_is_read_strictly(tmp_path: Path) -> None:
    keys = (MasterKey(3, b"c" * 32), MasterKey(2, b"b" * 32))
    write_masters(tmp_path / "master.key", keys)
    assert read_masters(tmp_path / "master.key") == keys
    write_masters(tmp_path / "master.key", (MasterKey(2, b"b" * 32), MasterKey(1, b"a" * 32)))
    assert [key.number for key in read_masters(tmp_path / "master.key")] == [2, 1]
    three = "".join(f"{n} {'ab' * 32}\n" for n in (3, 2, 1)).encode()
    gap = f"4 {'ab' * 32}\n2 {'ab' * 32}\n".encode()
    for wrong in (b"", b"x", b"1 ab\n", b"0 " + b"ab" * 32, b"x " + b"ab" * 32, three, gap, b"\xff" * 40):
        assert parse_masters(wrong) is None, wrong
    assert "ab" not in repr(keys)


def test_nothing_is_rotated_where_nothing_is(folder: Path) -> None:
    with pytest.raises(NotAccepted, match="there is no installation"):
        rotating.rotate()
    assert not folder.exists()
