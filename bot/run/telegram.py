"""Telegram's side of the composition root, in a file of its own.

Imported only where a bot is connected: its library takes seconds to load and 130 MB to keep.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable

from bot.edge.drivers.telegram.driver import TelegramDriver
from bot.edge.drivers.telegram.polling import Poller
from bot.edge.drivers.telegram.webhook import Webhook
from bot.edge.http import telegram
from bot.edge.http.bodies import App
from bot.run.config import Config
from bot.service.arrivals import Receive
from bot.service.coming import Coming


def open_driver(config: Config, token: str) -> TelegramDriver:
    """The residents' bot.

    Raises:
        BotRejected: the token does not have a token's form.
    """
    return TelegramDriver(token, api_base=config.telegram_api_base, web=config.web)


def open_door(
    config: Config, driver: TelegramDriver, receive: Receive, coming: Coming
) -> tuple[dict[str, App], Callable[[], Awaitable[None]]]:
    """How updates come in: the door for them by its path, if there is one, and what runs beside.

    Raises:
        OurFault: a webhook without a secret.
    """
    if config.telegram_mode == "polling":
        return {}, Poller(driver, receive, chance=random.random, coming=coming).run
    secret = config.telegram_webhook_secret.get_secret_value() if config.telegram_webhook_secret else ""
    webhook = Webhook(driver, secret, coming=coming)
    address = config.web + telegram.PATH
    return {telegram.PATH: telegram.Door(webhook, receive)}, lambda: webhook.register(address, chance=random.random)
