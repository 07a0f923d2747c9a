"""Which messages stand in a chat, and which of them are to go.

Owns the content of traces: numbers and ids, sealed. A number is the message's place among everything its chat was told
or said, so that a span of them is a stretch of talk. Nothing is remembered where a messenger cannot delete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection

from bot.service.chats import BURST, Chat
from bot.service.outgoing import Clearing, Span
from crypto.epochs import MOST_IN_TRACE, EpochKey
from crypto.errors import SealError
from handlers.wishes import ClearChat, ClearTyped
from storage.repositories import traces

DELETABLE_SECONDS = 47 * 3600
"""Age up to which deleting is tried: Telegram takes back what is under 48 hours old."""
_NUMBER = 8
_BUTTON = 2
"""Byte of a trace of a button that keeps access; a receipt's is 1, all others' 0."""
_ROOM = MOST_IN_TRACE - _NUMBER - 1

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """Messages that stand at place `n` of a chat: a long one stands there in several."""

    n: int
    ids: tuple[str, ...]
    receipt: bool = False
    button: bool = False

    @property
    def at(self) -> int:
        """When it was said, in UTC seconds."""
        return self.n // BURST

    def within(self, spans: Iterable[Span]) -> bool:
        """True if one of the spans is about it: about a button that was asked for only if it is about everything."""
        if self.button:
            return any(span.receipt and span.first == 0 and self.n <= span.last for span in spans)
        return any(span.first <= self.n <= span.last and span.receipt == self.receipt for span in spans)


def remember(connection: Connection, key: EpochKey, lane: bytes, standing: Standing) -> None:
    """Remember these messages, sealed. Without ids there is nothing to remember."""
    head = standing.n.to_bytes(_NUMBER, "big") + bytes([_BUTTON if standing.button else standing.receipt])
    rows = []
    for place, ids in enumerate(_packed(standing.ids)):
        name = key.trace_id(lane, standing.n, place)
        rows.append(traces.Trace(name, lane, key.number, key.seal_trace(lane, name, head + ids)))
    traces.add(connection, rows)


def came_in(connection: Connection, chat: Chat, at: int, message: str | None) -> tuple[Chat, int | None]:
    """Remember the message that brought a fact; the chat with its counter moved on, and the message's number."""
    if message is None or not chat.address.deletes:
        return chat, None
    chat, number = chat.next_number(at)
    remember(connection, chat.key, chat.lane, Standing(number, (message,)))
    return chat, number


def _packed(ids: Sequence[str]) -> list[bytes]:
    """The ids in as few rows as hold them; one longer than a row is no id a messenger gives."""
    packed: list[bytes] = []
    for name in (name.encode() for name in ids):
        if len(name) > _ROOM or b"," in name:
            log.error("message_id_unusable")
        elif packed and len(packed[-1]) + 1 + len(name) <= _ROOM:
            packed[-1] += b"," + name
        else:
            packed.append(name)
    return packed


def spans(wishes: Iterable[ClearChat | ClearTyped], last: int, typed: int | None) -> tuple[Span, ...]:
    """What these wishes are about, where `last` is the newest number and `typed` that of the message that came in."""
    found: list[Span] = []
    for wish in wishes:
        match wish:
            case ClearTyped() if typed is not None:
                found.append(Span(typed, typed))
            case ClearChat(since=since, until=until, receipt=receipt):
                end = last if until is None else min(last, until * BURST - 1)
                found.append(Span(since * BURST, end, receipt))
            case _:
                continue
    return tuple(span for span in found if span.first <= span.last)


@dataclass(frozen=True, slots=True)
class Found:
    """What of a chat is to go: the rows that say so, and the ids by whether they are young enough to be deleted."""

    rows: tuple[bytes, ...]
    young: tuple[str, ...]
    old: tuple[str, ...]


def to_clear(connection: Connection, keys: Iterable[EpochKey], chat: str, clearing: Clearing, *, now: int) -> Found:
    """What stands in this chat within the spans to clear, oldest first."""
    by_lane = {key.pseudonym(clearing.bot, chat): key for key in keys}
    rows = {row.id: _opened(row, by_lane[row.lane]) for row in traces.of_lanes(connection, tuple(by_lane))}
    going = {name: found for name, found in rows.items() if found is not None and found.within(clearing.spans)}
    standing = sorted(going.values(), key=lambda one: one.n)
    young = [name for one in standing for name in one.ids if now - one.at < DELETABLE_SECONDS]
    old = [name for one in standing for name in one.ids if now - one.at >= DELETABLE_SECONDS]
    return Found(tuple(going), tuple(dict.fromkeys(young)), tuple(dict.fromkeys(old)))


def _opened(row: traces.Trace, key: EpochKey) -> Standing | None:
    try:
        plain = key.open_trace(row.lane, row.id, row.blob)
    except SealError:
        log.error("trace_unusable")
        return None
    number, receipt, ids = plain[:_NUMBER], plain[_NUMBER : _NUMBER + 1], plain[_NUMBER + 1 :]
    return Standing(
        int.from_bytes(number, "big"), tuple(ids.decode().split(",")), receipt == b"\1", receipt == bytes([_BUTTON])
    )
