"""Handing an arrival to the engine: what became of it, and trying again until it is durable.

The one place at this edge where any error is caught: a fault of ours in one arrival must not stop the others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import Enum

from bot.edge.drivers.lanes import ChatLanes, Lanes
from bot.edge.drivers.waiting import Waits
from bot.service.arrivals import Arrival, Incoming, Receive, Refused
from bot.service.coming import Coming
from bot.service.delivery_errors import RetryLater
from bot.service.errors import OurFault, OutsideFailed
from bot.service.intake import GivenUp

TRIES = 6
"""Tries before a faulty update is given up or a file that cannot be fetched is refused: half a minute of waiting.

Meanwhile at most a hundred newer updates are seen (Bot API, getUpdates), so it must not take long."""
Sleep = Callable[[float], Awaitable[None]]
_log = logging.getLogger(__name__)


class Outcome(Enum):
    """What became of one try."""

    KEPT = "kept"
    LATER = "later"
    """The store cannot take it now: tried again without end, in order, unconfirmed."""
    UNFETCHED = "unfetched"
    BROKEN = "broken"
    HOPELESS = "hopeless"
    """It would fail again the same way: given up at once."""


async def hand_over(receive: Receive, arrival: Arrival) -> Outcome:
    """One try. An error of ours is logged by its kind alone: its text might hold a person's words."""
    try:
        await receive(arrival)
    except RetryLater:
        return Outcome.UNFETCHED
    except OutsideFailed:
        return Outcome.LATER
    except OurFault:
        _log.error("an arrival can never be handled")
        return Outcome.HOPELESS
    except Exception as error:  # noqa: BLE001 - see the head of this file
        _log.error("an arrival could not be handled: %s", type(error).__name__)
        return Outcome.BROKEN
    return Outcome.KEPT


def given_up(arrival: Arrival) -> GivenUp:
    """What is handed over in its place: the chat is told that it was not noted, and it counts as handled."""
    _log.error("an update was given up")
    return GivenUp(arrival.bot, arrival.channel, arrival.chat, arrival.update, arrival.content, arrival.message)


class HandingOver:
    """Hands arrivals over until they are durable: a chat's words in order, its files in order, chats side by side.

    One that fails for good is given up, and its chat told so. `coming` learns which files are on their way.
    """

    def __init__(
        self,
        receive: Receive,
        chance: Callable[[], float],
        sleep: Sleep = asyncio.sleep,
        *,
        coming: Coming | None = None,
    ) -> None:
        self._receive = receive
        self._chance = chance
        self._sleep = sleep
        self._lanes = ChatLanes(coming or Coming())

    async def until_kept(self, arrival: Arrival) -> None:
        """Returns once the arrival is durable, or given up after `TRIES` faults."""
        async with self._lanes.turn(arrival) as lanes:
            if await self._try(arrival, lanes):
                return
            if isinstance(arrival.content, Incoming):
                refused = Refused("bad", arrival.content.caption, arrival.content.kind)
                if await self._try(replace(arrival, content=refused), lanes):
                    return
            await self._try(given_up(arrival), lanes, tries=1)

    async def _try(self, arrival: Arrival, lanes: Lanes, tries: int = TRIES) -> bool:
        waits = Waits(self._chance)
        faults = 0
        while True:
            async with lanes.room():
                outcome = await hand_over(self._receive, arrival)
            if outcome is Outcome.KEPT:
                return True
            faults += outcome is not Outcome.LATER
            if outcome is Outcome.HOPELESS or faults == tries:
                return False
            await self._sleep(waits.next())
