"""The step before sending, erasing and being forgotten, and these acts themselves.

Owns every wish that files, appends or erases a whole draft. Nothing else may.
"""

from __future__ import annotations

from collections.abc import Generator

from handlers import cards, doors, hotlines, intake, mailbox, proof, receipt, start
from handlers.conversation import Conversation, Draft, OpenMail
from handlers.facts import MediaReceived, MediaRefused, PlaceReceived, TextReceived
from handlers.numbers import is_yes
from handlers.questions import Answer, FindBackups, FindDesk, ListUnits, Question, ask
from handlers.records import replace
from handlers.routing import desk_of
from handlers.turn import Flow, Scene, Turn, after, settle
from handlers.values import Desk, Line, line
from handlers.wishes import AppendParts, DropParts, FileTip, ForgetChat, TellNews

SUBMIT = cards.items("submit", "back")
SUBMIT_OR_TELL = cards.items("submit-quiet", "submit-tell", "back")
_TELL = "tell"
"""Hint of a draft whose writer chose to be told of replies."""
_TO = "to:"
"""Hint of a draft: the unit that was named when it was asked whether to send."""
ERASE = cards.items("erase", "back")
FORGET = cards.items("forget-yes", "back")
_BARE = ("erase", "forget", "proof")
"""Acts that take nothing more: what comes before them is a yes, or asked about again."""


def ask_send(scene: Scene, above: tuple[Line, ...] = ()) -> Flow:
    """Before a new tip is sent: how much goes to whom. An addition goes at once."""
    if intake.open_draft(scene.conversation).target is not None:
        return submit(scene)
    return before_sending(scene, scene.conversation, above)


def ask_send_typed(scene: Scene) -> Flow:
    """The word "gửi": asked in every case."""
    return before_sending(scene, scene.conversation)


def before_sending(scene: Scene, conversation: Conversation, above: tuple[Line, ...] = ()) -> Flow:
    """The question itself, for a conversation that may just have become another."""
    draft = conversation.draft
    if draft is None:
        return intake.card(scene, conversation, above)
    if draft.target is None and not scene.desk.open:
        return hotlines.shut(scene, above)
    if doors.lacking(draft, scene.desk):
        return doors.seek_ward(conversation, "tip", above)
    if draft.unagreed is not None:
        return intake.ask_raw(scene, conversation, above, "send")
    offered = _may_be_told(scene, draft)
    key, menu = ("send-confirm", SUBMIT_OR_TELL) if offered else ("send-confirm-web", SUBMIT)
    desk = desk_of(draft, scene.desk)
    told = (
        *(cards.route_lines(desk) if desk.routed else ()),
        line(key, count=len(draft.parts), unit=desk.receiver_name),
    )
    asked = replace(draft, told=_without_receiver(draft.told) | {f"{_TO}{desk.receiver}"})
    conversation = replace(conversation, state="confirm", confirm="send", draft=asked)
    return Turn(conversation, (cards.message(*above, *told, menu=menu),))


def _without_receiver(told: frozenset[str]) -> frozenset[str]:
    return frozenset(hint for hint in told if not hint.startswith(_TO))


def _receiver_changed(draft: Draft, desk: Desk) -> bool:
    """True where another unit would receive it than the one that sending was agreed to. What is urgent goes at once."""
    named = next((hint.removeprefix(_TO) for hint in draft.told if hint.startswith(_TO)), desk.receiver)
    return named != desk.receiver and not draft.urgent


def _may_be_told(scene: Scene, draft: Draft) -> bool:
    """True where to be told of replies is offered: not on a page, not in a hurry, not once more for the same tip."""
    return not (scene.channel.is_page or draft.urgent or draft.target is not None)


def ask_erase(scene: Scene, above: tuple[Line, ...] = ()) -> Flow:
    """Before the open draft is erased."""
    draft = scene.conversation.draft
    if draft is None:
        return Turn(scene.conversation, (cards.message(*above, line("erase-none")),))
    question = cards.message(*above, line("erase-ask", count=len(draft.parts)), menu=ERASE)
    return Turn(replace(scene.conversation, state="confirm", confirm="erase"), (question,))


def ask_forget(scene: Scene, above: tuple[Line, ...] = ()) -> Flow:
    """Before everything kept about this chat is erased."""
    question = cards.message(*above, line("forget-ask"), menu=FORGET)
    return Turn(replace(scene.conversation, state="confirm", confirm="forget"), (question,))


