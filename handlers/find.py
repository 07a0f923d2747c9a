"""Choosing a ward: by what is typed, from a list, by a place; and going on with what it was looked for.

Owns state `find`. What is typed is not kept: unless it tells more than a name, then it is part of the tip as well. A
place is used only once that is agreed to.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

from handlers import confirm, doors, hotlines, intake, parts, start
from handlers.conversation import Conversation
from handlers.facts import MediaReceived, MediaRefused, PlaceReceived, Started, TextReceived
from handlers.folding import BOX_CODE
from handlers.numbers import is_yes
from handlers.questions import Answer, FindDesk, FindUnits, ListUnits, NearUnits, Question, ask
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, settle
from handlers.values import Desk, Hits, Line, Seek

_AROUND = " \n\t.,;:#\"'“”"
_ASKS = frozenset({"idle", "find"})
_PRESSING = frozenset({"urgent", "child"})
"""Hints of a draft whose writer may be in danger: whatever is no name is part of the tip."""


def typed_code(conversation: Conversation, fact: TextReceived) -> str | None:
    """What may be the code of a box, typed off a poster: the first message where a messenger's link carries none.

    Once something is being told, a code is a part of it.
    """
    typed = fact.text.strip(_AROUND)
    telling = conversation.state == "idle" and conversation.draft is not None
    if fact.edited or telling or conversation.state not in _ASKS or not BOX_CODE.fullmatch(typed):
        return None
    return typed


def named(scene: Scene, fact: TextReceived) -> Flow:
    """A box's code was typed: as if the chat had been opened from its link."""
    if scene.conversation.state == "idle":
        return start.started(scene, Started(fact.at, fact.channel, fact.fresh, scene.desk.box))
    if _seek(scene) == "board":
        return hotlines.of(scene, scene.desk.unit)
    return _go_on(scene, scene.desk)


def view(scene: Scene) -> Flow:
    """The present question again; without a list, if one was shown."""
    return _asked(scene, _seek(scene))


def add_text(scene: Scene, fact: TextReceived) -> Flow:
    """A name, or words that hold one. A text that tells something is noted, and the question asked again."""
    if intake.alarming(scene, fact.text) or fact.edited:
        return intake.add_text(scene, fact, _kept)
    place = next((act.removeprefix("near:") for _, act in scene.conversation.menu if act.startswith("near:")), None)
    return near(scene, place) if place is not None and is_yes(fact.text) else _searched(scene, fact)


def _searched(scene: Scene, fact: TextReceived) -> Generator[Question, Answer, Turn]:
    hits = yield from ask(FindUnits(fact.text, board=_seek(scene) == "board"))
    if hits.how == "list":
        return (yield from settle(_within(scene, hits)))
    if hits.split is None and (_is_sure(hits) or (len(hits.places) == 1 and _seek(scene) != "send")):
        return (yield from settle(_found(scene, hits, fact)))
    if _tells(scene, fact):
        after = None if _seek(scene) == "board" else partial(_told, hits)
        return (yield from settle(intake.add_text(scene, fact, after)))
    if not hits.places:
        return doors.not_found(scene.conversation, _seek(scene), fact.text)
    return doors.many(scene.conversation, _seek(scene), hits)


def _told(hits: Hits, scene: Scene, added: intake.Added) -> Turn:
    """Words that are noted; if a piece of a name was among them, what they may mean."""
    above = (*added.above, doors.noted(intake.open_draft(added.conversation)))
    if hits.places:
        return doors.many(added.conversation, _seek(scene), hits, above)
    return doors.seek_ward(added.conversation, _seek(scene), above)


def _is_sure(hits: Hits) -> bool:
    return len(hits.places) == 1 and hits.how in ("named", "told")


def _tells(scene: Scene, fact: TextReceived) -> bool:
    draft = scene.conversation.draft
    return intake.tells(fact.text) or (draft is not None and bool(draft.told & _PRESSING))


def _found(scene: Scene, hits: Hits, fact: TextReceived) -> Flow:
    """One ward. Words that hold its name among others are noted as well."""
    if hits.board is not None:
        return hotlines.shown(scene, hits.board)
    assert hits.desk is not None
    if hits.how != "told":
        return _go_on(scene, hits.desk, doors.was(hits.places[0]))
    there = doors.aimed(scene, hits.desk, door=False)
    return intake.add_text(there, fact, _sent if _seek(scene) == "send" else None)


