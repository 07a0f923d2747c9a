"""The conversation core stays pure: standard library only, no clock, no random, no await, no log, no file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "handlers"
ALLOWED = {
    "__future__",
    "base64",
    "binascii",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "functools",
    "handlers",
    "hashlib",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "typing",
    "unicodedata",
}
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic"}
EFFECTS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}


def impurities(source: str) -> list[str]:
    """What in this source reads the outside world or waits for it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found += [alias.name for alias in names if alias.name.split(".")[0] not in ALLOWED]
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] not in ALLOWED:
                found.append(module)
            case ast.Attribute(attr=attr) if attr in CLOCKS:
                found.append(attr)
            case ast.Call(func=ast.Name(id=name)) if name in EFFECTS:
                found.append(name)
            case ast.AsyncFunctionDef() | ast.Await() | ast.AsyncFor() | ast.AsyncWith() | ast.Global():
                found.append(type(node).__name__)
            case _:
                pass
    return found


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.py")), ids=lambda path: path.name)
def test_the_core_is_pure(path: Path) -> None:
    assert impurities(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time", ["time"]),
        ("import asyncio.tasks", ["asyncio.tasks"]),
        ("from secrets import token_bytes", ["secrets"]),
        ("from bot.service import intake", ["bot.service"]),
        ("from datetime import datetime\ndatetime.now()", ["now"]),
        ("open('x')", ["open"]),
        ("async def f(): await g()", ["AsyncFunctionDef", "Await"]),
        ("def f():\n    global x\n    x = 1", ["Global"]),
        ("import json\nfrom handlers import cards", []),
    ],
)
def test_an_impurity_is_found(source: str, found: list[str]) -> None:
    assert impurities(source) == found


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.py")), ids=lambda path: path.name)
def test_each_file_says_what_it_owns_and_stays_small(path: Path) -> None:
    source = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) <= 400
