"""`hopthu hamlet …`: the list of a unit's hamlets and groups, with its history."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot.edge.cli import history
from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown
from bot.edge.cli.tables import AsJson, OfUnit, TableFile, bring, carry, say_taken

Code = Annotated[str, typer.Argument(help="code of the hamlet, as `hopthu hamlet list` shows it")]
NameEn = Annotated[str, typer.Option("--name-en", help="the name in English")]


def commands(operate: Operate) -> typer.Typer:
    """Commands on hamlets; `operate` opens the installation for one act."""
    app = typer.Typer(help="Hamlets and groups of units.", no_args_is_help=True)
    _acts(app, operate)
    _lists(app, operate)
    history.mount(app, operate, "hamlets", "hamlet history to-4-18118")
    return app


def _acts(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def add(
        unit: Annotated[str, typer.Argument(help="official code of the unit")],
        name: Annotated[str, typer.Argument(help='its name, e.g. "Tổ dân phố 4"')],
        code: Annotated[str, typer.Option(help="its code; made of the name if left out")] = "",
        name_en: NameEn = "",
    ) -> None:
        """Put a hamlet on the list. Example: hopthu hamlet add 18118 "Tổ dân phố 4" --code to-4-18118"""
        from bot.service.hamlets.acts import add as act
        from bot.service.hamlets.acts import sketch

        asked = sketch(code, unit, name, name_en)
        hamlet = operate(lambda desk: desk.act(lambda store, now: act(store, asked, now)))
        typer.echo(f"{hamlet.code}: {hamlet.name_vi} ({hamlet.name_en})")

    @app.command()
    def rename(
        code: Code, name: Annotated[str, typer.Argument(help="its name from now on")], name_en: NameEn = ""
    ) -> None:
        """Call it otherwise; how it was stays known. Example: hopthu hamlet rename to-4-18118 "Tổ 4" --name-en Four"""
        from bot.service.hamlets.acts import rename as act
        from handlers.values import Name

        hamlet = operate(lambda desk: desk.act(lambda store, now: act(store, code, Name(name, name_en), now)))
        typer.echo(f"{hamlet.code}: {hamlet.name_vi} ({hamlet.name_en})")

    @app.command()
    def end(
        code: Code,
        into: Annotated[str | None, typer.Option(help="the hamlet that it became part of")] = None,
    ) -> None:
        """Take it off the list; its boxes go with it. Example: hopthu hamlet end to-5-18118 --into to-4-18118"""
        from bot.service.hamlets.acts import end as act

        moved = operate(lambda desk: desk.act(lambda store, now: act(store, code, into, now)))
        typer.echo(f"{code} is no more; {moved} box(es) belong to {into or 'no hamlet'} now.")

    @app.command()
    def board(
        code: Code,
        day: Annotated[str | None, typer.Option(help="the day it was seen, as 2026-11-22; today if left out")] = None,
        gone: Annotated[bool, typer.Option("--gone", help="there is none any more")] = False,
    ) -> None:
        """Note that a board of numbers hangs there. Example: hopthu hamlet board to-4-18118 --day 2026-11-22"""
        from bot.service.hamlets.acts import see_board
        from handlers.roster import day_of

        hamlet = operate(
            lambda desk: desk.act(lambda c, now: see_board(c, code, None if gone else day or day_of(now).isoformat()))
        )
        typer.echo(f"{hamlet.code}: {f'board seen on {hamlet.board}' if hamlet.board else 'no board'}")


def _lists(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="list")
    def list_(
        unit: OfUnit = None,
        of: Annotated[str | None, typer.Option("--history", help="how the hamlet of this code was")] = None,
        as_json: AsJson = False,
    ) -> None:
        """List hamlets, or what one of them was. Example: hopthu hamlet list --unit 18118 --json"""
        from bot.service.hamlets.acts import listed
        from handlers.roster import day_of

        found = operate(lambda desk: desk.look(lambda store, _: listed(store, unit, of)))
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            life = f"{day_of(one.valid_from)} – {day_of(one.valid_to) if one.valid_to is not None else 'now'}"
            after = f", then {one.successor}" if one.successor else ""
            seen = f"board seen {one.board}" if one.board else "no board"
            typer.echo(f"{one.unit}  {one.code:24}  {shown(one.name_vi):32}  {life}{after}  {seen}")

    @app.command(name="import")
    def import_(file: TableFile) -> None:
        """Take hamlets in from a table, all of them or none. Example: hopthu hamlet import hamlets.csv"""
        from bot.service.hamlets.rows import take_in

        say_taken(bring(operate, file, take_in))

    @app.command()
    def export(file: TableFile, unit: OfUnit = None) -> None:
        """Write hamlets as a table, for `hopthu hamlet import`. Example: hopthu hamlet export hamlets.xlsx"""
        from bot.service.hamlets.rows import take_along

        carry(operate, file, lambda store, kind: take_along(store, kind, unit))
