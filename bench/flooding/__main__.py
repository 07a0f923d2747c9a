"""A flood at the web chat, in a process of its own until its input ends.

    python -m bench.flooding many|unfinished PORT PAGES

Says "ready" on standard output when it stands, and at the end, as JSON, how many of its acts were answered or refused
since, and how many of its pages are gone.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping

import uvloop

from bench.flooding.pages import Flood, many, unfinished

KINDS: Mapping[str, Callable[[Flood], Awaitable[None]]] = {"many": many, "unfinished": unfinished}


async def _run(kind: str, port: int, pages: int) -> None:
    async with Flood(port, pages) as flood:
        await KINDS[kind](flood)
        before = flood.answered + flood.refused
        _say("ready")
        await asyncio.to_thread(sys.stdin.read)
        _say(json.dumps({"acts": flood.answered + flood.refused - before, "gone": flood.gone}))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(_run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
