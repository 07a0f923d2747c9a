"""Finds marked words wherever they could lie: every byte of every file, in every form a program might write them.

A mark has at least 15 bytes in each of its forms. Files are read in aligned windows of 8 bytes, of which such a form
covers one at least whatever its place; only where a known window occurs is the whole form looked for. That makes the
search as fast for thousands of marks as for one.
"""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

WINDOW = 8
SHORTEST = 2 * WINDOW - 1


@dataclass(frozen=True)
class Found:
    """A mark that should not be where it is."""

    mark: str
    form: str
    place: str


@dataclass
class Marks:
    """Marks by what they are ("text of tip 12"); `found` looks for all of them at once."""

    _patterns: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    _windows: dict[int, set[bytes]] = field(default_factory=dict)
    _whole: dict[bytes, tuple[str, str]] = field(default_factory=dict)

    def add(self, mark: str, value: str | bytes) -> None:
        """Look for `value` in all its forms."""
        for form, pattern in forms(value):
            assert len(pattern) >= SHORTEST, f"{mark}: too short to be looked for"
            self._patterns[pattern] = mark, form
            for start in range(WINDOW):
                window = int.from_bytes(pattern[start : start + WINDOW], sys.byteorder)
                self._windows.setdefault(window, set()).add(pattern)

    def add_number(self, mark: str, value: int) -> None:
        """Look for a large number written in binary, beside its digits; numbers close to it are the same to us."""
        self.add(mark, str(value))
        high = (value >> 16).to_bytes(6, "big")
        self._whole |= {high: (mark, "int64 BE"), high[::-1]: (mark, "int64 LE")}

    def found_in(self, content: bytes, place: str) -> set[Found]:
        """Marks that occur in these bytes."""
        aligned = content + b"\0" * (-len(content) % WINDOW)
        touched = frozenset(self._windows).intersection(memoryview(aligned).cast("Q"))
        suspects = {pattern for window in touched for pattern in self._windows[window]}
        hits = {self._patterns[pattern] for pattern in suspects if pattern in content}
        hits |= {name for pattern, name in self._whole.items() if pattern in content}
        return {Found(mark, form, place) for mark, form in hits}

    def found(self, *places: Path, but: Iterable[Path] = ()) -> set[Found]:
        """Marks that occur in these files and folders, in content or in a file's name."""
        passed = set(but)
        hits: set[Found] = set()
        for place in places:
            for path in files_of(place):
                if path not in passed:
                    hits |= self.found_in(os.fsencode(path.relative_to(place.parent)), f"name of {path}")
                    hits |= self.found_in(path.read_bytes(), str(path))
        return hits


def files_of(place: Path) -> Iterator[Path]:
    """Every plain file under a folder, or the file itself."""
    return (path for path in ([place] if place.is_file() else sorted(place.rglob("*"))) if path.is_file())


def forms(value: str | bytes) -> Iterator[tuple[str, bytes]]:
    """The ways bytes or words end up in files."""
    raw = value.encode() if isinstance(value, str) else value
    yield "plain", raw
    if isinstance(value, str):
        yield "UTF-16LE", value.encode("utf-16-le")
        yield "UTF-16BE", value.encode("utf-16-be")
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    for shift in range(3):
        first, last = -(-8 * shift // 6), 8 * (shift + len(raw)) // 6
        padded = b"\0" * shift + raw
        standard, other = base64.b64encode(padded)[first:last], base64.urlsafe_b64encode(padded)[first:last]
        yield f"base64 at {shift}", standard
        if other != standard:
            yield f"base64url at {shift}", other