def ask_stop(scene: Scene, text: str, above: tuple[Line, ...] = ()) -> Flow:
    """The word "dung" may be "dừng" or "đúng": ask which, and keep the word until then."""
    question = cards.message(*above, line("stop-ask"), menu=cards.items("stop-yes", f"content:{text}"))
    return Turn(replace(scene.conversation, state="confirm", confirm="stop"), (question,))


def view(scene: Scene, above: tuple[Line, ...] = ()) -> Flow:
    """The present question again."""
    match scene.conversation.confirm:
        case "erase":
            return ask_erase(scene, above)
        case "forget":
            return ask_forget(scene, above)
        case "proof":
            return proof.ask(scene, above)
        case "stop":
            word = next((act for _, act in scene.conversation.menu if act.startswith("content:")), "content:")
            return ask_stop(scene, word.partition(":")[2], above)
        case "wait" if scene.coming:
            return _wait(scene, above)
        case _:
            return before_sending(scene, scene.conversation, above)


def add_text(scene: Scene, fact: TextReceived) -> Flow | None:
    """Before sending: one part more, asked again. Before erasing: only yes counts; None asks again."""
    match scene.conversation.confirm:
        case "send" | "wait":
            return intake.add_text(scene, fact, _more)
        case "erase" if is_yes(fact.text) and not fact.edited:
            return erase(scene)
        case "forget" if is_yes(fact.text) and not fact.edited:
            return forget(scene)
        case "proof" if is_yes(fact.text) and not fact.edited:
            return proof.take(scene)
        case act if act in _BARE and not intake.alarming(scene, fact.text):
            return None
        case _:
            return intake.add_text(scene, fact)


def add_media(scene: Scene, fact: MediaReceived | MediaRefused) -> Flow | None:
    """Before sending: one part more, asked again. Before erasing: not taken; None asks again.

    Sending that was chosen waits for the last file on its way. One that failed is told, and sending asked again.
    """
    match scene.conversation.confirm:
        case "wait" if isinstance(fact, MediaReceived):
            return intake.add_media(scene, fact, _arrived)
        case "send" | "wait":
            return intake.add_media(scene, fact, _more)
        case act if act in _BARE and not intake.alarming(scene, fact.caption):
            return None
        case _:
            return intake.add_media(scene, fact)


def add_place(scene: Scene, fact: PlaceReceived) -> Flow | None:
    """As media: before sending one part more, asked again; before erasing not taken."""
    if scene.conversation.confirm in _BARE:
        return None
    return intake.add_place(scene, fact, _more if scene.conversation.confirm in ("send", "wait") else None)


def _arrived(scene: Scene, added: intake.Added) -> Flow:
    """One file fewer is on its way: the last one sends what was chosen to be sent."""
    if scene.coming:
        return Turn(added.conversation)
    return submit(replace(scene, conversation=added.conversation))


def _wait(scene: Scene, above: tuple[Line, ...] = ()) -> Turn:
    """Sending waits for files on their way. Any other question or card of this chat ends the waiting."""
    shown = cards.message(*above, line("send-wait"))
    return Turn(replace(scene.conversation, state="confirm", confirm="wait", menu=()), (shown,))


def _more(scene: Scene, added: intake.Added) -> Flow:
    return before_sending(scene, added.conversation, added.above)


def submit_quiet(scene: Scene) -> Flow:
    """Send, and look for replies oneself."""
    draft = intake.open_draft(scene.conversation)
    quiet = replace(scene.conversation, draft=replace(draft, told=draft.told - {_TELL}))
    return submit(replace(scene, conversation=quiet))


def submit_tell(scene: Scene) -> Flow:
    """Send, and be told here of replies: also where sending must wait for a file first."""
    draft = intake.open_draft(scene.conversation)
    asked = replace(scene.conversation, draft=replace(draft, told=draft.told | {_TELL}))
    return submit(replace(scene, conversation=asked))


def submit(scene: Scene) -> Flow:
    """Send: a new tip is filed, an addition appended, each in one piece.

    One whose door has meanwhile become the very ward it passes over is not: who shall receive it is asked again. Nor is
    one that another unit would receive than the one that was named: whether to send it is asked again.
    """
    draft = intake.open_draft(scene.conversation)
    if draft.unagreed is not None:
        return intake.ask_raw(scene, scene.conversation, (), "send-now" if draft.urgent else "send")
    if doors.lacking(draft, scene.desk):
        return doors.seek_ward(scene.conversation, "tip")
    if scene.coming and (draft.target is None or start.has_key(draft.target)):
        return _wait(scene)
    if draft.target is not None:
        return _append(scene, draft, draft.target)
    if not scene.desk.open:
        return hotlines.shut(scene)
    if draft.door is not None and scene.desk.receiver == scene.conversation.unit:
        return doors.choose(replace(scene.conversation, draft=replace(draft, door=None)), scene.desk)
    desk = desk_of(draft, scene.desk)
    if _receiver_changed(draft, desk):
        why = () if desk.routed else cards.route_lines(desk)
        return before_sending(scene, scene.conversation, (line("send-changed"), *why))
    there = replace(scene, desk=desk)
    return _file(there, draft) if draft.door is None or not _in_a_ward(scene) else _file_past(there, draft)


