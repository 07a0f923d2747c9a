"""One fact through the core: time-outs, rules before the table, the table, and what goes around every reply.

Owns the order of these and nothing of what is said in between. Asks at most two questions a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Generator

from handlers import cards, commands, confirm, find, intake, start, traces
from handlers.conversation import Conversation
from handlers.facts import (
    AnyFact,
    ChoicePressed,
    CodeEntered,
    GroupSeen,
    Left,
    MediaReceived,
    MediaRefused,
    Started,
    TextReceived,
)
from handlers.folding import clean
from handlers.numbers import chosen_number
from handlers.present import again, present, with_top
from handlers.questions import Answer, FindDesk, Question, ask
from handlers.records import replace
from handlers.silence import lapse
from handlers.table import REFUSED, TABLE, step_back
from handlers.timeline import clock
from handlers.turn import Flow, Scene, Turn, settle
from handlers.values import Line, Menu, Message, line
from handlers.wishes import ClearChat, ClearTyped, DropParts, ForgetChat, Keep, LeaveGroup, Outcome, Say

QUESTIONS = 2
"""Reads one fact may need."""
OUTAGE = 5 * 60
"""Seconds a message waits before its sender is told that the box was away (FLOWS §3.16)."""
_SERIAL_ID = 1
_SERIAL_DIGITS = 8
"""Two menus of a chat must not share a serial by chance: a press on the old one would act on the new."""
_NUMBER_WORD_STATES = frozenset({"confirm", "route", "review", "board", "topics"})


def step(conversation: Conversation, fact: AnyFact, answer: Callable[[Question], Answer]) -> Outcome:
    """What `fact` does to `conversation`. `answer` reads; it changes nothing."""
    match fact:
        case GroupSeen():
            told = cards.message(line("group", link=fact.link))
            return Outcome(conversation, (Say(told), LeaveGroup()))
        case Left():
            return Outcome(Conversation(language=conversation.language), confirm.forgetting(conversation))
    course = _course(conversation, fact)
    try:
        question = next(course)
        while True:
            question = course.send(answer(question))
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # a generator's result is untyped in StopIteration


def _course(conversation: Conversation, fact: AnyFact) -> Generator[Question, Answer, Outcome]:
    found, erased, notes = lapse(conversation, fact.at)
    desk = yield from ask(_which_desk(found, fact))
    if found.draft is None and desk.known:
        found = replace(found, unit=desk.unit, box=desk.box)
    scene = Scene(replace(found, puzzled=0), fact.at, fact.channel, fact.fresh, desk, found.puzzled, fact.coming)
    turn = yield from settle(_decide(scene, fact))
    outcome = _outcome(scene, *_after_an_outage(scene, fact, turn, notes), erased)
    return _cleared(conversation, found, outcome, fact)


def _after_an_outage(scene: Scene, fact: AnyFact, turn: Turn, notes: tuple[Line, ...]) -> tuple[Turn, tuple[Line, ...]]:
    """That a message which waited for us is noted after all: said once for all that waited, never above an alarm."""
    if fact.sent is None or fact.at - fact.sent < OUTAGE or not turn.messages or turn.greets:
        return turn, notes
    if scene.at - scene.conversation.back < OUTAGE or not any(isinstance(wish, Keep) for wish in turn.wishes):
        return turn, notes
    told = replace(turn, conversation=replace(turn.conversation, back=scene.at))
    return told, (*notes, line("back-up", time=clock(fact.sent)))


def _which_desk(conversation: Conversation, fact: AnyFact) -> FindDesk:
    if isinstance(fact, Started) and fact.box is not None and conversation.draft is None:
        return FindDesk(fact.box)
    if conversation.draft is not None and conversation.draft.door is not None:
        return FindDesk(None, conversation.draft.door)
    typed = find.typed_code(conversation, fact) if isinstance(fact, TextReceived) else None
    return FindDesk(conversation.box, conversation.unit, typed)


def _decide(scene: Scene, fact: AnyFact) -> Flow:
    match fact:
        case ChoicePressed() if fact.serial != scene.conversation.serial:
            return _repeated(present(scene))
        case TextReceived() if scene.desk.named:
            return find.named(scene, fact)
        case TextReceived():
            return _text(scene, replace(fact, text=clean(fact.text)))
        case MediaReceived() | MediaRefused():
            found = replace(fact, caption=clean(fact.caption))
            return _by_table(scene, intake.weighed(scene, found) if isinstance(found, MediaReceived) else found)
        case _:
            return _by_table(scene, fact)


def _repeated(flow: Flow) -> Generator[Question, Answer, Turn]:
    """What stands is shown again: whoever clicked twice may press either of the two menus he then sees."""
    turn = yield from settle(flow)
    return replace(turn, repeats=True)


def _by_table(scene: Scene, fact: AnyFact) -> Flow:
    pair = scene.conversation.state, type(fact)
    flow = None if pair in REFUSED else TABLE[pair].handler(scene, fact)
    return again(scene) if flow is None else flow


def _text(scene: Scene, fact: TextReceived) -> Flow:
    if not fact.text.strip():
        return again(scene)
    state = scene.conversation.state
    number = chosen_number(fact.text, words=state in _NUMBER_WORD_STATES)
    is_choice = number is not None and _may_choose(scene.conversation, number)
    command = None if is_choice else commands.rule(scene, fact)
    if fact.edited and (is_choice or command is not None):
        return present(scene)
    if command is not None:
        return command
    if number is None or not is_choice:
        return _by_table(scene, fact)
    if state == "code":
        return step_back(scene)
    return _by_table(scene, ChoicePressed(fact.at, fact.channel, fact.fresh, scene.conversation.serial, number))


def _may_choose(conversation: Conversation, number: int) -> bool:
    """A receipt's digits are no choice, and a house number is an answer where it is not on the menu."""
    match conversation.state:
        case "code":
            return number == 0
        case "ask":
            return number in dict(conversation.menu)
        case "find":
            return number == 0 or number in dict(conversation.menu)
        case _:
            return True


