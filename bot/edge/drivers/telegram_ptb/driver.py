"""Telegram through python-telegram-bot: makes the bot's calls. Owns its `telegram.Bot`; no error of its own gets out.

Neither its updater nor its handlers are used: what comes is read, and what is said decided, as for any driver.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from telegram import Bot, TelegramObject

from bot.edge.drivers.loose import Json
from bot.edge.drivers.telegram.bot import CALL_SECONDS, OFFICIAL, TelegramBot
from bot.edge.drivers.telegram_ptb.failures import OUTSIDE, translated
from bot.edge.drivers.telegram_ptb.request import LenientRequest
from bot.service.delivery_errors import BotRejected

_TOKEN = re.compile(r"([0-9]{1,19}):[^\s/?#]+")


class PtbDriver(TelegramBot):
    """One bot, its calls made by python-telegram-bot."""

    loud = ("httpx", "httpcore", "telegram")

    def __init__(self, token: str, *, api_base: str = OFFICIAL, web: str, name: str = "telegram") -> None:
        """See `TelegramBot`.

        Raises:
            BotRejected: the token does not have a token's form.
        """
        found = _TOKEN.fullmatch(token)
        if found is None:
            raise BotRejected
        base = api_base.rstrip("/")
        self._request = LenientRequest()
        self._files = f"{base}/file/bot{token}/"
        self._bot = _PlainBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        super().__init__(int(found[1]), web=web, name=name)

    def plain(self, update: object) -> Json | None:
        """See `TelegramBot.plain`; the library's own updates too."""
        return super().plain(update.to_dict() if isinstance(update, TelegramObject) else update)

    async def call(self, method: str, seconds: int = CALL_SECONDS, **fields: Any) -> Any:
        """See `TelegramBot.call`. Raised outside the handler, so that no error of the library's hangs on ours."""
        try:
            async with asyncio.timeout(seconds):
                return await self._bot.ask(method, fields, seconds)
        except OUTSIDE as error:
            failure = translated(error)
        raise failure

    async def stream(self, path: str) -> AsyncGenerator[bytes, None]:
        """See `TelegramBot.stream`."""
        try:
            async with aclosing(self._request.stream(self._files + path, CALL_SECONDS)) as chunks:
                async for chunk in chunks:
                    yield chunk
                return
        except OUTSIDE as error:
            failure = translated(error)
        raise failure

    async def hang_up(self) -> None:
        """See `TelegramBot.hang_up`."""
        await self._request.shutdown()


class _PlainBot(Bot):
    """The library's bot, its answers handed out as plain JSON: not every server fills what its objects want."""

    async def ask(self, method: str, fields: dict[str, Any], seconds: int) -> Any:
        """One call of the Bot API by its name there."""
        return await self._post(method, fields, read_timeout=seconds)
