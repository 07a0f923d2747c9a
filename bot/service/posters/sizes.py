"""What posters are printed on. Light to load: commands name it before anything is printed."""

from __future__ import annotations

from enum import StrEnum


class Size(StrEnum):
    """Paper of a poster, or a sheet of ten key-ring cards on A4."""

    A3 = "a3"
    A4 = "a4"
    A5 = "a5"
    CARDS = "cards"
