"""Residents who come back: each opens a page of his own and types a receipt."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from aiohttp import ClientSession

from bench.residents.pages import FAILURES, Page
from bot.edge.http.frames import base64url
from crypto.receipts import stretch

OPENED = "mail"
"""The state of a conversation that has a tip open."""


@dataclass(slots=True)
class Read:
    """Seconds that opening each tip took, and how many receipts opened none."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0


async def read_all(address: str, receipts: Sequence[str]) -> Read:
    """Open every tip by its receipt, one after the other. The stretching, which is the page's, is not in the time."""
    read, chance = Read(), Random(len(receipts))  # noqa: S311 - nothing is secret here
    async with ClientSession() as client:
        for receipt in receipts:
            try:
                read.seconds.append(await _open(client, address, receipt, chance))
            except FAILURES:
                read.failures += 1
    return read


async def _open(client: ClientSession, address: str, receipt: str, chance: Random) -> float:
    async with client.ws_connect(f"{address}/chat/ws") as socket:
        page = await Page.open(socket, chance)
        found = stretch(receipt, page.salt)
        began = time.perf_counter()
        said = await page.act(t="code", lookup=base64url(found.lookup), seed=base64url(found.seed))
        if said["state"] != OPENED:
            raise LookupError("this receipt opens nothing")
        return time.perf_counter() - began
