"""Every command shows an example, and every example is a command line that this program takes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer._click.exceptions import UsageError
from typer.main import get_command

from bot.run.main import app

EXAMPLE = re.compile(r"Example: hopthu (.+)$", re.DOTALL)


def commands(words: str = "", command: Any = None) -> Iterator[tuple[str, Any]]:
    """Every command and group by its words."""
    command = command or get_command(app)
    for name, one in getattr(command, "commands", {}).items():
        path = f"{words} {name}".strip()
        yield path, one
        yield from commands(path, one)


ALL = dict(commands())
LEAVES = [words for words, command in ALL.items() if not getattr(command, "commands", None)]
SHOWN = [words for words, command in ALL.items() if EXAMPLE.search(command.help or "")]


def parsed(line: str) -> list[str]:
    """The words of the commands that this line runs; what it gives them is parsed, nothing runs."""
    command, arguments, context, words = get_command(app), shlex.split(line), None, []
    while True:
        context = command.make_context(command.name or "hopthu", list(arguments), parent=context)
        if not getattr(command, "commands", None):
            return words
        arguments = [*context._protected_args, *context.args]
        name, command, arguments = command.resolve_command(context, arguments)
        words.append(name)


@pytest.mark.parametrize("words", LEAVES)
def test_every_command_has_an_example_of_itself(words: str) -> None:
    found = EXAMPLE.search(ALL[words].help)
    assert found is not None
    assert f"{' '.join(found[1].split())} ".startswith(f"{words} ")


@pytest.mark.parametrize("words", SHOWN)
def test_every_example_is_taken(words: str) -> None:
    found = EXAMPLE.search(ALL[words].help)
    assert found is not None
    named = parsed(" ".join(found[1].split()))
    assert " ".join(named).startswith(words)


@pytest.mark.parametrize("line", ["fly", "up --port eighty", "officer invite", "backup a b", "restore"])
def test_what_is_no_command_line_is_found(line: str) -> None:
    with pytest.raises(UsageError):
        parsed(line)
