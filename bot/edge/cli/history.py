"""`hopthu box history` and the same of every other list: what became of one of its rows, and who arranged it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown
from bot.edge.cli.tables import AsJson

if TYPE_CHECKING:
    from bot.service.organisation.history import Past
    from bot.service.organisation.lists import Name

VIETNAM = timedelta(hours=7)
WIDE = 24
"""Columns of whoever arranged it."""


def mount(app: typer.Typer, operate: Operate, name: Name, example: str) -> None:
    """Put the command beside the others on this list; `example` begins with the group's name."""

    @app.command(help=f"Say what became of one row, the newest first. Example: hopthu {example}")
    def history(
        key: Annotated[str, typer.Argument(help="what names the row, as the example shows")], as_json: AsJson = False
    ) -> None:
        from bot.service.organisation.history import told

        found = operate(lambda desk: desk.look(lambda store, _: told(store, name, key)))
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            typer.echo(f"{_hour(one.hour)}  {_who(one):{WIDE}}  {_cells(one)}")


def _hour(moment: int) -> str:
    return (datetime.fromtimestamp(moment, UTC) + VIETNAM).strftime("%Y-%m-%d %Hh")


def _who(one: Past) -> str:
    return "by command" if one.by is None else shown(one.by)


def _cells(one: Past) -> str:
    """Its cells that hold something; nothing is cut off but what a cell says at length."""
    if one.cells is None:
        return "taken off"
    return "; ".join(f"{name} {shown(cell)}" for name, cell in one.cells.items() if cell)
