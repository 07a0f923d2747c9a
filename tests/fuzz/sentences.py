"""Which catalogue message a shown line is: what is said comes from the catalogue, and own words stand only in it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, ast

LOCALES = Path(__file__).resolve().parents[2] / "locales"
ANYTHING = ".*?"
ALONE = {"code-line": r"[0-9]{4}(?: [0-9]{4}){5}"}
"""What the messages without a word of their own may say."""


@cache
def sentences() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every message of both catalogues, as a pattern of what it may look like."""
    found = []
    for path in sorted(LOCALES.glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            if isinstance(entry, ast.Message) and entry.value is not None:
                looks = ALONE.get(entry.id.name) or _looks(entry.value)
                found.append((entry.id.name, re.compile(looks, re.DOTALL)))
    return tuple(found)


def keys(line: str) -> frozenset[str]:
    """The messages that this line may be; none if it comes from nowhere."""
    return frozenset(key for key, looks in sentences() if looks.fullmatch(line))


def _looks(pattern: ast.Pattern) -> str:
    return "".join(map(_element, pattern.elements))


def _element(element: ast.TextElement | ast.Placeable) -> str:
    if isinstance(element, ast.TextElement):
        return re.escape(element.value)
    match element.expression:
        case ast.SelectExpression(variants=variants):
            return "(?:" + "|".join(_looks(variant.value) for variant in variants) + ")"
        case ast.StringLiteral(value=value):
            return re.escape(value)
        case _:
            return ANYTHING
