"""Who receives a tip: the questions of states `find` and `route`, as they are shown.

Owns their words and menus, which name places. What an answer does is in `find` and `route`.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers import cards, parts
from handlers.conversation import Conversation, Draft
from handlers.facts import PlaceReceived
from handlers.records import replace
from handlers.turn import Scene, Turn
from handlers.values import Choice, Desk, Hits, Line, Menu, Message, Place, Seek, line

_MOST_QUERY = 40
"""Characters of a search that are said back."""

Item = tuple[str, Line]
"""A choice: what it does, and its label."""


def lacking(draft: Draft | None, desk: Desk) -> bool:
    """True where a new tip cannot be sent yet because nobody said which ward it is in."""
    return not desk.known and (draft is None or draft.target is None)


def seek_ward(conversation: Conversation, seek: Seek, above: tuple[Line, ...] = ()) -> Turn:
    """Which ward is it in? Where someone is in danger, sending stays one step away."""
    return _turn(conversation, seek, cards.message(*above, line("find-ask"), menu=_pressing(conversation, seek)))


def _pressing(conversation: Conversation, seek: Seek) -> cards.Items:
    """Sending, where someone is in danger and no ward was ever said."""
    told = frozenset[str]() if conversation.draft is None else conversation.draft.told
    menu = cards.CHILD if "child" in told else cards.URGENT if "urgent" in told else ()
    return menu if seek == "tip" and conversation.unit is None else ()


def noted(draft: Draft) -> Line:
    """That words were noted which no card acknowledges yet."""
    return line("find-noted", count=len(draft.parts))


def not_found(conversation: Conversation, seek: Seek, words: str) -> Turn:
    """No ward of that name."""
    query = " ".join(words.split())[:_MOST_QUERY].rstrip()
    return _turn(conversation, seek, cards.message(line("find-none", query=query)))


def many(conversation: Conversation, seek: Seek, hits: Hits, above: tuple[Line, ...] = ()) -> Turn:
    """Several wards have a name like this, or are parts of one that had it."""
    named = _with_province if hits.split else _as_named
    items = [(f"take:{place.unit}", named(place)) for place in hits.places]
    question = line("find-many") if hits.split is None else line("find-split", old=hits.split)
    return _turn(conversation, seek, _named(_numbered(items), *above, question))


def pin(conversation: Conversation, seek: Seek, place: PlaceReceived, above: tuple[Line, ...] = ()) -> Turn:
    """May this place be used to find the ward? Until that is said the conversation holds it, to a kilometre.

    Where someone is in danger, sending stays the first step.
    """
    first = ("send-now",) if _pressing(conversation, seek) else ()
    menu = cards.items(*first, f"near:{parts.nearby(place)}", "seek")
    return _turn(conversation, seek, cards.message(*above, line("find-pin-ask"), menu=menu))


def nearest(conversation: Conversation, seek: Seek, hits: Hits) -> Turn:
    """Wards that are near to a place, the nearest first."""
    if not hits.places:
        return _turn(conversation, seek, cards.message(line("find-near-none")))
    items = [(f"take:{place.unit}", _with_province(place)) for place in hits.places]
    shown = _named((*_numbered(items), Choice(0, line("btn-back"), "seek")), line("find-near"))
    return _turn(conversation, seek, shown)


def listing(conversation: Conversation, seek: Seek, hits: Hits, page: int) -> Turn:
    """Units to pick from: those at the top, or a page of the wards under one, and that one itself if it receives."""
    under = hits.under
    items = [_listed(place, seek) for place in hits.places]
    if hits.more:
        items.append((f"under:{under.unit if under else ''}:{page + 1}", line("btn-more")))
    if under is not None and hits.desk is not None:
        items.append((f"over:{under.unit}", line("btn-ward", unit=hits.desk.name)))
    question = line("find-top") if under is None else line("find-within", unit=under.name)
    return _turn(conversation, seek, _named((*_numbered(items), Choice(0, line("btn-back"), "seek")), question))


def _listed(place: Place, seek: Seek) -> Item:
    name = line("find-name", unit=place.name)
    if place.leaf:
        return f"take:{place.unit}", name
    return (f"over:{place.unit}" if seek == "send" else f"under:{place.unit}:0"), name


def was(place: Place) -> tuple[Line, ...]:
    """That an old name led here."""
    if place.was is None:
        return ()
    return (line("find-was", old=place.was, unit=place.name, province=place.above or place.name),)


def is_offer_due(draft: Draft, desk: Desk) -> bool:
    """True where words about the ward's own staff were noted, and there is somebody above to send them to."""
    free = draft.door is None and draft.target is None and not draft.urgent
    return free and "staff" in draft.told and desk.known and bool(_above(desk))


