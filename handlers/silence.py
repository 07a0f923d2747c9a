"""What silence did: time-outs, noticed at the next fact or by the fixed job (FLOWS §2.2, column "silence").

Owns how long each state waits and when a draft goes. A conversation older than 72 h is the engine's: its key is gone.
"""

from __future__ import annotations

from handlers.confirm import parts_of
from handlers.conversation import Conversation, Draft
from handlers.receipt import RECEIPT_SECONDS
from handlers.records import replace
from handlers.start import DRAFT_SECONDS, erased_at, leave_mail, unpark, without_key
from handlers.timeline import WAKING, hour_of
from handlers.traces import goes_on
from handlers.values import Line, line

_MINUTE = 60
MAIL_SECONDS = 15 * _MINUTE
CODE_SECONDS = 15 * _MINUTE
STEP_SECONDS = 30 * _MINUTE
"""Silence after which a question about the draft or before an act is left, a board, and the ordinary notice's page."""
REMIND_SECONDS = 3 * 3600
"""Silence after which a person is reminded of a draft, once (FLOWS §2.2)."""
_REMINDED = "reminded"
_WRITING = frozenset({"collect", "ask", "find", "route", "review", "confirm"})
"""States that are about the draft."""


def lapse(conversation: Conversation, at: int) -> tuple[Conversation, tuple[bytes, ...], tuple[Line, ...]]:
    """The conversation as it is after the silence, parts to erase, and what to say above the next reply."""
    after, erased = lapse_unheard(conversation, at)
    return replace(after, owed=()), erased, tuple(line(key) for key in after.owed)


def lapse_unheard(conversation: Conversation, at: int) -> tuple[Conversation, tuple[bytes, ...]]:
    """The same while nobody is there to be told: what is to be said stays owed in the conversation."""
    silent = at - conversation.touched if conversation.touched else 0
    if silent >= MAIL_SECONDS:
        conversation = replace(_close_mail(conversation), given=None)
    if silent >= STEP_SECONDS:
        conversation = _leave_step(conversation)
    kept = _without_old(conversation, at)
    left = set(parts_of(kept))
    erased = tuple(part for part in parts_of(conversation) if part not in left)
    if erased:
        kept = _owing(kept, "rem-erased")
    kept = _without_receipts(_at_rest(kept) if silent >= DRAFT_SECONDS else kept, at)
    return (kept if goes_on(kept) else replace(kept, since=0)), erased


def reminded(conversation: Conversation, at: int) -> Conversation | None:
    """The conversation as one that has been reminded of its draft, if that is due at `at`; else None.

    Once for a draft, none at night, none for a draft whose time is over.
    """
    draft = conversation.draft
    if draft is None or not draft.parts or _REMINDED in draft.told or hour_of(at) not in WAKING:
        return None
    if not conversation.touched + REMIND_SECONDS <= at < erased_at(draft, conversation.touched):
        return None
    return replace(conversation, draft=replace(draft, told=draft.told | {_REMINDED}))


def _owing(conversation: Conversation, key: str) -> Conversation:
    return conversation if key in conversation.owed else replace(conversation, owed=(*conversation.owed, key))


def _close_mail(conversation: Conversation) -> Conversation:
    """Receipts are forgotten; an unsent addition stays, and asks for its receipt again."""
    left = leave_mail(conversation)
    left = replace(left, draft=without_key(left.draft), parked=without_key(left.parked))
    if conversation.state == "mail":
        left = _owing(left, "mail-closed")
    return _at_rest(left) if conversation.state in ("mail", "code") else left


def _leave_step(conversation: Conversation) -> Conversation:
    if conversation.state in ("board", "topics"):
        return _at_rest(conversation)
    if conversation.state not in ("ask", "find", "route", "review", "confirm"):
        return conversation
    if conversation.draft is None:
        return _at_rest(conversation)
    return replace(conversation, state="collect", confirm=None, asking=None, seek=None, serial="", menu=())


def _without_old(conversation: Conversation, at: int) -> Conversation:
    """Without the drafts whose time is over. A parked one that stays is taken up again unless a tip is open."""

    def over(draft: Draft | None) -> bool:
        return draft is not None and erased_at(draft, conversation.touched or at) <= at

    if over(conversation.parked):
        conversation = replace(conversation, parked=None)
    if not over(conversation.draft):
        return conversation
    kept = replace(conversation, draft=None)
    kept = kept if kept.mail is not None else unpark(kept)
    if kept.state not in _WRITING:
        return kept
    return _at_rest(kept) if kept.mail is None else replace(_at_rest(kept), state="mail")


def _without_receipts(conversation: Conversation, at: int) -> Conversation:
    """A receipt that was shown a day ago goes, without a word."""
    kept = tuple(shown for shown in conversation.receipts if at - shown < RECEIPT_SECONDS)
    noted = conversation.state == "receipt" and conversation.receipts and not kept
    return replace(_at_rest(conversation) if noted else conversation, receipts=kept)


def _at_rest(conversation: Conversation) -> Conversation:
    """At the menu, with no menu shown."""
    return replace(conversation, state="idle", confirm=None, asking=None, seek=None, serial="", menu=())
