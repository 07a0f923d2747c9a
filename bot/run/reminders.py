"""Wires the ladder of reminders and retention: what notes what they did or were told, which process looks."""

from __future__ import annotations

import os
from collections.abc import Callable

from bot.run.config import Config
from bot.run.foundation import notes_key
from bot.service.desk.ladder import Ladders
from bot.service.desk.observing import Notebook
from bot.service.desk.retention import Retention
from bot.service.reminding import Reminding
from bot.service.retaining import Retaining
from bot.service.site import SheetBook, Site
from storage.blobs import Blobs
from storage.database import Database
from storage.leading import open_leading


def open_ladders(config: Config, site: Site, book: SheetBook) -> Ladders:
    """Who is called to which tip next; what officers say to it is noted for the desk to chain.

    Raises:
        KeyFault: the key that marks notes cannot be used.
    """
    return Ladders(book, Notebook(site.id, notes_key(config), os.urandom).leave)


def open_reminding(
    config: Config, ladders: Ladders, database: Database, *, clock: Callable[[], float], wake: Callable[[], None]
) -> Reminding:
    """The fixed job. `wake` tells whoever rings and sends."""
    leading = open_leading(config.database, "ladder")
    return Reminding(database=database, ladders=ladders, leading=leading, clock=clock, wake=wake)


def open_retaining(
    config: Config,
    ladders: Ladders,
    database: Database,
    blobs: Blobs,
    *,
    clock: Callable[[], float],
    wake: Callable[[], None],
) -> Retaining:
    """The fixed job that warns and erases; it notes where the ladders note."""
    return Retaining(
        database=database,
        blobs=blobs,
        retention=Retention(ladders.book, ladders.note),
        leading=open_leading(config.database, "retention"),
        clock=clock,
        wake=wake,
    )
