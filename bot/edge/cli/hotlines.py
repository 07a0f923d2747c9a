"""`hopthu hotline …`: numbers on the boards of units, and the country's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.edge.cli import history
from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown
from bot.edge.cli.tables import AsJson, OfUnits, TableFile, bring, carry

if TYPE_CHECKING:
    from bot.service.hotlines.acts import Listed
    from bot.service.hotlines.rules import Sketch

Unit = Annotated[str, typer.Argument(help="official code of the unit; `national` for the whole country")]
Number = Annotated[str, typer.Argument(help="a number of this board, however it is written")]
Numbers = Annotated[list[str] | None, typer.Argument(help="numbers of this board, however they are written")]
RoleEn = Annotated[str | None, typer.Option(help="the same in English; common roles are translated by themselves")]
Hours = Annotated[str | None, typer.Option(help='when it is answered, e.g. "24/24" or "giờ hành chính"')]
HoursEn = Annotated[str | None, typer.Option(help="the same in English")]
Kind = Annotated[Literal["police", "leaders", "other"] | None, typer.Option(help="whose number; else as the role says")]
Checked = Annotated[bool, typer.Option("--checked", help="it was called today and answered so")]
Named = Annotated[bool, typer.Option("--named", help="the role names a person, who has agreed")]
WIDE = 15
"""Columns of a number on a line: "1800 000 000" and some room."""


def commands(operate: Operate) -> typer.Typer:
    """Commands on numbers; `operate` opens the installation for one act."""
    app = typer.Typer(help="Boards of numbers.", no_args_is_help=True)
    _reading(app, operate)
    _writing(app, operate)
    _arranging(app, operate)
    _tables(app, operate)
    history.mount(app, operate, "hotlines", "hotline history 18118/02390000000")
    return app


def _reading(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="list")
    def list_(
        unit: Annotated[str | None, typer.Argument(help="show this unit's board, with what it inherits")] = None,
        stale: Annotated[bool, typer.Option("--stale", help="only what wants checking")] = False,
        as_json: AsJson = False,
    ) -> None:
        """List numbers: all, or a unit's board as people see it. Example: hopthu hotline list 18118 --json"""
        from bot.service.hotlines import acts

        found = operate(lambda desk: desk.look(lambda connection, now: acts.listed(connection, unit, now)))
        _print([one for one in found if one.stale or not stale], as_json=as_json)


def _writing(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def add(
        unit: Unit,
        number: Annotated[str, typer.Argument(help="mobile, landline, 11x, 1800, 1900 or 069")],
        *,
        role: Annotated[str, typer.Option(help='who answers, by role: "Trực ban Công an phường"')],
        role_en: RoleEn = None,
        hours: Hours = None,
        hours_en: HoursEn = None,
        kind: Kind = None,
        checked: Checked = False,
        named: Named = False,
    ) -> None:
        """Put a number up. Example: hopthu hotline add 18118 02390000000 --role "Trực ban" --hours 24/24"""
        from bot.service.hotlines import acts
        from bot.service.hotlines.rules import Sketch

        sketch = Sketch(number, role, role_en, hours or "", hours_en, kind, named=named)
        found = operate(lambda desk: desk.act(lambda c, now: acts.add(c, unit, _dated(sketch, checked, now), now)))
        _print([found])

    @app.command()
    def change(
        unit: Unit,
        number: Number,
        *,
        new: Annotated[str | None, typer.Option("--number", help="the number it has now")] = None,
        role: Annotated[str | None, typer.Option(help="who answers, by role")] = None,
        role_en: RoleEn = None,
        hours: Hours = None,
        hours_en: HoursEn = None,
        kind: Kind = None,
        checked: Checked = False,
        named: Named = False,
    ) -> None:
        """Change a number, or its words. Example: hopthu hotline change national 113 --hours 24/24 --checked"""
        from bot.service.hotlines import acts
        from bot.service.hotlines.rules import Sketch

        sketch = Sketch(new, role, role_en, hours, hours_en, kind, named=named)
        found = operate(
            lambda desk: desk.act(lambda c, now: acts.change(c, unit, number, _dated(sketch, checked, now), now=now))
        )
        _print([found])

    @app.command()
    def remove(unit: Unit, number: Number) -> None:
        """Take a number off its board. Example: hopthu hotline remove 18118 02390000000"""
        from bot.service.hotlines import acts

        operate(lambda desk: desk.act(lambda connection, _now: acts.remove(connection, unit, number)))
        typer.echo("Taken off the board.")


def _arranging(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def check(
        unit: Unit,
        numbers: Numbers = None,
        whole: Annotated[bool, typer.Option("--all", help="every number this unit put up")] = False,
    ) -> None:
        """Note that numbers were called today and answered. Example: hopthu hotline check 18118 02390000000"""
        from bot.service.hotlines import acts

        if bool(numbers) == whole:
            raise typer.BadParameter("name the numbers that were called, or say --all")
        named = tuple(numbers or ())
        found = operate(lambda desk: desk.act(lambda connection, now: acts.check(connection, unit, named, now)))
        typer.echo(f"Checked today: {len(found)} number(s).")

    @app.command()
    def order(unit: Unit, numbers: Annotated[list[str], typer.Argument(help="the first ones, in order")]) -> None:
        """Put numbers first on their board. Example: hopthu hotline order 18118 02390000001 02390000000"""
        from bot.service.hotlines import acts

        _print(operate(lambda desk: desk.act(lambda c, now: acts.order(c, unit, tuple(numbers), now))))


def _tables(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="import")
    def import_(
        file: TableFile,
        whole: Annotated[bool, typer.Option("--whole", help="its units have these numbers and no other")] = False,
        named: Annotated[bool, typer.Option("--named", help="roles may name persons, who have agreed")] = False,
    ) -> None:
        """Take numbers in from a table, all rows or none. Example: hopthu hotline import numbers.xlsx"""
        from bot.service.hotlines import rows

        took = bring(operate, file, lambda c, body, now: rows.take_in(c, body, now, whole=whole, named=named))
        typer.echo(f"New {took.new}, changed {took.changed}, as before {took.same}, taken off {took.removed}.")

    @app.command()
    def export(file: TableFile, unit: OfUnits = None) -> None:
        """Write numbers as a table that can be brought again. Example: hopthu hotline export numbers.xlsx"""
        from bot.service.hotlines import rows

        carry(operate, file, lambda c, kind: rows.taken_along(c, kind, tuple(unit or ())))


def _dated(sketch: Sketch, checked: bool, now: int) -> Sketch:
    from dataclasses import replace

    from bot.service.boards import today

    return replace(sketch, checked=today(now)) if checked else sketch


def _print(found: Sequence[Listed], *, as_json: bool = False) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        day = datetime.fromisoformat(one.checked).strftime("%d/%m/%Y") if one.checked else "never checked"
        day = "built in" if one.source and not one.checked else day
        mark = " (old)" if one.stale and one.checked else ""
        typer.echo(
            f"{one.unit:9} {one.number:{WIDE}} {one.kind:8} {shown(one.role_vi):33} {one.hours_vi:18} {day}{mark}"
        )
