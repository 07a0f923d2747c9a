"""The HTTP session under aiogram, made to live with any Bot API server.

An answer that says "ok" is taken as it is, whatever its result looks like; a failure is read leniently. Follows no
redirect (the address holds the token) and writes nothing to disk.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError, ClientPayloadError, ClientTimeout
from pydantic import BaseModel

from bot.edge.drivers.telegram.answers import MAX_ANSWER, Answer, read_answer

JSON = {"Content-Type": "application/json"}


class LenientSession(AiohttpSession):
    """aiogram's session, with answers handed out as plain JSON."""

    async def close(self) -> None:
        """Close the connections; the connector itself waits for their shutdown."""
        if self._session is not None and not self._session.closed:
            await self._session.close()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        """One call. Raises aiogram's errors; their texts may hold what was sent, so none may get past the driver."""
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        limit = ClientTimeout(total=self.timeout if timeout is None else timeout)
        try:
            async with session.post(
                url, data=_body(method), headers=JSON, timeout=limit, allow_redirects=False
            ) as answer:
                content = await _read(answer.content.iter_chunked(65536))
                status = answer.status
        except (TimeoutError, ClientError, OSError, ValueError) as error:
            raise TelegramNetworkError(method=method, message=type(error).__name__) from None
        if len(content) > MAX_ANSWER:
            raise TelegramNetworkError(method=method, message="answer too long")
        checked = self.check_response(
            bot=bot, method=method, status_code=status, content=content.decode(errors="replace")
        )
        return cast("TelegramType", checked.result)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """The result as plain JSON, or the error aiogram has for this failure."""
        answer = read_answer(status_code, content)
        if answer.fine:
            return cast("Response[TelegramType]", Response.model_construct(ok=True, result=answer.result))
        if not answer.understood:
            raise TelegramServerError(method=method, message="")
        return super().check_response(bot=bot, method=method, status_code=answer.status, content=_failure(answer))

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - aiogram's signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """The file behind `url` in chunks; `timeout` seconds without a byte end it."""
        session = await self.create_session()
        limit = ClientTimeout(total=None, sock_connect=timeout, sock_read=timeout)
        async with session.get(
            url, timeout=limit, headers=headers, raise_for_status=raise_for_status, allow_redirects=False
        ) as answer:
            if answer.status != HTTPStatus.OK:
                raise ClientPayloadError
            async for chunk in answer.content.iter_chunked(chunk_size):
                yield chunk


def _body(method: TelegramMethod[Any]) -> bytes:
    """The fields that were given (Bot API, "Making requests"). No file ever goes along."""
    given = {name: value for name in method.model_fields_set if (value := getattr(method, name)) is not None}
    return json.dumps(given, ensure_ascii=False, default=_fields).encode()


def _fields(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude_unset=True, exclude_none=True)


async def _read(chunks: Any) -> bytes:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > MAX_ANSWER:
            break
    return bytes(content)


def _failure(answer: Answer) -> str:
    """The failed answer in the one shape aiogram's own check reads."""
    parameters = {"retry_after": answer.wait, "migrate_to_chat_id": answer.moved}
    return json.dumps({"ok": False, "description": answer.said, "parameters": parameters})
