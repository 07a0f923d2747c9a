"""What people send never lies clear on a disk: not while it comes, not while it is cleaned, not after."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from unit.service.papers import paper
from unit.service.pictures import SECRET, with_secrets
from unit.service.recordings import film, sound

from bot.service.cleaner import Clean, CleanerApart
from bot.service.keyring import MemoryRing
from bot.service.uploads import Uploads
from handlers.values import MediaKind
from storage.blobs import LocalBlobs

NOW = 1_795_000_000
MARK = SECRET.encode()
SENT: list[tuple[MediaKind, bytes]] = [
    ("photo", with_secrets("JPEG")),
    ("voice", sound("ogg", "libopus")),
    ("voice", sound("mp3", "libmp3lame")),
    ("video", film("mp4", "libx264", "aac")),
    ("video", film("matroska", "libx264", "aac", attached=True)),
    ("file", paper()),
    ("file", MARK * 1000),
    ("file", b"PK\x03\x04" + MARK),
]


class Watched(CleanerApart):
    """Looks at the folder of blobs before a thing goes in and while it comes out."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.seen: list[bytes] = []

    @asynccontextmanager
    async def clean(self, kind: MediaKind, mime: str, chunks: AsyncIterator[bytes]) -> AsyncIterator[Clean]:
        self.seen += held(self.folder)
        async with super().clean(kind, mime, chunks) as clean:
            self.seen += held(self.folder)
            yield clean


def held(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def one(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), 999):
        yield content[at : at + 999]


@pytest.mark.parametrize(("kind", "raw"), SENT)
async def test_no_disk_holds_what_is_cleaned(
    kind: MediaKind, raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs, elsewhere = tmp_path / "blobs", tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(elsewhere)
    cleaner = Watched(blobs)
    uploads = Uploads(blobs=LocalBlobs(blobs), ring=MemoryRing(os.urandom), cleaner=cleaner, entropy=os.urandom)
    media = await uploads.take(kind, one(raw), mime="", megabytes=1, now=NOW, page=True)
    after = held(tmp_path)
    assert len(after) == 1
    assert LocalBlobs(blobs).names() == (media.blob,)
    assert cleaner.seen
    assert [content for content in (*cleaner.seen, *after) if MARK in content] == []