def _sent(scene: Scene, added: intake.Added) -> Flow:
    return confirm.send_now(replace(scene, conversation=added.conversation))


def _within(scene: Scene, hits: Hits) -> Flow:
    """The name of a unit above wards: a tip that is to go at once goes there, else its wards are listed."""
    if _seek(scene) == "send" and hits.desk is not None:
        return _go_on(scene, hits.desk, door=True)
    return doors.listing(scene.conversation, _seek(scene), hits, 0)


def add_media(scene: Scene, fact: MediaReceived | MediaRefused) -> Flow:
    """A file is noted, and the question asked again; while numbers were looked for it begins a tip."""
    return intake.add_media(scene, fact, None if _seek(scene) == "board" else _kept)


def add_place(scene: Scene, fact: PlaceReceived) -> Flow | None:
    """Whether it may be used to find the ward; of a tip that is being written it is a part as well."""
    place = parts.rounded(fact)
    if place is None:
        return None
    if scene.conversation.draft is not None:
        return intake.add_place(scene, place, partial(_pinned, place))
    return doors.pin(scene.conversation, _seek(scene), place)


def _pinned(place: PlaceReceived, scene: Scene, added: intake.Added) -> Turn:
    return doors.pin(added.conversation, _seek(scene), place, added.above)


def near(scene: Scene, place: str) -> Generator[Question, Answer, Turn]:
    """The place may be used: wards near to it. From here on nothing holds it any more."""
    latitude, _, longitude = place.partition(":")
    hits = yield from ask(NearUnits(latitude, longitude))
    return doors.nearest(scene.conversation, _seek(scene), hits)


def _kept(scene: Scene, added: intake.Added) -> Flow:
    draft = intake.open_draft(added.conversation)
    above = (*added.above, doors.noted(draft)) if added.texts else added.above
    return _asked(replace(scene, conversation=added.conversation), _seek(scene), above)


def _asked(scene: Scene, seek: Seek, above: tuple[Line, ...] = ()) -> Flow:
    if seek == "send":
        return provinces(scene, above)
    return doors.seek_ward(scene.conversation, seek, above)


def provinces(scene: Scene, above: tuple[Line, ...] = ()) -> Generator[Question, Answer, Turn]:
    """0: the units at the top to pick from; of the only one the wards."""
    turn = yield from listed(scene, ":0")
    first = replace(turn.messages[0], lines=(*above, *turn.messages[0].lines))
    return replace(turn, messages=(first,))


def listed(scene: Scene, argument: str) -> Generator[Question, Answer, Turn]:
    """A page of the wards under a unit: "42:0"."""
    under, _, page = argument.rpartition(":")
    hits = yield from ask(ListUnits(under or None, int(page)))
    return doors.listing(scene.conversation, _seek(scene), hits, int(page))


def back(scene: Scene) -> Flow:
    """0 under a list: the question, to be answered in words."""
    return doors.seek_ward(scene.conversation, _seek(scene))


def take(scene: Scene, unit: str) -> Flow:
    """A ward was picked from a list."""
    if _seek(scene) == "board":
        return hotlines.of(scene, unit)
    return _picked(scene, unit, door=False)


def over(scene: Scene, unit: str) -> Flow:
    """The unit above the wards was picked: it receives this tip itself."""
    if _seek(scene) == "board":
        return hotlines.of(scene, unit)
    return _picked(scene, unit, door=True)


def _picked(scene: Scene, unit: str, *, door: bool) -> Generator[Question, Answer, Turn]:
    desk = yield from ask(FindDesk(None, unit))
    return (yield from settle(_go_on(scene, desk, door=door)))


def _go_on(scene: Scene, desk: Desk, above: tuple[Line, ...] = (), *, door: bool = False) -> Flow:
    there = doors.aimed(scene, desk, door=door)
    if _seek(scene) == "send" and there.conversation.draft is not None:
        return confirm.send_now(there)
    return intake.card(there, there.conversation, above)


def _seek(scene: Scene) -> Seek:
    return scene.conversation.seek or "tip"
