"""`hopthu roster …`: who of a unit is on duty, by the hour of the week, with swaps."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.edge.cli import history
from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown
from bot.edge.cli.tables import AsJson, OfUnits, TableFile, bring, carry, say_taken

if TYPE_CHECKING:
    from bot.service.rosters.acts import Shown

T = TypeVar("T")
Unit = Annotated[str, typer.Argument(help="official code of the unit")]
Officer = Annotated[str, typer.Argument(help="account, as `hopthu officer list` shows it")]
Days = Annotated[str, typer.Argument(help='"mon-fri", "sat,sun", "all", "holiday"; also "T2-T6", "CN"')]
Day = Annotated[str, typer.Argument(help="2026-11-23 or 23/11/2026")]
Undo = Annotated[bool, typer.Option("--undo", help="take it back")]


def commands(operate: Operate) -> typer.Typer:
    """Commands on duty rosters; `operate` opens the installation for one act."""
    app = typer.Typer(help="Duty rosters of units, in Vietnam's time.", no_args_is_help=True)
    _week(app, operate)
    _days(app, operate)
    _tables(app, operate)
    history.mount(app, operate, "roster", "roster history 18118/mon/7/trucban1")
    app.add_typer(_swaps(operate), name="swaps")
    return app


def _swaps(operate: Operate) -> typer.Typer:
    app = typer.Typer(help="Who stands for whom on single days, as a list.", no_args_is_help=True)

    @app.command(name="list")
    def list_(unit: OfUnits = None, as_json: AsJson = False) -> None:
        """List swaps from yesterday on. Example: hopthu roster swaps list --unit 18118 --json"""
        from bot.service.rosters import acts

        found = operate(lambda desk: desk.look(lambda c, now: acts.swaps(c, tuple(unit or ()), now=now)))
        if as_json:
            typer.echo(json.dumps([{"unit": code, **asdict(one)} for code, one in found], ensure_ascii=False))
            return
        for code, one in found:
            typer.echo(f"{one.day}  {code:9} {shown(one.instead)} stands for {shown(one.officer)}")

    @app.command(name="import")
    def import_(file: TableFile) -> None:
        """Take swaps in: unit, day, officer, instead; all or none. Example: hopthu roster swaps import swaps.csv"""
        from bot.service.rosters import swaps

        say_taken(bring(operate, file, swaps.take_in))

    @app.command()
    def export(file: TableFile, unit: OfUnits = None) -> None:
        """Write swaps as a table that can be brought again. Example: hopthu roster swaps export swaps.csv"""
        from bot.service.rosters import swaps

        carry(operate, file, lambda c, kind: swaps.taken_along(c, kind, tuple(unit or ())))

    history.mount(app, operate, "swaps", "roster swaps history 18118/2026-11-23/trucban1")
    return app


def _week(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="list")
    def list_(as_json: AsJson = False) -> None:
        """List units with who answers now, and gaps of their weeks. Example: hopthu roster list --json"""
        from bot.service.rosters import acts

        found = operate(lambda desk: desk.look(lambda c, now: acts.listed(c, desk.book, now)))
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            how = "by roster" if one.by_roster else "the roster names nobody now"
            who = ", ".join(shown(officer) for officer in one.answers)
            typer.echo(f"{one.unit:9} {shown(one.name):32} {who} ({how}); {one.gap_hours} h a week without anybody")

    @app.command()
    def show(
        unit: Unit,
        at: Annotated[str | None, typer.Option(help='another moment: "2026-11-23 21"')] = None,
        as_json: AsJson = False,
    ) -> None:
        """Show a unit's roster, its gaps, and who answers now. Example: hopthu roster show 18118 --json"""
        from bot.service.rosters import acts

        moment = None if at is None else _moment(at)
        found = operate(lambda desk: desk.look(lambda c, now: acts.shown(c, desk.book, unit, now, at=moment)))
        if as_json:
            typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        else:
            _print(found)

    @app.command(name="set")
    def set_(
        unit: Unit,
        officer: Officer,
        days: Days,
        hours: Annotated[str | None, typer.Argument(help='"7-19", "19-7" (into the next day), "0-24"')] = None,
        *,
        off: Annotated[bool, typer.Option("--off", help="no duty on these days any more")] = False,
    ) -> None:
        """Put an officer on duty, or take him off. Example: hopthu roster set 18118 trucban1 mon-fri 19-7"""
        from bot.service.rosters import acts, words

        found = _said(words.read_days(days), 'the days must be like "mon-fri", "sat,sun", "all" or "holiday"')
        if off:
            gone = operate(lambda desk: desk.act(lambda c, _now: acts.take_off(c, unit, officer, found)))
            typer.echo(f"Taken off: {gone} duty(ies).")
            return
        wanted = _said(words.read_hours(hours or ""), 'the hours must be like "7-19", "19-7" or "0-24"')
        operate(lambda desk: desk.act(lambda c, _now: acts.put(c, unit, officer, days=found, hours=wanted)))
        typer.echo(f"On duty: {shown(officer)}, {len(found)} day(s) a week.")


