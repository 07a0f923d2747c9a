"""Looking through a draft and taking parts out.

Owns the list of parts. Erasing everything is `confirm`'s.
"""

from __future__ import annotations

from collections.abc import Generator

from handlers import cards, intake, parts
from handlers.conversation import Conversation, Draft, Part
from handlers.facts import ChoicePressed, MediaReceived, MediaRefused, PartRemoved, PlaceReceived, TextReceived
from handlers.questions import Answer, Question, ReadHeads, ask
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, after
from handlers.values import Line, line
from handlers.wishes import DropParts, KeepText

_HEAD = 24
"""Characters of a text part shown in the list."""


def show(scene: Scene) -> Flow:
    """The list of parts."""
    return _listed(scene.conversation, intake.open_draft(scene.conversation))


def add_text(scene: Scene, fact: TextReceived) -> Flow:
    """Added as a part; the list again."""
    return intake.add_text(scene, fact, _again)


def add_media(scene: Scene, fact: MediaReceived | MediaRefused) -> Flow:
    """Added as a part; the list again."""
    return intake.add_media(scene, fact, _again)


def add_place(scene: Scene, fact: PlaceReceived) -> Flow | None:
    """Added as a part; the list again."""
    return intake.add_place(scene, fact, _again)


def choose(scene: Scene, fact: ChoicePressed) -> Flow:
    """The number of a part removes it; 0 goes back to the card."""
    draft = intake.open_draft(scene.conversation)
    if fact.number == 0:
        return intake.begin(scene)
    if fact.number > len(draft.parts):
        return _listed(scene.conversation, draft, above=(line("no-number", n=fact.number),))
    return remove(scene, draft.parts[fact.number - 1].id)


def part_removed(scene: Scene, fact: PartRemoved) -> Flow | None:
    """The page's own button; None if the part is not in the open draft."""
    draft = scene.conversation.draft
    if draft is None or fact.part not in {part.id for part in draft.parts}:
        return None
    return remove(scene, fact.part)


def drop(scene: Scene, part: str) -> Flow:
    """The part a warning was about, by its id in hex."""
    return part_removed(scene, PartRemoved(scene.at, scene.channel, scene.fresh, bytes.fromhex(part))) or intake.begin(
        scene
    )


def remove(scene: Scene, part: bytes) -> Flow:
    """One part of the open draft erased; without parts there is no draft any more."""
    draft = intake.open_draft(scene.conversation)
    left = tuple(kept for kept in draft.parts if kept.id != part)
    conversation = replace(scene.conversation, draft=replace(draft, parts=left) if left else None)
    return after((DropParts((part,)),), intake.card(scene, conversation, (removed(draft, part),)))


def removed(draft: Draft, part: bytes) -> Line:
    """The line that says that this part of `draft` is gone."""
    number = [kept.id for kept in draft.parts].index(part) + 1
    return line("review-removed", n=number, count=len(draft.parts) - 1)


def _again(_scene: Scene, added: intake.Added) -> Flow:
    fresh = {one.part: one.text if isinstance(one, KeepText) else parts.head(one) for one in added.wishes}
    return _listed(added.conversation, intake.open_draft(added.conversation), fresh, added.above)


def _listed(
    conversation: Conversation, draft: Draft, fresh: dict[bytes, str] | None = None, above: tuple[Line, ...] = ()
) -> Generator[Question, Answer, Turn]:
    """The list; `fresh` holds the parts this very fact brought, which cannot be read yet."""
    fresh = fresh or {}
    stored = tuple(part.id for part in draft.parts if part.id not in fresh)
    heads = dict(zip(stored, (yield from ask(ReadHeads(stored))), strict=True)) | fresh
    listed = tuple(_item(n, part, heads[part.id]) for n, part in enumerate(draft.parts, 1))
    shown = cards.message(*above, line("review-head"), *listed, line("review-ask"))
    return Turn(replace(conversation, state="review", confirm=None, menu=()), (shown,))


def _item(number: int, part: Part, head: str) -> Line:
    short = " ".join(head.split())[:_HEAD].rstrip()
    return line("review-item", kind=part.kind, n=number, head=short, seconds=int(head) if head.isdecimal() else 0)
