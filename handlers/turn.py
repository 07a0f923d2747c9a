"""What a handler is given and what it gives back.

Owns `Scene` (the moment a fact arrived in) and `Turn` (what a handler decided). Numbering of menus, greetings and
time-outs are not a handler's business: `step` adds them around every turn.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from handlers.conversation import Conversation
from handlers.questions import Answer, Question
from handlers.records import replace
from handlers.values import Channel, Desk, Fresh, Message
from handlers.wishes import Wish


@dataclass(frozen=True, slots=True)
class Scene:
    """The conversation as found (time-outs applied), when and where the fact came, and where a tip would go.

    `puzzled` counts the replies in a row, so far, that could only repeat the question; `coming` the files of this chat
    that are on their way.
    """

    conversation: Conversation
    at: int
    channel: Channel
    fresh: Fresh
    desk: Desk
    puzzled: int = 0
    coming: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation afterwards, the messages to say, and wishes to be carried out before them.

    `greets` is True where the messages hold a greeting of their own, or words that come before any greeting; `repeats`
    where they only show what stood there before.
    """

    conversation: Conversation
    messages: tuple[Message, ...] = ()
    wishes: tuple[Wish, ...] = ()
    greets: bool = False
    repeats: bool = False


Flow = Turn | Generator[Question, Answer, Turn]
"""A decision, or one that must read something first."""


def settle(flow: Flow) -> Generator[Question, Answer, Turn]:
    """Any flow as a generator."""
    if isinstance(flow, Turn):
        return flow
    return (yield from flow)


def after(wishes: tuple[Wish, ...], flow: Flow) -> Flow:
    """The same flow, with these wishes carried out before its own."""
    if isinstance(flow, Turn):
        return replace(flow, wishes=(*wishes, *flow.wishes))
    return _later(wishes, flow)


def _later(wishes: tuple[Wish, ...], flow: Generator[Question, Answer, Turn]) -> Generator[Question, Answer, Turn]:
    turn = yield from flow
    return replace(turn, wishes=(*wishes, *turn.wishes))
