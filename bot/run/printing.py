"""The press of an installation: its words, and the pictograms that its pages have too."""

from __future__ import annotations

from bot.run.config import PROJECT, Config, load_config
from bot.service.posters.press import Press
from bot.service.texts import Catalogue

SPRITE = PROJECT / "web" / "public" / "pictograms.svg"


def open_press(config: Config | None = None) -> Press:
    """A press that is ready to print, of this machine's installation unless another is named.

    Raises:
        HopthuError: a text or a pictogram is missing.
    """
    return Press(Catalogue((config or load_config()).locales), SPRITE)
