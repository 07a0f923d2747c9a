"""Updates posted by Telegram. Owns the check of the secret; the HTTP route only passes header and body.

200 means durable: anything else makes Telegram send the update again.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable
from http import HTTPStatus

from bot.edge.drivers.handing_over import TRIES, Outcome, Sleep, given_up, hand_over
from bot.edge.drivers.lanes import ChatLanes
from bot.edge.drivers.telegram.bot import TelegramBot
from bot.edge.drivers.telegram.updates import callback_id
from bot.edge.drivers.waiting import Waits
from bot.service.arrivals import Arrival, Receive
from bot.service.coming import Coming
from bot.service.delivery_errors import BotRejected, RetryLater
from bot.service.errors import OurFault

HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""Header that carries the secret."""
_STATUS = {
    Outcome.KEPT: HTTPStatus.OK,
    Outcome.LATER: HTTPStatus.SERVICE_UNAVAILABLE,
    Outcome.UNFETCHED: HTTPStatus.SERVICE_UNAVAILABLE,
    Outcome.BROKEN: HTTPStatus.INTERNAL_SERVER_ERROR,
    Outcome.HOPELESS: HTTPStatus.INTERNAL_SERVER_ERROR,
}
REMEMBERED = 1000
"""Faulty updates whose tries are counted at a time: Telegram posts one again after seconds or minutes."""


class Webhook:
    """Takes one bot's posted updates."""

    def __init__(self, driver: TelegramBot, secret: str, *, coming: Coming | None = None) -> None:
        """`secret`: what Telegram was told to send along; without one anybody could post. `coming`: as for polling.

        Raises:
            OurFault: the secret is empty.
        """
        if not secret:
            raise OurFault("a webhook needs a secret")
        self._driver = driver
        self._secret = secret.encode()
        self._lanes = ChatLanes(coming or Coming())
        self._faults: dict[str, int] = {}

    async def register(self, url: str, *, chance: Callable[[], float], sleep: Sleep = asyncio.sleep) -> None:
        """Have Telegram post to `url`, trying until it can be reached.

        Raises:
            BotRejected: Telegram does not know the token.
            Refused: it does not take this address or secret.
        """
        waits = Waits(chance)
        while True:
            try:
                await self._driver.introduce()
                return await self._driver.use_webhook(url, self._secret.decode())
            except BotRejected:
                raise
            except RetryLater as error:
                await sleep(waits.next(error.seconds))

    async def handle(self, secret_header: str | None, body: bytes, receive: Receive) -> int:
        """HTTP status for one posted update: 200 once durable or of no interest, 401 without the secret."""
        if not hmac.compare_digest((secret_header or "").encode(), self._secret):
            return HTTPStatus.UNAUTHORIZED
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST
        if not isinstance(raw, dict):
            return HTTPStatus.BAD_REQUEST
        arrival = self._driver.parse(raw)
        outcome = await self._hand_over(receive, arrival) if arrival else Outcome.KEPT
        press = callback_id(raw)
        if press and outcome is Outcome.KEPT:
            self._driver.answer_press(press)
        return _STATUS[outcome]

    async def _hand_over(self, receive: Receive, arrival: Arrival) -> Outcome:
        async with self._lanes.turn(arrival) as lanes, lanes.room():
            outcome = await hand_over(receive, arrival)
            if outcome is Outcome.HOPELESS or (outcome is Outcome.BROKEN and self._was_last_try(arrival)):
                told = await hand_over(receive, given_up(arrival))
                return told if told is Outcome.LATER else Outcome.KEPT
            return outcome

    def _was_last_try(self, arrival: Arrival) -> bool:
        """Count one more fault of this update. Telegram would post it again for a day, holding its chat up."""
        tries = self._faults.pop(arrival.update, 0) + 1
        if tries >= TRIES:
            return True
        self._faults[arrival.update] = tries
        if len(self._faults) > REMEMBERED:
            del self._faults[next(iter(self._faults))]
        return False
