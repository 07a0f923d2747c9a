"""Parts of a draft: sealed under the epoch key as they come, gone when dropped."""

from __future__ import annotations

from sqlalchemy import Connection

from crypto.epochs import EpochKey
from handlers.wishes import KeepPhoto, KeepText
from storage.repositories import drafts


def keep(connection: Connection, key: EpochKey, wish: KeepText | KeepPhoto) -> None:
    """Store one part. A photo's row holds its clear size and type, sealed; its bytes lie in the blob store."""
    match wish:
        case KeepText(text=text):
            blob = key.seal_part(wish.draft, wish.part, text.encode())
            row = drafts.DraftPart(wish.part, wish.draft, key.number, "text", None, blob)
        case KeepPhoto(media=media):
            blob = key.seal_part(wish.draft, wish.part, f"{media.size} {media.mime}".encode())
            row = drafts.DraftPart(wish.part, wish.draft, key.number, "photo", media.blob, blob)
    drafts.add(connection, row)


def drop(connection: Connection, parts: tuple[bytes, ...]) -> list[str]:
    """Erase parts; the names of blobs that go with them."""
    return list(drafts.remove(connection, parts))
