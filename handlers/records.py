"""A record with other values in it: `dataclasses.replace`, three times as fast.

A message asks for twenty such records, the largest of two dozen fields. Types are checked as for the original.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414 - its arguments are known to the type checker
else:
    R = TypeVar("R")
    _write = object.__setattr__

    def replace(record: R, /, **values: Any) -> R:
        """The same record with these values: for frozen dataclasses with slots that compute nothing when made.

        One that holds these very values already is given back itself. Raises AttributeError for a value it has no
        place for.
        """
        if all(getattr(record, name) is value for name, value in values.items()):
            return record
        made = object.__new__(type(record))
        read, writers = _fields(type(record))
        for write, value in zip(writers, read(record), strict=True):
            write(made, value)
        for name, value in values.items():
            _write(made, name, value)
        return made

    @cache
    def _fields(kind: type) -> tuple[Callable[[object], tuple[Any, ...]], tuple[Callable[[object, Any], None], ...]]:
        """How all fields of such a record are read at once, and how each is written."""
        names = tuple(kind.__dataclass_fields__)
        get = attrgetter(*names)
        read = get if len(names) > 1 else lambda record: (get(record),)
        return read, tuple(getattr(kind, name).__set__ for name in names)
