"""The conversation's table: state × fact type → handler, and what each choice does.

Owns which moves exist and where they lead. A pair that is neither in `TABLE` nor settled before it (`BEFORE`) is in
`REFUSED` and has one outcome: the present question again. `diagram` draws what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from itertools import product
from typing import get_args

from handlers import (
    agreement,
    cards,
    commands,
    confirm,
    find,
    guide,
    hotlines,
    intake,
    mailbox,
    present,
    proof,
    receipt,
    review,
    route,
    start,
    topics,
)
from handlers.conversation import State
from handlers.facts import (
    AnyFact,
    ChoicePressed,
    CodeEntered,
    CodeMistyped,
    ContactReceived,
    Fact,
    GroupSeen,
    KeptButtonPressed,
    Left,
    MediaReceived,
    MediaRefused,
    PartRemoved,
    PlaceReceived,
    Started,
    StickerReceived,
    TextReceived,
)
from handlers.questions import Answer, Question, SearchBoard, ask
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, settle
from handlers.values import MAX_MEGABYTES, SMALL_MEGABYTES, WEB_MEGABYTES, Line, MediaKind, line

Handler = Callable[..., Flow | None]
"""Takes the scene and the fact (a choice's handler: the scene and the act's argument). None asks again."""

STATES: tuple[State, ...] = get_args(State)
FACTS: tuple[type[Fact], ...] = get_args(AnyFact)
_STICKER_SECONDS = 5 * 60
_SENT: tuple[State, ...] = ("idle", "receipt", "confirm")
"""Where sending leads."""


@dataclass(frozen=True, slots=True)
class Move:
    """A handler and the states it may lead to, apart from the same one."""

    handler: Handler
    to: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class Act(Move):
    """A choice: besides, the states from whose menus it leads there, and whether it needs an open draft."""

    offered: tuple[State, ...] = ()
    drafted: bool = False


def idle_text(scene: Scene, fact: TextReceived) -> Flow:
    """A greeting is greeted; anything else begins a tip."""
    return start.home(scene) if start.is_greeting(fact.text) else intake.add_text(scene, fact)


def board_text(scene: Scene, fact: TextReceived) -> Flow:
    """Another ward's name shows its numbers; anything else is as at the menu."""
    if not scene.desk.others or start.is_greeting(fact.text) or intake.tells(fact.text):
        return idle_text(scene, fact)
    return idle_text(scene, fact) if intake.alarming(scene, fact.text) else _board_named(scene, fact)


def _board_named(scene: Scene, fact: TextReceived) -> Generator[Question, Answer, Turn]:
    board = yield from ask(SearchBoard(fact.text))
    return (yield from settle(idle_text(scene, fact))) if board is None else hotlines.shown(scene, board)


def code_text(scene: Scene, fact: TextReceived) -> Flow | None:
    """Digits are a receipt in the making. Other words are asked back once, then begin a tip."""
    if wrong := mailbox.digits(scene, fact):
        return wrong
    return idle_text(scene, fact) if scene.puzzled or intake.alarming(scene, fact.text) else None


def choose(scene: Scene, fact: ChoicePressed) -> Flow | None:
    """A number of the menu last shown."""
    conversation = scene.conversation
    act = dict(conversation.menu).get(fact.number)
    if act is not None:
        return _do(scene, act)
    if fact.number == 0:
        return step_back(scene)
    if conversation.menu or (conversation.state == "collect" and conversation.draft is None):
        return present.no_number(scene, fact.number)
    return present.present(scene)


def _do(scene: Scene, act: str) -> Flow | None:
    name, _, argument = act.partition(":")
    if ACTS[name].drafted and scene.conversation.draft is None:
        return present.present(scene)
    return ACTS[name].handler(scene, argument)


def step_back(scene: Scene) -> Flow:
    """0 where no menu shows it."""
    match scene.conversation.state:
        case "mail":
            return mailbox.close(scene)
        case "confirm":
            return confirm.back(scene)
        case "find":
            return find.provinces(scene)
        case "route":
            return intake.begin(scene)
        case _:
            return start.home(scene)


def part_removed(scene: Scene, fact: PartRemoved) -> Flow:
    """The page's remove button; for a part that is gone the present card."""
    return review.part_removed(scene, fact) or present.present(scene)


