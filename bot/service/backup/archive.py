"""The inside of a backup: a plain tar stream, so that the stock age and tar tools open it without us.

Owns its form: members in one order, times and owners zero, nothing on a disk. Knows nothing of what members hold.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.service.errors import NotAccepted
from crypto.reader import ByteReader

BLOCK = 512
"""Bytes of a tar block (POSIX ustar)."""
PIECE = 1 << 16
DAMAGED = "this backup is damaged"


class ArchiveWriter:
    """A tar stream made as it goes; `write` takes every piece of it."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.write = write
        """Takes a piece of a member that was begun."""

    def add(self, name: str, content: bytes) -> None:
        """A whole member."""
        self.begin(name, len(content))
        self.write(content)
        self.end(len(content))

    def begin(self, name: str, size: int) -> None:
        """The head of a member whose `size` bytes follow."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self.write(member.tobuf(tarfile.USTAR_FORMAT))

    def end(self, size: int) -> None:
        """What fills a member of `size` bytes up."""
        self.write(b"\0" * (-size % BLOCK))

    def close(self) -> None:
        """The end of the stream."""
        self.write(b"\0" * 2 * BLOCK)


@dataclass(frozen=True, slots=True)
class Member:
    """One member; its content can be read once, before the next member is asked for."""

    name: str
    size: int
    pieces: Iterator[bytes]

    def whole(self, limit: int) -> bytes:
        """All of a small member.

        Raises:
            NotAccepted: it is larger than `limit` bytes.
        """
        if self.size > limit:
            raise NotAccepted(DAMAGED)
        return b"".join(self.pieces)


def members(chunks: Iterable[bytes]) -> Iterator[Member]:
    """The members of a tar stream; what follows its end is read too, so that a seal around it is checked to its last.

    Raises:
        NotAccepted: it is no such stream, or holds anything but plain files.
    """
    reader = ByteReader(chunks)
    try:
        with tarfile.open(fileobj=_Reading(reader), mode="r|", bufsize=BLOCK) as found:  # type: ignore[call-overload] # a reader is enough
            for entry in found:
                if not entry.isreg():
                    raise NotAccepted(DAMAGED)
                yield Member(entry.name, entry.size, _pieces(found, entry))
    except tarfile.TarError:
        raise NotAccepted(DAMAGED) from None
    while left := reader.read(PIECE):
        if left.strip(b"\0"):
            raise NotAccepted(DAMAGED)


def _pieces(found: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterator[bytes]:
    content = found.extractfile(entry)
    assert content is not None
    left = entry.size
    while left:
        piece = content.read(min(PIECE, left))
        if not piece:
            raise NotAccepted(DAMAGED)
        left -= len(piece)
        yield piece


class _Reading:
    """The reader as tarfile asks for it."""

    def __init__(self, reader: ByteReader) -> None:
        self._reader = reader

    def read(self, size: int) -> bytes:
        """The next `size` bytes."""
        return self._reader.read(size)
