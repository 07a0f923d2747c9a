"""The board of hotline numbers, and the box that takes nothing now.

Owns paging of the board. The numbers themselves are read by `FindBoard`.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from handlers import cards
from handlers.questions import Answer, FindBoard, Question, ask
from handlers.turn import Scene, Turn
from handlers.values import Board, Hotline, Line, line

PAGE = 4
"""Numbers on one page of the board: with the head and the note at most six lines (FLOWS §1)."""


def show(scene: Scene, page: int = 0) -> Generator[Question, Answer, Turn]:
    """One page of the unit's numbers."""
    board = yield from ask(FindBoard(scene.desk.unit))
    start = page * PAGE if page * PAGE < len(board.lines) else 0
    more = (f"more:{start // PAGE + 1}",) if start + PAGE < len(board.lines) else ()
    shown = tuple(_number(hotline) for hotline in board.lines[start : start + PAGE])
    card = cards.message(*_head(board), *shown, *_checked(board), menu=cards.items(*more, "back"))
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
    return line("board-line", role=hotline.role, number=hotline.number, hours=hotline.hours)


def _checked(board: Board) -> tuple[Line, ...]:
    return () if board.checked is None else (line("board-stale", day=board.checked),)
