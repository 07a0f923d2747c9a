"""Bent frames of pages and of the desk's bell, over real sockets: no fault, no word in the log, the page goes on."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

from fuzz.corpus import FRAME_NAMES, frames, hello
from fuzz.mutating import Mutator
from fuzz.world import World, open_world
from integration.served import ChatPage, DeskBrowser, Frame, b64, fresh
from integration.test_desk_api import colleague
from unit.service.until import until
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bot.run.serve import LARGEST_FRAME

SHARE, BELLS = 0.3, 0.05
"""Of all mutations: pages, and the bell."""
A_PAGE = 25
"""Frames that one connection sends."""
AT_ONCE = 6
PINGS = 200
CLOSED = {None, 1000, 1007, 1009, 4400}
"""Still open; closed by us; no UTF-8; too large; without a hello. A fault of the server would be 1006, 1011 or 1012."""


async def test_bent_frames(tmp_path: Path, mutations: int, first: int) -> None:
    async with open_world(tmp_path / "data", Random(first)) as world:
        places = asyncio.Semaphore(AT_ONCE)

        async def one(n: int) -> int | None:
            async with places:
                return await _page(world, f"{first}:{n}")

        codes = Counter(await asyncio.gather(*(one(n) for n in range(int(mutations * SHARE) // A_PAGE + 1))))
        assert codes[None] > 0.3 * codes.total(), "most pages go on"
        await world.still_works()
        world.judge()


async def test_bent_frames_at_the_bell(tmp_path: Path, mutations: int, first: int) -> None:
    """A colleague sees the last honest frame of every console, whatever it said before."""
    async with open_world(tmp_path / "data", Random(first)) as world, DeskBrowser(world.served) as desk:
        await desk.enrol()
        await desk.login()
        async with colleague(world.served) as other, other.live() as seen:
            known = await _two_tips(world, desk)
            codes = Counter(
                [
                    await _console(world, desk, seen, f"bell:{first}:{n}", known[n % 2])
                    for n in range(int(mutations * BELLS) // A_PAGE + 1)
                ]
            )
        assert codes[None] > 0.3 * codes.total(), "most consoles go on"
        await world.still_works()
        world.judge()


async def _two_tips(world: World, desk: DeskBrowser) -> list[str]:
    """Tips that both officers may know of: of no other is a colleague ever told."""
    for _ in range(2):
        async with ChatPage(world.served) as page:
            await page.file_tip()
    return [row["id"] for row in await desk.tips()]


async def _console(world: World, desk: DeskBrowser, seen: list[Frame], seed: str, tip: str) -> int | None:
    """One console says what it will, then that it shows `tip`. How it was closed, if it was."""
    luck = Random(seed)
    mutator = Mutator(luck, ("t", "tip"))
    cookies = "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())
    address = f"{world.served.socket}/api/v1/desk/live"
    async with connect(address, max_size=None, additional_headers={"Cookie": cookies}) as socket:
        with suppress(ConnectionClosed):
            for _ in range(A_PAGE):
                honest = {"t": "at", "tip": luck.choice((None, world.mark, b64(luck.randbytes(16))))}
                await _bent(socket, mutator, honest)
            await socket.send(json.dumps({"t": "at", "tip": tip}))
            await until(lambda: socket.close_code is not None or tip in seen[-1].get("open", {}), 60)
    code = None if tip in seen[-1].get("open", {}) else socket.close_code
    assert code in CLOSED, (seed, code, world.log.getvalue())
    return code


async def _page(world: World, seed: str) -> int | None:
    """One page sends what it will; then it is asked whether it still works. How it was closed, if it was."""
    luck = Random(seed)
    mutator = Mutator(luck, FRAME_NAMES)
    async with connect(f"{world.served.socket}/chat/ws", max_size=None) as socket:
        greeting = hello(f"session-{luck.randrange(6)}-of-a-bent-page")
        reading = asyncio.create_task(_last(socket))
        try:
            await socket.send(json.dumps(mutator.bent(greeting) if luck.random() < 0.1 else greeting))
            for _ in range(A_PAGE):
                await _sent(socket, mutator, world.mark)
            await _answered(socket, reading)
        except ConnectionClosed:
            await reading
    code = None if reading.done() and not reading.cancelled() and reading.result() else socket.close_code
    assert code in CLOSED, (seed, code, world.log.getvalue())
    return code


async def _sent(socket: ClientConnection, mutator: Mutator, mark: str) -> None:
    await _bent(socket, mutator, frames(mutator.luck, mark))


async def _bent(socket: ClientConnection, mutator: Mutator, frame: Frame) -> None:
    luck = mutator.luck
    dice = luck.random()
    if dice < 0.02:
        await asyncio.gather(*(socket.ping() for _ in range(PINGS)))
    elif dice < 0.04:
        await socket.send(luck.randbytes(luck.randrange(2_000)))
    elif dice < 0.045:
        await socket.send("x" * (LARGEST_FRAME + luck.choice((-1, 0, 1, 50_000))))
    elif dice < 0.15:
        for _ in range(luck.randrange(2, 6)):
            await socket.send(json.dumps(frame))
    elif dice < 0.3:
        await socket.send(json.dumps(frame))
    else:
        await socket.send(mutator.spelt(mutator.bent(frame)).decode("utf-8", "replace"))


LAST = "the-last-frame-of-all"


async def _answered(socket: ClientConnection, reading: asyncio.Task[bool]) -> None:
    """An honest frame after all of that is answered."""
    await socket.send(json.dumps({"t": "text", "id": f"{LAST}-{fresh()}", "text": "menu"}))
    async with asyncio.timeout(60):
        await asyncio.wait([reading])


async def _last(socket: ClientConnection) -> bool:
    """True once the last frame was answered; False if the connection ends before."""
    try:
        async for said in socket:
            frame = json.loads(said)
            if str(frame.get("id", "")).startswith(LAST):
                return True
    except ConnectionClosed:
        pass
    return False
