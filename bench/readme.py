"""Writes the README's section on speed and size, between its markers, from what `hopthu bench all --json` found last.

    python -m bench.readme

It measures nothing, and says of a figure short of its goal that it is, and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bench.commands import BENCHES, SOAK
from bench.figures import Figure, Measured, read
from bench.reasons import REASONS
from bot.run.config import PROJECT

FIGURES = PROJECT / "docs" / "figures.json"
README = PROJECT / "README.md"
BEGIN, END = "<!-- figures -->\n", "<!-- /figures -->\n"
AROUND = ("machine", "failed")
"""What stands beside the benchmarks in the file."""


def section(found: Mapping[str, Any]) -> str:
    """The section as Markdown: figures held against a goal, those that fall short, then what was run and the others."""
    measured = [read(name, said) for name, said in found.items() if name not in AROUND]
    goals = [row for one in measured for row in _goals(one)]
    return "\n".join(
        [
            *_machine(found.get("machine", {})),
            *(["| figure | measured | goal |", "|---|---|---|", *goals, ""] if goals else []),
            *_listed("Short of their goal:", [line for one in measured for line in _short(one)]),
            *_listed("Not measured:", [f"- `{name}`: {why}" for name, why in found.get("failed", {}).items()]),
            *_commands({one.name: one for one in measured}),
            "",
        ]
    )


def written(page: str, found: Mapping[str, Any]) -> str:
    """The page with its section renewed."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}{section(found)}{END}{rest.split(END)[1]}"


def _machine(machine: Mapping[str, str]) -> Iterator[str]:
    if machine:
        yield f"Measured on {', '.join(f'{name} {value}' for name, value in machine.items())}."
        yield ""


def _goals(measured: Measured) -> Iterator[str]:
    for figure in measured.figures:
        if figure.goal is not None:
            mark = " **short**" if figure.short else ""
            yield f"| {measured.name}: {figure.meaning} (`{figure.key}`) | {figure.shown}{mark} | {figure.goal} |"


def _short(measured: Measured) -> Iterator[str]:
    for figure in measured.figures:
        if figure.short:
            why = REASONS.get((measured.name, figure.key), "see [the decisions](DECISIONS.md) for what was tried.")
            yield f"- `{measured.name}.{figure.key}` {figure.shown}, goal {figure.goal}: {why}"


def _listed(head: str, lines: list[str]) -> list[str]:
    return [head, "", *lines, ""] if lines else []


def _commands(measured: Mapping[str, Measured]) -> Iterator[str]:
    for name, meaning in {**BENCHES, "soak": SOAK}.items():
        found = measured.get(name)
        yield f"- `hopthu bench {name}`: {meaning}" + (f" {_beside(found)}" if found else "")


def _beside(measured: Measured) -> str:
    """What was run, and the figures without a goal."""
    others = [_named(figure) for figure in measured.figures if figure.goal is None]
    return measured.how + (f" Beside it: {'; '.join(others)}." if others else "")


def _named(figure: Figure) -> str:
    return f"{figure.meaning} {figure.shown}"


def main() -> None:
    """Renew the README from the figures kept."""
    found = json.loads(FIGURES.read_text("utf-8"))
    README.write_text(written(README.read_text("utf-8"), found), "utf-8")


if __name__ == "__main__":
    main()
