"""Names out of files and tables as a terminal shows them: they cannot move, hide or imitate what stands beside them."""

from __future__ import annotations

WIDEST = 32
"""Characters of a name on a line: even in letters of double width it does not wrap into a line of its own."""


def shown(name: str) -> str:
    """`name` on one line: unprintable characters written out, runs of spaces as one, the end cut off if too long."""
    plain = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in " ".join(name.split()))
    return plain if len(plain) <= WIDEST else plain[: WIDEST - 1] + "…"
