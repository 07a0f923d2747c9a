"""How the commands of lists bring a table in and take one along: one wording for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.service.boxes.rows import Taken

TableFile = Annotated[Path, typer.Argument(help="a table: .csv or .xlsx")]
AsJson = Annotated[bool, typer.Option("--json", help="as JSON")]
OfUnit = Annotated[str | None, typer.Option("--unit", help="official code of one unit alone")]


def say_taken(taken: Taken) -> None:
    """What a table brought."""
    typer.echo(f"Taken in: {taken.new} new, {taken.changed} changed, {taken.same} as they were.")
