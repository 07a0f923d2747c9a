"""The Telegram driver: messages out, updates in, files in memory. Owns the one `aiogram.Bot`.

Sends plain text (nothing a person wrote is ever read as markup), keeps no state that must outlive it, and lets no
error of aiogram's get out.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
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
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity
from aiogram.utils.token import TokenValidationError
from pydantic import BaseModel

from bot.edge.drivers.loose import Json, whole, words
from bot.edge.drivers.pages import length, split
from bot.edge.drivers.telegram.contents import MAX_FILE
from bot.edge.drivers.telegram.failures import OUTSIDE, Absent, translated
from bot.edge.drivers.telegram.session import LenientSession
from bot.edge.drivers.telegram.updates import WANTED, UpdateReader
from bot.service.arrivals import Arrival, Capabilities, Rendered
from bot.service.delivery_errors import BotRejected, DeliveryError, Refused, TooBig, Unreachable
from handlers.values import Channel

OFFICIAL = "https://api.telegram.org"
"""Address of Telegram's own Bot API."""
TEXT_LIMIT = 4096
"""UTF-16 units of one message (Bot API, sendMessage)."""
PRESS_LIMIT = 64
"""Bytes of a button's data (Bot API, InlineKeyboardButton)."""
DELETED_AT_ONCE = 100
"""Messages one call may delete (Bot API, deleteMessages)."""
COPY_LIMIT = 256
"""Characters a button may copy (Bot API, CopyTextButton)."""
CALL_SECONDS = 30
"""Longest wait for the answer to one call."""
PRESS_SECONDS = 5
"""Longest wait when telling Telegram that a press was seen."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_LOUD = ("aiogram.event", "aiogram.dispatcher", "aiohttp.access", "aiohttp.client", "aiohttp.internal")


class TelegramDriver:
    """One bot of Telegram behind the `Driver` protocol, with the calls its poller and webhook need."""

    name = "telegram"
    capabilities = Capabilities(text_limit=TEXT_LIMIT, buttons=True, delete=True, reply_hours=None)

    def __init__(self, token: str, *, api_base: str = OFFICIAL, web: str, bot: Bot | None = None) -> None:
        """`web`: address of the resident pages as shown; `bot`: an aiogram bot to use in place of our own.

        Raises:
            BotRejected: the token does not have a token's form.
        """
        for loud in _LOUD:
            logging.getLogger(loud).setLevel(logging.WARNING)
        self._bot = bot or _bot(token, api_base)
        self.channel = Channel("telegram", web, megabytes=MAX_FILE // (1024 * 1024), deletes=True)
        self._reader = UpdateReader(f"telegram-{self._bot.id}", self.channel, self.download)
        self._reader.link = web
        self.username: str | None = None
        """The bot's public name, known after `introduce`."""
        self._answers: set[asyncio.Task[None]] = set()

    def parse(self, update: Mapping[str, Any] | BaseModel) -> Arrival | None:
        """The arrival in one raw update; None for what is unknown or malformed. Never raises."""
        if isinstance(update, BaseModel):
            update = update.model_dump(mode="json", by_alias=True, exclude_none=True, warnings=False)
        return self._reader.read(update) if isinstance(update, Mapping) else None

    async def send(self, chat: str, message: Rendered) -> tuple[str, ...]:
        """Show one message; a long one in several, the buttons under the last. See `Driver.send`."""
        pieces = split(message.full_text, TEXT_LIMIT)
        if not pieces:
            raise Refused
        shown = [await self._call(_message(chat, piece, message)) for piece in pieces[:-1]]
        shown.append(await self._call(_message(chat, pieces[-1], message, _keyboard(message))))
        numbers = (whole(_plain(answer), "message_id") for answer in shown)
        return tuple(str(number) for number in numbers if number is not None)

    async def delete(self, chat: str, ids: Sequence[str]) -> tuple[str, ...]:
        """Delete messages, as many at once as may be. See `Driver.delete`."""
        known = [name for name in ids if name.isdecimal()]
        left = [name for name in ids if not name.isdecimal()]
        for start in range(0, len(known), DELETED_AT_ONCE):
            left += await self._delete(chat, known[start : start + DELETED_AT_ONCE])
        return tuple(left)

    async def _delete(self, chat: str, ids: list[str]) -> list[str]:
        """The ids that stay. Where these are refused together, or the call is not known, each is tried alone."""
        with suppress(Refused, BotRejected):
            call = DeleteMessages(chat_id=_chat(chat), message_ids=[int(name) for name in ids])
            if await self._call(call) is not False:
                return []
        return [name for name in ids if not await self._deleted(chat, int(name))]

    async def _deleted(self, chat: str, number: int) -> bool:
        try:
            return await self._call(DeleteMessage(chat_id=_chat(chat), message_id=number)) is not False
        except Absent:
            return True
        except Refused:
            return False

    async def leave(self, chat: str) -> None:
        """Leave a group; being out already is as good."""
        with suppress(Unreachable, Refused):
            await self._call(LeaveChat(chat_id=_chat(chat)))

    async def close(self) -> None:
        """Stop answering presses and close the connections."""
        for task in self._answers:
            task.cancel()
        await asyncio.gather(*self._answers, return_exceptions=True)
        await self._bot.session.close()

    async def introduce(self) -> None:
        """Ask who this bot is, for the link shown in groups; a server that does not say leaves the web address.

        Raises:
            RetryLater: the Bot API cannot be reached.
        """
        with suppress(BotRejected, Refused, Unreachable):
            self.username = words(_plain(await self._call(GetMe())), "username") or None
            self._reader.link = f"t.me/{self.username}" if self.username else self.channel.web

    async def updates(self, offset: int | None, wait: int) -> list[Json]:
        """The updates from `offset` on, waiting up to `wait` seconds for one. Asking confirms all below `offset`."""
        call = GetUpdates(offset=offset, timeout=wait, allowed_updates=list(WANTED))
        found = await self._call(call, wait + CALL_SECONDS)
        return [_plain(item) for item in found] if isinstance(found, list) else []

    async def use_polling(self) -> None:
        """Take the webhook away, dropping no update; a server that has none is as good.

        Raises:
            RetryLater: the Bot API cannot be reached.
        """
        with suppress(BotRejected, Refused, Unreachable):
            await self._call(DeleteWebhook(drop_pending_updates=False))

    async def use_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url` with `secret` in a header, dropping no update.

        Raises:
            RetryLater: the Bot API cannot be reached (BotRejected: it does not know the token).
            Refused: it does not take this address or secret.
        """
        kinds = list(WANTED)
        await self._call(SetWebhook(url=url, secret_token=secret, allowed_updates=kinds, drop_pending_updates=False))

    def answer_press(self, press: str) -> None:
        """Tell Telegram that a press was seen, so that its button stops turning. Best effort, in the background."""
        task = asyncio.get_running_loop().create_task(self._answer(press))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def download(self, file: str) -> AsyncIterator[bytes]:
        """The file behind a file id, in memory alone.

        Raises:
            RetryLater: not fetched, or not wholly. TooBig, Refused: it cannot be had.
        """
        found = _plain(await self._call(GetFile(file_id=file)))
        path = words(found, "file_path")
        # A Bot API server that names a path on its own disk keeps everybody's files there in clear.
        if not path or path.startswith("/") or ".." in path.split("/"):
            raise Refused
        url = self._bot.session.api.file_url(self._bot.token, path)
        failure: DeliveryError | None = None
        room = MAX_FILE
        try:
            async with aclosing(self._bot.session.stream_content(url, timeout=CALL_SECONDS)) as chunks:
                async for chunk in chunks:
                    room -= len(chunk)
                    if room < 0:
                        raise TooBig
                    yield chunk
        except OUTSIDE as error:
            failure = translated(error)
        if failure is not None:
            raise failure

    async def _answer(self, press: str) -> None:
        with suppress(DeliveryError):
            await self._call(AnswerCallbackQuery(callback_query_id=press), PRESS_SECONDS)

    async def _call(self, method: TelegramMethod[Any], seconds: int = CALL_SECONDS) -> Any:
        """One call; raised outside the handler, so that no error of aiogram's hangs on ours."""
        try:
            return await self._bot(method, request_timeout=seconds)
        except OUTSIDE as error:
            failure = translated(error)
        raise failure


def _bot(token: str, api_base: str) -> Bot:
    session = LenientSession(api=TelegramAPIServer.from_base(api_base))
    with suppress(TokenValidationError):
        return Bot(token, session=session)
    raise BotRejected


def _message(chat: str, text: str, message: Rendered, keyboard: InlineKeyboardMarkup | None = None) -> SendMessage:
    entities = [MessageEntity(type="code", offset=0, length=length(message.text))] if message.kind == "code" else None
    return SendMessage(
        chat_id=_chat(chat),
        text=text,
        entities=entities,
        reply_markup=keyboard,
        link_preview_options=_NO_PREVIEW,
    )


def _keyboard(message: Rendered) -> InlineKeyboardMarkup | None:
    """One button a row. A menu whose data does not fit goes without: its numbers stand in the text as well."""
    presses = [(choice.numbered, f"m:{choice.serial}:{choice.number}") for choice in message.choices]
    if any(len(press.encode()) > PRESS_LIMIT for _, press in presses):
        presses = []
    if message.opener is not None:
        presses = [(message.opener.label, f"k:{message.opener.token.hex()}"), *presses]
    rows = [[InlineKeyboardButton(text=label, callback_data=press)] for label, press in presses]
    if message.copy and 0 < len(message.text) <= COPY_LIMIT:
        rows.append([InlineKeyboardButton(text=message.copy, copy_text=CopyTextButton(text=message.text))])
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _chat(chat: str) -> int | str:
    return int(chat) if chat.lstrip("-").isdecimal() else chat


def _plain(answer: object) -> Json:
    if isinstance(answer, BaseModel):
        return answer.model_dump(mode="json", by_alias=True, exclude_none=True, warnings=False)
    return answer if isinstance(answer, Mapping) else {}
