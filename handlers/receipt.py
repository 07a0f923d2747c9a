"""Beside the receipt: how a new tip's code is told, and what the person says of it.

Owns state `receipt`. That the code's message goes from the chat is seen by `traces`, from the times kept here.
"""

from __future__ import annotations

from handlers import cards, mailbox, start
from handlers.conversation import Conversation, Draft
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn
from handlers.values import Line, Message, line
from handlers.wishes import RECEIPT

RECEIPT_SECONDS = 24 * 3600
"""How long a message with a receipt stands in a chat, at most (FLOWS §2.2)."""
MOST = 8
"""Receipts remembered as standing in a chat; of more, the oldest goes earlier."""


def given(scene: Scene, draft: Draft, then: Turn, told: tuple[Line, ...] = ()) -> Turn:
    """Received, with what was `told` beside; the code in a message of its own; what follows.

    `then` offers the draft that waited, if one did.
    """
    words = _following(scene, draft)
    waits = then.conversation.draft is not None
    asked = bool(words) and not waits and not scene.channel.is_page
    last = (cards.message(*words, menu=cards.RECEIPT if asked else ()),) if words else ()
    code = cards.message(line("code-line", code=RECEIPT), kind="code")
    conversation = _shown(scene, then.conversation)
    conversation = replace(conversation, state="receipt") if asked else conversation
    return Turn(conversation, (_received(scene, draft, told), code, *last, *(then.messages if waits else ())))


def _received(scene: Scene, draft: Draft, told: tuple[Line, ...]) -> Message:
    if not draft.urgent:
        return cards.message(line("done"), *told)
    return cards.message(line("done-urgent", notified="yes" if scene.desk.staffed else "no"))


def _following(scene: Scene, draft: Draft) -> tuple[Line, ...]:
    """What comes next, and what becomes of the messages. An urgent tip hears only what is done with its chat."""
    follows = line("done-next" if scene.desk.staffed else "done-next-none")
    kept = (line("done-zalo"),) if scene.channel.name == "zalo" else ()
    if draft.urgent:
        return (line("done-cleared"), line("code-gone")) if scene.channel.deletes else ()
    return (follows, line("done-cleared"), line("code-gone")) if scene.channel.deletes else (follows, *kept)


def _shown(scene: Scene, conversation: Conversation) -> Conversation:
    if not scene.channel.deletes:
        return conversation
    return replace(conversation, receipts=(*conversation.receipts, scene.at)[-MOST:])


def view(scene: Scene) -> Turn:
    """The question beside the code again, without the code: that was said once."""
    gone = "done-zalo" if scene.channel.name == "zalo" else "code-gone" if scene.channel.deletes else "menu-ask"
    return Turn(scene.conversation, (cards.message(line(gone), menu=cards.RECEIPT),))


def keep_access(scene: Scene) -> Flow:
    """Leave a button in this chat that opens the tip. After a quarter of an hour its code is asked for first."""
    given = scene.conversation.given
    if given is None:
        wanted = replace(scene.conversation, state="code", confirm="access")
        return mailbox.ask_code(replace(scene, conversation=wanted))
    shown, wish = mailbox.kept_button(scene, given, cards.items("copied", "menu"))
    return Turn(replace(scene.conversation, given=None), (shown,), (wish,))


def copied(scene: Scene) -> Flow:
    """The code is noted: its message goes, or where that cannot be, the person is told so."""
    if not scene.channel.deletes:
        told = (line("done-zalo"),) if scene.channel.name == "zalo" else ()
        return start.home(scene, told)
    conversation = replace(scene.conversation, receipts=scene.conversation.receipts[:-1])
    return start.home(replace(scene, conversation=conversation), (line("code-cleared"),))
