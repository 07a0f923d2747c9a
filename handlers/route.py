"""Choosing who receives a draft: the ward, the unit above without the ward, another ward.

Owns state `route`, and what the link of another place's box does to an open draft. A tip that passes over the ward is a
tip of the unit above, with no box: nothing in it names the ward.
"""

from __future__ import annotations

from collections.abc import Generator

from handlers import doors, intake, routing, start
from handlers.facts import MediaReceived, MediaRefused, PlaceReceived, Started, TextReceived
from handlers.questions import Answer, FindDesk, Question, ask
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, settle
from handlers.values import Desk, Line


def view(scene: Scene, above: tuple[Line, ...] = ()) -> Generator[Question, Answer, Turn]:
    """The present question again: the offer if that is what stands there, else all doors."""
    menu = scene.conversation.menu
    if scene.conversation.state == "route" and menu and menu[0][1].startswith("pass:"):
        return doors.offer(scene.conversation, scene.desk, above)
    return (yield from show(scene, above))


def show(scene: Scene, above: tuple[Line, ...] = ()) -> Generator[Question, Answer, Turn]:
    """Where should this tip go?"""
    ward = yield from _ward(scene)
    return doors.choose(scene.conversation, ward, above)


def _ward(scene: Scene) -> Generator[Question, Answer, Desk]:
    """The ward itself, also where the draft passes over it."""
    if intake.open_draft(scene.conversation).door is None:
        return scene.desk
    return (yield from ask(FindDesk(scene.conversation.box, scene.conversation.unit)))


def add_text(scene: Scene, fact: TextReceived) -> Flow | None:
    """A text that tells something is noted, and the question asked again; a short one is asked back."""
    if intake.alarming(scene, fact.text) or fact.edited or intake.tells(fact.text):
        return intake.add_text(scene, fact, _again)
    return None


def add_media(scene: Scene, fact: MediaReceived | MediaRefused) -> Flow:
    """A file is noted, and the question asked again."""
    return intake.add_media(scene, fact, _again)


def add_place(scene: Scene, fact: PlaceReceived) -> Flow | None:
    """As media."""
    return intake.add_place(scene, fact, _again)


def _again(scene: Scene, added: intake.Added) -> Flow:
    draft = intake.open_draft(added.conversation)
    above = (*added.above, doors.noted(draft)) if added.texts else added.above
    return view(replace(scene, conversation=added.conversation), above)


def to_ward(scene: Scene) -> Generator[Question, Answer, Turn]:
    """The ward receives it."""
    ward = yield from _ward(scene)
    draft = intake.open_draft(scene.conversation)
    told = draft.told if draft.door is None else draft.told - {"route"}
    conversation = replace(scene.conversation, draft=replace(draft, door=None, told=told | {routing.WARD}))
    return (yield from settle(intake.card(replace(scene, desk=ward), conversation)))


def pass_over(scene: Scene, unit: str) -> Generator[Question, Answer, Turn]:
    """The unit above receives it, and the ward does not see it."""
    desk = yield from ask(FindDesk(None, unit))
    there = doors.aimed(scene, desk, door=True)
    first = intake.open_draft(scene.conversation).door is None
    above = (doors.passed(scene.desk, desk),) if first else ()
    return (yield from settle(intake.card(there, there.conversation, above)))


def other(scene: Scene) -> Turn:
    """Another ward: which?"""
    return doors.seek_ward(scene.conversation, "tip")


def started(scene: Scene, fact: Started) -> Flow:
    """The chat was opened. A draft keeps its receiver unless the box is of another place, and the person says so."""
    draft = scene.conversation.draft
    if fact.box is None or draft is None or draft.target is not None:
        return start.started(scene, fact)
    return _linked(scene, fact, fact.box)


def _linked(scene: Scene, fact: Started, box: str) -> Generator[Question, Answer, Turn]:
    desk = yield from ask(FindDesk(box))
    if desk.box is None or desk.unit == scene.desk.unit:
        return (yield from settle(start.started(scene, fact)))
    if not scene.desk.known:
        there = doors.aimed(scene, desk, door=False)
        return (yield from settle(intake.card(there, there.conversation)))
    return doors.linked(scene, desk)


def link(scene: Scene, box: str) -> Generator[Question, Answer, Turn]:
    """The box's place receives the draft from now on."""
    desk = yield from ask(FindDesk(box))
    there = doors.aimed(scene, desk, door=False)
    return (yield from settle(intake.card(there, there.conversation)))
