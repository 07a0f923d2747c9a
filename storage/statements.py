"""Statements asked of every message: compiled once, and on SQLite handed to the driver itself.

SQLAlchemy spends ten times as long on a small statement as SQLite does, and a message needs ten of them. What the text
says still comes from the tables; other databases are asked in SQLAlchemy's own way, whose waits are longer anyway.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Delete, Insert, Select, Update, bindparam
from sqlalchemy.engine import Dialect

Values = Mapping[str, object]
Row = tuple[Any, ...]
SQLITE = "sqlite"


@dataclass(frozen=True, slots=True)
class _Form:
    """The text with question marks, and whose values take their places; `own`: those that SQLAlchemy put in itself."""

    text: str
    names: tuple[str, ...]
    own: Values

    def placed(self, values: Values) -> list[object]:
        if self.own:
            values = {**self.own, **values}
        return [values[name] for name in self.names]


class Statement:
    """One statement; all its values are given by name with each call. Types need no change on their way to SQLite."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert | Update | Delete) -> None:
        self._statement = statement
        self._form: _Form | None = None

    def first(self, connection: Connection, values: Values) -> Row | None:
        """The first row found."""
        if (driver := _driver(connection)) is not None:
            found: Row | None = self._asked(driver, connection.dialect, values).fetchone()
            return found
        return connection.execute(self._statement, values).first()

    def all(self, connection: Connection, values: Values) -> Sequence[Row]:
        """Every row found."""
        if (driver := _driver(connection)) is not None:
            return self._asked(driver, connection.dialect, values).fetchall()
        return connection.execute(self._statement, values).all()

    def run(self, connection: Connection, values: Values) -> int:
        """Change something; how many rows it was."""
        if (driver := _driver(connection)) is not None:
            return self._asked(driver, connection.dialect, values).rowcount
        return connection.execute(self._statement, values).rowcount

    def run_each(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Change something once for each of these."""
        if (driver := _driver(connection)) is not None:
            form = self._formed(connection.dialect, rows[0])
            driver.executemany(form.text, [form.placed(values) for values in rows])
        else:
            connection.execute(self._statement, rows)

    def _asked(self, driver: sqlite3.Connection, dialect: Dialect, values: Values) -> sqlite3.Cursor:
        form = self._form or self._formed(dialect, values)
        return driver.execute(form.text, form.placed(values))

    def _formed(self, dialect: Dialect, values: Values) -> _Form:
        if self._form is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=list(values))
            names = tuple(compiled.positiontup or ())
            own = {name: compiled.params[name] for name in names if name not in values}
            self._form = _Form(str(compiled), names, own)
        return self._form


def places(count: int) -> list[BindParameter[Any]]:
    """Places for so many keys, as many as epochs live: cheaper than a list whose length shows only with each call."""
    return [bindparam(f"k{n}") for n in range(count)]


def placed(keys: Sequence[object]) -> dict[str, object]:
    """The values of `places`."""
    return {f"k{n}": key for n, key in enumerate(keys)}


def _driver(connection: Connection) -> sqlite3.Connection | None:
    if connection.dialect.name != SQLITE:
        return None
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
