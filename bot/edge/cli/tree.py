"""`hopthu unit add|list|merge|import|export`: the installation's own units, and what became of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated

import typer

from bot.edge.cli import history
from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown
from bot.edge.cli.tables import OfUnit, TableFile, bring, carry, say_taken

if TYPE_CHECKING:
    from storage.repositories.units import Unit

_HERE = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh, all year."""

Code = Annotated[str, typer.Argument(help="official code, as `hopthu unit find` says it")]


def mount(app: typer.Typer, operate: Operate) -> None:
    """Put these commands beside the others on units."""
    _adding(app, operate)
    _listing(app, operate)
    _merging(app, operate)
    history.mount(app, operate, "units", "unit history 18118")
    _tables(app, operate)


def _adding(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def add(
        code: Code,
        *,
        with_wards: Annotated[bool, typer.Option("--with-wards", help="all wards of this province too")] = False,
        name_vi: Annotated[str | None, typer.Option(help='its name if no file has it, e.g. "phường Mới"')] = None,
        name_en: Annotated[str | None, typer.Option(help='the same in English, e.g. "Mới ward"')] = None,
        parent: Annotated[str | None, typer.Option(help="code of the unit above, if not the province")] = None,
    ) -> None:
        """Put a unit of the country in, with the province above. Example: hopthu unit add 42 --with-wards"""
        from bot.service.tree import Sketch
        from bot.service.tree import add as act

        sketch = Sketch(code, name_vi, name_en, parent)
        found = operate(lambda desk: desk.act(lambda store, now: act(store, sketch, now, with_wards=with_wards)))
        typer.echo(f"Put in: {len(found.units)} unit(s); here before: {found.known}.")
        if found.units:
            typer.echo("A unit receives once it or one above it has a sheet: hopthu unit request CODE")


def _listing(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="list")
    def list_(
        past: Annotated[bool, typer.Option("--all", help="those that have ended, and what goes on for them")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """List the units here. Example: hopthu unit list --all --json"""
        from bot.service.tree import every

        found = operate(lambda desk: desk.look(lambda store, now: every(store, now, past=past)))
        if as_json:
            typer.echo(json.dumps([_as_json(unit) for unit in found], ensure_ascii=False))
            return
        for unit in found:
            ended = f"   until {_day(unit.valid_to)}, then {unit.successor}" if unit.valid_to is not None else ""
            typer.echo(f"{unit.code:<6} {shown(unit.name_vi):<32} {unit.parent or '':<6}{ended}".rstrip())


def _merging(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def merge(
        codes: Annotated[list[str], typer.Argument(help="official codes of the units that end")],
        into: Annotated[str, typer.Option(help="official code of the unit that goes on for them")],
        on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="first day of it; today")] = None,
    ) -> None:
        """Merge units: their links and boxes lead on, units under them stand under the one that goes on.

        Officers and tips come over with its sheet, by which units that are still there merge as well.

        Example: hopthu unit merge 18115 --into 18118 --on 2027-01-01
        """
        from bot.service.tree import merge as act

        when = None if on is None else int(on.replace(tzinfo=_HERE).timestamp())
        unit = operate(
            lambda desk: desk.act(lambda c, now: act(c, desk.book, codes, into=into, now=now, when=when or now))
        )
        typer.echo(f"{', '.join(codes)}: {shown(unit.name_vi)} ({unit.code}) goes on from {_day(when) or 'now'}.")
        typer.echo("Tips that are with them stay with their officers: renew those sheets, until one is taken in that")
        typer.echo(f"goes on for them: hopthu authority merge {' '.join(codes)} --into {into}")


def _tables(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="import")
    def import_(file: TableFile) -> None:
        """Take units in from a table, all of them or none. Example: hopthu unit import units.csv"""
        from bot.service.unitrows import take_in

        say_taken(bring(operate, file, take_in))

    @app.command()
    def export(file: TableFile, unit: OfUnit = None) -> None:
        """Write units as a table, for `hopthu unit import`. Example: hopthu unit export units.csv"""
        from bot.service.unitrows import take_along

        carry(operate, file, lambda store, kind: take_along(store, kind, unit))


def _as_json(unit: Unit) -> dict[str, object]:
    told = asdict(unit)
    return {**told, "valid_from": _day(unit.valid_from), "valid_to": _day(unit.valid_to)}


def _day(moment: int | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).astimezone(_HERE).date().isoformat()
