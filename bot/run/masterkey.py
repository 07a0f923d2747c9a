"""The master key's file: the key in force, and while `keys rotate` is under way the one before it.

The first key is 32 bytes as they are. Later ones carry their number: lines of number and hexadecimal digits, newest
first.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bot.run.keyfile import KeyFault, read_private, write_private

LENGTH = 32
FIRST = 1
"""Number of the master key that an installation begins with."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One master key; `secret` is never printed."""

    number: int
    secret: bytes = field(repr=False)


def read_masters(path: Path) -> tuple[MasterKey, ...]:
    """The keys in this file, newest first: one, or two while a rotation is under way.

    Raises:
        KeyFault: the file cannot be used.
    """
    found = parse_masters(read_private(path))
    if found is None:
        raise KeyFault(f"{path} is damaged")
    return found


def write_masters(path: Path, keys: tuple[MasterKey, ...]) -> None:
    """Keep these keys, newest first.

    Raises:
        KeyFault: the file cannot be written.
    """
    plain = keys[0].number == FIRST
    lines = "".join(f"{key.number} {key.secret.hex()}\n" for key in keys)
    write_private(path, keys[0].secret if plain else lines.encode())


def parse_masters(content: bytes) -> tuple[MasterKey, ...] | None:
    """The keys in such a file; None if it is none."""
    if len(content) == LENGTH:
        return (MasterKey(FIRST, content),)
    try:
        pairs = [line.split(" ") for line in content.decode("ascii").splitlines()]
        keys = tuple(MasterKey(int(number), bytes.fromhex(secret)) for number, secret in pairs)
    except ValueError:
        return None
    numbers = [key.number for key in keys]
    falling = all(high == low + 1 for high, low in pairwise(numbers))
    whole = 0 < len(keys) <= 2 and numbers[-1] >= FIRST and all(len(key.secret) == LENGTH for key in keys)  # noqa: PLR2004 - old and new
    return keys if whole and falling else None


def next_master(before: MasterKey) -> MasterKey:
    """A new key with the next number."""
    return MasterKey(before.number + 1, os.urandom(LENGTH))