def _in_a_ward(scene: Scene) -> bool:
    """True where the chat is of a ward, which a draft with a door passes over."""
    conversation = scene.conversation
    return conversation.unit is not None or conversation.box is not None or not scene.desk.others


def _file_past(scene: Scene, draft: Draft) -> Generator[Question, Answer, Turn]:
    ward = yield from ask(FindDesk(scene.conversation.box, scene.conversation.unit))
    return _file(scene, draft, ward.unit)


def _file(scene: Scene, draft: Draft, passed: str | None = None) -> Turn:
    desk, sent = scene.desk, replace(draft, told=_without_receiver(draft.told))
    filed = FileTip(desk.unit, desk.receiver, desk.box, sent, passed)
    then = start.resume(scene, start.unpark(scene.conversation))
    if _TELL in draft.told and _may_be_told(scene, draft):
        given = receipt.given(scene, draft, then, mailbox.notify_on(scene))
        return replace(given, wishes=(TellNews(None), filed))
    return replace(receipt.given(scene, draft, then), wishes=(filed,))


def send_now(scene: Scene) -> Flow:
    """The urgent path: one step, marked urgent."""
    draft = intake.open_draft(scene.conversation)
    urgent = replace(scene, conversation=replace(scene.conversation, draft=replace(draft, urgent=True)))
    return _to_the_top(urgent) if doors.lacking(draft, scene.desk) else submit(urgent)


def _to_the_top(scene: Scene) -> Generator[Question, Answer, Turn]:
    """Urgent, and the ward not known: nothing is asked but the province, and not even that where there is one."""
    hits = yield from ask(ListUnits())
    if hits.under is not None and hits.desk is not None:
        return (yield from settle(submit(doors.aimed(scene, hits.desk, door=True))))
    return doors.listing(scene.conversation, "send", hits, 0)


def _append(scene: Scene, draft: Draft, target: OpenMail) -> Flow:
    if not start.has_key(target):
        conversation = replace(scene.conversation, state="code", confirm=None, menu=())
        return Turn(conversation, (cards.message(line("code-again")),))
    conversation = start.unpark(replace(scene.conversation, mail=None))
    then = start.resume(scene, conversation, line("done-more"))
    return replace(then, wishes=(AppendParts(target, draft),))


def erase(scene: Scene) -> Flow:
    """The open draft is gone; a tip that is open stays open, a parked draft is taken up again."""
    draft = intake.open_draft(scene.conversation)
    done = (line("erase-done"), *((line("erase-done-zalo"),) if scene.channel.name == "zalo" else ()))
    dropped = DropParts(tuple(part.id for part in draft.parts))
    without = replace(scene.conversation, draft=None, confirm=None)
    if without.mail is not None:
        return after((dropped,), intake.tip_ask(scene, without, done))
    return replace(start.resume(scene, start.unpark(without), *done), wishes=(dropped,))


def forget(scene: Scene) -> Generator[Question, Answer, Turn]:
    """Nothing about this chat is kept; tips already sent stay with the police."""
    blank = Conversation(language=scene.conversation.language)
    days = yield from ask(FindBackups())
    gone = line("forget-gone") if days is None else line("forget-done", days=days)
    return Turn(blank, (cards.message(gone),), forgetting(scene.conversation), greets=True)


def forgetting(conversation: Conversation) -> tuple[DropParts | ForgetChat, ...]:
    """Every part of every draft, then the chat itself."""
    parts = parts_of(conversation)
    return (*((DropParts(parts),) if parts else ()), ForgetChat())


def parts_of(conversation: Conversation) -> tuple[bytes, ...]:
    """Every part noted and not sent."""
    drafts = (draft for draft in (conversation.draft, conversation.parked) if draft is not None)
    return tuple(part.id for draft in drafts for part in draft.parts)


def back(scene: Scene) -> Flow:
    """0: nothing is sent, nothing is erased."""
    if scene.conversation.draft is None and scene.conversation.mail is None:
        return start.home(scene)
    return intake.begin(scene)
