"""A bot of Telegram behind the `Driver` protocol, whichever library carries its calls.

Owns what is asked of the Bot API and how its answers are read. Sends plain text (nothing a person wrote is ever read
as markup), and keeps no state that must outlive it. Which library there is, is said by a driver of its own.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import Any, ClassVar

from bot.edge.drivers.loose import Json, whole, words
from bot.edge.drivers.pages import length, split
from bot.edge.drivers.telegram.contents import MAX_FILE
from bot.edge.drivers.telegram.refusals import Absent
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


class TelegramBot(ABC):
    """One bot behind the `Driver` protocol, with the calls its poller and webhook need.

    A library's driver says how one call is made, how a file is streamed, and which of its loggers would tell of either.
    """

    capabilities = Capabilities(text_limit=TEXT_LIMIT, buttons=True, delete=True, reply_hours=None)
    loud: ClassVar[tuple[str, ...]]
    """Loggers that write what was called, with the token or what was sent in it."""

    def __init__(self, number: int, *, web: str, name: str = "telegram") -> None:
        """`number`: the bot's own; `web`: address of the pages as shown; `name`: what outbox rows call it."""
        for logger in self.loud:
            logging.getLogger(logger).setLevel(logging.WARNING)
        self.name = name
        self.channel = Channel("telegram", web, megabytes=MAX_FILE // (1024 * 1024), deletes=True)
        self._reader = UpdateReader(f"telegram-{number}", self.channel, self.download)
        self._reader.link = web
        self.username: str | None = None
        """The bot's public name, known after `introduce`."""
        self._answers: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def call(self, method: str, seconds: int = CALL_SECONDS, **fields: Any) -> Any:
        """One call of the Bot API; its result as plain JSON.

        Raises:
            DeliveryError: what the failure means; with no error of the library's on it.
        """

    @abstractmethod
    def stream(self, path: str) -> AsyncGenerator[bytes, None]:
        """A file of the Bot API server in chunks; raises as `call`."""

    @abstractmethod
    async def hang_up(self) -> None:
        """Close the connections."""

    def parse(self, update: Any) -> Arrival | None:
        """The arrival in one raw update; None for what is unknown or malformed. Never raises."""
        found = self.plain(update)
        return self._reader.read(found) if found is not None else None

    def plain(self, update: object) -> Json | None:
        """An update as plain JSON; None for what is none."""
        return update if isinstance(update, Mapping) else None

    async def send(self, chat: str, message: Rendered) -> tuple[str, ...]:
        """Show one message; a long one in several, the buttons under the last. See `Driver.send`."""
        pieces = split(message.full_text, TEXT_LIMIT)
        if not pieces:
            raise Refused
        shown = [await self._show(chat, piece, message) for piece in pieces[:-1]]
        shown.append(await self._show(chat, pieces[-1], message, **_keyboard(message)))
        numbers = (whole(_json(answer), "message_id") for answer in shown)
        return tuple(str(number) for number in numbers if number is not None)

    async def _show(self, chat: str, text: str, message: Rendered, **keyboard: Any) -> Any:
        code = [{"type": "code", "offset": 0, "length": length(message.text)}]
        marked: dict[str, Any] = {"entities": code} if message.kind == "code" else {}
        fields = {"chat_id": _chat(chat), "text": text, **marked, "link_preview_options": {"is_disabled": True}}
        return await self.call("sendMessage", **fields, **keyboard)

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
            numbers = [int(name) for name in ids]
            if await self.call("deleteMessages", chat_id=_chat(chat), message_ids=numbers) is not False:
                return []
        return [name for name in ids if not await self._deleted(chat, int(name))]

    async def _deleted(self, chat: str, number: int) -> bool:
        try:
            return await self.call("deleteMessage", chat_id=_chat(chat), message_id=number) is not False
        except Absent:
            return True
        except Refused:
            return False

    async def leave(self, chat: str) -> None:
        """Leave a group; being out already is as good."""
        with suppress(Unreachable, Refused):
            await self.call("leaveChat", chat_id=_chat(chat))

    async def close(self) -> None:
        """Stop answering presses and close the connections."""
        for task in self._answers:
            task.cancel()
        await asyncio.gather(*self._answers, return_exceptions=True)
        await self.hang_up()

    async def introduce(self) -> None:
        """Ask who this bot is, for the link shown in groups; a server that does not say leaves the web address.

        Raises:
            RetryLater: the Bot API cannot be reached.
        """
        with suppress(BotRejected, Refused, Unreachable):
            self.username = words(_json(await self.call("getMe")), "username") or None
            self._reader.link = f"t.me/{self.username}" if self.username else self.channel.web

    async def updates(self, offset: int | None, wait: int) -> list[Json]:
        """The updates from `offset` on, waiting up to `wait` seconds for one. Asking confirms all below `offset`."""
        since = {} if offset is None else {"offset": offset}
        found = await self.call("getUpdates", wait + CALL_SECONDS, **since, timeout=wait, allowed_updates=list(WANTED))
        return [_json(item) for item in found] if isinstance(found, list) else []

    async def use_polling(self) -> None:
        """Take the webhook away, dropping no update; a server that has none is as good.

        Raises:
            RetryLater: the Bot API cannot be reached.
        """
        with suppress(BotRejected, Refused, Unreachable):
            await self.call("deleteWebhook", drop_pending_updates=False)

    async def use_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url` with `secret` in a header, dropping no update.

        Raises:
            RetryLater: the Bot API cannot be reached (BotRejected: it does not know the token).
            Refused: it does not take this address or secret.
        """
        kept: dict[str, Any] = {"allowed_updates": list(WANTED), "drop_pending_updates": False}
        await self.call("setWebhook", url=url, secret_token=secret, **kept)

    def answer_press(self, press: str) -> None:
        """Tell Telegram that a press was seen, so that its button stops turning. Best effort, in the background."""
        task = asyncio.get_running_loop().create_task(self._answer(press))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer(self, press: str) -> None:
        with suppress(DeliveryError):
            await self.call("answerCallbackQuery", PRESS_SECONDS, callback_query_id=press)

    async def download(self, file: str) -> AsyncIterator[bytes]:
        """The file behind a file id, in memory alone.

        Raises:
            RetryLater: not fetched, or not wholly. TooBig, Refused: it cannot be had.
        """
        path = words(_json(await self.call("getFile", file_id=file)), "file_path")
        # A Bot API server that names a path on its own disk keeps everybody's files there in clear.
        if not path or path.startswith("/") or ".." in path.split("/"):
            raise Refused
        room = MAX_FILE
        async with aclosing(self.stream(path)) as chunks:
            async for chunk in chunks:
                room -= len(chunk)
                if room < 0:
                    raise TooBig
                yield chunk


def _keyboard(message: Rendered) -> dict[str, Any]:
    """One button a row. A menu whose data does not fit goes without: its numbers stand in the text as well."""
    presses = [(choice.numbered, f"m:{choice.serial}:{choice.number}") for choice in message.choices]
    if any(len(press.encode()) > PRESS_LIMIT for _, press in presses):
        presses = []
    if message.opener is not None:
        presses = [(message.opener.label, f"k:{message.opener.token.hex()}"), *presses]
    rows: list[list[dict[str, Any]]] = [[{"text": label, "callback_data": press}] for label, press in presses]
    if message.copy and 0 < len(message.text) <= COPY_LIMIT:
        rows.append([{"text": message.copy, "copy_text": {"text": message.text}}])
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _chat(chat: str) -> int | str:
    return int(chat) if chat.lstrip("-").isdecimal() else chat


def _json(answer: object) -> Json:
    return answer if isinstance(answer, Mapping) else {}
