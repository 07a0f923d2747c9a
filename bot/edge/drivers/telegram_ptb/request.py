"""The HTTP client under python-telegram-bot, made to live with any Bot API server.

Follows no redirect (the address holds the token), reads no more than it has room for, and writes nothing to disk.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import HTTPXRequest, RequestData

from bot.edge.drivers.telegram.answers import MAX_ANSWER, Answer, read_answer
from bot.edge.drivers.telegram_ptb.failures import AskedToWait, NotFetched

CONNECTIONS = 128
"""Open at a time: as many messages as one worker sends, files that come, and the poll."""


class LenientRequest(HTTPXRequest):
    """The library's client, its answers read as `read_answer` does."""

    def __init__(self) -> None:
        super().__init__(CONNECTIONS, pool_timeout=None, httpx_kwargs={"trust_env": False})

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *_: Any,
        **_others: Any,
    ) -> tuple[int, bytes]:
        """One call, as the library asks for it: its status and the answer in the one shape the library reads."""
        fields = request_data.json_parameters if request_data else None
        status, content = 0, bytearray()
        try:
            async with self._client.stream(method, url, data=fields, timeout=read_timeout) as answer:
                status = answer.status_code
                async for chunk in answer.aiter_bytes():
                    content += chunk
                    if len(content) > MAX_ANSWER:
                        raise NetworkError("answer too long")
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:
            raise NetworkError(type(error).__name__) from None
        return _told(read_answer(status, bytes(content)))

    async def stream(self, url: str, seconds: int) -> AsyncGenerator[bytes, None]:
        """The file behind `url` in chunks; so many seconds without a byte end it."""
        try:
            async with self._client.stream("GET", url, timeout=seconds) as answer:
                if answer.status_code != HTTPStatus.OK:
                    raise NotFetched(answer.status_code)
                async for chunk in answer.aiter_bytes():
                    yield chunk
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:
            raise NetworkError(type(error).__name__) from None


def _told(answer: Answer) -> tuple[int, bytes]:
    if answer.fine:
        return HTTPStatus.OK, json.dumps({"result": answer.result}).encode()
    if not answer.understood:
        return HTTPStatus.BAD_GATEWAY, b"{}"
    if answer.wait is not None:
        raise AskedToWait(answer.wait)
    status = answer.status
    if answer.moved is not None:
        status = HTTPStatus.FORBIDDEN
    elif status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        status = HTTPStatus.BAD_REQUEST
    return status, json.dumps({"description": answer.said}).encode()
