"""What is left of a talk in the chat itself: since when it goes on, and what to delete once it is over.

Owns when messages go from a chat (FLOWS §2.2): everything about a tip once it is sent, erased or closed, a receipt once
it is noted or a day old. Which messages those are is known where messages are delivered.
"""

from __future__ import annotations

from handlers.conversation import Conversation
from handlers.records import replace
from handlers.wishes import ClearChat

EVERYTHING = (ClearChat(0), ClearChat(0, receipt=True))
"""A chat that is forgotten leaves nothing."""


def goes_on(conversation: Conversation) -> bool:
    """True while something is written, asked for or open: what was said about it is still needed in the chat."""
    return bool(_open(conversation)) or conversation.state in ("collect", "code")


def begun(conversation: Conversation, at: int) -> Conversation:
    """The conversation with the second at which what goes on in it began, which is `at` if it is new."""
    return replace(conversation, since=(conversation.since or at) if goes_on(conversation) else 0)


def ended(before: Conversation, after: Conversation, until: int | None = None) -> tuple[ClearChat, ...]:
    """What to delete from the chat for having ended between the two, as far as it was said before `until`."""
    return (*_receipts(before, after), *_talk(before, after, until))


def _receipts(before: Conversation, after: Conversation) -> tuple[ClearChat, ...]:
    following = (*before.receipts[1:], None)
    pairs = zip(before.receipts, following, strict=False)
    return tuple(ClearChat(at, until, receipt=True) for at, until in pairs if at not in after.receipts)


def _talk(before: Conversation, after: Conversation, until: int | None) -> tuple[ClearChat, ...]:
    kept = _open(after)
    over = [begin for name, begin in _open(before).items() if name not in kept]
    if not goes_on(after):
        begins = (*over, *((before.since,) if before.since else ()))
        return (ClearChat(min(begins), until),) if begins and (over or before.state == "code") else ()
    if not over:
        return ()
    ends = [begin for begin in kept.values() if begin > min(over)]
    return (ClearChat(min(over), min((*ends, *(() if until is None else (until,))), default=None)),)


def _open(conversation: Conversation) -> dict[bytes, int]:
    """When each draft was begun and the opened tip opened, by what tells them apart."""
    drafts = {draft.id: draft.born for draft in (conversation.draft, conversation.parked) if draft is not None}
    mail = conversation.mail
    return drafts if mail is None else {**drafts, mail.opened.to_bytes(8, "big"): mail.opened}