def media_refused(scene: Scene, fact: MediaRefused) -> Flow:
    """Why a file was not noted. The words under it are, as those under a photo would be."""
    why = _why(scene, fact)
    if not fact.caption.strip():
        if scene.conversation.confirm == "wait":
            return present.above(confirm.ask_send_typed(scene), why)
        return Turn(scene.conversation, (cards.message(why),))
    move = _BY_STATE[scene.conversation.state][MediaReceived]
    noted = move.handler(scene, fact) or present.present(scene)
    return present.below(noted, why) if intake.alarming(scene, fact.caption) else present.above(noted, why)


def _why(scene: Scene, fact: MediaRefused) -> Line:
    match fact.reason:
        case "big":
            return _too_big(scene, fact.kind)
        case "full":
            return line("draft-heavy", max=MAX_MEGABYTES)
        case _:
            return line("media-bad")


def _too_big(scene: Scene, kind: MediaKind) -> Line:
    here = scene.channel.limit(kind)
    there = SMALL_MEGABYTES if kind in ("photo", "voice") else WEB_MEGABYTES
    if scene.channel.is_page or here >= there:
        return line("too-big-here", here=here)
    return line("too-big", here=here, web_limit=there, web=scene.channel.web)


def sticker(scene: Scene, _fact: StickerReceived) -> Turn:
    """Said at most once in five minutes, then ignored."""
    conversation = scene.conversation
    if conversation.sticker_at and scene.at - conversation.sticker_at < _STICKER_SECONDS:
        return Turn(conversation)
    return Turn(replace(conversation, sticker_at=scene.at), (cards.message(line("sticker")),))


def contact(scene: Scene, _fact: ContactReceived) -> Turn:
    """A contact card is not taken."""
    return Turn(scene.conversation, (cards.message(line("contact-refused")),))


BEFORE: frozenset[type[Fact]] = frozenset({GroupSeen, Left})
"""Settled by `step` in every state: no word of a group is read, and who leaves is told nothing."""

_EVERYWHERE: dict[type[Fact], Move] = {
    Started: Move(route.started, ("idle", "collect", "route")),
    MediaRefused: Move(media_refused, ("collect",)),
    PartRemoved: Move(part_removed, ("collect", "mail")),
    CodeEntered: Move(mailbox.entered, ("mail", "collect", "code", "idle")),
    KeptButtonPressed: Move(mailbox.kept_pressed, ("mail", "collect", "code", "idle")),
    CodeMistyped: Move(mailbox.mistyped, ("code",)),
    StickerReceived: Move(sticker),
    ContactReceived: Move(contact),
}

_BY_STATE: dict[State, dict[type[Fact], Move]] = {
    "idle": {
        TextReceived: Move(idle_text, ("collect",)),
        MediaReceived: Move(intake.add_media, ("collect", "confirm")),
        PlaceReceived: Move(intake.add_place, ("collect",)),
    },
    "collect": {
        TextReceived: Move(intake.add_text),
        MediaReceived: Move(intake.add_media, ("confirm",)),
        PlaceReceived: Move(intake.add_place),
    },
    "ask": {
        TextReceived: Move(guide.add_text, ("collect", "confirm")),
        MediaReceived: Move(guide.add_media, ("collect", "confirm")),
        PlaceReceived: Move(guide.add_place, ("collect", "confirm")),
    },
    "find": {
        TextReceived: Move(find.add_text, ("collect", "board", *_SENT)),
        MediaReceived: Move(find.add_media, ("confirm",)),
        PlaceReceived: Move(find.add_place),
    },
    "route": {
        TextReceived: Move(route.add_text, ("collect",)),
        MediaReceived: Move(route.add_media, ("collect", "confirm")),
        PlaceReceived: Move(route.add_place, ("collect",)),
    },
    "review": {
        TextReceived: Move(review.add_text, ("collect",)),
        MediaReceived: Move(review.add_media, ("collect", "confirm")),
        PlaceReceived: Move(review.add_place, ("collect",)),
        ChoicePressed: Move(review.choose, ("collect", "mail")),
    },
    "confirm": {
        TextReceived: Move(agreement.add_text, ("collect", "idle", "mail")),
        MediaReceived: Move(confirm.add_media, ("collect", "idle", "code", "receipt")),
        PlaceReceived: Move(confirm.add_place, ("collect",)),
    },
    "code": {
        TextReceived: Move(code_text, ("collect", "idle")),
        MediaReceived: Move(intake.add_media, ("collect", "confirm")),
        PlaceReceived: Move(intake.add_place, ("collect",)),
    },
    "mail": {
        TextReceived: Move(intake.add_text, ("collect",)),
        MediaReceived: Move(intake.add_media, ("collect", "confirm")),
        PlaceReceived: Move(intake.add_place, ("collect",)),
    },
    "board": {
        TextReceived: Move(board_text, ("collect", "idle")),
        MediaReceived: Move(intake.add_media, ("collect", "confirm")),
        PlaceReceived: Move(intake.add_place, ("collect",)),
    },
    "receipt": {
        TextReceived: Move(idle_text, ("collect", "idle")),
        MediaReceived: Move(intake.add_media, ("collect", "confirm")),
        PlaceReceived: Move(intake.add_place, ("collect",)),
    },
    "topics": {
        TextReceived: Move(idle_text, ("collect", "idle")),
        MediaReceived: Move(intake.add_media, ("collect", "confirm")),
        PlaceReceived: Move(intake.add_place, ("collect",)),
    },
}

