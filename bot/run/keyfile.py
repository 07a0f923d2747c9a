"""Keys on disk: small files of mode 0600 in folders of mode 0700, outside the database.

Owns how they are written (whole, synced, then renamed) and how they are destroyed (overwritten, synced, unlinked).
Several processes of one machine share these folders: what one of them writes, the others see at their next look.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from bot.service.errors import OutsideFailed
from bot.service.keyring import AHEAD, OPENS_FOR, SEALS_FOR, next_number
from bot.service.site import Site
from crypto.epochs import EpochKey

BIRTH, SECRET = 8, 32
"""Bytes of an epoch file: its birth in UTC seconds, then its secret."""
SETTLED = 1_000_000_000
"""Nanoseconds after which a folder's own time is believed: two changes within one tick of the clock carry the same."""
ERASED = 16
"""Bytes of an erased subscription's random id."""
HALF_MADE = re.compile(r"[0-9]{8}\.[0-9a-f]{12}")
"""Name of a key not yet linked to its own."""
LEFTOVER = 3600
"""Seconds after which a half-made file in the ephemeral folder was surely left by a crash."""


class KeyFault(OutsideFailed):
    """A key file is missing, unreadable, or open to others. The message names the file, never its content.

    Nothing that arrives meanwhile is given up: it is tried again until somebody has put the file right.
    """


def private_folder(path: Path) -> Path:
    """The folder, made with mode 0700 if it is new.

    Raises:
        KeyFault: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise KeyFault(f"{path} cannot be made") from error
    return path


def write_private(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 so that a crash leaves the old or the new one, never half.

    Raises:
        KeyFault: it cannot be written.
    """
    private_folder(path.parent)
    draft = path.with_name(f"{path.name}.{os.urandom(6).hex()}.new")
    try:
        _write_new(draft, content)
        draft.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise KeyFault(f"{path} cannot be written") from error


def read_private(path: Path) -> bytes:
    """A key file's content.

    Raises:
        KeyFault: it is missing, or others may read it.
    """
    try:
        if path.stat().st_mode & _for_others(path):
            raise KeyFault(f"{path} can be read by others: chmod 600 it")
        return path.read_bytes()
    except OSError as error:
        raise KeyFault(f"{path} cannot be read") from error


def _for_others(path: Path) -> int:
    """Mode bits that open a file to others. On a credential of systemd the group's bits are its own ACL's mask."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return 0o007 if folder and path.is_relative_to(folder) else 0o077


def read_private_json(path: Path) -> dict[str, Any]:
    """A small file of ours.

    Raises:
        KeyFault: it is missing, open to others, or not what we wrote.
    """
    try:
        found = json.loads(read_private(path))
    except ValueError:
        raise KeyFault(f"{path} is damaged") from None
    if not isinstance(found, dict):
        raise KeyFault(f"{path} is damaged")
    return found


def destroy(path: Path) -> None:
    """Overwrite a key file, sync it, and unlink it; one that another process destroyed first is as good.

    A second name of a file, left where a crash came between naming a key and unlinking its draft, is only unlinked: the
    content goes with its last name.
    """
    with suppress(FileNotFoundError):
        with path.open("r+b") as out:
            found = os.fstat(out.fileno())
            if found.st_nlink == 1:
                out.write(b"\0" * found.st_size)
                out.flush()
                os.fsync(out.fileno())
        path.unlink()
        _sync_folder(path.parent)


def read_epochs(folder: Path) -> tuple[EpochKey, ...]:
    """The epoch keys in a folder, newest first.

    Raises:
        KeyFault: one of them cannot be used.
    """
    keys = []
    for path in reversed(_epoch_files(folder)):
        try:
            content = read_private(path)
        except KeyFault:
            if path.exists():
                raise
            continue  # another process destroyed it between the two looks
        if len(content) != BIRTH + SECRET:
            raise KeyFault(f"{path} is damaged")
        keys.append(EpochKey(int(path.stem), int.from_bytes(content[:BIRTH], "big"), content[BIRTH:]))
    return tuple(keys)


def _epoch_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.epoch") if path.stem.isdecimal())


class FileRing:
    """Epoch keys in the ephemeral folder, one file a key: `<number>.epoch` holding birth and secret.

    Several processes of one machine share the folder: a key gets its name by a link, which only one of them wins. Two
    that make one around the turn of an hour may make two; the newer seals from the next look on, and both open.
    """

    def __init__(self, folder: Path, entropy: Callable[[int], bytes]) -> None:
        self._folder = private_folder(folder)
        self._entropy = entropy
        self._lock = Lock()
        self._stamp: int | None = None
        self._keys: tuple[EpochKey, ...] = ()

    def living(self, now: int) -> tuple[EpochKey, ...]:
        """See `bot.service.keyring.EpochRing.living`. Dead keys are forgotten here too, whoever destroyed their files.

        Raises:
            KeyFault: the folder or a key in it cannot be used.
        """
        with self._lock:
            self._look()
            if not self._keys or now >= self._keys[0].born + SEALS_FOR:
                self._make(next_number(self._keys[0].number if self._keys else None, now), now)
                self._stamp = None
                self._look()
            self._keys = tuple(key for key in self._keys if now < key.born + OPENS_FOR)
            return self._keys

    def expire(self, now: int) -> tuple[int, ...]:
        """See `bot.service.keyring.EpochRing.expire`. What a crash left half made goes too."""
        for key in self.living(now):
            if key.born > now + AHEAD:
                self._be_born(key.number, now)
        living = tuple(key.number for key in self.living(now))
        for path in _epoch_files(self._folder):
            if int(path.stem) < living[0] and int(path.stem) not in living:
                destroy(path)
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):
                if HALF_MADE.fullmatch(path.name) and time.time() - path.stat().st_mtime > LEFTOVER:
                    destroy(path)
        return living

    def _look(self) -> None:
        """Read the folder again if it changed."""
        try:
            stamp = self._folder.stat().st_mtime_ns
        except OSError as error:
            raise KeyFault(f"{self._folder} cannot be read") from error
        if stamp == self._stamp:
            return
        known = {key: key for key in self._keys}
        self._keys = tuple(known.get(key, key) for key in read_epochs(self._folder))
        self._stamp = stamp if time.time_ns() - stamp > SETTLED else None

    def _be_born(self, number: int, now: int) -> None:
        """Write a key's birth anew, in its place: nothing of its secret is left elsewhere."""
        with suppress(FileNotFoundError), self._lock:
            with (self._folder / f"{number:08}.epoch").open("r+b") as out:
                out.write(now.to_bytes(BIRTH, "big"))
                out.flush()
                os.fsync(out.fileno())
            os.utime(self._folder)
            self._stamp = None

    def _make(self, number: int, now: int) -> None:
        path = self._folder / f"{number:08}.epoch"
        draft = path.with_suffix(f".{self._entropy(6).hex()}")
        try:
            _write_new(draft, now.to_bytes(BIRTH, "big") + self._entropy(SECRET))
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
            _sync_folder(self._folder)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise KeyFault(f"{path} cannot be written") from error


