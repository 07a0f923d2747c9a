"""Many files that travel together: a folder, an archive, or one of them alone."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from bot.service import bundles
from bot.service.bundles import read_bundle, write_bundle
from bot.service.errors import NotAccepted

FILES = {"r-2.json": b"two", "r-10.json": b"ten", "r-1.json": b"one"}
IN_ORDER = [("r-1.json", b"one"), ("r-2.json", b"two"), ("r-10.json", b"ten")]


@pytest.mark.parametrize("name", ["folder", "packed.zip", "Packed.ZIP"])
def test_what_was_written_is_read_in_the_order_of_its_numbers(tmp_path: Path, name: str) -> None:
    write_bundle(tmp_path / name, {**FILES, "note.txt": b"-"})
    assert read_bundle(tmp_path / name, ".json") == IN_ORDER


def test_a_file_alone_is_itself_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "request").write_bytes(b"one")
    assert read_bundle(tmp_path / "request", ".json") == [("request", b"one")]


def test_folders_inside_an_archive_leave_no_trace_in_names(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("../../etc/r.json", b"one")
        packed.mkdir("empty.json")
    assert read_bundle(tmp_path / "x.zip", ".json") == [("r.json", b"one")]


def test_nothing_of_the_kind_is_said(tmp_path: Path) -> None:
    write_bundle(tmp_path / "x", {"note.txt": b"-"})
    with pytest.raises(NotAccepted, match=r"no file in x ends with \.json"):
        read_bundle(tmp_path / "x", ".json")


def test_too_large_and_too_many_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("folder", "packed.zip"):
        write_bundle(tmp_path / name, {"r.json": bytes(bundles.LARGEST + 1)})
        with pytest.raises(NotAccepted, match=r"r\.json is larger than 1 MB"):
            read_bundle(tmp_path / name, ".json")
    monkeypatch.setattr(bundles, "MOST", 2)
    for name in ("many", "many.zip"):
        write_bundle(tmp_path / name, FILES)
        with pytest.raises(NotAccepted, match="more than 2 files"):
            read_bundle(tmp_path / name, ".json")


def test_files_are_bounded_together_before_any_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("folder", "packed.zip"):
        write_bundle(tmp_path / name, {f"r-{n}.json": bytes(bundles.LARGEST) for n in range(3)} | {"big.txt": b"x"})
    monkeypatch.setattr(bundles, "WHOLE", 2 << 20)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    for name in ("folder", "packed.zip"):
        with pytest.raises(NotAccepted, match="the files are larger than 2 MB together"):
            read_bundle(tmp_path / name, ".json")


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_an_archive_that_is_not_packed_as_usual_is_refused(tmp_path: Path, packing: int) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", packing) as packed:
        packed.writestr("r.json", b"one" * 1_000)
    with pytest.raises(NotAccepted, match=r"the archive x\.zip is broken, locked, or not packed as usual"):
        read_bundle(tmp_path / "x.zip", ".json")


def test_an_archive_that_was_bent_is_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    path, chance = tmp_path / "x.zip", random.Random(7)
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(path, "w", packing) as packed:
            packed.writestr("r.json", b"one" * 100)
        whole = path.read_bytes()
        for _ in range(300):
            bent = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                bent[chance.randrange(len(bent))] = chance.randrange(256)
            path.write_bytes(bent)
            try:
                read_bundle(path, ".json")
            except NotAccepted:
                continue


def test_a_broken_archive_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    write_bundle(path, {"r.json": b"one" * 100})
    broken = bytearray(path.read_bytes())
    broken[35:45] = bytes(10)
    path.write_bytes(broken)
    with pytest.raises(NotAccepted, match=r"the archive x\.zip is broken"):
        read_bundle(path, ".json")
