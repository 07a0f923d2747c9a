"""Writing a tip: every text, file and place becomes a part, and every part is acknowledged.

Owns adding parts, splitting of long text, the draft card and the hints under it. Nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial

from handlers import cards, danger, doors, hints, hotlines, own_name, parts, staff, start
from handlers.conversation import WEIGHT, Conversation, Draft, Part
from handlers.facts import MediaReceived, MediaRefused, PlaceReceived, TextReceived
from handlers.folding import plain_words
from handlers.parts import Thing
from handlers.questions import Answer, Question
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, settle
from handlers.turn import after as stored_first
from handlers.values import MAX_MEGABYTES, MAX_PARTS, MAX_TEXT, Asked, Line, line
from handlers.wishes import Keep, KeepChoice, KeepText

_DRAFT_ID = 0
_FIRST_PART_ID = 2
"""Fresh ids of a fact: 0 the draft, 1 the menu's serial (`step`), from 2 the parts."""
_OWED = "owe:"
_SHORT = 8
"""Words of a place's name with its province, or of an answer."""


@dataclass(frozen=True, slots=True)
class Added:
    """Parts just noted: the conversation with them, their wishes, what to say above, and the texts they hold."""

    conversation: Conversation
    wishes: tuple[Keep, ...]
    above: tuple[Line, ...]
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that was just written."""
        return "\n".join(self.texts)


After = Callable[[Scene, Added], Flow]
"""What is shown once parts are stored and nothing more pressing was found in them."""


def begin(scene: Scene) -> Flow:
    """Ask for a tip, or show the one that waits."""
    return card(scene, scene.conversation)


def card(scene: Scene, conversation: Conversation, above: tuple[Line, ...] = (), below: tuple[Line, ...] = ()) -> Flow:
    """The draft's card, before it whatever is still to be asked; without a draft the question what was seen."""
    draft = conversation.draft
    conversation = replace(conversation, state="collect", confirm=None, menu=())
    if draft is None:
        return tip_ask(scene, conversation, above)
    if doors.lacking(draft, scene.desk):
        return doors.seek_ward(conversation, "tip", above)
    if doors.is_offer_due(draft, scene.desk):
        made = replace(draft, told=draft.told - {"staff"} | {"offer"})
        return doors.offer(replace(conversation, draft=made), scene.desk, above)
    if owed := _owed(draft):
        return _warn(conversation, draft, owed, above)
    shown = cards.draft_card(draft, scene.desk, above, below)
    return Turn(replace(conversation, draft=replace(draft, told=draft.told | {"route"})), (shown,))


def tip_ask(scene: Scene, conversation: Conversation, above: tuple[Line, ...] = ()) -> Flow:
    """What did you see? Inside an opened tip the menu of that tip; nothing is asked where nothing is taken."""
    if conversation.mail is not None:
        shown = cards.message(*above, line("mail-ask"), menu=cards.mail(scene.channel, asked=conversation.mail.asked))
        return Turn(replace(conversation, state="mail"), (shown,))
    if not scene.desk.open:
        return hotlines.shut(replace(scene, conversation=replace(conversation, state="idle")), above)
    if doors.lacking(None, scene.desk):
        return doors.seek_ward(conversation, "tip", above)
    return Turn(conversation, (cards.message(*above, line("tip-ask")),))


def add_text(scene: Scene, fact: TextReceived, after: After | None = None, about: Asked | None = None) -> Flow:
    """A text became one part, or several if it is long; `about` names the question it answers."""
    return _add(scene, split(fact.text), edited=fact.edited, after=after, about=about)


def add_media(
    scene: Scene, fact: MediaReceived | MediaRefused, after: After | None = None, about: Asked | None = None
) -> Generator[Question, Answer, Turn]:
    """A file became a part, its caption another; of one that was refused the caption alone.

    Only the first of an album is answered.
    """
    caption = split(fact.caption) if fact.caption.strip() else ()
    thing, answer = (fact, fact.answer) if isinstance(fact, MediaReceived) else (None, True)
    turn = yield from settle(_add(scene, caption, thing=thing, after=after, about=about))
    if answer or turn.greets or not all(isinstance(wish, Keep) for wish in turn.wishes) or _asks(scene, turn):
        return turn
    return replace(turn, messages=(), conversation=replace(turn.conversation, menu=scene.conversation.menu))


def _asks(scene: Scene, turn: Turn) -> bool:
    """True for a reply that an album's later file must not leave out: nothing was stored, or it asks something new."""
    acts = {choice.act.partition(":")[0] for shown in turn.messages if shown.menu for choice in shown.menu.choices}
    return not turn.wishes or "keep" in acts or ("agree" in acts and scene.conversation.confirm != "raw")


