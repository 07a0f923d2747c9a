"""The Fluent catalogues, and how a core message becomes lines a messenger can show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from bot.service.bodies import functions
from bot.service.errors import OurFault
from handlers.values import Argument, Language, Line, Menu, Message, MessageKind, Name
from handlers.wishes import RECEIPT

MOST_SAID = 4096
"""Texts without a word of anybody's that are remembered: several times the catalogue."""


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A numbered item as shown: number, label without the number, and what it means to a page's drawing."""

    number: int
    label: str
    act: str


@dataclass(frozen=True, slots=True)
class ShownOpener:
    """A button that keeps access: its label and its token in hex."""

    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in one language: its lines, its choices under a menu serial, its kind, what copying it is called."""

    lines: tuple[str, ...]
    choices: tuple[ShownChoice, ...]
    serial: str
    kind: MessageKind
    copy: str = ""
    opener: ShownOpener | None = None


class Catalogue:
    """Texts of both languages, loaded once."""

    def __init__(self, folder: Path) -> None:
        self._bundles = {language: _bundle(folder, language) for language in ("vi", "en")}
        self._public = lru_cache(MOST_SAID)(self._said)
        """Texts that hold nothing but numbers and names of units, once they were said: most labels and many lines."""

    def say(self, language: Language, key: str, args: Mapping[str, Argument] | None = None) -> str:
        """The text of one catalogue message.

        Raises:
            OurFault: the key is missing, or a placeable has no value.
        """
        given = tuple(args.items()) if args else ()
        say = self._public if all(isinstance(value, int | Name) for _, value in given) else self._said
        return say(language, key, given)

    def _said(self, language: Language, key: str, args: tuple[tuple[str, Argument], ...]) -> str:
        bundle = self._bundles[language]
        values = {name: self._value(language, value) for name, value in args}
        if not bundle.has_message(key):
            raise OurFault("a text is missing from the catalogue")
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise OurFault("a text is missing from the catalogue")
        text, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise OurFault("a text lacks a value")
        return str(text)

    def line(self, language: Language, line: Line, receipt: str = "") -> str:
        """The text of a core line; `receipt` takes the place of the core's stand-in for it."""
        args = {name: receipt if value == RECEIPT else value for name, value in line.args}
        return self.say(language, line.key, args)

    def show(self, language: Language, message: Message, receipt: str = "") -> Shown:
        """A core message in one language."""
        lines = tuple(_begun(self.line(language, line, receipt)) for line in message.lines)
        choices, serial = self._choices(language, message.menu)
        copy = self.say(language, "btn-copy") if message.kind == "code" else ""
        found = message.opener
        opener = None if found is None else ShownOpener(self.line(language, found.label), found.token.hex())
        return Shown(lines, choices, serial, message.kind, copy, opener)

    def _choices(self, language: Language, menu: Menu | None) -> tuple[tuple[ShownChoice, ...], str]:
        if menu is None:
            return (), ""
        shown = tuple(ShownChoice(c.number, _begun(self.line(language, c.label)), c.act) for c in menu.choices)
        return shown, menu.serial

    def _value(self, language: Language, value: Argument) -> str | int:
        if isinstance(value, Name):
            return value.vi if language == "vi" else value.en
        if isinstance(value, Line):
            return self.line(language, value)
        return value


def _begun(text: str) -> str:
    """The text with a capital at its beginning, also where a unit's name stands there: "Phường Nam Hồng Lĩnh …"."""
    return text[:1].upper() + text[1:]


_ENTRY = re.compile(r"^([a-z][a-z0-9-]*) *=.*\n?(?:^(?:[ }].*)?\n?)*", re.MULTILINE | re.IGNORECASE)
"""A message of a catalogue: from its name at the beginning of a line to the next one's, or to a comment."""
_NAMED = re.compile(r"\{\s*([a-z][a-z0-9-]*)\s*\}", re.IGNORECASE)
"""Another message within one."""


class _Texts:
    """The messages of one language, each parsed when it is first said: to parse them all takes a tenth of a start."""

    def __init__(self, source: str, language: str) -> None:
        self._bundle = FluentBundle([language], functions=functions(language), use_isolating=False)
        self._entries = {entry[1]: entry[0] for entry in _ENTRY.finditer(source)}

    def has_message(self, key: str) -> bool:
        """Whether there is a message of this name."""
        return key in self._entries

    def get_message(self, key: str) -> Any:
        """The message, with those it names."""
        if not self._bundle.has_message(key):
            self._parse(key)
        return self._bundle.get_message(key)

    def format_pattern(self, pattern: Any, values: dict[str, Any]) -> tuple[Any, list[Exception]]:
        """The text, and what was wrong with it."""
        text, errors = self._bundle.format_pattern(pattern, values)
        return text, list(errors)

    def _parse(self, key: str) -> None:
        entry = self._entries[key]
        self._bundle.add_resource(FluentResource(entry))
        for named in _NAMED.findall(entry):
            if named in self._entries and not self._bundle.has_message(named):
                self._parse(named)


def _bundle(folder: Path, language: str) -> _Texts:
    return _Texts((folder / f"{language}.ftl").read_text(encoding="utf-8"), language)
