"""Filling of a stream whose length is not known when it begins: one mark byte, then zeros. Constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crypto.errors import Unusable
from crypto.wire import MEDIA_BUCKET, bucket

_MARK = b"\x80"
_BLOCK = 64 * 1024


def zeros(count: int) -> Iterator[bytes]:
    """`count` zero bytes in blocks."""
    while count > 0:
        yield bytes(min(count, _BLOCK))
        count -= _BLOCK


def tail(length: int) -> Iterator[bytes]:
    """What follows `length` bytes of content: the mark, and zeros up to the size class."""
    yield _MARK
    length += len(_MARK)
    yield from zeros(bucket(length, MEDIA_BUCKET) - length)


def with_tail(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks, then the mark and zeros up to the size class."""
    length = 0
    for chunk in chunks:
        length += len(chunk)
        yield chunk
    yield from tail(length)


def cut_tail(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The reverse. Zeros and marks are held back as counts until what follows shows they were content."""
    marked, held = False, 0
    for chunk in chunks:
        content = chunk.rstrip(b"\0")
        if not content:
            held += len(chunk)
            continue
        yield from _released(marked, held)
        marked = content.endswith(_MARK)
        yield content[:-1] if marked else content
        held = len(chunk) - len(content)
    if not marked:
        raise Unusable("filling: no mark")


def _released(marked: bool, held: int) -> Iterator[bytes]:
    if marked:
        yield _MARK
    yield from zeros(held)
