"""Bends JSON while keeping most of its shape, so that what comes of it gets past the first check. Seeded, no clock."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

Json = Any
Path = tuple[str | int, ...]

HUGE = (2**31, 2**53, 2**63 - 1, 2**63, 2**64, -(2**63), -1, 0, 10**30, 1e308, -1e308, 0.5, float("nan"), float("inf"))
WORDS = (
    "", " ", "\0", "\ud800", "\udfff\ud800", "\u202e\u2066", "\ufeff", "a\0b", "1", "0", "-1", "99", "menu", "quên tôi",
    "xóa", "gửi", "dung", "/start", "/start x", "english", "𝟙", "null", "true", "../../etc/passwd", "' OR 1=1 --",
    "482109375562180477193068", "4821 0937 5562 1804 7719 3086", "m:x:1", "k:" + "0" * 32, "private", "x" * 4096,
    "%s%n", "é" * 70_000, "\u0301" * 3_000, "A" * 86, "-_" * 22,
)  # fmt: skip
STRANGE: tuple[Json, ...] = (None, True, False, [], {}, [[]], {"": None}, [None], *HUGE, *WORDS)
DEEP = (2, 20, 90)
"""How deep something is wrapped."""


def places(value: Json, at: Path = ()) -> Iterator[Path]:
    """Where something lies in it, itself first."""
    yield at
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from places(item, (*at, key))


def lying(value: Json, at: Path) -> Json:
    """What lies there."""
    for key in at:
        value = value[key]
    return value


@dataclass
class Mutator:
    """Bends one thing after the other; `names` are fields that readers know."""

    luck: Random
    names: Sequence[str] = ("id",)

    def bent(self, value: Json) -> Json:
        """A copy with one to four things changed in it."""
        value = copy.deepcopy(value)
        for _ in range(self.luck.choice((1, 1, 1, 2, 4))):
            at = self.luck.choice(list(places(value)))
            value = self._put(value, at, self.luck.choice(self._ways())(lying(value, at)))
        return value

    def _put(self, value: Json, at: Path, item: Json) -> Json:
        if not at:
            return item
        lying(value, at[:-1])[at[-1]] = item
        return value

    def _ways(self) -> tuple[Callable[[Json], Json], ...]:
        return (self._strange, self._strange, self._dropped, self._added, self._doubled, self._wrapped, self._turned)

    def _strange(self, _: Json) -> Json:
        return copy.deepcopy(self.luck.choice(STRANGE))

    def _dropped(self, item: Json) -> Json:
        if isinstance(item, dict) and item:
            del item[self.luck.choice(sorted(item))]
        elif isinstance(item, list | str) and item:
            at = self.luck.randrange(len(item))
            return item[:at] + item[at + 1 :]
        return item

    def _added(self, item: Json) -> Json:
        strange = self._strange(None)
        if isinstance(item, dict):
            return {**item, self.luck.choice((*self.names, "x", "")): strange}
        return [*item, strange] if isinstance(item, list) else item

    def _doubled(self, item: Json) -> Json:
        if isinstance(item, list | str):
            return (item * 2)[:100_000]
        return item * 2 if isinstance(item, int | float) else [item, copy.deepcopy(item)]

    def _wrapped(self, item: Json) -> Json:
        for _ in range(self.luck.choice(DEEP)):
            item = [item] if self.luck.random() < 0.5 else {self.luck.choice(self.names): item}
        return item

    def _turned(self, item: Json) -> Json:
        """The same, of another type."""
        if isinstance(item, str):
            return int(item) if item.isascii() and item.isdecimal() and len(item) < 20 else list(item)[:50]
        return str(item) if isinstance(item, int | float | bool) else item

    def spelt(self, value: Json) -> bytes:
        """Written down, now and then badly: cut, in another encoding, with a field twice, with rubbish around it."""
        plain = json.dumps(value, ensure_ascii=self.luck.random() < 0.5).encode("utf-8", "surrogatepass")
        return self.luck.choice(self._spellings())(plain) if self.luck.random() < 0.15 else plain

    def _spellings(self) -> tuple[Callable[[bytes], bytes], ...]:
        return (
            self.cut,
            lambda plain: plain.decode("utf-8", "replace").encode("utf-16"),
            lambda plain: b"\xef\xbb\xbf" + plain,
            lambda plain: plain.decode("utf-8", "replace").encode("latin-1", "replace"),
            lambda plain: plain.replace(b"{", b'{"id":1,"id":"2",', 2),
            lambda plain: plain + plain,
            lambda plain: b"[" * 60_000 + plain,
            lambda plain: plain.replace(b"0", b"0" * 5_000, 1),
            self.flipped,
            lambda _: b"",
            lambda _: self.luck.randbytes(300),
        )

    def cut(self, plain: bytes) -> bytes:
        """Its beginning."""
        return plain[: self.luck.randrange(len(plain) + 1)]

    def spliced(self, plain: bytes) -> bytes:
        """A piece of it again, somewhere else in it."""
        start, end, at = (self.luck.randrange(len(plain) + 1) for _ in range(3))
        return plain[:at] + plain[start:end] + plain[at:]

    def flipped(self, plain: bytes) -> bytes:
        """A few bytes changed."""
        found = bytearray(plain or b"\0")
        for _ in range(self.luck.randrange(1, 5)):
            found[self.luck.randrange(len(found))] = self.luck.randrange(256)
        return bytes(found)
