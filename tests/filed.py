"""A tip with every kind of part, put straight into a running installation's store: sealed as a submission is.

For what an officer sees. How parts arrive and are cleaned is tested where that is done.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import math
import os
import struct
import time
import wave
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection

from bot.run.config import Config
from bot.run.foundation import open_keys
from crypto.contents import Coordinates, Media, MediaKind
from crypto.receipts import new_receipt, stretch
from crypto.sheets import verify_sheet
from crypto.tips import Attachment, Part, TipSeal, seal_media
from storage.blobs import open_blobs
from storage.database import open_database
from storage.repositories import sheets, tips
from storage.repositories.tips import NewTip, StoredBlob

UNIT = "18118"
PLACES = (Coordinates("18.52000", "105.70000"), Coordinates("18.52110", "105.70080"))
HOUR = 3600
RATE = 8000


def sound(seconds: int = 3) -> bytes:
    """A quiet tone as WAV."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        tone = (int(3000 * math.sin(n / 6)) for n in range(RATE * seconds))
        out.writeframes(b"".join(struct.pack("<h", level) for level in tone))
    return file.getvalue()


Kept = tuple[MediaKind, str, bytes, int | None, bool]
"""A part as it is kept: kind, type, bytes, seconds, whether it was cleaned."""
PARTS: tuple[Kept, ...] = (
    ("voice", "audio/wav", sound(), 3, True),
    ("video", "video/mp4", b"no film at all", 12, True),
    ("file", "application/pdf", b"%PDF-1.7 a list of numbers", None, True),
    ("file", "application/zip", b"PK nobody could clean this", None, False),
    ("voice", "audio/ogg", b"not cleaned either", 7, False),
)


def file_every_kind(folder: Path, words: str, *, kept: Sequence[Kept] = PARTS, age: int = 0) -> None:
    """File the tip in the installation that keeps its data in `folder`; received `age` seconds ago."""
    asyncio.run(_file(folder, words, kept, age))


async def _file(folder: Path, words: str, kept: Sequence[Kept], age: int) -> None:
    config = Config(data_dir=folder, ephemeral_dir=folder / "ephemeral")
    database, blobs = open_database(config.database), open_blobs(config.blobs)
    site, now = open_keys(config).site, int(time.time())
    try:
        newest = await database.read(lambda connection: sheets.newest(connection, UNIT))
        assert newest is not None
        seal, code = TipSeal.begin(site.id), stretch(new_receipt(), site.salt)
        parts: list[Part] = [words]
        stored: list[StoredBlob] = []
        for kind, mime, content, seconds, cleaned in kept:
            name, sealed = os.urandom(16).hex(), list(seal_media(_once(content), len(content), seal.recipient))
            await blobs.put(name, sealed)
            checksum = hashlib.sha256(b"".join(sealed)).digest()
            parts.append(Attachment(kind, Media(mime, len(content), name, checksum, seconds, cleaned)))
            stored.append(StoredBlob(name, sum(map(len, sealed))))
        tip = seal.finish(
            sheet=verify_sheet(newest.body, site.authority),
            box="tdp4-nhl",
            category="drug",
            parts=[*parts, *PLACES],
            day=time.strftime("%Y-%m-%d", time.gmtime(now + 7 * HOUR)),
            at=now,
            seed=code.seed,
        )
        row = NewTip(
            id=tip.tip,
            unit=UNIT,
            urgent=False,
            received=(now - age) // HOUR * HOUR,
            entries=tip.entries,
            grants=tip.grants,
            lookup=code.lookup,
            mailbox=tip.reporter_grant,
            blobs=stored,
            due=(now - age) // HOUR * HOUR + 8 * HOUR,
        )

        def work(connection: Connection) -> None:
            tips.file(connection, row)

        await database.run(work)
    finally:
        await database.close()


def _once(content: bytes) -> Iterator[bytes]:
    yield content
