"""Somebody on teremok's Telegram, and the product behind its bot, all in one process."""

from __future__ import annotations

from itertools import count
from typing import Any

from installation import Installation
from teremok import MockBot, MockCallbackQuery, MockMessageText, MockUpdate, MockUser

from bot.edge.drivers.telegram.driver import TelegramDriver
from bot.service.delivery import Delivery

PERSON = MockUser(user_id=77, first_name="Bí", last_name="Mật", username="bimat_77")


class Teremok:
    """Somebody on teremok's Telegram, and the product behind its bot."""

    def __init__(self, box: Installation) -> None:
        self.bot = MockBot()
        self.driver = TelegramDriver("", web=box.config.web, bot=self.bot)
        self.box = box
        self._updates = count(900_000)
        self.delivery = Delivery(
            database=box.ground.database, ring=box.ring, driver=self.driver, clock=box.clock, jitter=lambda: 0.5
        )

    async def sends(self, **event: object) -> list[str]:
        """One update through the whole product; the texts it brought."""
        return await self.takes(MockUpdate(**event))

    async def takes(self, update: MockUpdate | dict[str, Any]) -> list[str]:
        """The same for an update in either form."""
        before = len(self.bot.requests.send_message)
        arrival = self.driver.parse(update)
        assert arrival is not None
        await self.box.intake.receive(arrival)
        while await self.delivery.once():
            pass
        return [sent.text for sent in self.bot.requests.send_message[before:]]

    async def brings(self, **content: object) -> list[str]:
        """A message of any kind, raw as the Bot API has it."""
        chat = {"id": 77, "type": "private", "first_name": "Bí", "username": "bimat_77"}
        message = {"message_id": 7, "date": int(self.box.clock()), "from": {**chat, "is_bot": False}, "chat": chat}
        return await self.takes({"update_id": next(self._updates), "message": {**message, **content}})

    async def writes(self, text: str) -> list[str]:
        return await self.sends(message=MockMessageText(text, user=PERSON))

    async def presses(self, label: str) -> list[str]:
        keyboard = self.bot.requests.send_message[-1].reply_markup.inline_keyboard
        [button] = [button for row in keyboard for button in row if label in button.text]
        return await self.sends(callback_query=MockCallbackQuery(button.callback_data, user=PERSON))
