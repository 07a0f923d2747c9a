"""Blobs that no row names go after a day; the others stay."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from storage.blobs import LocalBlobs
from storage.database import Database
from storage.repositories import drafts, media, tips
from storage.repositories.drafts import DraftPart
from storage.repositories.tips import NewTip, StoredBlob
from storage.sweep import SPARED_SECONDS, sweep

NOW = 1_800_000_000


async def _put(blobs: LocalBlobs, folder: Path, name: str, age: int) -> None:
    await blobs.put(name, [b"sealed"])
    os.utime(folder / name, (NOW - age, NOW - age))


async def test_only_old_blobs_without_a_row_go(database: Database, tmp_path: Path, new_tip: Callable[..., NewTip]):
    folder = tmp_path / "blobs"
    blobs = LocalBlobs(folder)
    for name, age in (("orphan", 1), ("tip", 1), ("draft", 1), ("young", -1)):
        await _put(blobs, folder, name, SPARED_SECONDS + age)
    await database.run(lambda c: tips.file(c, new_tip(blobs=[StoredBlob("tip", 6)])))
    await database.run(lambda c: drafts.add(c, DraftPart(b"i" * 16, b"d" * 16, 1, "photo", "draft", b"x")))
    assert await sweep(database, blobs, NOW) == 1
    assert sorted(blobs.names()) == ["draft", "tip", "young"]
    assert await sweep(database, blobs, NOW) == 0


async def test_what_a_disk_itself_keeps_there_is_nothing_to_sweep(database: Database, tmp_path: Path):
    blobs = LocalBlobs(tmp_path)
    for name in ("lost+found", "old"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    await _put(blobs, tmp_path, "orphan", SPARED_SECONDS + 1)
    assert blobs.names() == ("orphan",)
    assert await sweep(database, blobs, NOW) == 1


async def test_many_names_are_looked_up_in_pieces(database: Database, new_tip: Callable[..., NewTip]):
    held = [StoredBlob(f"held{n}", 1) for n in range(600)]
    await database.run(lambda c: tips.file(c, new_tip(blobs=held)))
    asked = [f"free{n}" for n in range(600)] + [blob.name for blob in held]
    assert await database.read(lambda c: media.referenced(c, asked)) == {blob.name for blob in held}
    assert await database.read(lambda c: media.referenced(c, [])) == frozenset()
