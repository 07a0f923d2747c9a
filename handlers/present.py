"""Showing again where the conversation stands.

Owns the gentle re-prompt: the present question with `not-understood` above it once, the menu the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator

from handlers import agreement, find, guide, hotlines, intake, mailbox, receipt, review, route, start, topics
from handlers.conversation import State
from handlers.questions import Answer, Question
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn, settle
from handlers.values import Line, line

_VIEWS: dict[State, Callable[[Scene], Flow]] = {
    "idle": start.home,
    "collect": intake.begin,
    "ask": guide.view,
    "find": find.view,
    "route": route.view,
    "review": review.show,
    "confirm": agreement.view,
    "code": mailbox.ask_code,
    "mail": mailbox.view,
    "board": hotlines.show,
    "receipt": receipt.view,
    "topics": topics.view,
}


def present(scene: Scene) -> Flow:
    """The present question or card, in the same state."""
    return _VIEWS[scene.conversation.state](scene)


def again(scene: Scene) -> Generator[Question, Answer, Turn]:
    """Not understood: the present question once more; the second time in a row the menu."""
    if scene.puzzled:
        return (yield from settle(start.home(scene)))
    turn = yield from above(present(scene), line("not-understood"))
    return replace(turn, conversation=replace(turn.conversation, puzzled=1))


def no_number(scene: Scene, number: int) -> Flow:
    """A number that is not on the menu."""
    return above(present(scene), line("no-number", n=number))


def above(flow: Flow, *lines: Line) -> Generator[Question, Answer, Turn]:
    """The same turn with lines on top of its first message."""
    turn = yield from settle(flow)
    return with_top(turn, lines)


def below(flow: Flow, *lines: Line) -> Generator[Question, Answer, Turn]:
    """The same turn with lines at the end of its first message: what is pressing stays on top."""
    turn = yield from settle(flow)
    first = replace(turn.messages[0], lines=(*turn.messages[0].lines, *lines))
    return replace(turn, messages=(first, *turn.messages[1:]))


def with_top(turn: Turn, lines: tuple[Line, ...]) -> Turn:
    """The turn with lines on top of its first message; a turn that says nothing stays so."""
    if not turn.messages:
        return turn
    first = replace(turn.messages[0], lines=(*lines, *turn.messages[0].lines))
    return replace(turn, messages=(first, *turn.messages[1:]))
