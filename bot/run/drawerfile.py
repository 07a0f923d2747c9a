"""Drawer keys on disk: one file of mode 0600 a row, in a folder of the ephemeral folder, which no backup reads.

Owns their names and when a left-over one goes. How they are written and destroyed is `bot.run.keyfile`'s.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.run.keyfile import KeyFault, destroy, private_folder, read_private, write_private
from crypto.drawers import KEY, Drawer

NAME = re.compile(r"[0-9a-f]{32}")
LEFTOVER = 3600
"""Seconds after which a key without a row, or one half written, was surely left by a crash or a failed commit."""


class FileDrawers:
    """Drawers in a folder that several processes of one machine share; nothing is held in memory."""

    def __init__(self, folder: Path, entropy: Callable[[int], bytes], clock: Callable[[], float] = time.time) -> None:
        self._folder = private_folder(folder)
        self._entropy = entropy
        self._clock = clock

    def make(self, row: bytes) -> Drawer:
        """See `bot.service.drawers.Drawers.make`.

        Raises:
            KeyFault: it cannot be written.
        """
        found = self.get(row)
        if found is not None:
            return found
        drawer = Drawer(row, self._entropy(KEY))
        try:
            write_private(self._path(row), drawer.secret)
        except KeyFault:
            raise KeyFault("a drawer key cannot be written") from None  # its path names the row
        return drawer

    def get(self, row: bytes) -> Drawer | None:
        """See `bot.service.drawers.Drawers.get`.

        Raises:
            KeyFault: it is there and cannot be used.
        """
        path = self._path(row)
        try:
            secret = read_private(path)
        except KeyFault:
            if path.exists():
                raise KeyFault("a drawer key cannot be read") from None  # its path names the row
            return None
        if len(secret) != KEY or not any(secret):
            return None  # another process is destroying it at this moment
        return Drawer(row, secret)

    def destroy(self, row: bytes) -> None:
        """See `bot.service.drawers.Drawers.destroy`."""
        destroy(self._path(row))

    def settled(self) -> frozenset[bytes]:
        """See `bot.service.drawers.Drawers.settled`. What a crash left half written goes at once."""
        old = [path for path in self._folder.iterdir() if self._is_old(path)]
        for path in old:
            if not NAME.fullmatch(path.name):
                destroy(path)
        return frozenset(bytes.fromhex(path.name) for path in old if NAME.fullmatch(path.name))

    def _path(self, row: bytes) -> Path:
        return self._folder / row.hex()

    def _is_old(self, path: Path) -> bool:
        with suppress(FileNotFoundError):
            return self._clock() - path.stat().st_mtime > LEFTOVER
        return False
