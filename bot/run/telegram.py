"""Telegram's side of the composition root, in a file of its own.

Owns which library speaks for which bot. Each is imported only where its bot is connected: one takes seconds to load and
130 MB to keep.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from bot.edge.drivers.telegram.bot import TelegramBot
from bot.edge.drivers.telegram.polling import Poller
from bot.edge.drivers.telegram.webhook import Webhook
from bot.edge.http import telegram
from bot.edge.http.bodies import App
from bot.run.config import Config
from bot.service.arrivals import Receive
from bot.service.coming import Coming
from storage.repositories.outbox import Driver


@dataclass(frozen=True, slots=True)
class Served:
    """A bot: what outbox rows call it, the last word of its webhook's address, and the library that makes its calls."""

    queue: Driver
    path: str
    library: Literal["aiogram", "python-telegram-bot"]


RESIDENTS = Served("telegram", "residents", "aiogram")
OFFICERS = Served("desk", "officers", "python-telegram-bot")


def open_driver(config: Config, token: str, served: Served) -> TelegramBot:
    """One bot.

    Raises:
        BotRejected: the token does not have a token's form.
    """
    api, web = config.telegram_api_base, config.web
    if served.library == "aiogram":
        from bot.edge.drivers.telegram.driver import TelegramDriver  # noqa: PLC0415 - see the head of this file

        return TelegramDriver(token, api_base=api, web=web, name=served.queue)
    from bot.edge.drivers.telegram_ptb.driver import PtbDriver  # noqa: PLC0415 - see the head of this file

    return PtbDriver(token, api_base=api, web=web, name=served.queue)


def open_door(
    config: Config, driver: TelegramBot, served: Served, receive: Receive, *, coming: Coming | None = None
) -> tuple[dict[str, App], Callable[[], Awaitable[None]]]:
    """How updates come in: the door for them by its path, if there is one, and what runs beside.

    Raises:
        OurFault: a webhook without a secret.
    """
    if config.telegram_mode == "polling":
        return {}, Poller(driver, receive, chance=random.random, coming=coming).run
    secret = config.telegram_webhook_secret.get_secret_value() if config.telegram_webhook_secret else ""
    webhook, path = Webhook(driver, secret, coming=coming), telegram.PATHS + served.path
    address = config.web + path
    return {path: telegram.Door(webhook, receive)}, lambda: webhook.register(address, chance=random.random)
