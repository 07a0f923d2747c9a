"""Long polling. Owns the offset: an update is confirmed to Telegram only after it is durable here.

Nothing about it is stored: after a restart Telegram sends again whatever was not confirmed, and the engine knows
what it has already seen. One update that cannot be read or handled neither loses nor holds up its neighbours.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.edge.drivers.handing_over import HandingOver, Sleep
from bot.edge.drivers.loose import Json
from bot.edge.drivers.telegram.bot import TelegramBot
from bot.edge.drivers.telegram.updates import callback_id, update_id
from bot.edge.drivers.waiting import Waits
from bot.service.arrivals import Arrival, Receive
from bot.service.coming import Coming
from bot.service.delivery_errors import BotRejected, DeliveryError, RetryLater

WAIT = 25
"""Seconds Telegram holds a request while there is nothing new."""
PAUSE = 0.3
"""Seconds between requests when one brought nothing new: not every server holds a request."""
AT_ONCE = 200
"""Updates taken and not yet durable, at most."""
REMEMBERED = 2000
"""Update numbers remembered, so that what Telegram repeats is not handed over again."""
_log = logging.getLogger(__name__)


class Poller:
    """Reads one bot's updates and hands them over until cancelled."""

    def __init__(
        self,
        driver: TelegramBot,
        receive: Receive,
        *,
        chance: Callable[[], float],
        sleep: Sleep = asyncio.sleep,
        wait: int = WAIT,
        coming: Coming | None = None,
    ) -> None:
        """`coming` learns which files are on their way; the engine that `receive` belongs to asks it."""
        self._driver = driver
        self._handing = HandingOver(receive, chance, sleep, coming=coming)
        self._waits = Waits(chance)
        self._sleep = sleep
        self._wait = wait
        self._before: list[Callable[[], Awaitable[None]]] = [driver.introduce, driver.use_polling]
        self._next: int | None = None
        self._seen: dict[int, None] = {}
        self._open: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            BotRejected: Telegram does not know the token; trying again would not help.
        """
        try:
            while True:
                await self._round()
        except BotRejected:
            _log.error("Telegram does not know this bot; polling has stopped")
            raise
        finally:
            await self._drop_open()

    async def _prepare(self) -> None:
        """What precedes polling. A call that fails is made again before the next round and holds up nothing."""
        for call in tuple(self._before):
            with suppress(DeliveryError):
                await call()
                self._before.remove(call)

    async def _round(self) -> None:
        await self._prepare()
        try:
            found = await self._driver.updates(self._offset(), self._wait)
        except DeliveryError as error:
            await self._after(error)
            return
        self._waits.reset()
        if not self._take(found):
            await self._sleep(PAUSE)

    async def _after(self, error: DeliveryError) -> None:
        """Wait before the next try; a bot that Telegram does not know is not tried again."""
        if isinstance(error, BotRejected):
            raise error
        seconds = error.seconds if isinstance(error, RetryLater) else None
        _log.warning("Telegram cannot be reached or asks to wait; trying again")
        await self._sleep(self._waits.next(seconds))

    def _offset(self) -> int | None:
        """The oldest update that is not durable yet; all below it are confirmed by asking."""
        return min(self._open) if self._open else self._next

    def _take(self, found: list[Json]) -> bool:
        """Start on the new updates among `found`, in order of their numbers; False if there are none."""
        numbered = {number: raw for raw in found if (number := update_id(raw)) is not None}
        fresh = [number for number in sorted(numbered) if number not in self._seen][: AT_ONCE - len(self._open)]
        if not fresh:
            self._next = max(numbered) + 1 if numbered and not self._open else self._next
            return False
        for number in fresh:
            self._start(number, numbered[number])
        self._next = fresh[-1] + 1
        return True

    def _start(self, number: int, raw: Json) -> None:
        self._seen[number] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        arrival, press = self._driver.parse(raw), callback_id(raw)
        if arrival is None:
            if press:
                self._driver.answer_press(press)
            return
        task = asyncio.get_running_loop().create_task(self._hand_over(arrival, press))
        self._open[number] = task
        task.add_done_callback(lambda _: self._open.pop(number, None))

    async def _hand_over(self, arrival: Arrival, press: str | None) -> None:
        await self._handing.until_kept(arrival)
        if press:
            self._driver.answer_press(press)

    async def _drop_open(self) -> None:
        tasks = list(self._open.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
