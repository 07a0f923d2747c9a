"""Reading exact lengths and lines out of any run of byte chunks, in constant memory. Knows no format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crypto.errors import Unusable


class ByteReader:
    """A cursor over chunks of any size, empty ones included."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks: Iterator[bytes] = iter(chunks)
        self._buffer = bytearray()

    def _fill(self) -> bool:
        for chunk in self._chunks:
            if chunk:
                self._buffer += chunk
                return True
        return False

    def _take(self, length: int) -> bytes:
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken

    def read(self, length: int) -> bytes:
        """The next `length` bytes, fewer only at the end."""
        while len(self._buffer) < length and self._fill():
            pass
        return self._take(length)

    def line(self, limit: int) -> bytes:
        """The next line without its end mark. Raises Unusable where none ends within `limit` bytes."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > limit or not self._fill():
                raise Unusable("header: no end of line")
        if end > limit:
            raise Unusable("header: line too long")
        return self._take(end + 1)[:-1]

    @property
    def ended(self) -> bool:
        """True where nothing follows."""
        return not self._buffer and not self._fill()
