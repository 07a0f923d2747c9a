"""Figures as a table in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table

from bench.figures import Figure, Measured


def show(found: Iterable[Measured], machine: Mapping[str, str] | None = None) -> None:
    """Print one table per benchmark; figures short of their goal are marked."""
    console = Console()
    if machine:
        console.print(" · ".join(f"{name} {value}" for name, value in machine.items()))
    for measured in found:
        rows = Table(title=f"hopthu bench {measured.name}", caption=measured.how, title_justify="left")
        rows.add_column("figure")
        rows.add_column("value", justify="right")
        rows.add_column("goal")
        rows.add_column("meaning")
        for figure in measured.figures:
            rows.add_row(figure.key, figure.shown, _goal(figure), figure.meaning)
        console.print(rows)


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    return f"{figure.goal} MISSED" if figure.short else f"{figure.goal}"
