"""`hopthu unit …`: unit sheets in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.edge.cli.operate import REQUEST, Operate, RequestFile


def commands(operate: Operate) -> typer.Typer:
    """Commands on units; `operate` opens the installation for one act."""
    app = typer.Typer(help="Units and their signed sheets.", no_args_is_help=True)

    @app.command()
    def sheet(file: Annotated[Path, typer.Argument(help="sheet signed on the authority's machine")]) -> None:
        """Take in a signed unit sheet. Example: hopthu unit sheet sheet-18118.txt"""
        found = operate(lambda desk: desk.take_in(file.read_bytes()))
        typer.echo(f"Sheet {found.n} of unit {found.unit} is in force: {len(found.officers)} officer(s).")

    @app.command()
    def request(
        code: Annotated[str, typer.Argument(help="official code of the unit")],
        out: RequestFile = REQUEST,
    ) -> None:
        """Write a request for the unit's next sheet. Example: hopthu unit request 18118"""
        out.write_bytes(operate(lambda desk: desk.request(code)))
        typer.echo(f"Request written to {out}. Sign it on the authority's machine: hopthu authority sign {out.name}")

    return app