REFUSED: frozenset[tuple[State, type[Fact]]] = frozenset({("code", ChoicePressed)})
"""Moves that do not exist: while a code is typed there is no menu."""

TABLE: dict[tuple[State, type[Fact]], Move] = {
    **{(state, fact): move for state, (fact, move) in product(STATES, _EVERYWHERE.items())},
    **{(state, ChoicePressed): Move(choose) for state in STATES if (state, ChoicePressed) not in REFUSED},
    **{(state, fact): move for state, moves in _BY_STATE.items() for fact, move in moves.items()},
}


BY_WORD: dict[State, str] = {
    "idle": "menu, 0, asked twice in vain, nothing taken now",
    "find": "ward not known",
    "route": "words about its police",
    "collect": "danger words, own name",
    "confirm": "xóa, quên tôi, gửi, dung",
    "board": "số điện thoại",
}
"""Where words lead from any state, before the table."""


def _plain(handler: Callable[[Scene], Flow]) -> Handler:
    """A choice that carries no argument."""

    def chosen(scene: Scene, _argument: str) -> Flow:
        return handler(scene)

    return chosen


_DRAFTING: tuple[State, ...] = ("collect",)
_ASKED: tuple[State, ...] = ("ask",)
_FINDING: tuple[State, ...] = ("find",)
_ALARMED: tuple[State, ...] = ("collect", "find")
_ROUTING: tuple[State, ...] = ("route",)

