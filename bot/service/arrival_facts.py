"""What arrived becomes what happened: receipts are stretched, files taken in, all before the transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bot.service import delivery_errors
from bot.service.access import KeptButtons
from bot.service.addresses import Address
from bot.service.arrivals import (
    Arrival,
    CodeGiven,
    CodeTypo,
    Contact,
    Content,
    Gone,
    Group,
    Incoming,
    KeptPressed,
    Opened,
    PageOpened,
    PartCross,
    Place,
    Pressed,
    Refused,
    Sticker,
    Text,
)
from bot.service.delivery_errors import TooBig
from bot.service.errors import NotAccepted
from bot.service.outgoing import driver_of
from bot.service.queues import lookups
from bot.service.uploads import Uploads, kind_of
from crypto.receipts import Good, Mistyped, recognise, stretch
from handlers import facts
from handlers.values import Channel, Fresh, Media

FRESH = 32
"""Unpredictable bytes that come with every fact."""


class FactMaker:
    """Turns an `Arrival` into a fact of the core. Everything slow about that happens here."""

    def __init__(self, *, uploads: Uploads, buttons: KeptButtons, salt: bytes, entropy: Callable[[int], bytes]) -> None:
        self._uploads = uploads
        self._buttons = buttons
        self._salt = salt
        self._entropy = entropy
        self.lookups = lookups()
        """Where typed receipts are stretched, and where whoever opens the threads they lead to waits too."""

    async def fact(self, arrival: Arrival, now: int) -> facts.AnyFact:
        """The fact for this arrival at `now` (UTC seconds).

        Raises:
            NotAccepted: a page's file that is too big or cannot be read; elsewhere that is a fact, told in the chat;
                a receipt while too many are being looked up.
            OutsideFailed: it could not be fetched or stored.
        """
        channel, fresh = arrival.channel, Fresh(self._entropy(FRESH))
        match arrival.content:
            case Text(text=text, edited=edited):
                return await self._text(now, channel, fresh, text, edited=edited)
            case Pressed(serial=serial, number=number):
                return facts.ChoicePressed(now, channel, fresh, serial, number)
            case Incoming() as incoming:
                return await self._media(now, channel, fresh, incoming)
            case Opened(box=box):
                return facts.Started(now, channel, fresh, box)
            case PageOpened(box=box, language=language, reloaded=reloaded):
                return facts.Started(now, channel, fresh, box, language, reloaded)
            case CodeGiven(lookup=lookup, seed=seed):
                return facts.CodeEntered(now, channel, fresh, lookup, seed)
            case KeptPressed(token=token):
                access = await self._buttons.open(Address(arrival.bot, driver_of(channel.name), arrival.chat), token)
                opened = None if access is None else (access.lookup, access.seed)
                return facts.KeptButtonPressed(now, channel, fresh, opened)
            case CodeTypo(count=count):
                return facts.CodeMistyped(now, channel, fresh, count)
            case other:
                return _plain(now, channel, fresh, other)

    def unstretched(self, channel: Channel, now: int) -> facts.CodeEntered:
        """A code that is not looked at, for its chat has to wait: it stands for nothing."""
        return facts.CodeEntered(now, channel, Fresh(self._entropy(FRESH)), b"", b"")

    async def _text(self, now: int, channel: Channel, fresh: Fresh, text: str, *, edited: bool) -> facts.AnyFact:
        match recognise(text):
            case Good(code=code):
                stretched = await self.lookups.run(lambda: stretch(code, self._salt))
                return facts.CodeEntered(now, channel, fresh, stretched.lookup, stretched.seed)
            case Mistyped(count=count):
                return facts.CodeMistyped(now, channel, fresh, count)
            case None:
                return facts.TextReceived(now, channel, fresh, text, edited)

    async def _media(self, now: int, channel: Channel, fresh: Fresh, incoming: Incoming) -> facts.AnyFact:
        try:
            media = await self._take(channel, incoming, now)
        except (NotAccepted, TooBig) as refused:
            if channel.is_page:
                raise
            return self.refused(channel, incoming, now, refused.key if isinstance(refused, NotAccepted) else "too-big")
        except delivery_errors.Refused:
            return self.refused(channel, incoming, now, "media-bad")
        return facts.MediaReceived(now, channel, fresh, kind_of(media), media, incoming.caption, incoming.answer)

    def refused(self, channel: Channel, incoming: Incoming, now: int, key: str) -> facts.MediaRefused:
        """That this file was not taken, for what the catalogue says under `key`."""
        reason: Literal["big", "bad"] = "big" if key == "too-big" else "bad"
        fresh = Fresh(self._entropy(FRESH))
        return facts.MediaRefused(now, channel, fresh, reason, incoming.caption, kind=incoming.kind)

    async def _take(self, channel: Channel, incoming: Incoming, now: int) -> Media:
        limit = channel.limit(incoming.kind)
        if incoming.size is not None and incoming.size > limit * 1_000_000:
            raise NotAccepted("too-big", status=413)
        return await self._uploads.take(
            incoming.kind, incoming.fetch(), mime=incoming.mime, megabytes=limit, now=now, page=channel.is_page
        )


def is_code(content: Content) -> bool:
    """True for a typed receipt, right or wrong: it takes stretching to know what it opens."""
    return isinstance(content, Text) and isinstance(recognise(content.text), Good)


def _plain(
    now: int, channel: Channel, fresh: Fresh, content: Place | Refused | Sticker | Contact | Group | Gone | PartCross
) -> facts.AnyFact:
    match content:
        case Place(latitude=latitude, longitude=longitude):
            return facts.PlaceReceived(now, channel, fresh, latitude, longitude)
        case Refused(reason=reason, caption=caption, kind=kind):
            return facts.MediaRefused(now, channel, fresh, reason, caption, kind)
        case Sticker():
            return facts.StickerReceived(now, channel, fresh)
        case Contact():
            return facts.ContactReceived(now, channel, fresh)
        case Group(link=link):
            return facts.GroupSeen(now, channel, fresh, link)
        case PartCross(part=part):
            return facts.PartRemoved(now, channel, fresh, part)
        case Gone():
            return facts.Left(now, channel, fresh)