def add_place(scene: Scene, fact: PlaceReceived, after: After | None = None, about: Asked | None = None) -> Flow | None:
    """A place became a part; None if there is no such place.

    Where the ward is not known yet, it is asked whether the place may be used to find it.
    """
    place = parts.rounded(fact)
    return None if place is None else _add(scene, (), thing=place, after=after or partial(_placed, place), about=about)


def add_pending(scene: Scene, text: str) -> Flow:
    """A word that might have been a command was part of the tip after all."""
    return _add(scene, (text,))


def choice_part(scene: Scene, answer: Line, about: Asked) -> tuple[Conversation, KeepChoice] | None:
    """A chosen answer as a part, in its words; None where the draft is full."""
    draft = open_draft(scene.conversation)
    if len(draft.parts) >= MAX_PARTS:
        return None
    kept = KeepChoice(draft.id, scene.fresh.take(_FIRST_PART_ID), answer)
    whole = replace(draft, parts=(*draft.parts, Part(kept.part, "text", about)))
    return replace(scene.conversation, draft=whole), kept


def weighed(scene: Scene, fact: MediaReceived) -> MediaReceived | MediaRefused:
    """The file, or that it is refused because the tip would hold too much with it."""
    if _draft(scene).weight + parts.weight(fact.media) <= MAX_MEGABYTES * 1_000_000 // WEIGHT:
        return fact
    return MediaRefused(fact.at, fact.channel, fact.fresh, "full", fact.caption, fact.kind, coming=fact.coming)


def full(scene: Scene, above: tuple[Line, ...] = ()) -> Flow:
    """The draft takes no more parts."""
    return card(scene, scene.conversation, (*above, line("draft-full", max=MAX_PARTS)))


def alarming(scene: Scene, text: str) -> bool:
    """True where a text must be noted and answered with 113 or 111, whatever was being asked."""
    return bool(danger.alarm(text, _draft(scene).told))


def tells(text: str) -> bool:
    """True for a text that says more than a name or an answer would: it is not to be lost."""
    return len(text.split()) > _SHORT


def split(text: str) -> tuple[str, ...]:
    """Pieces of at most `MAX_TEXT` characters, cut after a line or a word where one ends; joined they are the text."""
    pieces = []
    while len(text) > MAX_TEXT:
        word_end = max(text.rfind("\n", 0, MAX_TEXT), text.rfind(" ", 0, MAX_TEXT)) + 1
        cut = word_end if word_end > MAX_TEXT // 2 else MAX_TEXT
        pieces.append(text[:cut])
        text = text[cut:]
    return (*pieces, text)


def _add(
    scene: Scene,
    texts: tuple[str, ...],
    *,
    thing: Thing | None = None,
    edited: bool = False,
    after: After | None = None,
    about: Asked | None = None,
) -> Flow:
    draft = _draft(scene)
    text = "\n".join(texts)
    plain = plain_words(text)
    alarm = danger.alarm(text, draft.told, plain)
    if draft.target is None and not scene.desk.open:
        return hotlines.shut(scene, alarm, greets=bool(alarm))
    if len(draft.parts) + len(texts) + (thing is not None) > MAX_PARTS:
        return full(scene, alarm)
    added = _noted(scene, draft, texts, thing, edited=edited and bool(draft.parts), about=about)
    if draft.target is None and "offer" not in draft.told and staff.accused(text, plain):
        added = _naming_staff(added)
    if alarm:
        return _alarmed(scene, added, alarm)
    if any(not part.agreed for part in open_draft(added.conversation).parts[len(draft.parts) :]):
        return stored_first(added.wishes, ask_raw(scene, added.conversation, added.above))
    if _owed(open_draft(added.conversation)) or doors.is_offer_due(open_draft(added.conversation), scene.desk):
        return stored_first(added.wishes, card(scene, added.conversation, added.above))
    return stored_first(added.wishes, (after or _show_card)(scene, added))


def _draft(scene: Scene) -> Draft:
    """The open draft, or a new one: an addition as long as a tip is open."""
    conversation = scene.conversation
    return conversation.draft or Draft(scene.fresh.take(_DRAFT_ID), scene.at, target=conversation.mail)


def open_draft(conversation: Conversation) -> Draft:
    """The draft of a conversation that has one."""
    assert conversation.draft is not None
    return conversation.draft


