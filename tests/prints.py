"""Pictures of the demonstration's posters, on every paper and in one language and two."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from bot.run.config import Config
from bot.run.foundation import open_site
from bot.run.printing import open_press
from bot.service.boxes.addresses import Addresses
from bot.service.founding import DEMONSTRATION
from bot.service.posters.content import Poster, of_units
from bot.service.posters.sizes import Size
from bot.service.site import MemoryFloors, SheetBook
from storage.database import open_database

LINKS = Addresses("https://hopthu.example.gov.vn")
"""Where a real box would be reached: what an address looks like belongs to how a poster looks."""
PIXELS = {Size.A3: 42, Size.A4: 60, Size.A5: 84, Size.CARDS: 60}
"""Pixels an inch, so that every page comes out as large."""


def posters(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the picture of each poster of the demonstration that keeps its data in `folder`."""
    found = asyncio.run(_read(folder))
    press = open_press()
    for size in Size:
        for ending, bilingual in (("", False), ("-vi-en", True)):
            (page,) = press.png(press.set_up(found[:1], size, bilingual=bilingual), PIXELS[size])
            yield f"poster-{size.value}{ending}", page


async def _read(folder: Path) -> tuple[Poster, ...]:
    config = Config(data_dir=folder, ephemeral_dir=folder / "ephemeral")
    book, unit = SheetBook(open_site(config), MemoryFloors()), DEMONSTRATION.unit.code
    database = open_database(config.database)
    try:
        return await database.read(lambda store: of_units(store, book, LINKS, [unit], now=int(time.time())))
    finally:
        await database.close()