def _outcome(scene: Scene, turn: Turn, notes: tuple[Line, ...], erased: tuple[bytes, ...]) -> Outcome:
    dropped = (DropParts(erased),) if erased else ()
    turn = with_top(turn, (*_first(scene, turn, notes),))
    if any(isinstance(wish, ForgetChat) for wish in turn.wishes):
        return Outcome(turn.conversation, (*dropped, *turn.wishes, *(Say(message) for message in turn.messages)))
    conversation, messages = _stamped(scene, turn)
    if conversation.state != "ask":
        conversation = replace(conversation, asking=None)
    if conversation.state != "find":
        conversation = replace(conversation, seek=None)
    if conversation.state != "receipt":
        conversation = replace(conversation, given=None)
    touched = replace(conversation, touched=scene.at, greeted=scene.conversation.greeted or bool(messages))
    return Outcome(touched, (*dropped, *turn.wishes, *(Say(message) for message in messages)))


def _cleared(before: Conversation, found: Conversation, outcome: Outcome, fact: AnyFact) -> Outcome:
    """Besides, what ended goes from the chat: by silence since `before`, and by this fact since it was `found`."""
    after = traces.begun(outcome.conversation, fact.at)
    gone: tuple[ClearChat | ClearTyped, ...]
    if any(isinstance(wish, ForgetChat) for wish in outcome.wishes):
        after, gone = outcome.conversation, traces.EVERYTHING
    else:
        gone = (*traces.ended(before, found, fact.at), *traces.ended(found, after), *_typed(found, after, fact))
    return Outcome(after, (*outcome.wishes, *(gone if fact.channel.deletes else ())))


def _typed(found: Conversation, after: Conversation, fact: AnyFact) -> tuple[ClearTyped, ...]:
    """A message with a code goes at once, and the answer that a code is noted with the code."""
    noted = len(after.receipts) < len(found.receipts)
    return (ClearTyped(),) if isinstance(fact, CodeEntered) or noted else ()


def _first(scene: Scene, turn: Turn, notes: tuple[Line, ...]) -> tuple[Line, ...]:
    """What goes above the reply: that this is a demonstration, what silence did, who speaks here."""
    if scene.conversation.greeted:
        return notes
    demo = (line("start-demo"),) if scene.desk.demo else ()
    return (*demo, *notes, *(() if turn.greets else start.short_greeting(scene)))


def _stamped(scene: Scene, turn: Turn) -> tuple[Conversation, tuple[Message, ...]]:
    """The menu's serial on the message that has one and in the conversation; a menu left behind is forgotten."""
    serial = scene.fresh.take(_SERIAL_ID).hex()[:_SERIAL_DIGITS]
    menus = [message.menu for message in turn.messages if message.menu is not None]
    if not menus:
        stays = turn.conversation.state == scene.conversation.state and turn.conversation.menu
        conversation = turn.conversation if stays else replace(turn.conversation, serial="", menu=())
        return conversation, turn.messages
    shown = tuple((choice.number, choice.act) for choice in menus[-1].choices)
    if turn.repeats and shown == scene.conversation.menu:
        serial = scene.conversation.serial
    messages = tuple(
        message if message.menu is None else replace(message, menu=Menu(serial, message.menu.choices))
        for message in turn.messages
    )
    return replace(turn.conversation, serial=serial, menu=shown), messages