def _noted(
    scene: Scene, draft: Draft, texts: tuple[str, ...], thing: Thing | None, *, edited: bool, about: Asked | None
) -> Added:
    ids = (scene.fresh.take(n) for n in range(_FIRST_PART_ID, _FIRST_PART_ID + MAX_PARTS))
    things = () if thing is None else (parts.kept(thing, draft.id, next(ids)),)
    kept = tuple(KeepText(draft.id, next(ids), text) for text in texts)
    added = (*(parts.part(one, about) for one in things), *(Part(one.part, "text", about) for one in kept))
    own = own_name.found("\n".join(texts))
    owed = draft.told if own is None else draft.told | {f"{_OWED}{own}:{added[-1].id.hex()}"}
    whole = replace(draft, parts=(*draft.parts, *added), told=owed)
    above = (
        *(parts.noted(one) for one in things if parts.part(one).agreed),
        *((line("draft-edited", n=len(draft.parts) + 1),) if edited else ()),
        *((line("draft-split", count=len(texts)),) if len(texts) > 1 else ()),
    )
    return Added(replace(scene.conversation, draft=whole), (*things, *kept), above, texts)


def _naming_staff(added: Added) -> Added:
    """The offer to pass over the ward is owed."""
    draft = open_draft(added.conversation)
    owed = replace(draft, told=draft.told | {"staff"})
    return replace(added, conversation=replace(added.conversation, draft=owed))


def ask_raw(scene: Scene, conversation: Conversation, above: tuple[Line, ...] = (), then: str = "") -> Flow:
    """May a file go along that could not be cleaned? `then` is what waits for the answer: "send", "send-now" or ""."""
    part = open_draft(conversation).unagreed
    if part is None:
        return card(scene, conversation, above)
    menu = cards.items(f"agree:{part.id.hex()}:{then}", f"refuse:{part.id.hex()}:{then}")
    shown = cards.message(*above, line("media-raw"), menu=menu)
    return Turn(replace(conversation, state="confirm", confirm="raw"), (shown,))


def _alarmed(scene: Scene, added: Added, alarm: tuple[Line, ...]) -> Turn:
    """113 or 111 first; sending is then one step away."""
    draft = open_draft(added.conversation)
    draft = replace(draft, told=draft.told | {alarm[0].key, "hint"})
    truth = () if scene.conversation.greeted else (start.truth(scene),)
    menu = cards.CHILD if alarm[0].key == "child" else cards.URGENT
    asked = (line("find-ask"),) if doors.lacking(draft, scene.desk) and menu is cards.URGENT else ()
    shown = cards.message(*alarm, *truth, *asked, menu=menu)
    conversation = replace(added.conversation, state="collect", confirm=None, draft=draft)
    if doors.lacking(draft, scene.desk):
        conversation = replace(conversation, state="find", seek="tip")
    return Turn(conversation, (shown,), added.wishes, greets=True)


def _show_card(scene: Scene, added: Added) -> Flow:
    draft = open_draft(added.conversation)
    if doors.lacking(draft, scene.desk):
        return card(scene, added.conversation, (*added.above, *((doors.noted(draft),) if added.texts else ())))
    if not added.texts or draft.target is not None or "hint" in draft.told:
        return card(scene, added.conversation, added.above)
    conversation = replace(added.conversation, draft=replace(draft, told=draft.told | {"hint"}))
    return card(scene, conversation, added.above, hints.missing(added.text, scene.conversation.language))


def _placed(place: PlaceReceived, scene: Scene, added: Added) -> Flow:
    if doors.lacking(open_draft(added.conversation), scene.desk):
        return doors.pin(added.conversation, "tip", place, added.above)
    return _show_card(scene, added)


def _owed(draft: Draft) -> str | None:
    """The first warning not yet given whose part is still there."""
    present = {part.id.hex() for part in draft.parts}
    owed = sorted(told for told in draft.told if told.startswith(_OWED))
    return next((told for told in owed if told.rpartition(":")[2] in present), None)


def _warn(conversation: Conversation, draft: Draft, owed: str, above: tuple[Line, ...]) -> Turn:
    _, what, part = owed.split(":")
    number = next(n for n, kept in enumerate(draft.parts, 1) if kept.id.hex() == part)
    draft = replace(draft, told=draft.told - {owed})
    question = cards.message(*above, line("warn-name", what=what, n=number), menu=cards.items("keep", f"drop:{part}"))
    return Turn(replace(conversation, draft=draft), (question,))


def happening_now(scene: Scene) -> Flow:
    """The matter is going on: 113 first, then one step to send."""
    draft = open_draft(scene.conversation)
    draft = replace(draft, urgent=True, told=draft.told | {"urgent"})
    noted = line("urgent-set" if scene.desk.staffed else "urgent-set-none")
    shown = cards.message(line("urgent"), noted, menu=cards.URGENT)
    return Turn(replace(scene.conversation, state="collect", confirm=None, draft=draft), (shown,))
