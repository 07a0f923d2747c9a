"""Wires what the worker does by the clock: housekeeping, reminders, retention, and the officers' bot that they wake."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.run import officersbot
from bot.run.reminders import open_ladders, open_reminding, open_retaining
from bot.service.endings import EndingWatch
from bot.service.housekeeping import Housekeeping
from bot.service.keyring import EpochRing

if TYPE_CHECKING:
    from bot.run.app import Ground, Product


def wire(ground: Ground, product: Product, *, ring: EpochRing, bell: Callable[[], None]) -> None:
    """Build it on this ground, and put it where the product keeps what runs by the clock."""
    config = ground.config
    product.housekeeping = Housekeeping(
        database=ground.database,
        blobs=ground.blobs,
        ring=ring,
        book=ground.book,
        texts=ground.texts,
        clock=ground.clock,
    )
    product.endings = EndingWatch(database=ground.database, book=ground.book, clock=ground.clock)
    ladders = open_ladders(config, ground.keys.site, ground.book)
    told = officersbot.connect(ground, product, ring, calls=ladders, bell=bell)
    product.reminding = open_reminding(config, ladders, ground.database, clock=ground.clock, wake=told)
    product.retaining = open_retaining(config, ladders, ground.database, ground.blobs, clock=ground.clock, wake=told)
    product.closing += [product.reminding.leave, product.retaining.leave]
