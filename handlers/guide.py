"""One question at a time: what, where, when, which kind, and who where it helps (FLOWS §2, "Guided order").

Owns the order and which questions are left out. An answer is a part tagged with its question; the kind alone travels
with the draft, and nothing is classified by guess. The person may write on, or send, at any point.
"""

from __future__ import annotations

from typing import cast, get_args

from handlers import cards, confirm, intake
from handlers.conversation import Conversation, Draft
from handlers.facts import MediaReceived, MediaRefused, PlaceReceived, TextReceived
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, after
from handlers.values import Asked, Category, Line, line

ORDER: tuple[Asked, ...] = get_args(Asked)
_DESCRIBED: frozenset[Category] = frozenset({"drug", "theft", "fight"})
"""Kinds where the look of a person or a vehicle helps."""
_TOLD_BY = frozenset({"text", "voice", "video"})
"""Parts that say what was seen; a photo or a place alone does not."""
_PLACES = frozenset({"place"})
_SKIP = cards.items("skip")
_MENUS: dict[Asked, cards.Items] = {"when": cards.WHEN, "kind": cards.KINDS}


def begin(scene: Scene) -> Flow:
    """The first question not answered yet. Once all are, which kind it is can be chosen anew."""
    draft = intake.open_draft(scene.conversation)
    open_ones = (question for question in ORDER if not _answered(draft, question))
    asked: Asked = next(open_ones, "kind")
    return _question(scene.conversation, asked)


def view(scene: Scene, above: tuple[Line, ...] = ()) -> Turn:
    """The present question again."""
    return _question(scene.conversation, _asking(scene), above)


def add_text(scene: Scene, fact: TextReceived) -> Flow:
    """An answer in words, then the next question."""
    return intake.add_text(scene, fact, _then_next, about=_asking(scene))


def add_media(scene: Scene, fact: MediaReceived | MediaRefused) -> Flow:
    """An answer in pictures or spoken, then the next question."""
    return intake.add_media(scene, fact, _then_next, about=_asking(scene))


def add_place(scene: Scene, fact: PlaceReceived) -> Flow | None:
    """A place answers where, whatever was asked; None if there is no such place."""
    return intake.add_place(scene, fact, _then_next if _asking(scene) == "where" else _same, about="where")


def skip(scene: Scene) -> Flow:
    """0: the question stays unanswered."""
    return _next(scene, scene.conversation)


def choose_when(scene: Scene, when: str) -> Flow:
    """When it happens. "Now" is what the draft card's own choice says; the others are parts like typed answers."""
    if when == "now":
        return intake.happening_now(scene)
    noted = intake.choice_part(scene, line(f"when-{when}"), "when")
    if noted is None:
        return intake.full(scene)
    conversation, kept = noted
    return after((kept,), _next(scene, conversation))


def choose_kind(scene: Scene, kind: str) -> Flow:
    """Which kind of matter it is: sealed with the tip, and nowhere else."""
    draft = intake.open_draft(scene.conversation)
    chosen = replace(scene.conversation, draft=replace(draft, category=cast("Category", kind)))
    return _next(scene, chosen)


def _same(scene: Scene, added: intake.Added) -> Flow:
    return _question(added.conversation, _asking(scene), added.above)


def _then_next(scene: Scene, added: intake.Added) -> Flow:
    if _asking(scene) == "what" and not _answered(intake.open_draft(added.conversation), "what"):
        return _question(added.conversation, "what", added.above)
    return _next(scene, added.conversation, added.above)


def _next(scene: Scene, conversation: Conversation, above: tuple[Line, ...] = ()) -> Flow:
    draft = intake.open_draft(conversation)
    later = ORDER[ORDER.index(_asking(scene)) + 1 :]
    asked = next((question for question in later if not _answered(draft, question)), None)
    if asked is None:
        return confirm.before_sending(scene, conversation, above)
    return _question(conversation, asked, above)


def _question(conversation: Conversation, asked: Asked, above: tuple[Line, ...] = ()) -> Turn:
    key = "ask-cat" if asked == "kind" else f"ask-{asked}"
    shown = cards.message(*above, line(key), menu=_MENUS.get(asked, _SKIP))
    return Turn(replace(conversation, state="ask", confirm=None, asking=asked), (shown,))


def _asking(scene: Scene) -> Asked:
    assert scene.conversation.asking is not None
    return scene.conversation.asking


def _answered(draft: Draft, question: Asked) -> bool:
    """True where the draft says it, or where it would not help to ask."""
    tagged = any(part.about == question for part in draft.parts)
    match question:
        case "what":
            return any(part.kind in _TOLD_BY and part.about in (None, "what") for part in draft.parts)
        case "where":
            return tagged or any(part.kind in _PLACES for part in draft.parts)
        case "when":
            return tagged or draft.urgent
        case "kind":
            return tagged or draft.category is not None
    return tagged or draft.category not in _DESCRIBED
