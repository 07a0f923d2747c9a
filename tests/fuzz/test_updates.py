"""Bent Telegram updates through the webhook of the whole product: never a fault, never a word in the log."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from random import Random

from fuzz.corpus import NAMES, updates
from fuzz.mutating import Mutator
from fuzz.world import World, open_world
from rules.night import small_photo

AT_ONCE = 8
CHATS = 12
SHARE = 0.5
"""Of all mutations."""
ALLOWED = {200, 400, 413}
"""Kept or of no interest; no JSON; larger than any update is."""


async def test_bent_updates(tmp_path: Path, mutations: int, first: int) -> None:
    async with open_world(tmp_path / "data", Random(first)) as world:
        files = [world.bot.api.file(content) for content in (small_photo(), b"Bien so 38A.", b"")] + ["nowhere"]
        places = asyncio.Semaphore(AT_ONCE)

        async def one(n: int) -> int:
            async with places:
                return await _posted(world, f"{first}:{n}", files)

        statuses = Counter(await asyncio.gather(*(one(n) for n in range(int(mutations * SHARE)))))
        assert statuses[200] > 0.5 * statuses.total()
        assert set(statuses) <= ALLOWED
        await world.still_works()
        world.judge()


async def _posted(world: World, seed: str, files: list[str]) -> int:
    luck = Random(seed)
    mutator = Mutator(luck, NAMES)
    update = updates(luck, world.mark, 700_000 + luck.randrange(CHATS), files)
    update["update_id"] = luck.randrange(2**31)
    body = mutator.spelt(mutator.bent(update) if luck.random() < 0.8 else update)
    try:
        status = await world.posted(body)
    except Exception as error:
        error.add_note(f"the update of seed {seed}")
        raise
    assert status in ALLOWED, (seed, status, world.log.getvalue())
    return status
