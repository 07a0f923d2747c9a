"""How the commands of lists bring a table in and take one along: one way and one wording for all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.edge.cli.operate import Operate

if TYPE_CHECKING:
    from bot.service.boxes.rows import Taken
    from bot.service.tables import Kind

T = TypeVar("T")
TableFile = Annotated[Path, typer.Argument(help="a table, .csv or .xlsx, with columns as export writes them")]
AsJson = Annotated[bool, typer.Option("--json", help="as JSON")]
OfUnit = Annotated[str | None, typer.Option("--unit", help="official code of one unit alone")]
OfUnits = Annotated[list[str] | None, typer.Option("--unit", help="only this unit; may be said again")]


def bring(operate: Operate, file: Path, take_in: Callable[[Any, bytes, int], T]) -> T:
    """Take the table in, all rows or none, at this moment (UTC seconds): what it brought."""
    body = file.read_bytes()
    return operate(lambda desk: desk.act(lambda store, now: take_in(store, body, now)))


def carry(operate: Operate, file: Path, take_along: Callable[[Any, Kind], bytes]) -> None:
    """Write the table into the file, as the kind that its name says."""
    from bot.service.tables import kind_of

    kind = kind_of(file.name)
    file.write_bytes(operate(lambda desk: desk.look(lambda store, _: take_along(store, kind))))
    typer.echo(f"Written to {file}.")


def say_taken(taken: Taken) -> None:
    """What a table brought."""
    typer.echo(f"Taken in: {taken.new} new, {taken.changed} changed, {taken.same} as they were.")
