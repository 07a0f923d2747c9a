"""What is the same for all chats is remembered, and no longer than it holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from bot.service import remembering
from bot.service.remembering import Memory
from storage.repositories import editions, units
from storage.repositories.sheets import StoredSheet
from storage.repositories.sheets import add as add_sheet
from storage.repositories.units import Box, Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NOW = 1_795_000_000
WARD = Unit("18118", "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", None, 0)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = sqlite_engine("sqlite://")
    with engine.begin() as found:
        metadata.create_all(found)
        yield found
    engine.dispose()


class Asker:
    """Counts how often an answer is made."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.made = 0

    def make(self) -> int:
        self.made += 1
        return self.made

    def ask(self, connection: Connection, now: int = NOW, question: str = "q", until: int | None = None) -> int:
        return self.memory.of(connection, now, question, self.make, until=None if until is None else lambda: until)


def test_a_question_is_answered_once_a_second(connection: Connection) -> None:
    asker = Asker()
    assert [asker.ask(connection), asker.ask(connection), asker.ask(connection, question="other")] == [1, 1, 2]
    assert asker.ask(connection, NOW + 1) == 3


def test_an_answer_of_a_later_time_is_not_given_for_an_earlier_one(connection: Connection) -> None:
    asker = Asker()
    assert [asker.ask(connection, NOW), asker.ask(connection, NOW - 1)] == [1, 2]


def test_an_answer_holds_up_to_its_end(connection: Connection) -> None:
    asker = Asker()
    assert [asker.ask(connection, NOW + n, until=NOW + 10) for n in (0, 9, 10)] == [1, 1, 2]


@pytest.mark.parametrize(
    "change",
    [
        lambda c: units.put_unit(c, WARD),
        lambda c: units.put_box(c, Box("abc", "18118", "tổ 1", "group 1")),
        lambda c: add_sheet(c, StoredSheet("18118", 1, b"sheet")),
    ],
    ids=["unit", "box", "sheet"],
)
def test_a_change_of_units_boxes_or_sheets_ends_what_was_remembered(connection: Connection, change: object) -> None:
    asker = Asker()
    asker.ask(connection, until=NOW + 10)
    change(connection)  # type: ignore[operator] # one of the functions above
    assert asker.ask(connection, until=NOW + 10) == 2


def test_a_mark_that_was_rolled_back_never_comes_again(connection: Connection) -> None:
    found = set()
    for _ in range(3):
        with connection.begin_nested() as savepoint:
            editions.renew(connection)
            found.add(editions.edition(connection))
            savepoint.rollback()
    assert len(found) == 3
    assert editions.edition(connection) is None


def test_the_memory_is_bounded(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 3)
    asker = Asker()
    for name in "abcdefgh":
        asker.ask(connection, question=name)
    assert len(asker.memory._held.answers) <= 3


@pytest.mark.parametrize(("now", "change"), [(5, 10), (10, 20), (20, 30), (30, None)])
def test_the_next_change_of_units_is_a_beginning_or_an_end(
    connection: Connection, now: int, change: int | None
) -> None:
    units.put_unit(connection, Unit("1", "a", "a", None, 10, 30))
    units.put_unit(connection, Unit("2", "b", "b", None, 20))
    assert units.next_change(connection, now) == change
