"""`hopthu unit holidays …`: days off and days worked instead, for deadlines and rosters alike."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from bot.edge.cli import history
from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown
from bot.edge.cli.tables import AsJson, OfUnits, TableFile, bring, carry, say_taken

COUNTRY = "national"
Day = Annotated[str, typer.Argument(help="2027-02-05 or 05/02/2027")]
Until = Annotated[str | None, typer.Option(help="the last day, if there are several")]
Unit = Annotated[str, typer.Option(help="official code of a unit: of it and those under it alone")]


def commands(operate: Operate) -> typer.Typer:
    """Commands on holidays; `operate` opens the installation for one act."""
    app = typer.Typer(help="Days off and days worked instead. The country's come by themselves.", no_args_is_help=True)

    @app.command(name="list")
    def list_(unit: Unit = COUNTRY, as_json: AsJson = False) -> None:
        """List the days from today on. Example: hopthu unit holidays list --unit 18118 --json"""
        from bot.service.rosters import acts

        found = operate(lambda desk: desk.look(lambda c, now: acts.holidays(c, unit, now=now)))
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            typer.echo(f"{one.day}  {'worked' if one.working else 'off':6}  {shown(one.name)} (said by {one.unit})")

    @app.command()
    def add(
        day: Day,
        *,
        until: Until = None,
        name: Annotated[str, typer.Option(help='what it is called, e.g. "Tết"')] = "",
        working: Annotated[bool, typer.Option("--working", help="worked instead of another day")] = False,
        unit: Unit = COUNTRY,
    ) -> None:
        """Add days, or say anew what they are. Example: hopthu unit holidays add 2027-02-05 --until 2027-02-11"""
        from bot.service.rosters import acts

        days = _days(day, until)
        found = operate(
            lambda desk: desk.act(lambda c, now: acts.holiday(c, unit, days, name, now=now, working=working))
        )
        typer.echo(f"{'Worked' if working else 'Holidays'}: {found} day(s).")

    @app.command()
    def remove(day: Day, *, until: Until = None, unit: Unit = COUNTRY) -> None:
        """Make days ordinary ones again. Example: hopthu unit holidays remove 2027-02-11"""
        from bot.service.rosters import acts

        days = _days(day, until)
        gone = operate(lambda desk: desk.act(lambda c, _now: acts.no_holiday(c, unit, days)))
        typer.echo(f"Ordinary days again: {gone}.")

    @app.command(name="import")
    def import_(file: TableFile) -> None:
        """Take days in: unit, day, name, working; all or none. Example: hopthu unit holidays import 2027.csv"""
        from bot.service.rosters import holidays

        say_taken(bring(operate, file, holidays.take_in))

    @app.command()
    def export(file: TableFile, unit: OfUnits = None) -> None:
        """Write days as a table that can be brought again. Example: hopthu unit holidays export 2027.csv"""
        from bot.service.rosters import holidays

        carry(operate, file, lambda c, kind: holidays.taken_along(c, kind, tuple(unit or ())))

    history.mount(app, operate, "holidays", "unit holidays history national/2027-02-05")
    return app


def _days(first: str, last: str | None) -> tuple[date, date]:
    from bot.service.days import read_day

    found = [read_day(said) for said in (first, last or first)]
    if found[0] is None or found[1] is None:
        raise typer.BadParameter("a day is written 2027-02-05 or 05/02/2027")
    return found[0], found[1]
