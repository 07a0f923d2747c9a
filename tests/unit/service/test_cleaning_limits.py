"""What a harmful thing may cost: time and bytes. Whatever it meets, nothing of it stays and the next one is taken."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path

import pytest
from unit.service.pictures import with_secrets
from unit.service.recordings import film, paced, repeating, sound, with_amr

from bot.service import uploads as incoming
from bot.service.cleaner import PROGRAM, CleanerApart
from bot.service.cleaning import outcome, recoding
from bot.service.cleaning.outcome import LEAST, MOST, Bounded, Strange, most
from bot.service.cleaning.recordings import clean_recording
from bot.service.errors import NotAccepted
from bot.service.keyring import MemoryRing
from bot.service.uploads import Uploads
from handlers.values import MediaKind
from storage.blobs import LocalBlobs

NOW = 1_795_000_000
BRIEF = CleanerApart((*PROGRAM, "1"))
"""One second of a processor for each thing."""
HANGING = CleanerApart((PROGRAM[0], "-c", "while True: pass"), within=0.3)
HOSTILE: dict[str, tuple[CleanerApart, MediaKind, bytes]] = {
    "work for longer than it may": (BRIEF, "voice", with_amr(20_000)),
    "the same bytes again and again": (CleanerApart(), "video", repeating(20)),
    "no answer at all": (HANGING, "file", b"x"),
}


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), 65_536):
        yield content[at : at + 65_536]


def children() -> str:
    return Path(f"/proc/self/task/{Path('/proc/thread-self').readlink().name}/children").read_text()


def held(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("cleaner", "kind", "raw"), HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_harmful_thing_meets_a_limit_and_leaves_nothing(
    cleaner: CleanerApart, kind: MediaKind, raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "CLEANING", 1)
    blobs, before = LocalBlobs(tmp_path / "blobs"), children()
    uploads = Uploads(blobs=blobs, ring=MemoryRing(os.urandom), cleaner=cleaner, entropy=os.urandom)
    with pytest.raises(NotAccepted, match="media-bad"):
        await uploads.take(kind, pieces(raw), mime="", megabytes=200, now=NOW, page=True)
    assert (blobs.names(), children()) == ((), before)
    assert held(tmp_path) == []
    monkeypatch.setattr(uploads, "_cleaner", CleanerApart())
    async with asyncio.timeout(20):
        media = await uploads.take("photo", pieces(with_secrets("JPEG")), mime="", megabytes=1, now=NOW, page=True)
    assert blobs.names() == (media.blob,)


def test_what_may_come_out_follows_what_went_in() -> None:
    assert [most(0), most(LEAST), most(MOST)] == [LEAST, 4 * LEAST, MOST]
    assert most(200_000_000) < 256 * 1024 * 1024


def test_writing_ends_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "LEAST", 10)
    out = Bounded(io.BytesIO(b"ab"))
    assert out.write(b"0123456789") == 10
    out.seek(2)
    assert out.write(b"xx") == 2
    out.seek(0, io.SEEK_END)
    with pytest.raises(NotAccepted, match="media-bad"):
        out.write(b"y")
    assert out.getvalue() == b"01xx456789"


def test_more_than_can_be_coded_anew_is_kept_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    old, voice = film("avi", "mpeg4", "libmp3lame"), with_amr()
    monkeypatch.setattr(recoding, "MOST_DRAWN", 64 * 48 * 19)
    monkeypatch.setattr(recoding, "LONGEST_SOUND", Fraction(1))
    for raw in (old, film("flv", "flv"), voice):
        with pytest.raises(Strange):
            clean_recording(io.BytesIO(raw))
    monkeypatch.setattr(recoding, "MOST_DRAWN", 64 * 48 * 40)
    monkeypatch.setattr(recoding, "LARGEST_PICTURE", 64 * 47)
    with pytest.raises(Strange):
        clean_recording(io.BytesIO(film("flv", "flv")))


def test_a_rate_of_one_sample_a_second_is_not_followed() -> None:
    """A few bytes would become days."""
    with pytest.raises(Strange):
        clean_recording(io.BytesIO(paced(sound("wav", "pcm_s16le"), 1)))
