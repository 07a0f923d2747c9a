"""Making a backup: one look at the database, then the attachments of filed tips, all of it sealed as it is read.

Nothing is ever written in clear, not even to a memory disk. What ties a chat to anything is not read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.service.backup.archive import ArchiveWriter
from bot.service.backup.rows import row_members
from bot.service.errors import NotAccepted, OurFault
from bot.service.families import in_families
from crypto.errors import SealError
from crypto.sealer import Sealer
from storage import copies
from storage.blobs import Blobs
from storage.database import Database
from storage.errors import Missing
from storage.migrate import head

FORM = 1
"""Version of a backup's form."""
FIRST, LAST = "hopthu-backup.json", "end.json"


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up. `files` are those of the key folder that may be copied, by name; `site` its id."""

    site: str
    files: Mapping[str, bytes]
    database: Database
    blobs: Blobs


@dataclass(slots=True)
class Counts:
    """What a backup holds: rows by table, attachments, and those that a tip names but the store has lost."""

    rows: dict[str, int] = field(default_factory=dict)
    blobs: int = 0
    lost: list[str] = field(default_factory=list)

    def encode(self) -> bytes:
        """As the last member."""
        return json.dumps({"rows": self.rows, "blobs": self.blobs, "lost": self.lost}).encode()


async def write_backup(
    source: Source, recipient: str, write: Callable[[bytes], object], report: Callable[[int, int], None]
) -> Counts:
    """Write a backup, sealed to `recipient`. `report` hears how many attachments of how many are in.

    Raises:
        NotAccepted: the recipient is none, or the database stands at another revision than this code.
        OutsideFailed: the database or the store is away.
    """
    try:
        sealer = Sealer([recipient])
    except SealError:
        raise NotAccepted("this is no key to seal a backup to; hopthu backup key makes one") from None
    archive, counts = ArchiveWriter(lambda piece: write(sealer.update(piece))), Counts()
    archive.add(FIRST, json.dumps({"v": FORM, "site": source.site, "revision": head()}).encode())
    for name, content in sorted(source.files.items()):
        archive.add(f"keys/{name}", content)
    with in_families():
        names = await source.database.read(lambda connection: _add_rows(connection, archive, counts))
        for done, name in enumerate(names):
            report(done, len(names))
            await _add_blob(source.blobs, name, archive, counts)
    report(len(names), len(names))
    archive.add(LAST, counts.encode())
    archive.close()
    write(sealer.finish())
    return counts


def _add_rows(connection: Connection, archive: ArchiveWriter, counts: Counts) -> list[str]:
    """Every durable table; the names of the attachments. A reading runs once, and so may write."""
    if copies.revision(connection) != head():
        raise NotAccepted("the database belongs to another version of the code; start this one once, then back up")
    names = []
    for table in copies.DURABLE:
        counts.rows[table] = 0
        rows = copies.dump(connection, table)
        if table == "tip_blobs":
            kept = list(rows)
            names, rows = [str(row["name"]) for row in kept], iter(kept)
        for name, content, count in row_members(table, rows):
            archive.add(name, content)
            counts.rows[table] += count
    return names


async def _add_blob(blobs: Blobs, name: str, archive: ArchiveWriter, counts: Counts) -> None:
    try:
        size = await blobs.size(name)
    except Missing:
        counts.lost.append(name)
        return
    archive.begin(f"blobs/{name}", size)
    written = 0
    async for piece in blobs.get(name):
        archive.write(piece)
        written += len(piece)
    if written != size:
        raise OurFault("an attachment changed while it was read")
    archive.end(size)
    counts.blobs += 1
