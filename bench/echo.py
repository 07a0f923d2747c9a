"""The floor of `bench intake`: an aiogram bot that says back what it was told, in FastAPI under uvicorn.

It keeps nothing, seals nothing and knows no repeat. Settings of server and session are the product's.
"""

from __future__ import annotations

import gc
import hmac
import logging
import socket
import sys
from typing import Any

import uvicorn
import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendMessage
from aiogram.types import LinkPreviewOptions, Message
from fastapi import FastAPI, Request, Response

from bench.traffic.served import SECRET, TOKEN, WEBHOOK

INLINE = "/webhook/inline"
"""Where the answer lies in the answer to the post."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Echo:
    """Says texts back, repeated or cut to so many letters."""

    def __init__(self, letters: int) -> None:
        self._letters = letters

    def of(self, text: str) -> str:
        """What is said back to a text, which is not empty."""
        return (text * (1 + self._letters // len(text)))[: self._letters]


def build(api: str, letters: int) -> FastAPI:
    """The application."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    answering, returning = Dispatcher(), Dispatcher()
    app, echo = FastAPI(openapi_url=None), Echo(letters)

    @answering.message()
    async def answer(message: Message) -> None:
        text = echo.of(message.text or ".")
        await bot(SendMessage(chat_id=message.chat.id, text=text, link_preview_options=_NO_PREVIEW))

    @returning.message()
    async def give_back(message: Message) -> SendMessage:
        text = echo.of(message.text or ".")
        return SendMessage(chat_id=message.chat.id, text=text, link_preview_options=_NO_PREVIEW)

    @app.get("/readyz")
    async def ready() -> Response:
        return Response("ready\n")

    @app.post(WEBHOOK)
    async def sends(request: Request) -> Response:
        if not _allowed(request):
            return Response(status_code=401)
        await answering.feed_raw_update(bot, await request.json())
        return Response()

    @app.post(INLINE)
    async def returns(request: Request) -> Response:
        if not _allowed(request):
            return Response(status_code=401)
        said: Any = await returning.feed_raw_update(bot, await request.json())
        content = said.model_dump_json(exclude_none=True, exclude_defaults=True)
        body = '{"method":"sendMessage",' + content[1:]
        return Response(body, media_type="application/json")

    return app


def _allowed(request: Request) -> bool:
    return hmac.compare_digest(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), SECRET)


async def _serve(app: FastAPI, port: int) -> None:
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, date_header=False, proxy_headers=False
        )
    )
    with socket.create_server(("127.0.0.1", port), backlog=2048) as listener:
        gc.freeze()
        await server.serve(sockets=[listener])


def main() -> None:
    """Serve until told to stop: port, address of the Bot API, letters of an answer."""
    port, api, letters = sys.argv[1:]
    logging.getLogger("aiogram.event").setLevel(logging.WARNING)
    app = build(api, int(letters))
    uvloop.run(_serve(app, int(port)))


if __name__ == "__main__":
    main()
