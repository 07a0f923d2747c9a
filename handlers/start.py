"""Opening the box: greetings, the main menu, and stepping back to it.

Owns what stands at the menu. A draft always survives coming here.
"""

from __future__ import annotations

from handlers import cards, hotlines
from handlers.conversation import Conversation, Draft, OpenMail
from handlers.facts import Started
from handlers.folding import Phrases, bare
from handlers.records import replace
from handlers.timeline import clock, short_day
from handlers.turn import Flow, Scene, Turn
from handlers.values import Line, line

DRAFT_SECONDS = 24 * 3600
"""Silence after which a draft is erased (FLOWS §2.2)."""
DRAFT_LONGEST = 48 * 3600
"""Age at which a draft is erased even if it is still written: its first parts' key may open no longer than that."""
_LONGEST = 40
"""Characters of a greeting; a longer message says more."""
_GREETING = Phrases(
    (
        "alo", "a lô", "chào", "xin chào", "chào bà con", "chào hòm thư", "hòm thư ơi", "hello", "hi", "hey", "alo alo",
        "good morning", "good evening", "bắt đầu", "start",
    )
)  # fmt: skip


def is_greeting(text: str) -> bool:
    """True for a message that only says hello."""
    return len(text) <= _LONGEST and _GREETING.fullmatch(bare(text)) is not None


def truth(scene: Scene) -> Line:
    """What this channel knows of the person (DESIGN rule 10)."""
    return line("truth", channel=scene.channel.name, web=scene.channel.web)


def short_greeting(scene: Scene) -> tuple[Line, ...]:
    """What goes before the first reply of a chat that began with something else than a greeting."""
    if not scene.desk.known:
        return line("start-nobox"), truth(scene)
    return (line("start-short", unit=scene.desk.name, channel=scene.channel.name, web=scene.channel.web),)


def started(scene: Scene, fact: Started) -> Flow:
    """The chat was opened, perhaps from a box's code. A draft keeps the box it was begun in."""
    language = fact.language or scene.conversation.language
    above = (line("web-reload"),) if fact.reloaded else ()
    return home(replace(scene, conversation=replace(scene.conversation, language=language)), above)


def home(scene: Scene, above: tuple[Line, ...] = ()) -> Flow:
    """The main menu. An opened tip is closed, a parked draft taken up again."""
    conversation = leave_mail(scene.conversation)
    if scene.conversation.mail is not None and scene.conversation.draft is None:
        above = (*above, line("mail-closed"))
    waiting = () if conversation.draft is None else (draft_open(conversation.draft, scene.at),)
    conversation = replace(conversation, state="idle", confirm=None)
    head = (*above, *_hello(scene), *waiting)
    if not scene.desk.open:
        return hotlines.shut(replace(scene, conversation=conversation), head, greets=True)
    card = cards.message(*head, line("menu-ask"), menu=cards.home(scene.channel))
    return Turn(conversation, (card,), greets=True)


def _hello(scene: Scene) -> tuple[Line, ...]:
    if not scene.desk.known:
        return (line("start-nobox"), *(() if scene.conversation.greeted else (truth(scene),)))
    moved = (line("start-movedbox", unit=scene.desk.name),) if scene.desk.moved else ()
    if scene.conversation.greeted:
        return (*moved, line("start-back", unit=scene.desk.name))
    hello = line("start-hello", unit=scene.desk.name, channel=scene.channel.name, web=scene.channel.web)
    return (*moved, hello)


def draft_open(draft: Draft, at: int) -> Line:
    """That a draft waits, and when it will be erased if nothing more comes."""
    goes = erased_at(draft, at)
    return line("draft-open", count=len(draft.parts), time=f"{clock(goes)}, {short_day(goes)}")


def erased_at(draft: Draft, touched: int) -> int:
    """When the draft of a chat that was last heard at `touched` is erased (both UTC seconds)."""
    return min(touched + DRAFT_SECONDS, draft.born + DRAFT_LONGEST)


def leave_mail(conversation: Conversation) -> Conversation:
    """Without an opened tip, a parked draft active again. A begun addition keeps its key for its 15 minutes."""
    conversation = replace(conversation, mail=None)
    return unpark(conversation) if conversation.draft is None else conversation


def unpark(conversation: Conversation) -> Conversation:
    """The parked draft in place of the active one."""
    return replace(conversation, draft=conversation.parked, parked=None)


def resume(scene: Scene, conversation: Conversation, *said: Line) -> Turn:
    """Something ended: say so, and offer the draft that waited meanwhile."""
    draft = conversation.draft
    conversation = replace(conversation, confirm=None, menu=())
    if draft is None:
        return Turn(replace(conversation, state="idle"), (cards.message(*said),))
    card = cards.message(*said, draft_open(draft, scene.at), menu=cards.draft_menu(draft, scene.desk), kind="card")
    return Turn(replace(conversation, state="collect"), (card,))


def without_key(draft: Draft | None) -> Draft | None:
    """The draft with the key of its tip forgotten; sending it will ask for the receipt again."""
    if draft is None or draft.target is None:
        return draft
    return replace(draft, target=replace(draft.target, seed=b""))


def has_key(mail: OpenMail) -> bool:
    """True while the receipt's seed is remembered."""
    return bool(mail.seed)
