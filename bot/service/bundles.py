"""Many small files that travel together: a folder, or one ZIP archive. Names inside are plain, sizes bounded."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.service.errors import NotAccepted

LARGEST = 1 << 20
"""Bytes of a file: a sheet of several hundred officers."""
WHOLE = 256 << 20
"""Bytes of all files together: those of the whole country take less than half of it."""
MOST = 10_000
"""Files of a bundle: three for every unit of the country."""
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""How every program packs a ZIP archive that is not asked to do otherwise."""
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
"""What Python raises for an archive that is cut off, bent or locked, whatever its bytes are."""
_NAME = re.compile(r"(\d+)")


def read_bundle(path: Path, ending: str) -> list[tuple[str, bytes]]:
    """Files in a folder or an archive whose names end so, by name, numbers counted as numbers; else the file itself.

    Raises:
        NotAccepted: there is nothing of the kind, too much, or the archive is broken.
    """
    if path.is_dir():
        found = list(_folder(path, ending))
    elif zipfile.is_zipfile(path):
        found = list(_archive(path, ending))
    else:
        return [(path.name, _bounded(path))]
    if not found:
        raise NotAccepted(f"no file in {path.name} ends with {ending}")
    return sorted(found, key=lambda one: _in_order(one[0]))


def write_bundle(path: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a folder, made if it is new, or into an archive where the name ends with .zip."""
    if path.suffix.lower() != ".zip":
        path.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (path / name).write_bytes(content)
        return
    path.write_bytes(packed(files))


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, with nothing of when it was made."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _folder(path: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    files = [one for one in path.iterdir() if one.name.endswith(ending) and one.is_file()]
    _count(one.stat().st_size for one in files)
    yield from ((one.name, _bounded(one)) for one in files)


def _bounded(path: Path) -> bytes:
    with path.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    _small(path.name, len(content))
    return content


def _archive(path: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    """What the parts say they unpack to is looked at before any is: none unpacks to more than it says."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [one for one in packed.infolist() if one.filename.endswith(ending) and not one.is_dir()]
            _count(part.file_size for part in parts)
            for part in parts:
                _small(part.filename, part.file_size)
                yield part.filename.rpartition("/")[2], _unpacked(packed, part)
    except BROKEN:
        raise NotAccepted(f"the archive {path.name} is broken, locked, or not packed as usual") from None


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if part.compress_type not in PACKINGS:
        raise zipfile.BadZipFile
    with packed.open(part) as opened:
        return opened.read(LARGEST + 1)


def _count(sizes: Iterable[int]) -> None:
    every = list(sizes)
    if len(every) > MOST:
        raise NotAccepted(f"there are more than {MOST} files")
    if sum(every) > WHOLE:
        raise NotAccepted(f"the files are larger than {WHOLE >> 20} MB together")


def _small(name: str, size: int) -> None:
    if size > LARGEST:
        raise NotAccepted(f"the file {Path(name).name} is larger than {LARGEST >> 20} MB")


def _in_order(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _NAME.split(name)]
