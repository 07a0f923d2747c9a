"""All wishes of one step, in order, then the conversation itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bot.service.chats import Chat, drop_notices, forget_chat, save_chat
from bot.service.effects import drafts, filing
from bot.service.effects.promising import FORGET, errand
from bot.service.effects.saying import Saying
from bot.service.outgoing import Errand, Stands, Told
from bot.service.site import SheetBook
from bot.service.standing import came_in, spans
from bot.service.submissions import NewSubmission, Submission
from bot.service.texts import Catalogue
from handlers.conversation import Conversation, OpenMail
from handlers.records import replace
from handlers.wishes import (
    AppendParts,
    ClearChat,
    ClearTyped,
    DropParts,
    FileTip,
    ForgetChat,
    KeepChoice,
    KeepMedia,
    KeepPlace,
    KeepText,
    LeaveGroup,
    Outcome,
    Say,
)


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a step: ids of the parts kept, blobs that nothing refers to once it is committed, what was said."""

    kept: tuple[bytes, ...]
    loose: tuple[str, ...]
    said: tuple[Told, ...]


class Effects:
    """Carries out what a step wished."""

    def __init__(self, texts: Catalogue, book: SheetBook) -> None:
        self._texts = texts
        self._book = book

    def apply(
        self,
        connection: Connection,
        at: int,
        *,
        chat: Chat,
        outcome: Outcome,
        submission: Submission | None,
        came: str | None = None,
    ) -> Applied:
        """Do it all.

        `came` is the messenger's id of the message that brought the fact. A chat that is forgotten is still told what
        its step says after that; what is to be deleted from a chat goes once it has been told.
        """
        kept: list[bytes] = []
        loose: list[str] = []
        owed: tuple[Errand, ...] = ()
        forgotten = False
        receipt = submission.receipt if submission else ""
        saying = Saying(connection, self._texts, at, outcome.conversation, receipt, _stands(outcome))
        clearing = [wish for wish in outcome.wishes if isinstance(wish, ClearChat | ClearTyped)]
        chat, typed = came_in(connection, chat, at, came)
        going = spans(clearing, chat.said, typed)
        for wish in outcome.wishes:
            match wish:
                case Say(message=message):
                    chat, owed = saying.say(chat, message, owed), ()
                case LeaveGroup():
                    chat = saying.leave(chat)
                case KeepText() | KeepChoice() | KeepMedia() | KeepPlace():
                    drafts.keep(connection, chat.key, wish, partial(self._texts.line, outcome.conversation.language))
                    kept.append(wish.part)
                case DropParts(parts=parts):
                    loose += drafts.drop(connection, parts)
                case FileTip() | AppendParts():
                    loose += filing.file(connection, wish, submission, self._book)
                case ForgetChat():
                    forget_chat(connection, chat, cleared=bool(going))
                    owed, forgotten = (*owed, *promised(connection, chat, FORGET)), True
                case ClearChat() | ClearTyped():
                    continue
                case _:
                    owed = (*owed, *promised(connection, chat, errand(wish, submission)))
        chat = saying.do(chat, owed)
        chat = saying.clear(chat, going, aloud=True)
        if not forgotten:
            save_chat(connection, replace(chat, conversation=_beside(outcome.conversation, submission, at)))
        return Applied(tuple(kept), tuple(loose), tuple(saying.said))


def _stands(outcome: Outcome) -> Stands:
    """What this step's messages are remembered as: nothing of a chat that is forgotten or left."""
    if any(isinstance(wish, ForgetChat | LeaveGroup) for wish in outcome.wishes):
        return ""
    return "receipt" if any(isinstance(wish, FileTip) for wish in outcome.wishes) else "talk"


def promised(connection: Connection, chat: Chat, errand: Errand) -> tuple[Errand, ...]:
    """The errand where somebody delivers to this chat; a page has no address, and nothing of it is kept for longer."""
    if chat.address.driver == "web":
        return ()
    if errand.act in ("stop", "forget"):
        drop_notices(connection, chat)
    return (errand,)


def _beside(conversation: Conversation, submission: Submission | None, at: int) -> Conversation:
    """The conversation with the tip just filed, where the person may still ask to keep access to it."""
    if conversation.state != "receipt" or not isinstance(submission, NewSubmission):
        return conversation
    row = submission.row
    return replace(conversation, given=OpenMail(row.lookup, submission.seed, row.id, at))
