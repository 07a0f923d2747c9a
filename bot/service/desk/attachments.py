"""Sealed attachments out of the blob store, as they travel to an officer's browser: nothing is opened here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.service.errors import NotAccepted, OutsideFailed
from storage.blobs import Blobs
from storage.errors import Missing, StorageError


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed attachment: its length in bytes and what it is made of."""

    size: int
    chunks: AsyncIterator[bytes]


async def fetched(blobs: Blobs, name: str, size: int) -> Sealed:
    """An attachment of so many bytes; its beginning is there when this returns.

    Raises:
        NotAccepted: there is no such attachment.
        OutsideFailed: the store cannot be read now.
    """
    chunks = blobs.get(name)
    try:
        first = await anext(chunks, b"")
    except Missing:
        raise NotAccepted("desk-no-tip", status=404) from None
    except StorageError as error:
        raise OutsideFailed("the store cannot be read now") from error
    return Sealed(size, _joined(first, chunks))


async def _joined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk
