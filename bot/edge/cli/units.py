"""`hopthu unit …`: unit sheets in and out, and the approval of what people read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.edge.cli import holidays, tree, unitsheets
from bot.edge.cli.operate import REQUEST, Operate, RequestFile

if TYPE_CHECKING:
    from bot.service.finding import FoundUnit

Find = Callable[[str], "list[FoundUnit]"]


def commands(operate: Operate, found: Find) -> typer.Typer:
    """Commands on units; `operate` opens the installation for one act, `found` looks through the country."""
    app = typer.Typer(help="Units and their signed sheets.", no_args_is_help=True)

    _finding(app, found)
    tree.mount(app, operate)
    unitsheets.mount(app, operate)

    @app.command()
    def request(
        code: Annotated[str, typer.Argument(help="official code of the unit")],
        out: RequestFile = REQUEST,
    ) -> None:
        """Write a request for the unit's next sheet. Example: hopthu unit request 18118"""
        out.write_bytes(operate(lambda desk: desk.request(code)))
        typer.echo(f"Request written to {out}. Sign it on the authority's machine: hopthu authority sign {out.name}")

    @app.command()
    def wording(
        approved: Annotated[
            bool, typer.Option("--approved", help="the unit has read locales/ and approves it")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Say, or note, that the unit approved the texts people see. Example: hopthu unit wording --approved"""
        found = operate(lambda desk: desk.wording(approve=approved))
        if as_json:
            typer.echo(json.dumps(asdict(found)))
        elif found.day is None:
            typer.echo("No approval is noted. Once the unit has read locales/: hopthu unit wording --approved")
        elif found.unchanged:
            typer.echo(f"Approved on {found.day}; the texts have not changed since.")
        else:
            typer.echo(f"Approved on {found.day}; the texts have changed since: let the unit read them again.")

    _routes(app, operate)
    _profile(app, operate)
    _retention(app, operate)
    app.add_typer(holidays.commands(operate), name="holidays")
    return app


def _profile(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def profile(
        code: Annotated[str, typer.Argument(help="official code of the unit")],
        terms: Annotated[Literal["ordinary", "difficult"], typer.Argument(help="difficult: twice the first terms")],
    ) -> None:
        """Say which legal terms a unit has. Example: hopthu unit profile 18118 difficult"""
        from bot.service import calendars

        operate(lambda desk: desk.act(lambda c, _now: calendars.set_profile(c, code, terms)))
        typer.echo(f"Unit {code}: {terms} terms. Deadlines are worked out anew within minutes.")


def _retention(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def retention(
        code: Annotated[str, typer.Argument(help="official code of the unit")],
        days: Annotated[str | None, typer.Argument(help="30 to 3650 days; inherit: as the unit above")] = None,
        *,
        hold: Annotated[
            bool | None, typer.Option("--hold/--release", help="erase nothing of it, until released")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Say how long decided tips are kept, or show it. Example: hopthu unit retention 18118 180"""
        from bot.service.desk import retention as keeping

        if days is not None and days != "inherit" and not (days.isascii() and days.isdigit()):
            raise typer.BadParameter("say a number of days, or inherit")
        if days is not None or hold is not None:
            said = keeping.Said(days is not None, int(days) if days not in (None, "inherit") else None, hold)
            operate(lambda desk: desk.act(lambda c, _now: keeping.set_term(c, code, said)))
        term = operate(lambda desk: desk.look(lambda c, _now: keeping.told(c, code)))
        if as_json:
            typer.echo(json.dumps(asdict(term)))
            return
        kept = " Nothing of it is erased for now." if term.hold else ""
        typer.echo(f"Unit {code}: tips are erased {term.days} days after the decision, 72 hours after a warning.{kept}")


def _routes(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def route(
        code: Annotated[str, typer.Argument(help="official code of the unit")],
        kind: Annotated[str | None, typer.Argument(help="kind: child, drug, …; staff: about its own people")] = None,
        *,
        to: Annotated[str | None, typer.Option(help="code of the unit that receives it")] = None,
        undo: Annotated[bool, typer.Option("--undo", help="the unit says nothing of this kind any more")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Say which kinds go to another unit, or list them. Example: hopthu unit route 18118 child --to 42"""
        from bot.service import routing

        if kind is None and (to is not None or undo):
            raise typer.BadParameter("name the kind of matter")
        if kind is not None and (to is None) != undo:
            raise typer.BadParameter("say --to CODE, or --undo")
        if kind is not None and to is not None:
            operate(lambda desk: desk.act(lambda c, _now: routing.put(c, code, kind, to)))
        elif kind is not None:
            operate(lambda desk: desk.act(lambda c, _now: routing.take_back(c, code, kind)))
        found = operate(lambda desk: desk.look(lambda c, now: routing.listed(c, desk.book, code, now)))
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in found]))
            return
        for one in found:
            where = one.receiver or "stays: nobody receives there, or it is the unit itself"
            typer.echo(f"{one.category:8} to {one.target} (said by {one.said_by}); received by: {where}")


def _finding(app: typer.Typer, found: Find) -> None:
    @app.command()
    def find(
        query: Annotated[list[str], typer.Argument(help="as people say it: old, no marks, misspelt; or 18.53,105.70")],
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Find a unit of the country, the likeliest first. Example: hopthu unit find "dau lieu hong linh" --json"""
        units = found(" ".join(query))
        if as_json:
            typer.echo(json.dumps([asdict(unit) for unit in units], ensure_ascii=False))
            return
        for unit in units:
            was = f"   was: {unit.was}" if unit.was else ""
            split = " (split: ask for the hamlet)" if unit.split else ""
            typer.echo(f"{unit.code:<6} {unit.name}, {unit.province}{was}{split}")
        if not units:
            typer.echo("No unit is named like this. Say its province as well.")
