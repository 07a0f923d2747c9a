"""Drawers on disk and in memory: made once, destroyed for good, left-overs swept."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.run.drawerfile import LEFTOVER, FileDrawers
from bot.run.keyfile import ERASED, FileErasedIds, KeyFault
from bot.service.drawers import Drawers, MemoryDrawers
from bot.service.subscriptions import ErasedIds, MemoryErasedIds

ROW, OTHER = b"r" * 16, b"o" * 16


@pytest.fixture(params=["file", "memory"])
def drawers(request: pytest.FixtureRequest, tmp_path: Path) -> Drawers:
    return FileDrawers(tmp_path / "drawers", os.urandom) if request.param == "file" else MemoryDrawers(os.urandom)


def grow_old(folder: Path) -> None:
    """Every key in the folder was made over an hour ago."""
    if folder.exists():
        for path in folder.iterdir():
            os.utime(path, (0, time.time() - LEFTOVER - 60))


def test_a_drawer_is_made_once(drawers: Drawers) -> None:
    first = drawers.make(ROW)
    assert drawers.get(ROW) == drawers.make(ROW) == first
    assert drawers.make(OTHER).secret != first.secret


def test_a_destroyed_one_is_gone_and_another_is_made_in_its_place(drawers: Drawers) -> None:
    first = drawers.make(ROW)
    drawers.destroy(ROW)
    drawers.destroy(ROW)
    assert drawers.get(ROW) is None
    assert drawers.make(ROW).secret != first.secret


def test_settled_keys_are_listed(drawers: Drawers, tmp_path: Path) -> None:
    drawers.make(ROW)
    drawers.make(OTHER)
    grow_old(tmp_path / "drawers")
    assert drawers.settled() == {ROW, OTHER}


def test_a_young_key_may_wait_for_its_row(tmp_path: Path) -> None:
    drawers = FileDrawers(tmp_path / "drawers", os.urandom)
    drawers.make(ROW)
    assert drawers.settled() == frozenset()


def test_what_a_crash_left_half_written_goes(tmp_path: Path) -> None:
    drawers = FileDrawers(tmp_path / "drawers", os.urandom)
    drawers.make(ROW)
    half = tmp_path / "drawers" / f"{ROW.hex()}.0011.new"
    half.write_bytes(b"half")
    grow_old(tmp_path / "drawers")
    assert drawers.settled() == {ROW}
    assert not half.exists()


def test_another_process_sees_the_same_drawer(tmp_path: Path) -> None:
    made = FileDrawers(tmp_path / "drawers", os.urandom).make(ROW)
    assert FileDrawers(tmp_path / "drawers", os.urandom).get(ROW) == made


def test_a_key_is_the_owners_alone_and_overwritten_when_it_goes(tmp_path: Path) -> None:
    drawers = FileDrawers(tmp_path / "drawers", os.urandom)
    drawers.make(ROW)
    path = tmp_path / "drawers" / ROW.hex()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with path.open("rb") as held:
        drawers.destroy(ROW)
        assert held.read().strip(b"\0") == b""
    assert not path.exists()


def test_a_key_half_destroyed_opens_nothing(tmp_path: Path) -> None:
    drawers = FileDrawers(tmp_path / "drawers", os.urandom)
    drawers.make(ROW)
    (tmp_path / "drawers" / ROW.hex()).write_bytes(bytes(32))
    assert drawers.get(ROW) is None


def test_a_key_open_to_others_is_refused(tmp_path: Path) -> None:
    drawers = FileDrawers(tmp_path / "drawers", os.urandom)
    drawers.make(ROW)
    (tmp_path / "drawers" / ROW.hex()).chmod(0o644)
    with pytest.raises(KeyFault):
        drawers.get(ROW)


@pytest.mark.parametrize(
    "make", [lambda path: FileErasedIds(path / "erased"), lambda _: MemoryErasedIds()], ids=["file", "memory"]
)
def test_erased_ids_are_remembered_in_order(make: Callable[[Path], ErasedIds], tmp_path: Path) -> None:
    erased = make(tmp_path)
    assert erased.every() == ()
    erased.add(ROW)
    erased.add(OTHER)
    assert erased.every() == (ROW, OTHER)


def test_the_list_of_erased_ids_holds_nothing_else(tmp_path: Path) -> None:
    erased = FileErasedIds(tmp_path / "keys" / "erased")
    erased.add(ROW)
    path = tmp_path / "keys" / "erased"
    assert path.read_bytes() == ROW
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(ROW + OTHER[: ERASED - 1])
    assert erased.every() == (ROW,)


def test_a_fault_does_not_name_the_row(tmp_path: Path) -> None:
    drawers = FileDrawers(tmp_path / "drawers", os.urandom)
    (tmp_path / "drawers" / ROW.hex()).mkdir()
    with pytest.raises(KeyFault) as unread:
        drawers.make(ROW)
    (tmp_path / "drawers" / ROW.hex()).rmdir()
    (tmp_path / "drawers").rmdir()
    (tmp_path / "drawers").write_bytes(b"")
    with pytest.raises(KeyFault) as unwritten:
        drawers.make(ROW)
    assert not any(ROW.hex() in str(fault.value) for fault in (unread, unwritten))


def test_what_is_old_is_told_by_the_given_clock(tmp_path: Path) -> None:
    late = FileDrawers(tmp_path / "drawers", os.urandom, clock=lambda: time.time() + LEFTOVER + 60)
    late.make(ROW)
    assert late.settled() == {ROW}
    assert FileDrawers(tmp_path / "drawers", os.urandom).settled() == frozenset()