ACTS: dict[str, Act] = {
    "tip": Act(_plain(intake.begin), ("collect", "find"), ("idle",)),
    "open": Act(_plain(mailbox.ask_code), ("code",), ("idle",)),
    "board": Act(_plain(hotlines.show), ("board", "find"), ("idle", *_ALARMED)),
    "more": Act(hotlines.more, (), ("board",)),
    "sub": Act(_plain(topics.subscribe), ("topics",), ("idle",)),
    "stop": Act(_plain(topics.stop), ("idle",), ("topics",)),
    "help": Act(_plain(commands.help_), (), ("idle",)),
    "send": Act(_plain(confirm.ask_send), ("confirm", "idle", "code"), _DRAFTING, drafted=True),
    "submit": Act(_plain(confirm.submit), ("idle", "collect", "code", "receipt"), ("confirm",), drafted=True),
    "submit-quiet": Act(_plain(confirm.submit_quiet), ("receipt", "collect", "idle"), ("confirm",), drafted=True),
    "submit-tell": Act(_plain(confirm.submit_tell), ("receipt", "collect", "idle"), ("confirm",), drafted=True),
    "send-now": Act(_plain(confirm.send_now), ("idle", "code", "receipt", "find"), _ALARMED, drafted=True),
    "now": Act(_plain(intake.happening_now), (), _DRAFTING, drafted=True),
    "guide": Act(_plain(guide.begin), ("ask",), _DRAFTING, drafted=True),
    "skip": Act(_plain(guide.skip), ("confirm",), _ASKED, drafted=True),
    "when": Act(guide.choose_when, ("collect", "confirm"), _ASKED, drafted=True),
    "cat": Act(guide.choose_kind, ("confirm",), _ASKED, drafted=True),
    "route": Act(_plain(route.show), ("route",), _DRAFTING, drafted=True),
    "ward": Act(_plain(route.to_ward), ("collect",), _ROUTING, drafted=True),
    "pass": Act(route.pass_over, ("collect",), _ROUTING, drafted=True),
    "other": Act(_plain(route.other), ("find",), _ROUTING, drafted=True),
    "stay": Act(_plain(intake.begin), ("collect",), _ROUTING, drafted=True),
    "link": Act(route.link, ("collect",), _ROUTING, drafted=True),
    "take": Act(find.take, ("collect", "board", *_SENT), _FINDING),
    "over": Act(find.over, ("collect", "board", *_SENT), _FINDING),
    "under": Act(find.listed, (), _FINDING),
    "near": Act(find.near, (), _FINDING),
    "seek": Act(_plain(find.back), (), _FINDING),
    "review": Act(_plain(review.show), ("review",), _ALARMED, drafted=True),
    "agree": Act(agreement.agree, ("collect", "idle", "code", "receipt"), ("confirm",), drafted=True),
    "refuse": Act(agreement.refuse, ("collect", "mail", "idle", "code", "receipt"), ("confirm",), drafted=True),
    "keep": Act(_plain(intake.begin), (), _DRAFTING),
    "drop": Act(review.drop, ("mail",), _DRAFTING, drafted=True),
    "erase": Act(_plain(confirm.erase), ("idle", "collect", "mail"), ("confirm",), drafted=True),
    "forget": Act(_plain(confirm.ask_forget), ("confirm",), ("mail",)),
    "forget-yes": Act(_plain(confirm.forget), ("idle",), ("confirm",)),
    "stop-yes": Act(_plain(commands.stop_chosen), ("collect", "mail", "idle"), ("confirm",)),
    "content": Act(intake.add_pending, ("collect",), ("confirm",)),
    "timeline": Act(_plain(mailbox.timeline), ("idle",), ("mail",)),
    "proof": Act(_plain(proof.ask), ("confirm",), ("mail",)),
    "proof-yes": Act(_plain(proof.take), ("mail", "idle", "collect"), ("confirm",)),
    "tell": Act(_plain(mailbox.tell), ("idle",), ("mail",)),
    "tell-no-more": Act(_plain(mailbox.tell_no_more), ("idle",), ("mail",)),
    "keep-receipt": Act(_plain(receipt.keep_access), ("code",), ("receipt",)),
    "close": Act(_plain(mailbox.close), ("idle", "collect"), ("mail",)),
    "back": Act(_plain(confirm.back), ("idle", "collect", "mail"), ("confirm", "board", "route", "find")),
    "copied": Act(_plain(receipt.copied), ("idle",), ("receipt",)),
    "menu": Act(_plain(start.home), ("idle",), ("receipt",)),
    "leave": Act(_plain(mailbox.view), ("mail", "idle"), _DRAFTING),
}
"""What each choice of a menu does."""


def diagram() -> str:
    """The table as a Mermaid state diagram: facts, and choices in quotes. Staying where one is is not drawn."""
    lines: dict[tuple[str, State], list[str]] = {}
    for fact, move in _EVERYWHERE.items():
        for to in move.to:
            lines.setdefault(("any", to), []).append(fact.__name__)
    for to, words in BY_WORD.items():
        lines.setdefault(("any", to), []).append(words)
    for (state, fact), move in TABLE.items():
        for to in move.to if fact not in _EVERYWHERE else ():
            lines.setdefault((state, to), []).append(fact.__name__)
    for name, act in ACTS.items():
        for state, to in product(act.offered, act.to):
            lines.setdefault((state, to), []).append(f"'{name}'")
    moves = (f"    {a} --> {b}: {', '.join(labels)}" for (a, b), labels in sorted(lines.items()) if a != b)
    return "\n".join(["stateDiagram-v2", '    state "any state" as any', "    [*] --> idle", *moves, ""])
