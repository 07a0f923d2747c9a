"""Messages and their menus, made from catalogue keys.

Owns which choices stand under which message and how each is labelled. Knows no flow: what a choice does is in `table`.
"""

from __future__ import annotations

from typing import get_args

from handlers.conversation import Draft
from handlers.routing import desk_of
from handlers.values import Category, Channel, Choice, Desk, Line, Menu, Message, MessageKind, line

LABELS = {
    "tip": "btn-tip",
    "open": "btn-open",
    "board": "btn-board",
    "sub": "btn-sub",
    "more": "btn-more",
    "help": "btn-help",
    "send": "btn-send",
    "submit": "btn-send",
    "submit-quiet": "btn-send-quiet",
    "submit-tell": "btn-send-notify",
    "send-now": "btn-send-now",
    "now": "btn-now",
    "guide": "btn-guide",
    "skip": "btn-skip",
    "review": "btn-review",
    "keep": "btn-keep",
    "agree": "btn-yes",
    "refuse": "btn-no",
    "drop": "btn-drop",
    "erase": "btn-erase-yes",
    "forget": "btn-forget",
    "forget-yes": "btn-forget",
    "stop-yes": "btn-stop",
    "content": "btn-content",
    "stop": "btn-stop",
    "timeline": "btn-timeline",
    "proof": "btn-proof",
    "proof-yes": "btn-proof-yes",
    "tell": "btn-notify",
    "tell-no-more": "btn-notify-off",
    "keep-receipt": "btn-keep-access",
    "close": "btn-close",
    "copied": "btn-copied",
    "back": "btn-back",
    "leave": "btn-back",
    "route": "btn-route",
    "other": "btn-other-unit",
    "seek": "btn-back",
    "near": "btn-yes",
    "menu": "btn-back",
}
"""The button of each act. An act may carry an argument after a colon: `more:1`."""

SPELT = frozenset({"cat", "when"})
"""Acts whose argument names the label: `cat:drug` is the kind `cat-drug`."""

NAMED = frozenset({"take", "over", "under", "ward", "pass", "stay", "link"})
"""Acts whose label is the name of a place: known only where the list is made (`doors`)."""

BACKWARD = frozenset({"back", "leave", "menu", "skip", "seek"})

Items = tuple[tuple[int, str], ...]
"""Numbers and acts of a menu, as a conversation keeps them."""


def items(*acts: str) -> Items:
    """Acts numbered from 1; stepping back is always 0."""
    forward = (act for act in acts if act not in BACKWARD)
    return (*enumerate(forward, 1), *((0, act) for act in acts if act in BACKWARD))


CARD = items("send", "now", "guide", "review")
CARD_DOORS = items("send", "now", "guide", "review", "route")
CARD_MORE = items("send", "review", "leave")
URGENT = items("send-now", "review", "back")
CHILD = items("send-now", "board", "review", "back")
WHEN = items("when:now", "when:today", "when:often", "when:past", "skip")
KINDS = items(*(f"cat:{kind}" for kind in get_args(Category)), "skip")
RECEIPT = items("copied", "keep-receipt", "menu")
TOPICS = items("stop", "menu")
AFTER_QUESTION = items("tip", "menu")


def home(channel: Channel, *, shut: bool = False) -> Items:
    """The main menu; without the tip where none is taken, without the notice where there is no chat to write to."""
    first = () if shut else ("tip",)
    notice = () if channel.is_page else ("sub",)
    return items(*first, "open", "board", *notice, "help")


def mail(channel: Channel, *, asked: bool) -> Items:
    """The menu of an opened tip. What a page cannot be offered is left out: it has no chat to write back to."""
    notice = () if channel.is_page else ("tell-no-more" if asked else "tell",)
    paper = ("proof",) if channel.acknowledges else ()
    return items("timeline", *notice, *paper, "forget", "close")


def message(*lines: Line, menu: Items = (), kind: MessageKind = "plain") -> Message:
    """One message; its menu's serial is stamped by `step`."""
    choices = tuple(Choice(number, line(_label(act)), act) for number, act in menu)
    return Message(lines, Menu("", choices) if choices else None, kind)


def _label(act: str) -> str:
    name, _, argument = act.partition(":")
    return f"{name}-{argument}" if name in SPELT else LABELS[name]


def draft_lines(draft: Draft, desk: Desk) -> tuple[Line, ...]:
    """The card's words: how much is noted, that it is not sent, who would receive it."""
    if draft.target is not None:
        return (line("draft-card-more", count=len(draft.parts)),)
    found = desk_of(draft, desk)
    card = line("draft-card", count=len(draft.parts), unit=found.receiver_name)
    return (card,) if "route" in draft.told and not found.routed else (*route_lines(found), card)


def draft_menu(draft: Draft, desk: Desk) -> Items:
    """The choices under a draft; who receives it can be changed where somebody else would."""
    if draft.target is not None:
        return CARD_MORE
    over = desk.above is not None or desk.inspectorate is not None
    choice = over or desk.others or draft.door is not None or desk_of(draft, desk).routed
    return CARD_DOORS if choice else CARD


def route_lines(desk: Desk) -> tuple[Line, ...]:
    """Who receives it if the unit itself has no officer here, or not for this kind of matter."""
    if desk.routed:
        return (line("route-kind", target=line("btn-ward", unit=desk.receiver_name)),)
    if desk.receiver != desk.unit:
        return (line("route-none", unit=desk.name, target=desk.receiver_name),)
    return () if desk.staffed else (line("route-empty"),)


def draft_card(draft: Draft, desk: Desk, above: tuple[Line, ...] = (), below: tuple[Line, ...] = ()) -> Message:
    """The draft's card with its menu."""
    menu = draft_menu(draft, desk)
    return message(*above, *draft_lines(draft, desk), *below, menu=menu, kind="card")
