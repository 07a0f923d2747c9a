"""A session of the console, and what every request of its API is made of: cookie, header, signed act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Cookie, Depends, Header, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from bot.edge.http.frames import base64url, unbase64
from bot.service.desk.counter import Me
from bot.service.errors import NotAccepted

COOKIE = "hopthu_desk"
PREFIX = "/api/v1/desk"
LARGEST_RECORD = 4 * 1024
"""Bytes of a signed act (they take about 700)."""

Bytes = Annotated[bytes, BeforeValidator(unbase64), PlainSerializer(base64url, return_type=str)]


class Model(BaseModel):
    """A body that is told wrong without what stands in it."""

    model_config = ConfigDict(hide_input_in_errors=True)


class Signed(Model):
    """An officer's act as signed in his browser: a record of the audit chain."""

    record: Bytes = Field(max_length=LARGEST_RECORD)


def session(find: Callable[[str], Awaitable[Me]]) -> Any:
    """A dependency: whose session the cookie opens, as `find` says."""

    async def opened(hopthu_desk: Annotated[str, Cookie()] = "") -> Me:
        return await find(hopthu_desk)

    return Depends(opened)


def by_script() -> Any:
    """A dependency: the header that no form of another site can send."""

    async def said(x_hopthu: Annotated[str, Header()] = "") -> None:
        if x_hopthu != "1":
            raise NotAccepted("desk-refused", status=403)

    return Depends(said)


def set_cookie(response: Response, token: str, *, secure: bool) -> None:
    """Have the browser keep a session's token for the API alone."""
    response.set_cookie(COOKIE, token, path=PREFIX, httponly=True, samesite="strict", secure=secure)
