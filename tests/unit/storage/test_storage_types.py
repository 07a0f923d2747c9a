"""No table tells the order in which its rows came (rule 3: no link that outlives three days)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, String, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from storage.repositories import conversations, inbox, outbox, settings, sheets, units
from storage.repositories.sheets import StoredSheet
from storage.repositories.units import Unit
from storage.tables import metadata

TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
NUMBERED_BY_US = {"n", "seq"}
"""Integer parts of keys: the place in a lane, in a thread, among a unit's sheets. Never alone."""
SAID_BY_OPERATORS = {"duties": {"day", "start"}, "hamlets": {"valid_from"}, "register": {"year"}}
"""Those of public tables: the hour of a week a duty begins at, the day a hamlet's name began, a book's year."""
SAME_FOR_ALL = re.compile(r"DEFAULT ('\w*'|0|false)")
"""What code of before a column writes into it: a word or "no", never a moment or a number."""


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_nothing_is_numbered_or_timed_by_the_database(table):
    on_sqlite = str(CreateTable(table).compile(dialect=sqlite.dialect()))
    on_postgres = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    assert on_sqlite.strip().endswith("WITHOUT ROWID")
    written = SAME_FOR_ALL.sub("", on_sqlite + on_postgres)
    for word in ("AUTOINCREMENT", " SERIAL", " BIGSERIAL", "IDENTITY", "DEFAULT", "UUID", "created", "updated"):
        assert word not in written


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_are_random_hashed_or_natural(table):
    assert table.primary_key.columns
    assert not table.foreign_keys
    numbers = {c.name for c in table.primary_key.columns if isinstance(c.type, Integer)}
    assert numbers <= NUMBERED_BY_US | SAID_BY_OPERATORS.get(table.name, set())
    assert len(numbers) < len(table.primary_key.columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_one_column_type_for_each_kind_of_value(table):
    for column in table.columns:
        assert isinstance(column.type, Integer | BigInteger | Boolean | String | LargeBinary)
        assert column.default is None


def _sheet(connection) -> None:
    sheets.add(connection, StoredSheet("p1", 1, b"x"))


WRITES: list[Callable[..., object]] = [
    lambda c: inbox.add(c, b"k" * 32, 1),
    lambda c: conversations.save(c, b"k" * 32, 1, b"x"),
    lambda c: outbox.add(c, [outbox.Outgoing(b"k" * 32, 1, 1, "web", b"x", 0)]),
    lambda c: settings.put(c, "k", b"v"),
    lambda c: units.put_unit(c, Unit("p1", "a", "b", None, 0)),
    _sheet,
]


def test_no_statement_asks_for_rows_back():
    engine = create_engine("sqlite://")
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: statements.append(statement))
    with engine.begin() as connection:
        metadata.create_all(connection)
        for write in WRITES:
            write(connection)
    engine.dispose()
    assert any(statement.startswith("INSERT") for statement in statements)
    assert not [statement for statement in statements if "RETURNING" in statement]
