"""Which blobs are still named by a row; the sweep removes the others."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, union_all

from storage.tables import draft_parts, tip_blobs

CHUNK = 500
"""Names asked for in one statement, well below the drivers' limits on parameters."""


def referenced(connection: Connection, names: Sequence[str]) -> frozenset[str]:
    """Those of `names` that a draft part or a tip still holds."""
    found: set[str] = set()
    for start in range(0, len(names), CHUNK):
        part = list(names[start : start + CHUNK])
        drafts = select(draft_parts.c.media).where(draft_parts.c.media.in_(part))
        tips = select(tip_blobs.c.name).where(tip_blobs.c.name.in_(part))
        found.update(connection.execute(union_all(drafts, tips)).scalars())
    return frozenset(found)