def _days(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def swap(
        unit: Unit,
        day: Day,
        officer: Officer,
        instead: Annotated[str | None, typer.Argument(help="account of who stands for him")] = None,
        *,
        undo: Undo = False,
    ) -> None:
        """Let somebody else stand on one day. Example: hopthu roster swap 18118 2026-11-23 trucban1 trucban2"""
        from bot.service.rosters import acts
        from handlers.roster import Swap

        found = _day(day)
        if undo:
            operate(lambda desk: desk.act(lambda c, _now: acts.unswap(c, unit, found, officer)))
            typer.echo("The week holds again.")
            return
        other = _said(instead, "name who stands for him")
        operate(lambda desk: desk.act(lambda c, now: acts.swap(c, unit, Swap(found, officer, other), now=now)))
        typer.echo(f"On {found.isoformat()} {shown(other)} stands for {shown(officer)}.")


def _tables(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="import")
    def import_(file: TableFile) -> None:
        """Take weeks in: unit, day, from, to, officer; all or none. Example: hopthu roster import roster.csv"""
        from bot.service.rosters import rows

        took = bring(operate, file, lambda c, body, _now: rows.take_in(c, body))
        typer.echo(f"Taken in: {took.duties} duties of {took.units} unit(s), which have no other.")

    @app.command()
    def export(file: TableFile, unit: OfUnits = None) -> None:
        """Write weeks as a table that can be brought again. Example: hopthu roster export roster.csv"""
        from bot.service.rosters import rows

        carry(operate, file, lambda c, kind: rows.taken_along(c, kind, tuple(unit or ())))


def _said(found: T | None, otherwise: str) -> T:
    if found is None:
        raise typer.BadParameter(otherwise)
    return found


def _day(said: str) -> date:
    from bot.service.days import read_day

    return _said(read_day(said), "a day is written 2026-11-23 or 23/11/2026")


def _moment(said: str) -> int:
    """UTC second of a day and an hour in Vietnam."""
    from bot.service.rosters import words

    day, _, hour = said.replace("T", " ").partition(" ")
    return words.moment(_day(day), _said(words.read_hour(hour or "0"), 'a moment is written "2026-11-23 21"'))


def _print(found: Shown) -> None:
    """A week a person can check, with what is missing in words."""
    for line in found.duties:
        mark = "" if line.here else "  (not on the sheet now)"
        typer.echo(f"{line.day:8} {line.start:02}-{line.end:02}  {shown(line.officer)}{mark}")
    for hole in found.gaps:
        typer.echo(f"{hole.day:8} {hole.start:02}-{hole.end:02}  nobody: the chief answers")
    for swap in found.swaps:
        typer.echo(f"{swap.day}  {shown(swap.instead)} stands for {shown(swap.officer)}")
    for day in found.holidays:
        typer.echo(f"{day.day}  {'worked ' if day.working else 'holiday'} {shown(day.name)} (said by {day.unit})")
    who = ", ".join(shown(one) for one in found.answers) or "nobody: the unit above, or the recovery identity"
    how: Callable[[str], str] = str if found.by_roster or not found.answers else "{} (the roster names nobody)".format
    typer.echo(f"Answers at {found.moment}: {how(who)}")
