"""A Bot API that is as slow and as unreliable as the weather, and remembers when it got what."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from fake_bot_api import FakeBotApi, Fault, Raw
from fake_chats import Sent

FAILS, IS_SLOW = 0.03, 0.3
"""How many calls fail, and how many of the others take their time."""
SLOWEST = 0.6
"""Seconds before, and again after, a message is in its chat."""
MARKED_WITHIN = 15.0
"""Seconds: a message that was there for longer had been marked as sent; marking waits for the database so long."""
AGAIN = 0.1
"""Seconds until an update that was not taken is posted again."""
SEEN_LATE = 5.0
"""Seconds: what was on its way when the power went may be seen in its chat so much later, on a busy machine."""
SECRET = "a-secret-of-the-webhook"


@dataclass(frozen=True)
class Received:
    """A message, and when it came (monotonic seconds)."""

    sent: Sent
    at: float


class Messenger(FakeBotApi):
    """Chats by number: `told(chat)` is what a person reads there, each message once."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.received: dict[int, list[Received]] = defaultdict(list)
        self.on_the_way = 0
        self.excuses: list[float] = []
        """Moments (monotonic) since which a message may come a second time: answers that were lost, power cuts."""
        self._chance = chance
        self._client: ClientSession | None = None

    def told(self, chat: int) -> list[Sent]:
        """What was said in a chat; what came twice is there once."""
        return list(dict.fromkeys(received.sent for received in self.received[chat]))

    async def takes(self, address: str, update: Raw) -> None:
        """Post an update, as long as it takes."""
        self._client = self._client or ClientSession(timeout=ClientTimeout(total=10))
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        numbered = {"update_id": next(self._numbers["update"]), **update}
        while True:
            try:
                async with self._client.post(address, json=numbered, headers=headers) as answer:
                    if answer.ok:
                        return
            except (ClientError, OSError, TimeoutError):
                pass
            await asyncio.sleep(AGAIN)

    def repeats(self) -> tuple[int, list[str]]:
        """How many messages came again after a power cut or a lost answer, and what came again without either."""
        explained, unexplained = 0, []
        for received in self.received.values():
            first: dict[Sent, Received] = {}
            for one in received:
                before = first.setdefault(one.sent, one)
                if before is one:
                    continue
                if any(before.at - SEEN_LATE <= at <= min(one.at, before.at + MARKED_WITHIN) for at in self.excuses):
                    explained += 1
                else:
                    unexplained.append(f"after {one.at - before.at:.2f} s: {one.sent.text[:60]!r}")
                first[one.sent] = one
        return explained, unexplained

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.close()
        await super().__aexit__(*_)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if self._chance.random() < FAILS:
            faults = (Fault(502), Fault(0), Fault(0, done=True), Fault(500, done=True), Fault(429, retry_after=1))
            self.fail(request.match_info["method"], self._chance.choice(faults))
        return await super()._call(request)

    def _faulty(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.done:
            self.excuses.append(time.monotonic())
        return super()._faulty(request, fault)

    async def _do_sendmessage(self, form: Raw) -> Raw | Fault:
        self.on_the_way += 1
        try:
            await self._take_time()
            outcome = await super()._do_sendmessage(form)
            if not isinstance(outcome, Fault):
                sent = self.sent.pop()
                self.received[int(sent.chat)].append(Received(sent, time.monotonic()))
            await self._take_time()
            return outcome
        finally:
            self.on_the_way -= 1

    async def _take_time(self) -> None:
        if self._chance.random() < IS_SLOW:
            await asyncio.sleep(self._chance.random() * SLOWEST)
