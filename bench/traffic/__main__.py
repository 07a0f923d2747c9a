"""The peer's process: says where its Bot API listens, then takes loads, a line of JSON each, and gives their results.

Loads run beside each other, as they come. It ends when its input does.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from typing import Any

import uvloop

from bench.traffic.botapi import BotApi
from bench.traffic.load import Load, Writers


class Town:
    """Who writes at this moment, by the first of their chats."""

    def __init__(self) -> None:
        self._writing: dict[int, Writers] = {}

    def told(self, chat: int, call: bytes) -> None:
        """Pass the news of a message on to whoever waits for it: the newest load of that chat."""
        for writers in reversed(self._writing.values()):
            if writers.load.first_chat <= chat < writers.load.first_chat + writers.load.chats:
                writers.told(chat, call)
                return

    async def run(self, name: int, load: Load) -> None:
        """One load; its result goes out."""
        writers = self._writing[name] = Writers(load)
        try:
            _say({"id": name, "result": (await writers.run()).written()})
        finally:
            del self._writing[name]

    def stop(self, name: int) -> None:
        """An endless load ends once it has posted what it should at least."""
        if writers := self._writing.get(name):
            writers.stop()


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


async def _serve() -> None:
    town = Town()
    _say({"port": await BotApi(town.told).listen()})
    gc.freeze()
    loads: set[asyncio.Task[None]] = set()
    lines = asyncio.StreamReader(limit=1 << 20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        asked = json.loads(line)
        if "stop" in asked:
            town.stop(asked["stop"])
            continue
        task = loop.create_task(town.run(asked["id"], Load(**asked["load"])))
        loads.add(task)
        task.add_done_callback(loads.discard)


if __name__ == "__main__":
    uvloop.run(_serve())
