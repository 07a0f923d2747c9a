"""Which workshop cleans a thing, and what becomes of a thing that none can clean.

Each workshop is loaded when it is needed: a photo does not wait for what reads film.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from bot.service.cleaning.outcome import DOCUMENTS, UNKNOWN_MIME, Cleaned, Strange, broken
from bot.service.cleaning.recognise import HEAD, Family, is_certain, recognise
from bot.service.errors import NotAccepted
from handlers.values import MediaKind

Work = Callable[[io.BytesIO], Cleaned]
SHOWN: tuple[Family, ...] = ("photo", "recording")
"""What may come as a photo, recording or film; anything else is sent as a file, or it is not what it was to be."""


def workshop(family: Family) -> Work:
    """What cleans this family, loaded with all it needs. Raises Strange if nothing does."""
    match family:
        case "photo":
            from bot.service.cleaning.photos import clean_photo as work
        case "recording":
            from bot.service.cleaning.recordings import clean_recording as work
        case "paper":
            from bot.service.cleaning.papers import clean_paper as work
        case "words":
            from bot.service.cleaning.words import clean_words as work
        case "unknown":
            raise Strange
    return work


def clean(kind: MediaKind, mime: str, raw: io.BytesIO, ready: Callable[[], None] = lambda: None) -> Cleaned:
    """The thing sent as `kind` with its claimed MIME type; `ready` is called before anything of it is read in earnest.

    Raises:
        NotAccepted: `media-bad`: it is broken, or is no picture, sound or film where one was announced.
    """
    head = bytes(raw.getbuffer()[:HEAD])
    family = recognise(head, mime)
    if kind != "file" and family not in SHOWN:
        raise broken()
    try:
        work = workshop(family)
        ready()
        return work(raw)
    except Strange:
        pass
    except NotAccepted:
        if kind != "file" or family != "recording" or is_certain(head):
            raise
    return Cleaned(mime if mime in DOCUMENTS else UNKNOWN_MIME, raw.getbuffer(), cleaned=False)
