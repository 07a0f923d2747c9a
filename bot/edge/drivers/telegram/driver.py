"""Telegram through aiogram: makes the bot's calls. Owns the one `aiogram.Bot`; no error of aiogram's gets out."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteMessages,
    DeleteWebhook,
    GetFile,
    GetMe,
    GetUpdates,
    LeaveChat,
    SendMessage,
    SetWebhook,
    TelegramMethod,
)
from aiogram.utils.token import TokenValidationError
from pydantic import BaseModel

from bot.edge.drivers.loose import Json
from bot.edge.drivers.telegram.bot import CALL_SECONDS, OFFICIAL, TelegramBot
from bot.edge.drivers.telegram.failures import OUTSIDE, translated
from bot.edge.drivers.telegram.session import LenientSession
from bot.service.delivery_errors import BotRejected

_METHODS: dict[str, type[TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in (
        AnswerCallbackQuery,
        DeleteMessage,
        DeleteMessages,
        DeleteWebhook,
        GetFile,
        GetMe,
        GetUpdates,
        LeaveChat,
        SendMessage,
        SetWebhook,
    )
}


class TelegramDriver(TelegramBot):
    """One bot, its calls made by aiogram."""

    loud = ("aiogram.event", "aiogram.dispatcher", "aiohttp.access", "aiohttp.client", "aiohttp.internal")

    def __init__(
        self, token: str, *, api_base: str = OFFICIAL, web: str, name: str = "telegram", bot: Bot | None = None
    ) -> None:
        """See `TelegramBot`; `bot`: an aiogram bot to use in place of our own.

        Raises:
            BotRejected: the token does not have a token's form.
        """
        self._bot = bot or _bot(token, api_base)
        super().__init__(self._bot.id, web=web, name=name)

    def plain(self, update: object) -> Json | None:
        """See `TelegramBot.plain`; aiogram's own updates too."""
        return super().plain(_dumped(update))

    async def call(self, method: str, seconds: int = CALL_SECONDS, **fields: Any) -> Any:
        """See `TelegramBot.call`. Raised outside the handler, so that no error of aiogram's hangs on ours."""
        try:
            return _dumped(await self._bot(_METHODS[method](**fields), request_timeout=seconds))
        except OUTSIDE as error:
            failure = translated(error)
        raise failure

    async def stream(self, path: str) -> AsyncGenerator[bytes, None]:
        """See `TelegramBot.stream`."""
        url = self._bot.session.api.file_url(self._bot.token, path)
        try:
            async with aclosing(self._bot.session.stream_content(url, timeout=CALL_SECONDS)) as chunks:
                async for chunk in chunks:
                    yield chunk
                return
        except OUTSIDE as error:
            failure = translated(error)
        raise failure

    async def hang_up(self) -> None:
        """See `TelegramBot.hang_up`."""
        await self._bot.session.close()


def _bot(token: str, api_base: str) -> Bot:
    session = LenientSession(api=TelegramAPIServer.from_base(api_base))
    with suppress(TokenValidationError):
        return Bot(token, session=session)
    raise BotRejected


def _dumped(answer: object) -> object:
    """Objects of the library as the JSON they stand for; our own session never makes any."""
    if isinstance(answer, BaseModel):
        return answer.model_dump(mode="json", by_alias=True, exclude_none=True, warnings=False)
    return [_dumped(item) for item in answer] if isinstance(answer, list) else answer
