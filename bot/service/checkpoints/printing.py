"""A checkpoint as one page of A4, laid out by `checkpoint.typ`. Owns no word that stands on it."""

from __future__ import annotations

from pathlib import Path

from bot.service.checkpoints.content import Checkpoint, Say, page
from bot.service.documents import laid_out

LAYOUT = Path(__file__).with_name("checkpoint.typ")


def printed(found: Checkpoint, say: Say) -> bytes:
    """The page as a PDF.

    Raises:
        OurFault: the layout cannot take it.
    """
    return laid_out(LAYOUT, page(found, say))
