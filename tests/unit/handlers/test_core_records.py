"""Records made anew are what `dataclasses.replace` would make of them."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from typing import Any

import pytest

import handlers
from handlers import records
from handlers.conversation import Conversation, Draft
from handlers.values import Line, Name

SERVICE = ("bot.service.arrivals", "bot.service.chats", "bot.service.intake")
RECORDS = (Conversation(serial="ab", touched=7), Draft(b"d" * 16, 5), Name("một", "one"), Line("hi"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_is_made_anew_as_the_original_would(record: Any) -> None:
    for field in dataclasses.fields(record):
        made = records.replace(record, **{field.name: "another"})
        assert made == dataclasses.replace(record, **{field.name: "another"})
        assert made is not record
        assert hash(made) == hash(dataclasses.replace(record, **{field.name: "another"}))


def test_a_record_of_one_field_too() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class One:
        n: int

    assert records.replace(One(1), n=2) == One(2)


def test_a_record_with_these_values_is_itself() -> None:
    conversation = Conversation()
    assert records.replace(conversation, owed=(), puzzled=0) is conversation


def test_a_value_without_a_place_is_refused() -> None:
    with pytest.raises(AttributeError):
        records.replace(Name("một", "one"), three="ba")


def _copied() -> list[type]:
    """Every frozen dataclass of the modules in which records are made anew."""
    names = (*(one.name for one in pkgutil.iter_modules(handlers.__path__, "handlers.")), *SERVICE)
    found = [
        kind
        for name in names
        for _, kind in inspect.getmembers(importlib.import_module(name), dataclasses.is_dataclass)
        if isinstance(kind, type) and kind.__module__ == name and kind.__dataclass_params__.frozen
    ]
    assert found
    return found


@pytest.mark.parametrize("kind", _copied(), ids=lambda kind: kind.__qualname__)
def test_a_record_that_is_copied_computes_nothing_when_it_is_made(kind: Any) -> None:
    assert hasattr(kind, "__slots__")
    assert not hasattr(kind, "__post_init__")
    assert all(field.init for field in dataclasses.fields(kind))
