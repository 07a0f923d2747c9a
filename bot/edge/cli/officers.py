"""`hopthu officer …`: who is invited, who asked to be on the sheet, whose digits were compared, who leaves."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.edge.cli import history
from bot.edge.cli.operate import REQUEST, Operate, RequestFile, TipsLeft
from bot.edge.cli.progress import shown_progress
from bot.edge.cli.shown import shown
from bot.edge.cli.tables import TableFile


def commands(operate: Operate) -> typer.Typer:
    """Commands on officers; `operate` opens the installation for one act."""
    app = typer.Typer(help="Officers: invite, list, approve, remove.", no_args_is_help=True)

    @app.command()
    def invite(
        unit: Annotated[str, typer.Argument(help="official code of the unit")],
        name: Annotated[str, typer.Argument(help='how the desk shows the officer, e.g. "Đ/c A"')],
        role: Annotated[Literal["duty", "chief", "operator"], typer.Option(help="what the officer is here")] = "duty",
    ) -> None:
        """Make a one-time enrolment link. Example: hopthu officer invite 18118 "Đ/c A" --role duty"""
        typer.echo(operate(lambda desk: desk.invite(unit, name, role)))

    _many(app, operate)

    @app.command(name="list")
    def list_(
        *,
        unit: Annotated[str | None, typer.Option(help="only this unit's, by its official code")] = None,
        waiting: Annotated[bool, typer.Option("--waiting", help="only who waits to be put on a sheet")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """List officers with the 20 digits of their keys. Example: hopthu officer list --waiting --json"""
        with shown_progress("Digits") as report:
            found = operate(lambda desk: desk.officers(unit=unit, waiting=waiting, report=report))
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            status = "approved" if one.approved else one.status
            typer.echo(f"{one.serial}  {status:9}  {one.unit}  {one.digits}  {one.role:6} {shown(one.account)}")

    @app.command()
    def approve(
        serial: Annotated[str, typer.Argument(help="serial as `hopthu officer list` shows it")],
        heard: Annotated[str | None, typer.Option("--digits", help="the 20 digits that he read aloud")] = None,
        out: RequestFile = REQUEST,
    ) -> None:
        """Write the request that puts an officer on the sheet. Example: hopthu officer approve 1f2e3d4c5b6a"""
        approval = operate(lambda desk: desk.approve(serial, heard=heard))
        out.write_bytes(approval.request)
        said = "The digits fit" if heard is not None else "Digits to compare with the officer, read aloud"
        typer.echo(f"{said}: {approval.digits}")
        typer.echo(f"Request written to {out}. Sign it on the authority's machine: hopthu authority sign {out.name}")

    @app.command()
    def remove(
        serial: Annotated[str, typer.Argument(help="serial as `hopthu officer list` shows it")],
        out: RequestFile = REQUEST,
        tips: TipsLeft = 0,
    ) -> None:
        """Shut an officer out, and write the request for a sheet without him. Example: hopthu officer remove 1f2e…"""
        out.write_bytes(operate(lambda desk: desk.remove(serial, tips=tips)))
        typer.echo("Shut out: no log-in any more. New tips go on being sealed to this officer until the next sheet.")
        typer.echo(f"Request written to {out}. Sign it on the authority's machine and take the sheet in today.")

    history.mount(app, operate, "officers", "officer history 1f2e3d4c5b6a")
    return app


def _many(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="import")
    def import_(
        file: TableFile,
        out: Annotated[Path, typer.Option(help="table to write the links into, for nobody else to read")],
        hours: Annotated[int, typer.Option(help="how long the links work", min=1, max=168)] = 24,
    ) -> None:
        """Invite everybody in a table: unit, name, role. Example: hopthu officer import new.csv --out links.csv"""
        from bot.service.desk.invitations import write
        from bot.service.tables import kind_of

        kind, body = kind_of(out.name), file.read_bytes()
        if out.exists():
            raise typer.BadParameter(f"{out} is there already; links go into a file of their own.")
        found = operate(lambda desk: desk.invite_all(body, hours=hours))
        out.touch(mode=0o600, exist_ok=False)
        out.write_bytes(write(kind, found))
        typer.echo(f"Invited: {len(found)}. The links in {out} work once, for {hours} hours: give each its own.")
