"""Writing a verified backup into an empty database and store. Owns the order: attachments, then every row at once.

Broken off, it leaves attachments that are swept, or rows that the next try clears; the caller marks that it began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from bot.service.backup.archive import Member
from bot.service.backup.reading import BLOB, Content, Opening, opened
from bot.service.backup.rows import LARGEST, NAME, parse_rows
from bot.service.errors import NotAccepted
from bot.service.families import in_families
from bot.service.site import Site
from crypto.errors import SealError
from crypto.hybrid import Identity
from crypto.sheets import Sheet, verify_sheet
from storage import copies
from storage.blobs import Blobs
from storage.database import Database

Skip = Callable[[str, copies.Row], bool]
"""True for a row, of a table, that is not to come back."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back; `lost` attachments were missing when the backup was made, `sheets` are the newest by unit."""

    rows: int
    blobs: int
    lost: int
    sheets: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A backup that was verified: how to read it again, the key, and what is in it."""

    opening: Opening
    identity: Identity
    content: Content

    def members(self) -> Iterator[Member]:
        """Its members again; another file than the one verified is refused at the end."""
        return opened(self.opening, self.identity, self.content.digest)


def sheets_of(content: Content, site: Site) -> list[Sheet]:
    """The sheets in a backup, every one of them signed by this installation's authority.

    Raises:
        NotAccepted: one of them is not.
    """
    try:
        found = [verify_sheet(body, site.authority) for body in content.sheets]
    except SealError:
        found = None
    if found is None or any((sheet.site, sheet.demo) != (site.id, site.demo) for sheet in found):
        raise NotAccepted("this backup holds a sheet that the authority did not sign for this installation")
    return found


async def restore_blobs(backup: Sealed, blobs: Blobs, report: Callable[[int], None]) -> None:
    """Put every attachment of the backup into the store.

    Raises:
        NotAccepted: the file is not the one that was verified.
        OutsideFailed: the store cannot be written.
    """
    with in_families():
        for member in backup.members():
            report(member.size)
            if name := BLOB.fullmatch(member.name):
                await blobs.put(name[1], member.pieces)


async def restore_rows(backup: Sealed, database: Database, skip: Skip) -> int:
    """Write every row of the backup in one transaction, in place of what a restore before this left; how many.

    Raises:
        NotAccepted: the file is not the one that was verified, or its columns are not this database's.
        OutsideFailed: the database cannot be written.
    """
    with in_families():
        return await database.run(lambda connection: _write(connection, backup, skip))


def _write(connection: Connection, backup: Sealed, skip: Skip) -> int:
    copies.clear(connection)
    written = 0

    def kept(table: str, rows: Iterator[copies.Row]) -> Iterator[copies.Row]:
        nonlocal written
        known = copies.columns(connection, table)
        for row in rows:
            if row.keys() != known:
                raise NotAccepted("this backup does not fit the tables of its revision")
            if not skip(table, row):
                written += 1
                yield row

    for table, rows in groupby(_rows(backup), key=lambda pair: pair[0]):
        copies.load(connection, table, kept(table, (row for _, row in rows)))
    return written


def _rows(backup: Sealed) -> Iterator[tuple[str, dict[str, Any]]]:
    for member in backup.members():
        if name := NAME.fullmatch(member.name):
            yield from ((name[1], row) for row in parse_rows(member.whole(LARGEST)))
