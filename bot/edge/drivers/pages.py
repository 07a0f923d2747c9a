"""Cutting a long text into messages a messenger takes. No character is lost: the pieces joined are the text."""

from __future__ import annotations

import re

_ENDS = (re.compile(r"\n+"), re.compile(r"[.!?…;:]+\s+"), re.compile(r"\s+"))
"""Where to cut, best first: ends of lines, of sentences, of words."""


def length(text: str) -> int:
    """Length in UTF-16 units, the way messengers count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """`text` in pieces of at most `limit` UTF-16 units, cut at the end of a line, sentence or word where there is one.

    A piece of nothing but white space is dropped, since no messenger takes one.
    """
    pieces = []
    while length(text) > limit:
        cut = _cut(text, limit)
        pieces.append(text[:cut])
        text = text[cut:]
    return [piece for piece in (*pieces, text) if piece.strip()]


def _cut(text: str, limit: int) -> int:
    room = _fitting(text, limit)
    for end in _ENDS:
        cuts = [found.end() for found in end.finditer(text, 0, room)]
        if cuts and cuts[-1] >= room // 2:
            return cuts[-1]
    return room


def _fitting(text: str, limit: int) -> int:
    """How many characters of `text` fit into `limit` units."""
    room = min(limit, len(text))
    while length(text[:room]) > limit:
        room -= max(1, (length(text[:room]) - limit) // 2)
    return room