class FileFloors:
    """Highest sheet numbers seen, in one small file of the key folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._highest: dict[str, int] = {}

    def floor(self, unit: str) -> int:
        """See `bot.service.site.Floors.floor`."""
        return int(self._read().get(unit, 0))

    def raise_to(self, unit: str, n: int) -> None:
        """See `bot.service.site.Floors.raise_to`."""
        if n <= self.floor(unit):
            return
        with _locked(self._path.parent):
            self._stamp = None
            highest = self._read()
            write_private(self._path, json.dumps({**highest, unit: max(n, highest.get(unit, 0))}).encode())

    def _read(self) -> dict[str, int]:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return {}
        stamp = (found.st_ino, found.st_mtime_ns)
        if stamp != self._stamp:
            self._highest = read_private_json(self._path)
            self._stamp = stamp
        return self._highest


class FileErasedIds:
    """Random ids of erased subscriptions, 16 bytes each, in one file that only grows. It holds nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, row: bytes) -> None:
        """See `bot.service.subscriptions.ErasedIds.add`.

        Raises:
            KeyFault: it cannot be written.
        """
        try:
            private_folder(self._path.parent)
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "ab") as out:
                out.write(row)
                out.flush()
                os.fsync(out.fileno())
            _sync_folder(self._path.parent)
        except OSError as error:
            raise KeyFault(f"{self._path} cannot be written") from error

    def every(self) -> tuple[bytes, ...]:
        """See `bot.service.subscriptions.ErasedIds.every`. A write that a crash cut short is left out.

        Raises:
            KeyFault: it cannot be read.
        """
        if not self._path.exists():
            return ()
        return erased_ids(read_private(self._path))


def erased_ids(content: bytes) -> tuple[bytes, ...]:
    """The ids in such a file. A write that a crash cut short is left out."""
    return tuple(content[at : at + ERASED] for at in range(0, len(content) - ERASED + 1, ERASED))


def write_site(path: Path, site: Site) -> None:
    """Keep what this installation is."""
    content = {"v": 1, "id": site.id, "salt": site.salt.hex(), "demo": site.demo, "authority": site.authority.hex()}
    write_private(path, json.dumps(content).encode())


def read_site(path: Path) -> Site:
    """What this installation is.

    Raises:
        KeyFault: the file is missing, open to others, damaged, or of another version.
    """
    found = read_private_json(path)
    if found.get("v") != 1:
        raise KeyFault(f"{path} is of another version")
    site = parse_site(json.dumps(found).encode())
    if site is None:
        raise KeyFault(f"{path} is damaged")
    return site


def parse_site(content: bytes) -> Site | None:
    """What an installation is, by its file's content; None if it is none, or of another version."""
    try:
        found = json.loads(content)
        if found["v"] != 1:
            return None
        return Site(found["id"], bytes.fromhex(found["salt"]), found["demo"], bytes.fromhex(found["authority"]))
    except (KeyError, TypeError, ValueError):
        return None


def _write_new(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone among this machine's processes that change files of this folder."""
    handle = os.open(private_folder(folder), os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
