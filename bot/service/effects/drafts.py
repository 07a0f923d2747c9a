"""Parts of a draft: sealed under the epoch key as they come, gone when dropped."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from bot.service.draft_forms import written
from crypto.epochs import EpochKey
from handlers.values import Line
from handlers.wishes import Keep, KeepChoice, KeepMedia, KeepPlace, KeepText
from storage.repositories import drafts


def keep(connection: Connection, key: EpochKey, wish: Keep | KeepChoice, words: Callable[[Line], str]) -> None:
    """Store one part; a chosen answer is put in `words`.

    The row of media holds their size and type, sealed; their bytes lie in the blob store.
    """
    if isinstance(wish, KeepChoice):
        wish = KeepText(wish.draft, wish.part, words(wish.answer))
    drafts.add(connection, row_of(key, wish))


def row_of(key: EpochKey, wish: Keep) -> drafts.DraftPart:
    """The part sealed under `key`, as its row."""
    blob = key.seal_part(wish.draft, wish.part, written(wish))
    match wish:
        case KeepMedia(kind=kind, media=media):
            return drafts.DraftPart(wish.part, wish.draft, key.number, kind, media.blob, blob)
        case KeepPlace():
            return drafts.DraftPart(wish.part, wish.draft, key.number, "place", None, blob)
        case _:
            return drafts.DraftPart(wish.part, wish.draft, key.number, "text", None, blob)


def drop(connection: Connection, parts: tuple[bytes, ...]) -> list[str]:
    """Erase parts; the names of blobs that go with them."""
    return list(drafts.remove(connection, parts))
