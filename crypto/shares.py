"""Shares of a secret on paper (SLIP-39): any `threshold` of them give it back, fewer tell nothing.

Owns how many there may be and what a share's words say of themselves. No passphrase is used. The library's own messages
hold words: none of them leaves here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share as Parsed

from crypto.errors import Unusable

FEWEST, MOST = 2, 16
"""Shares that may be asked for together, and that SLIP-39 can make."""
SECRET = 32
"""Bytes of a secret that is split."""
WORDS = 33
"""English words of one share of such a secret."""


@dataclass(frozen=True, slots=True)
class Share:
    """One share: its words, the set it belongs to, its place in the set from 1, how many of the set are needed."""

    words: tuple[str, ...]
    set_id: int
    place: int
    threshold: int

    def __repr__(self) -> str:
        return "Share(…)"


def split(secret: bytes, threshold: int, count: int) -> tuple[Share, ...]:
    """`count` shares of a 32-byte secret, `threshold` of which give it back. Raises Unusable for other numbers."""
    if len(secret) != SECRET or not FEWEST <= threshold <= count <= MOST:
        raise Unusable("shares: length or numbers")
    (made,) = generate_mnemonics(1, [(threshold, count)], secret)
    return tuple(read_share(words) for words in made)


def read_share(text: str) -> Share:
    """A share as typed. Raises Unusable where a word is none, or the words' own check does not hold."""
    try:
        found = Parsed.from_mnemonic(" ".join(text.lower().split()))
    except MnemonicError:
        raise Unusable("share: words") from None
    if found.group_count != 1 or len(found.value) != SECRET:
        raise Unusable("share: of something else")
    return Share(tuple(found.words()), found.identifier, found.index + 1, found.member_threshold)


def join(shares: Sequence[Share]) -> bytes:
    """The secret. Raises Unusable for shares of several sets, one twice, another number than needed, or a wrong one."""
    try:
        return bytes(combine_mnemonics([" ".join(one.words) for one in shares]))
    except MnemonicError:
        raise Unusable("shares: do not fit together") from None
