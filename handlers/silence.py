"""What silence did: time-outs, noticed at the next fact (FLOWS §2.2, column "silence").

Owns how long each state waits. A conversation older than 72 h is the engine's: its key is gone.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.confirm import parts_of
from handlers.conversation import Conversation
from handlers.start import DRAFT_SECONDS, leave_mail, without_key
from handlers.values import Line, line

_MINUTE = 60
MAIL_SECONDS = 15 * _MINUTE
CODE_SECONDS = 15 * _MINUTE
STEP_SECONDS = 30 * _MINUTE
"""Silence after which a review or a question before an act is left, and a board."""


def lapse(conversation: Conversation, at: int) -> tuple[Conversation, tuple[bytes, ...], tuple[Line, ...]]:
    """The conversation as it is after the silence, parts to erase, and what to say above the next reply."""
    silent = at - conversation.touched if conversation.touched else 0
    notes: tuple[Line, ...] = ()
    if silent >= MAIL_SECONDS:
        notes = (line("mail-closed"),) if conversation.state == "mail" else ()
        conversation = _close_mail(conversation)
    if silent >= STEP_SECONDS:
        conversation = _leave_step(conversation)
    if silent < DRAFT_SECONDS:
        return conversation, (), notes
    erased = parts_of(conversation)
    notes = (*notes, *((line("rem-erased"),) if erased else ()))
    return _at_rest(replace(conversation, draft=None, parked=None)), erased, notes


def _close_mail(conversation: Conversation) -> Conversation:
    """Receipts are forgotten; an unsent addition stays, and asks for its receipt again."""
    left = leave_mail(conversation)
    left = replace(left, draft=without_key(left.draft), parked=without_key(left.parked))
    return _at_rest(left) if conversation.state in ("mail", "code") else left


def _leave_step(conversation: Conversation) -> Conversation:
    if conversation.state == "board":
        return _at_rest(conversation)
    if conversation.state not in ("review", "confirm"):
        return conversation
    if conversation.draft is None:
        return _at_rest(conversation)
    return replace(conversation, state="collect", confirm=None, serial="", menu=())


def _at_rest(conversation: Conversation) -> Conversation:
    """At the menu, with no menu shown."""
    return replace(conversation, state="idle", confirm=None, serial="", menu=())
