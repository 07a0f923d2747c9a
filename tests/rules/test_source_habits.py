"""Habits that hold for every file: short, headed, finished. Each check is shown to find what it is for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from rules.source import PACKAGES, ROOT, broken, found, python_files, web_files

LONGEST_FILE, LONGEST_FUNCTION, POSITIONAL = 400, 60, 4

# Sizes.


def long_functions(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > LONGEST_FUNCTION:
            yield f"{node.name}: {_lines(node)} lines"


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


THEIRS = {"stream_content"}
"""Methods whose arguments another's protocol sets: aiogram's."""


def many_positional(module: ast.Module) -> Iterator[str]:
    """Functions that take more than four arguments by place; `self` and `cls` are none."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name not in THEIRS:
            names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            if len([name for name in names if name not in ("self", "cls")]) > POSITIONAL:
                yield node.name


def too_long(source: str) -> bool:
    return len(source.splitlines()) > LONGEST_FILE


def test_functions_and_files_can_be_read_at_once() -> None:
    assert broken(long_functions) == {}
    assert broken(many_positional) == {}
    files = [*python_files(*PACKAGES), *web_files()]
    assert [str(path.relative_to(ROOT)) for path in files if too_long(path.read_text("utf-8"))] == []


def test_what_is_too_long_is_found() -> None:
    line = "    pass\n"
    assert found(long_functions, "def f():\n" + line * LONGEST_FUNCTION)
    assert not found(long_functions, "def f():\n" + line * (LONGEST_FUNCTION - 1))
    assert found(many_positional, "class A:\n    def f(self, a, b, c, d, e): ...")
    assert not found(many_positional, "class A:\n    def f(self, a, b, c, d, *, e): ...")
    assert too_long("\n" * (LONGEST_FILE + 1))
    assert not too_long("\n" * LONGEST_FILE)


# Every file says what it owns, and is named by it.

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "data", "info", "process"}


def no_header(module: ast.Module) -> Iterator[str]:
    if not ast.get_docstring(module):
        yield "no docstring"


def test_every_file_says_what_it_owns() -> None:
    assert broken(no_header, *PACKAGES) == {}
    assert [path.name for path in python_files(*PACKAGES, "tests") if path.stem in EMPTY_NAMES] == []


def test_a_missing_header_is_found() -> None:
    assert found(no_header, "import os")
    assert not found(no_header, '"""Owns it."""\nimport os')


# What is left undone or waved through says why.

UNDONE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
IGNORED = re.compile(r"#\s*type:\s*ignore")
IGNORED_WELL = re.compile(r"#\s*type:\s*ignore\[[a-z-]+(?:,\s*[a-z-]+)*\]\s+# \S")
WAVED = re.compile(r"#\s*noqa")
WAVED_WELL = re.compile(r"#\s*noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* - \S")


def waved_through(source: str) -> list[str]:
    """Marks of unfinished work, and suppressions without a code or a reason."""
    lines = source.splitlines()
    return [
        line.strip()
        for line in lines
        if UNDONE.search(line)
        or (IGNORED.search(line) and not IGNORED_WELL.search(line))
        or (WAVED.search(line) and not WAVED_WELL.search(line))
    ]


def test_nothing_is_waved_through_without_a_reason() -> None:
    written = [*python_files(*PACKAGES), *web_files(), *sorted((ROOT / "locales").glob("*.ftl"))]
    assert {str(path.relative_to(ROOT)): waved_through(path.read_text("utf-8")) for path in written} == {
        str(path.relative_to(ROOT)): [] for path in written
    }


def test_tests_pass_over_a_type_with_a_code_and_a_reason_alone() -> None:
    lines = [line.strip() for path in python_files("tests") for line in path.read_text("utf-8").splitlines()]
    assert [line for line in lines if IGNORED.search(line) and not IGNORED_WELL.search(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "# TO" + "DO: later",
        "x = 1  # FIX" + "ME",
        "x = f()  # type: " + "ignore",
        "x = f()  # type: " + "ignore[arg-type]",
        "x = f()  # no" + "qa",
        "x = f()  # no" + "qa: S101",
    ],
)
def test_what_is_waved_through_is_found(line: str) -> None:
    assert waved_through(line)
    assert not waved_through("x = f()  # type: " + "ignore[arg-type]  # its stub is wrong")
    assert not waved_through("x = f()  # no" + "qa: S101 - it narrows a type")
