"""The press of this installation: its words, and the pictograms that its pages have too."""

from __future__ import annotations

from bot.run.config import PROJECT, load_config
from bot.service.posters.press import Press
from bot.service.texts import Catalogue

SPRITE = PROJECT / "web" / "public" / "pictograms.svg"


def open_press() -> Press:
    """A press that is ready to print.

    Raises:
        HopthuError: a text or a pictogram is missing.
    """
    return Press(Catalogue(load_config().locales), SPRITE)
