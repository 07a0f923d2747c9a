"""Keys on disk: small files of mode 0600 in folders of mode 0700, outside the database.

Owns how they are written (whole, synced, then renamed) and how they are destroyed (overwritten, synced, unlinked).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from bot.service.keyring import OPENS_FOR, SEALS_FOR
from bot.service.site import Site
from crypto.epochs import EpochKey


class KeyFault(Exception):
    """A key file is missing, unreadable, or open to others. The message names the file, never its content."""


def private_folder(path: Path) -> Path:
    """The folder, made with mode 0700 if it is new."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 so that a crash leaves the old or the new one, never half."""
    private_folder(path.parent)
    draft = path.with_name(path.name + ".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    _sync_folder(path.parent)


def read_private(path: Path) -> bytes:
    """A key file's content.

    Raises:
        KeyFault: it is missing, or others may read it.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise KeyFault(f"{path} can be read by others: chmod 600 it")
        return path.read_bytes()
    except OSError as error:
        raise KeyFault(f"{path} cannot be read") from error


def destroy(path: Path) -> None:
    """Overwrite a key file, sync it, and unlink it."""
    with path.open("r+b") as out:
        out.write(b"\0" * path.stat().st_size)
        out.flush()
        os.fsync(out.fileno())
    path.unlink()
    _sync_folder(path.parent)


class FileRing:
    """Epoch keys in the ephemeral folder, one file a key: `<number>.epoch` holding birth and secret.

    Several processes of one machine share the folder: a key is made with O_EXCL, so one of them wins.
    """

    def __init__(self, folder: Path, entropy: Callable[[int], bytes]) -> None:
        self._folder = private_folder(folder)
        self._entropy = entropy
        self._keys = self._load()

    def living(self, now: int) -> tuple[EpochKey, ...]:
        """See `bot.service.keyring.EpochRing.living`."""
        if not self._keys or now >= self._keys[0].born + SEALS_FOR:
            self._keys = self._load()
        if not self._keys or now >= self._keys[0].born + SEALS_FOR:
            self._make(self._keys[0].number + 1 if self._keys else 1, now)
            self._keys = self._load()
        return tuple(key for key in self._keys if now < key.born + OPENS_FOR)

    def expire(self, now: int) -> int:
        """See `bot.service.keyring.EpochRing.expire`."""
        oldest = self.living(now)[-1].number
        for path in self._files():
            if int(path.stem) < oldest:
                destroy(path)
        self._keys = self._load()
        return oldest

    def _make(self, number: int, now: int) -> None:
        path = self._folder / f"{number:08}.epoch"
        draft = path.with_suffix(f".{os.getpid()}")
        write_private(draft, now.to_bytes(8, "big") + self._entropy(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        _sync_folder(self._folder)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.epoch"))

    def _load(self) -> tuple[EpochKey, ...]:
        keys = []
        for path in reversed(self._files()):
            content = read_private(path)
            keys.append(EpochKey(int(path.stem), int.from_bytes(content[:8], "big"), content[8:40]))
        return tuple(keys)


class FileFloors:
    """Highest sheet numbers seen, in one small file of the key folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._highest: dict[str, int] = json.loads(read_private(path)) if path.exists() else {}

    def floor(self, unit: str) -> int:
        """See `bot.service.site.Floors.floor`."""
        return self._highest.get(unit, 0)

    def raise_to(self, unit: str, n: int) -> None:
        """See `bot.service.site.Floors.raise_to`."""
        if n > self.floor(unit):
            self._highest[unit] = n
            write_private(self._path, json.dumps(self._highest).encode())


def write_site(path: Path, site: Site) -> None:
    """Keep what this installation is."""
    content = {"v": 1, "id": site.id, "salt": site.salt.hex(), "demo": site.demo, "authority": site.authority.hex()}
    write_private(path, json.dumps(content).encode())


def read_site(path: Path) -> Site:
    """What this installation is.

    Raises:
        KeyFault: the file is missing, open to others, or of another version.
    """
    found = json.loads(read_private(path))
    if found.get("v") != 1:
        raise KeyFault(f"{path} is of another version")
    return Site(found["id"], bytes.fromhex(found["salt"]), found["demo"], bytes.fromhex(found["authority"]))


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
