"""The board of hotline numbers, and the box that takes nothing now.

Owns paging of the board. The numbers themselves are read by `FindBoard`.
"""

from __future__ import annotations

from collections.abc import Generator

from handlers import cards, doors
from handlers.questions import Answer, FindBoard, Question, SearchBoard, ask
from handlers.records import replace
from handlers.turn import Flow, Scene, Turn
from handlers.values import Board, Hotline, Line, line

PAGE = 4
"""Numbers on one page of the board: with the head and the note at most six lines (FLOWS §1)."""

_NATIONAL = 5
"""National numbers told at once to who types one of them: those of three digits, which come first."""


def show(scene: Scene) -> Flow:
    """The ward's numbers; while it is not known which ward, that is asked first, unless something is being told."""
    if scene.desk.known or scene.conversation.draft is not None:
        return of(scene, _home(scene))
    return doors.seek_ward(scene.conversation, "board")


def of(scene: Scene, unit: str, page: int = 0) -> Generator[Question, Answer, Turn]:
    """One page of a unit's numbers."""
    return shown(scene, (yield from ask(FindBoard(unit))), page)


def more(scene: Scene, argument: str) -> Generator[Question, Answer, Turn]:
    """Another page: "1" of the ward's own numbers, "1:18118" of another's."""
    page, _, unit = argument.partition(":")
    return of(scene, unit or _home(scene), int(page))


def asked(scene: Scene, words: str) -> Flow:
    """A question for numbers: those of the ward it names, else the ward's own."""
    if not scene.desk.others:
        return show(scene)
    return _own_or_named(scene, words) if scene.desk.known else _named(scene, words)


def _own_or_named(scene: Scene, words: str) -> Generator[Question, Answer, Turn]:
    return shown(scene, (yield from ask(FindBoard(_home(scene), words))))


def _named(scene: Scene, words: str) -> Generator[Question, Answer, Turn]:
    board = yield from ask(SearchBoard(words))
    return doors.seek_ward(scene.conversation, "board") if board is None else shown(scene, board)


def _home(scene: Scene) -> str:
    """The chat's ward, also while a draft passes over it."""
    return scene.conversation.unit or scene.desk.unit


def shown(scene: Scene, board: Board, page: int = 0) -> Turn:
    """One page of a board."""
    start = page * PAGE if page * PAGE < len(board.lines) else 0
    own = board.code in ("", _home(scene))
    further = f"more:{start // PAGE + 1}" + ("" if own else f":{board.code}")
    acts = (further,) if start + PAGE < len(board.lines) else ()
    numbers = tuple(_number(hotline) for hotline in board.lines[start : start + PAGE])
    card = cards.message(*_head(board), *numbers, *_checked(board), menu=cards.items(*acts, "back"))
    return Turn(replace(scene.conversation, state="board", confirm=None), (card,))


def called(scene: Scene) -> Generator[Question, Answer, Turn]:
    """The text "114" alone: the numbers of the whole country first, whatever ward it is."""
    board = yield from ask(FindBoard(_home(scene)))
    numbers = tuple(_number(hotline) for hotline in board.lines if hotline.national)
    head = line("board-head", unit=board.unit)
    card = cards.message(head, *numbers[:_NATIONAL], menu=cards.items("more:0", "back"))
    return Turn(replace(scene.conversation, state="board", confirm=None), (card,))


def shut(scene: Scene, above: tuple[Line, ...] = (), *, greets: bool = False) -> Generator[Question, Answer, Turn]:
    """The box takes nothing now: say so and name the numbers. What is noted stays noted."""
    board = yield from ask(FindBoard(scene.desk.unit))
    numbers = tuple(_number(hotline) for hotline in board.lines[:PAGE])
    card = cards.message(*above, line("box-shut"), *numbers, menu=cards.home(scene.channel, shut=True))
    return Turn(replace(scene.conversation, state="idle", confirm=None), (card,), greets=greets)


def _head(board: Board) -> tuple[Line, ...]:
    head = line("board-head", unit=board.unit)
    own = any(not hotline.national for hotline in board.lines)
    return (head,) if own else (head, line("board-none", unit=board.unit))


def _number(hotline: Hotline) -> Line:
    """One number: whose it is if a unit's above, when it is answered if that is known, and that it costs if it does."""
    key = "board-line-paid" if hotline.paid else "board-line"
    if not hotline.hours.vi:
        return line(f"{key}-short", role=hotline.who, number=hotline.number)
    return line(key, role=hotline.who, number=hotline.number, hours=hotline.hours)


def _checked(board: Board) -> tuple[Line, ...]:
    return () if board.checked is None else (line("board-stale", day=board.checked),)
