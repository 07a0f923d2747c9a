"""Many small files that travel together: a folder, or one ZIP archive. Names inside are plain, sizes bounded."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.service.errors import NotAccepted

LARGEST = 1 << 20
"""Bytes of a file: a sheet of several hundred officers."""
MOST = 10_000
"""Files of a bundle: three for every unit of the country."""
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
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    path.write_bytes(kept.getvalue())


def _folder(path: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    files = [one for one in path.iterdir() if one.name.endswith(ending) and one.is_file()]
    _count(files)
    yield from ((one.name, _bounded(one)) for one in files)


def _bounded(path: Path) -> bytes:
    with path.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    return _small(path.name, content)


def _archive(path: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [one for one in packed.infolist() if one.filename.endswith(ending) and not one.is_dir()]
            _count(parts)
            for part in parts:
                with packed.open(part) as opened:
                    yield part.filename.rpartition("/")[2], _small(part.filename, opened.read(LARGEST + 1))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise NotAccepted(f"the archive {path.name} is broken, or locked") from None


def _count(files: Iterable[object]) -> None:
    if len(list(files)) > MOST:
        raise NotAccepted(f"there are more than {MOST} files")


def _small(name: str, content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise NotAccepted(f"the file {Path(name).name} is larger than {LARGEST >> 20} MB")
    return content


def _in_order(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _NAME.split(name)]
