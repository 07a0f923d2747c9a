"""What people were told during a chapter, and so may rely on after it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from crash.photos import Colour

from crypto.receipts import Stretched, stretch


@dataclass
class Tip:
    """A tip as its reporter and the officer know it."""

    texts: list[str]
    """What its reporter wrote, in order; the first is like no other tip's."""
    receipt: str | None = None
    """The code he was shown: with it the tip counts as acknowledged."""
    photo: Colour | None = None
    """What its reporter sent beside his words."""
    said: list[str] = field(default_factory=list)
    """The officer's words that the desk took, in order."""
    added_to: bool = False
    """Somebody began to add to it: from then on only what the officer says later is news."""
    keys: Stretched | None = None

    async def stretched(self, salt: bytes) -> Stretched:
        """What a page derives from the receipt."""
        assert self.receipt is not None
        if self.keys is None:
            self.keys = await asyncio.to_thread(stretch, self.receipt, salt)
        return self.keys


@dataclass
class Accounts:
    """Everybody's, together."""

    tips: dict[str, Tip] = field(default_factory=dict)
    """By the first words."""
    acts: Counter[str] = field(default_factory=Counter)
    """The officer's acts that the desk took, by kind."""
    read: int = 0
    """How often somebody read a thread by its receipt while the power came and went."""
    asked_again: int = 0
    """How often somebody was told in a sentence that it did not work, and tried again."""
    additions: int = 0
    steps: int = 0
    """How much anybody has got done: the power goes after so much, not after so many seconds."""
    closing: bool = False
    """Nobody begins anything new."""
    unseen: list[str] = field(default_factory=list)
    """Words of an officer that a reader was not shown."""

    def begin(self, *texts: str, photo: Colour | None = None) -> Tip:
        tip = Tip(list(texts), photo=photo)
        self.tips[texts[0]] = tip
        return tip

    def acknowledged(self) -> list[Tip]:
        return [tip for tip in self.tips.values() if tip.receipt is not None]

    def reads(self, tip: Tip, wanted: list[str], shown: str) -> None:
        """Somebody opened the tip: `wanted` was said before he did."""
        self.read += 1
        if not tip.added_to:
            self.unseen += [words for words in wanted if words not in shown]
