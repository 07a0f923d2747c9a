"""`hopthu export register`: a unit's register book as a table or a document. No content of a tip is in it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.edge.cli.operate import Operate

if TYPE_CHECKING:
    from bot.service.registers.book import Say


def commands(operate: Operate, say: Say) -> typer.Typer:
    """Commands that take something out; `operate` opens the installation for one act, `say` has its words."""
    app = typer.Typer(help="What offices file: the register book.", no_args_is_help=True)

    @app.command()
    def register(
        unit: Annotated[str, typer.Argument(help="official code of the unit")],
        year: Annotated[int, typer.Argument(help="of which year")],
        out: Annotated[Path, typer.Option(help="file to write, .xlsx or .pdf")],
        purpose: Annotated[
            Literal["inspection", "report", "file", "other"], typer.Option("--for", help="what for; the log tells it")
        ],
    ) -> None:
        """Write a unit's register book. Example: hopthu export register 18118 2026 --for report --out so.pdf"""
        from bot.service.registers.printing import form_of, written

        form = form_of(out.name)
        book = operate(lambda desk: desk.register(unit, year, purpose, say))
        out.write_bytes(written(book, form))
        typer.echo(f"Written to {out}: {len(book.rows)} line(s). The unit's log tells of it.")

    _counts(app, operate)
    return app


def _counts(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def counts(
        unit: Annotated[str, typer.Argument(help="official code of the unit")],
        year: Annotated[int, typer.Argument(help="of which year")],
        *,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Say what a unit had, month by month; no tip is named. Example: hopthu export counts 18118 2026 --json"""
        from bot.service.registers import counts as counting

        months = operate(lambda desk: desk.look(lambda c, _now: counting.year(c, unit, year)))
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in months]))
            return
        for one in months:
            told = [f"{name} {count}" for name, count in (*one.stands.items(), *one.kinds.items())]
            typer.echo(f"{one.month}  received {one.received}" + (f"; {', '.join(told)}" if told else ""))
