"""One thing looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Fine or not, and what to do if not. Advice is no fault: it is worth doing where it can be done."""

    fine: bool
    what: str
    fix: str = ""
    advice: bool = False

    @property
    def mark(self) -> Literal["ok", "BAD", "TIP"]:
        """How its line begins."""
        return "ok" if self.fine else "TIP" if self.advice else "BAD"