def offer(conversation: Conversation, desk: Desk, above: tuple[Line, ...] = ()) -> Turn:
    """Straight to the unit above? Said once for a draft."""
    return _route(conversation, _named(_numbered([*_above(desk), _ward(desk)]), *above, line("route-offer")))


def choose(conversation: Conversation, ward: Desk, above: tuple[Line, ...] = ()) -> Turn:
    """Who shall receive it: the ward, the unit above, another ward."""
    items = [*((_ward(ward),) if ward.known else ()), *_above(ward)]
    items += [("other", line("btn-other-unit"))] if ward.others else []
    return _route(
        conversation, _named((*_numbered(items), Choice(0, line("btn-back"), "back")), *above, line("route-ask"))
    )


def linked(scene: Scene, other: Desk) -> Turn:
    """A box of another place was opened while a draft is written: keep who receives it, or change."""
    items = [("stay", line("btn-ward", unit=scene.desk.name)), (f"link:{other.box}", line("btn-ward", unit=other.name))]
    return _route(scene.conversation, _named(_numbered(items), line("route-ask")))


def passed(ward: Desk, target: Desk) -> Line:
    """Who receives it now, and who does not see it."""
    return line("route-done", target=line("btn-ward", unit=target.receiver_name), unit=ward.name)


def aimed(scene: Scene, desk: Desk, *, door: bool) -> Scene:
    """The scene where tips go to this desk: with `door` this draft alone, else the chat's from now on."""
    conversation, draft = scene.conversation, scene.conversation.draft
    if draft is not None:
        draft = replace(draft, door=desk.unit if door else None, told=draft.told - {"route"})
    if draft is None or not door:
        conversation = replace(conversation, unit=desk.unit, box=desk.box)
    return replace(scene, conversation=replace(conversation, draft=draft), desk=desk)


def _ward(desk: Desk) -> Item:
    return "ward", line("btn-ward", unit=desk.name)


def _above(desk: Desk) -> tuple[Item, ...]:
    """Who receives without the ward: the unit above, and the inspectorate that was named for such matters."""
    items: list[Item] = []
    if desk.above is not None:
        parent = line("btn-ward", unit=desk.above.name)
        items.append((f"pass:{desk.above.unit}", line("btn-parent", parent=parent)))
    if desk.inspectorate is not None:
        items.append((f"pass:{desk.inspectorate.unit}", line("btn-ward", unit=desk.inspectorate.name)))
    return tuple(items)


def _with_province(place: Place) -> Line:
    if place.above is None:
        return line("find-name", unit=place.name)
    return line("find-place", unit=place.name, province=place.above)


def _as_named(place: Place) -> Line:
    """With the name it was looked for by, if that is an old one."""
    return next(iter(was(place)), _with_province(place))


def _numbered(items: Iterable[Item]) -> tuple[Choice, ...]:
    return tuple(Choice(number, label, act) for number, (act, label) in enumerate(items, 1))


def _named(choices: tuple[Choice, ...], *lines: Line) -> Message:
    return Message(lines, Menu("", choices))


def _turn(conversation: Conversation, seek: Seek, shown: Message) -> Turn:
    return Turn(replace(conversation, state="find", confirm=None, seek=seek, menu=()), (shown,))


def _route(conversation: Conversation, shown: Message) -> Turn:
    return Turn(replace(conversation, state="route", confirm=None, menu=()), (shown,))
