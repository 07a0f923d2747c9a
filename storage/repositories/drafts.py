"""Draft parts. Removing rows tells which blobs are left to erase after the commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, select

from handlers.values import PartKind
from storage.statements import Statement
from storage.tables import draft_parts as table

_ADD = Statement(insert(table))
_OF = table.c.draft == bindparam("the_draft")
_BLOBS_OF = select(table.c.media).where(_OF, table.c.media.is_not(None)).with_for_update()
_DELETE_OF = delete(table).where(_OF)
_BY_IDS = select(table).where(table.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One sealed message of a draft; `media` names the blob of media."""

    id: bytes
    draft: bytes
    epoch: int
    kind: PartKind
    media: str | None
    blob: bytes


def add(connection: Connection, part: DraftPart) -> None:
    """Store a part."""
    _ADD.run(
        connection,
        {
            "id": part.id,
            "draft": part.draft,
            "epoch": part.epoch,
            "kind": part.kind,
            "media": part.media,
            "blob": part.blob,
        },
    )


def by_ids(connection: Connection, ids: Sequence[bytes]) -> tuple[DraftPart, ...]:
    """The parts with these ids, in their order; unknown ones are left out."""
    found = {row.id: DraftPart(*row) for row in connection.execute(_BY_IDS, {"ids": list(ids)})}
    return tuple(found[part] for part in ids if part in found)


def remove(connection: Connection, ids: Sequence[bytes]) -> tuple[str, ...]:
    """Erase these parts; the blob names they held."""
    return _remove(connection, table.c.id.in_(list(ids)))


def remove_draft(connection: Connection, draft: bytes) -> tuple[str, ...]:
    """Erase every part of a draft; the blob names they held."""
    names = tuple(connection.execute(_BLOBS_OF, {"the_draft": draft}).scalars())
    connection.execute(_DELETE_OF, {"the_draft": draft})
    return names


def remove_dead(connection: Connection, newest: int, living: Sequence[int]) -> tuple[str, ...]:
    """Erase every part of an epoch before `newest` that is none of the `living`; the blob names they held."""
    return _remove(connection, and_(table.c.epoch < newest, table.c.epoch.not_in(living)))


def _remove(connection: Connection, which: ColumnElement[bool]) -> tuple[str, ...]:
    media = connection.execute(select(table.c.media).where(which, table.c.media.is_not(None)).with_for_update())
    names = tuple(media.scalars())
    connection.execute(delete(table).where(which))
    return names
