"""Frames of the web chat: what a page may send, and what it is sent."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from bot.service.outgoing import Outgoing

LONGEST_TEXT = 20_000
"""Characters of one text frame; the core splits longer text than a part holds."""


def unbase64(value: object) -> object:
    """Bytes from base64url without padding, as pages write them."""
    if not isinstance(value, str):
        return value
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


def base64url(value: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


Key = Annotated[bytes, BeforeValidator(unbase64), Field(min_length=32, max_length=32)]
PartId = Annotated[bytes, BeforeValidator(unbase64), Field(min_length=16, max_length=16)]
SESSION = r"^[A-Za-z0-9_-]{20,64}$"
"""A page's session: made by the page, random."""
FRAME_ID = r"^[A-Za-z0-9_-]{8,64}$"
"""An act's id: made by the page, random."""
Token = Annotated[str, Field(pattern=SESSION)]
FrameId = Annotated[str, Field(pattern=FRAME_ID)]
Degrees = Annotated[str, Field(pattern=r"^-?\d{1,3}(\.\d{1,12})?$")]
"""A coordinate as a page writes it. Whether there is such a place the conversation says."""
Number = Annotated[int, Field(ge=0, lt=2**63)]
"""A message's number, as the database holds it."""


_ON_FIRST_USE = ConfigDict(defer_build=True)
"""A start does without frames: how they are read is worked out when the first page speaks."""


class _Frame(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, defer_build=True)


class Hello(_Frame):
    """First frame of every connection. `open`: the page was just opened, not reconnected."""

    t: Literal["hello"]
    session: Token
    seen: Number = 0
    box: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    lang: Literal["vi", "en"] | None = None
    reloaded: bool = False
    open: bool = False


class TextFrame(_Frame):
    """The person wrote."""

    t: Literal["text"]
    id: FrameId
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)


class Press(_Frame):
    """A choice was pressed."""

    t: Literal["press"]
    id: FrameId
    serial: str = Field(max_length=32)
    n: int = Field(ge=0, le=99)


class Code(_Frame):
    """What the page derived from a receipt; the receipt stays in the page."""

    t: Literal["code"]
    id: FrameId
    lookup: Key
    seed: Key


class Typo(_Frame):
    """Digits that are no receipt."""

    t: Literal["typo"]
    id: FrameId
    count: int = Field(ge=0, le=99)


class Drop(_Frame):
    """The remove button of one part."""

    t: Literal["drop"]
    id: FrameId
    part: PartId


class Spot(_Frame):
    """A place the person added, as the page showed it: decimal degrees."""

    t: Literal["place"]
    id: FrameId
    latitude: Degrees
    longitude: Degrees


class Ack(_Frame):
    """The page shows everything up to message n."""

    t: Literal["ack"]
    n: Number


class Leave(_Frame):
    """Quick exit."""

    t: Literal["leave"]
    id: FrameId


class Malformed(_Frame):
    """An act with an id and something wrong in it, such as too long a text: the page is told that it was not noted."""

    t: Literal["text", "press", "code", "typo", "drop", "place", "leave"]
    id: FrameId


Act = TextFrame | Press | Code | Typo | Drop | Spot | Leave
"""What the person did: each has the id the page made for it."""
AnyFrame = Annotated[Hello | Act | Ack, Field(discriminator="t")]
FRAMES: TypeAdapter[AnyFrame] = TypeAdapter(AnyFrame, config=_ON_FIRST_USE)
_NAMED: TypeAdapter[Malformed] = TypeAdapter(Malformed)


def read_frame(text: str) -> AnyFrame | Malformed | None:
    """The frame in a page's message; None for what is no frame at all."""
    for shape in (FRAMES, _NAMED):
        with suppress(ValidationError):
            return shape.validate_json(text)
    return None


def say_frame(n: int, outgoing: Outgoing) -> dict[str, Any]:
    """An outgoing message as the page draws it."""
    shown, draft = outgoing.shown, outgoing.draft
    choices = [{"n": c.number, "label": c.label, "act": c.act} for c in shown.choices]
    parts = [base64url(bytes.fromhex(part)) for part in draft.parts] if draft else []
    return {
        "t": "say",
        "n": n,
        "kind": shown.kind,
        "text": list(shown.lines),
        "menu": {"serial": shown.serial, "choices": choices} if choices else None,
        "draft": {"count": len(parts), "parts": parts, "urgent": draft.urgent} if draft else None,
        "state": outgoing.state,
        "lang": outgoing.language,
    }
