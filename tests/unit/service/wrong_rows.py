"""What is wrong with a table, as a command says it."""

from __future__ import annotations

from functools import partial

from bot.run.config import PROJECT
from bot.service.tables import RowsRefused, line, told
from bot.service.texts import Catalogue

TEXTS = Catalogue(PROJECT / "locales")
SAY = partial(TEXTS.say, "en")


def said(wrong: Exception) -> str:
    """The whole of it."""
    return told(wrong, SAY) if isinstance(wrong, RowsRefused) else str(wrong)


def lines(wrong: RowsRefused) -> list[str]:
    """Each fault with its row."""
    return [line(fault, SAY) for fault in wrong.faults]
