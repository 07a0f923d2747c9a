"""The ordinary notice, on or off: a weekly word to whoever asked for it, on messengers alone.

Owns what is said of it. That news on a tip come in the same words at the same time is the worker's doing.
"""

from __future__ import annotations

from handlers import cards, start
from handlers.conversation import Conversation
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn
from handlers.values import line
from handlers.wishes import StopWriting, Subscribe


def subscribe(scene: Scene) -> Flow:
    """Switch it on; where it is on already nothing changes."""
    if scene.channel.is_page:
        return start.home(scene)
    return replace(view(scene), wishes=(Subscribe(),))


def view(scene: Scene) -> Turn:
    """That it is on, and how to end it."""
    shown = cards.message(line("sub-on", unit=scene.desk.name), menu=cards.TOPICS)
    return Turn(replace(start.leave_mail(scene.conversation), state="topics", confirm=None), (shown,))


def stop(scene: Scene) -> Turn:
    """Switch it off, by its number: as the word "dừng" does."""
    conversation = replace(untold(scene.conversation), state="idle", menu=())
    draft = (line("sub-off-draft"),) if conversation.draft is not None else ()
    return Turn(conversation, (cards.message(line("sub-off"), *draft),), (StopWriting(),))


def untold(conversation: Conversation) -> Conversation:
    """The conversation where nothing is to be told any more."""
    mail = conversation.mail
    return conversation if mail is None else replace(conversation, mail=replace(mail, asked=False))
