"""Residents who write, in a process of their own: each opens a page, writes, sends, is shown a receipt, and goes.

    python -m bench.residents.writing ADDRESS TIPS SEED

writes what they saw to standard output, as `Seen` in JSON. Times are taken here, in seconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Self

import uvloop
from aiohttp import ClientSession

from bench.residents.pages import FAILURES, Page

AT_ONCE = 8
"""Conversations at once."""
MESSAGES = (
    "Tối qua khoảng 11 giờ có hai thanh niên đi xe máy không biển số dừng trước kho vật liệu ở cuối ngõ 12.",
    "Một người đứng canh ngoài đường, người kia trèo qua tường rào phía sau, khiêng ra mấy bao nặng, chất lên ba gác.",
    "Xe ba gác màu xanh, thùng xe có chữ trắng đã mờ, đèn sau bên trái không sáng.",
    "Nhìn thấy rõ nhưng không dám ra. Mong các đồng chí xem giúp, đây là lần thứ ba trong tháng.",
)
"""What everybody writes, one message after the other."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the residents saw: seconds in all, of every conversation, from "send" to the receipt; what went wrong."""

    seconds: float
    whole: list[float]
    sending: list[float]
    receipts: list[str] = field(repr=False)
    failures: list[str]

    @classmethod
    def read(cls, written: bytes) -> Self:
        """What `main` wrote."""
        return cls(**json.loads(written))


async def file_tip(page: Page) -> tuple[str, float]:
    """Write every message, send, confirm; the receipt, and the seconds from "send" to its being shown."""
    for message in MESSAGES:
        said = await page.act(t="text", text=message)
    began = time.perf_counter()
    said = await page.press(said, "send")
    said = await page.press(said, "submit")
    while said["kind"] != "code":
        said = await page.say()
    return str(said["text"][0]).replace(" ", ""), time.perf_counter() - began


class Residents:
    """So many tips in all, `AT_ONCE` at any time."""

    def __init__(self, address: str, tips: int, seed: int) -> None:
        self._address = f"{address}/chat/ws"
        self._left = tips
        self._chance = Random(seed)  # noqa: S311 - nothing is secret here
        self._seen = Seen(0.0, [], [], [], [])

    async def run(self) -> Seen:
        """Let them all write."""
        began = time.perf_counter()
        async with ClientSession() as client:
            await asyncio.gather(*(self._one_after_the_other(client) for _ in range(AT_ONCE)))
        seen = self._seen
        return Seen(time.perf_counter() - began, seen.whole, seen.sending, seen.receipts, seen.failures)

    async def _one_after_the_other(self, client: ClientSession) -> None:
        while self._left > 0:
            self._left -= 1
            try:
                await self._visit(client)
            except FAILURES as error:
                self._seen.failures.append(type(error).__name__)

    async def _visit(self, client: ClientSession) -> None:
        began = time.perf_counter()
        async with client.ws_connect(self._address) as socket:
            receipt, sending = await file_tip(await Page.open(socket, self._chance))
        self._seen.receipts.append(receipt)
        self._seen.sending.append(sending)
        self._seen.whole.append(time.perf_counter() - began)


def main(arguments: list[str]) -> None:
    """Run them and say what they saw."""
    address, tips, seed = arguments
    seen = uvloop.run(Residents(address, int(tips), int(seed)).run())
    json.dump(asdict(seen), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
