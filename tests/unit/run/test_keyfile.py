"""Keys on disk: who may read them, who wins a race, what is left of them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.run import keyfile
from bot.run.keyfile import (
    FileFloors,
    FileRing,
    KeyFault,
    destroy,
    private_folder,
    read_private,
    read_private_json,
    read_site,
    write_private,
    write_site,
)
from bot.service.site import Site

START = 1_795_000_000
DAY = 24 * 3600
FIRST = START // 3600
NAME = f"{FIRST:08}.epoch"
LATER = f"{FIRST + 72:08}.epoch"
"""The files of a key made at START, and of one made three days later."""
MAKE_ONE = """
import os, sys, time
from pathlib import Path
from bot.run.keyfile import FileRing
ring = FileRing(Path(sys.argv[1]), os.urandom)
print("ready", flush=True)
sys.stdin.read(1)
print(*(f"{key.number}:{key.secret.hex()}" for key in ring.living(int(sys.argv[2]))))
"""
RAISE_MANY = """
import sys
from pathlib import Path
from bot.run.keyfile import FileFloors
floors = FileFloors(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read(1)
for n in range(1, 40):
    floors.raise_to(sys.argv[2], n)
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def race(program: str, *arguments: tuple[str, ...]) -> list[str]:
    """The program in one process for each set of arguments, let go at the same moment; what each printed."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", program, *each], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for each in arguments
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("x")
        racer.stdin.flush()
    said = [racer.communicate(timeout=30)[0].strip() for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * len(racers)
    return said


def test_two_processes_that_make_a_key_at_once_hold_the_same(tmp_path: Path) -> None:
    folder = str(tmp_path / "ephemeral")
    first, second = race(MAKE_ONE, (folder, str(START)), (folder, str(START)))
    assert first == second
    assert [path.name for path in Path(folder).iterdir()] == [NAME]


def test_threads_of_one_process_make_one_key(tmp_path: Path) -> None:
    ring = FileRing(tmp_path / "ephemeral", os.urandom)
    found: list[bytes] = []
    start = threading.Barrier(8)

    def make() -> None:
        start.wait()
        found.append(ring.living(START)[0].secret)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_key_another_process_made_is_seen_at_the_next_look(tmp_path: Path) -> None:
    mine, other = (FileRing(tmp_path / "ephemeral", os.urandom) for _ in range(2))
    mine.living(START)
    made = other.living(START + DAY)
    assert mine.living(START + DAY - 1) == made


def test_a_quiet_folder_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = FileRing(tmp_path / "ephemeral", os.urandom)
    ring.living(START)
    os.utime(tmp_path / "ephemeral", (START, START))
    ring.living(START)
    monkeypatch.setattr(keyfile, "read_epochs", lambda _folder: pytest.fail("read again"))
    assert len(ring.living(START)) == 1


def test_keys_are_the_owners_alone(tmp_path: Path) -> None:
    ring = FileRing(tmp_path / "ephemeral", os.urandom)
    ring.living(START)
    assert mode(tmp_path / "ephemeral") == 0o700
    assert [mode(path) for path in (tmp_path / "ephemeral").iterdir()] == [0o600]


def test_a_key_open_to_others_is_refused(tmp_path: Path) -> None:
    FileRing(tmp_path, os.urandom).living(START)
    (tmp_path / NAME).chmod(0o644)
    with pytest.raises(KeyFault, match=rf"{FIRST:08}\.epoch can be read by others"):
        FileRing(tmp_path, os.urandom).living(START)


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    write_private(tmp_path / NAME, b"short")
    with pytest.raises(KeyFault, match="damaged"):
        FileRing(tmp_path, os.urandom).living(START)


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    ring = FileRing(tmp_path / "ephemeral", os.urandom)
    (tmp_path / "ephemeral").rmdir()
    with pytest.raises(KeyFault, match="cannot be read"):
        ring.living(START)


def test_a_key_that_goes_between_two_looks_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = FileRing(tmp_path, os.urandom)
    ring.living(START)
    listed = [*keyfile._epoch_files(tmp_path), tmp_path / "00000000.epoch"]
    monkeypatch.setattr(keyfile, "_epoch_files", lambda _folder: sorted(listed))
    assert [key.number for key in ring.living(START)] == [FIRST]


def test_expired_keys_are_overwritten_before_they_go(tmp_path: Path) -> None:
    ring = FileRing(tmp_path, os.urandom)
    ring.living(START)
    held = (tmp_path / NAME).open("rb")
    assert ring.expire(START + 3 * DAY) == (FIRST + 72,)
    with held:
        assert held.read() == bytes(40)
    assert [path.name for path in tmp_path.iterdir()] == [LATER]


def test_what_a_crash_left_half_made_goes_after_an_hour(tmp_path: Path) -> None:
    ring = FileRing(tmp_path, os.urandom)
    ring.living(START)
    old, new = tmp_path / "00000002.aaaaaaaaaaaa", tmp_path / "00000002.bbbbbbbbbbbb"
    foreign = tmp_path / "somebody-elses.sock"
    for path in (old, new, foreign):
        write_private(path, b"key")
    for path in (old, foreign):
        os.utime(path, (START, START))
    held = old.open("rb")
    ring.expire(START)
    with held:
        assert held.read() == bytes(3)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([NAME, new.name, foreign.name])


def test_a_crash_before_the_draft_of_a_key_was_unlinked_does_not_cost_the_key(tmp_path: Path) -> None:
    """One file with two names is left; the half-made name goes, the key stays, and is overwritten when it is over."""
    ring = FileRing(tmp_path, os.urandom)
    made = ring.living(START)
    left = tmp_path / f"{FIRST:08}.aaaaaaaaaaaa"
    os.link(tmp_path / NAME, left)
    os.utime(left, (START, START))
    ring.expire(START + DAY - 1)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert FileRing(tmp_path, os.urandom).living(START + DAY - 1) == made
    with (tmp_path / NAME).open("rb") as held:
        ring.expire(START + 3 * DAY)
        assert held.read() == bytes(40)


def test_a_key_with_two_names_is_overwritten_with_the_last_of_them(tmp_path: Path) -> None:
    ring = FileRing(tmp_path, os.urandom)
    ring.living(START)
    left = tmp_path / f"{FIRST:08}.aaaaaaaaaaaa"
    os.link(tmp_path / NAME, left)
    os.utime(left, (START, START))
    with left.open("rb") as held:
        ring.expire(START + 3 * DAY)
        assert held.read() == bytes(40)
    assert [path.name for path in tmp_path.iterdir()] == [LATER]


def test_keys_read_again_are_the_same_objects(tmp_path: Path) -> None:
    """Their subkeys are with them; deriving them at every look would be the dearest part of a message."""
    ring = FileRing(tmp_path, os.urandom)
    (first,) = ring.living(START)
    FileRing(tmp_path, os.urandom).living(START + DAY)
    assert ring.living(START + DAY)[1] is first


def test_destroying_what_is_gone_is_no_error(tmp_path: Path) -> None:
    destroy(tmp_path / "nothing")


def test_writing_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "some.key"
    for content in (b"first and longer", b"second"):
        write_private(path, content)
    assert read_private(path) == b"second"
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "some.key"
    write_private(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeyFault, match="cannot be written"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_that_cannot_be_linked_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    with pytest.raises(KeyFault, match="cannot be written"):
        FileRing(tmp_path, os.urandom).living(START)


def test_a_missing_file_is_a_key_fault(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="cannot be read"):
        read_private(tmp_path / "nothing")


def test_a_folder_under_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeyFault, match="cannot be made"):
        private_folder(tmp_path / "file" / "keys")


def test_floors_only_rise(tmp_path: Path) -> None:
    floors = FileFloors(tmp_path / "keys" / "sheet-numbers.json")
    assert floors.floor("18118") == 0
    for n in (3, 2, 5, 4):
        floors.raise_to("18118", n)
    assert (floors.floor("18118"), floors.floor("18119")) == (5, 0)
    assert FileFloors(tmp_path / "keys" / "sheet-numbers.json").floor("18118") == 5


def test_a_floor_raised_elsewhere_is_seen_and_kept(tmp_path: Path) -> None:
    mine, other = (FileFloors(tmp_path / "floors.json") for _ in range(2))
    mine.raise_to("a", 1)
    other.raise_to("a", 7)
    mine.raise_to("b", 2)
    assert (mine.floor("a"), other.floor("b")) == (7, 2)


def test_processes_that_raise_floors_at_once_lose_none(tmp_path: Path) -> None:
    path = str(tmp_path / "floors.json")
    race(RAISE_MANY, (path, "a"), (path, "b"))
    floors = FileFloors(Path(path))
    assert (floors.floor("a"), floors.floor("b")) == (39, 39)


@pytest.mark.parametrize("content", [b"not json", b"[1]"])
def test_a_damaged_file_is_a_key_fault(tmp_path: Path, content: bytes) -> None:
    write_private(tmp_path / "some.json", content)
    with pytest.raises(KeyFault, match="damaged"):
        read_private_json(tmp_path / "some.json")


SITE = Site("ab12", b"s" * 16, demo=True, authority=b"a" * 32)


def test_what_an_installation_is_is_kept(tmp_path: Path) -> None:
    write_site(tmp_path / "site.json", SITE)
    assert read_site(tmp_path / "site.json") == SITE


@pytest.mark.parametrize(
    ("change", "said"), [({"v": 2}, "another version"), ({"salt": "zz"}, "damaged"), ({"authority": None}, "damaged")]
)
def test_an_installation_of_another_kind_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    path = tmp_path / "site.json"
    write_site(path, SITE)
    write_private(path, json.dumps({**json.loads(path.read_bytes()), **change}).encode())
    with pytest.raises(KeyFault, match=said):
        read_site(path)


def test_a_credential_of_systemd_may_have_its_mask_as_group_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "master.key"
    write_private(path, b"key")
    path.chmod(0o440)
    with pytest.raises(KeyFault):
        read_private(path)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert read_private(path) == b"key"
    path.chmod(0o444)
    with pytest.raises(KeyFault):
        read_private(path)
