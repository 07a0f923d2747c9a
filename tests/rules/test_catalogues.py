"""The two catalogues say the same things, in plain words, and hold every word the conversation uses."""

from __future__ import annotations

import ast
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

ROOT = Path(__file__).parents[2]
LANGUAGES = ("vi", "en")
LONGEST_CLAUSE = {"vi": 28, "en": 22}
"""Syllables of a Vietnamese clause, words of an English one."""
FORBIDDEN = {
    "vi": (
        "tuyệt đối", "100 %", "100%", "cam kết", "nặc danh", "chỉ điểm", "mật báo", "con nghiện", "đối tượng",
        "công an sẽ đến ngay", "đang theo dõi", "quý khách", "bà con là ai",
    ),
    "en": ("absolutely", "100%", "guarantee", "informer", "snitch", "junkie", "suspect is", "police will come"),
}  # fmt: skip
ADDRESSED = re.compile(r"\b(?:bạn|quý khách)\b", re.IGNORECASE)


@cache
def catalogue(language: str) -> dict[str, ftl.Message]:
    parsed = FluentParser().parse((ROOT / "locales" / f"{language}.ftl").read_text("utf-8"))
    assert not [entry for entry in parsed.body if isinstance(entry, ftl.Junk)]
    return {entry.id.name: entry for entry in parsed.body if isinstance(entry, ftl.Message)}


class Placeables(Visitor):
    """The names a message takes."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


class Texts(Visitor):
    """Every run of words a message may show, a placeable standing as one word."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def visit_Pattern(self, node: ftl.Pattern) -> None:  # noqa: N802
        pieces = [element.value if isinstance(element, ftl.TextElement) else " x " for element in node.elements]
        self.texts.append("".join(pieces))
        self.generic_visit(node)


def placeables(message: ftl.Message) -> set[str]:
    visitor = Placeables()
    visitor.visit(message)
    return visitor.names


def texts(message: ftl.Message) -> list[str]:
    visitor = Texts()
    visitor.visit(message)
    return visitor.texts


def clauses(text: str) -> list[int]:
    """How many words each clause has."""
    return [len(re.findall(r"[\w'’]+", clause)) for clause in re.split(r"[.?!:;\n]", text)]


def keys_named(node: ast.expr) -> list[str]:
    """The keys an argument may be: itself, or either side of a choice."""
    match node:
        case ast.Constant(value=str(key)):
            return [key]
        case ast.IfExp():
            return keys_named(node.body) + keys_named(node.orelse)
        case _:
            return []


def used_keys() -> set[str]:
    """Catalogue keys named in the core: first arguments of `line`, and the labels of choices."""
    found: list[str] = []
    for path in (ROOT / "handlers").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="line"), args=[first, *_]):
                    found += keys_named(first)
                case ast.Constant(value=str(value)) if value.startswith("btn-"):
                    found.append(value)
                case _:
                    pass
    return set(found)


def test_both_catalogues_hold_the_same_keys() -> None:
    assert set(catalogue("vi")) == set(catalogue("en"))


def test_both_messages_take_the_same_placeables() -> None:
    taken = {key: (placeables(catalogue("vi")[key]), placeables(catalogue("en")[key])) for key in catalogue("vi")}
    assert {key: both for key, both in taken.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_clause_is_too_long(language: str) -> None:
    shown = ((key, text) for key, message in catalogue(language).items() for text in texts(message))
    assert [(key, text) for key, text in shown if max(clauses(text)) > LONGEST_CLAUSE[language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_forbidden_word(language: str) -> None:
    found = {
        (key, word)
        for key, message in catalogue(language).items()
        for text in texts(message)
        for word in FORBIDDEN[language]
        if word in text.casefold()
    }
    assert found == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_exclamation_mark_and_no_emoji(language: str) -> None:
    shown = "".join(text for message in catalogue(language).values() for text in texts(message))
    assert "!" not in shown
    assert not [letter for letter in shown if unicodedata.category(letter) in ("So", "Cs", "Co", "Cn")]


def test_residents_are_never_addressed_as_ban() -> None:
    assert [key for key, message in catalogue("vi").items() for text in texts(message) if ADDRESSED.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_composed(language: str) -> None:
    text = (ROOT / "locales" / f"{language}.ftl").read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)


def test_every_key_the_conversation_uses_exists() -> None:
    assert used_keys() <= set(catalogue("vi"))
    states = ("received", "verify", "need", "closed")
    assert {f"{kind}-{state}" for kind in ("st", "next") for state in states} <= set(catalogue("vi"))


def test_the_check_of_used_keys_sees_them() -> None:
    assert {"start-hello", "draft-card", "done-urgent", "urgent-set-none", "too-big-here", "btn-send"} <= used_keys()


def test_a_long_clause_is_measured() -> None:
    assert clauses("một hai ba. bốn: năm") == [3, 1, 1]
