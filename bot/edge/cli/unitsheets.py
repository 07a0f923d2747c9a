"""`hopthu unit requests|sheet`: many units' sheets out to the authority and in again, each told apart."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.edge.cli.operate import Operate, TipsLeft
from bot.edge.cli.progress import shown_progress
from bot.edge.cli.shown import shown

if TYPE_CHECKING:
    from bot.service.desk.sheetbatches import Asked, Taken


def mount(app: typer.Typer, operate: Operate) -> None:
    """Put the commands under `hopthu unit`."""

    @app.command()
    def sheet(
        files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="signed sheets; folders or ZIP archives")],
        *,
        whole: Annotated[bool, typer.Option("--all", help="all of them or, if one is refused, none")] = False,
        tips: TipsLeft = 0,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Take in signed unit sheets; one that goes on for other units ends them and takes over officers and tips.

        Example: hopthu unit sheet sheet-18118.txt
        """
        found = _brought(files)
        if len(found) == 1 and not as_json:
            sheet = operate(lambda desk: desk.take_in(found[0][1], tips=tips))
            typer.echo(f"Sheet {sheet.n} of unit {sheet.unit} is in force: {len(sheet.officers)} officer(s).")
            if sheet.goes_on_for:
                olds = ", ".join(map(shown, sheet.goes_on_for))
                typer.echo(f"It goes on for {olds}: their tips are there, and their officers, who log in again.")
            return
        with shown_progress("Taking in") as report:
            told = operate(lambda desk: desk.take_in_many(found, whole=whole, tips=tips, report=report))
        _say_taken(told, as_json=as_json)

    @app.command()
    def requests(
        out: Annotated[Path, typer.Argument(help="a new folder, or a ZIP archive, for the authority's machine")],
        units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT…]", help="official codes of units")] = None,
        *,
        ending: Annotated[int, typer.Option(help="without units: whose sheet ends within so many days, too")] = 30,
        approved: Annotated[bool, typer.Option("--approved", help="of who waits those alone whose digits fit")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Write requests for many units' next sheets.

        Without units: those where an officer waits or has left, or whose sheet ends soon. Each request holds the
        unit's name and its officers' public keys, everybody's who waits there.

        Example: hopthu unit requests requests.zip
        """
        from bot.service.bundles import write_bundle
        from bot.service.desk.sheetbatches import Need
        from bot.service.errors import NotAccepted

        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise NotAccepted(f"{out} is there already and not empty; give another name")
        found = operate(lambda desk: desk.requests(Need(tuple(units or ()), ending, approved=approved)))
        write_bundle(out, {one.file: one.body for one in found if one.body})
        _say_asked(found, out, as_json=as_json)


def _brought(paths: list[Path]) -> list[tuple[str, bytes]]:
    from bot.service.bundles import read_bundle

    return [file for path in paths for file in read_bundle(path, ".txt")]


def _say_taken(told: list[Taken], *, as_json: bool) -> None:
    """What became of each; exit with 1 if one was refused."""
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in told], ensure_ascii=False))
    for one in () if as_json else told:
        typer.echo(f"{shown(one.file)}: {_became(one)}")
    raise typer.Exit(1 if any(one.status == "refused" for one in told) else 0)


def _became(one: Taken) -> str:
    match one.status:
        case "taken":
            out = f"; shut out: {', '.join(map(shown, one.shut_out))}" if one.shut_out else ""
            ended = f"; goes on for {', '.join(map(shown, one.ended))}" if one.ended else ""
            return f"sheet {one.n} of unit {one.unit} is in force, {one.officers} officer(s){ended}{out}"
        case "already":
            return f"sheet {one.n} of unit {one.unit} was in force already"
        case "held":
            return "good, but not taken in: another one was refused"
        case _:
            return f"refused: {one.why}"


def _say_asked(found: list[Asked], out: Path, *, as_json: bool) -> None:
    """What was written for whom; exit with 1 if something could not be."""
    if as_json:
        told = [{name: value for name, value in asdict(one).items() if name != "body"} for one in found]
        typer.echo(json.dumps(told, ensure_ascii=False))
    for one in () if as_json else found:
        new = f", new: {', '.join(map(shown, one.new))}" if one.new else ""
        gone = f", off it: {', '.join(map(shown, one.leaving))}" if one.leaving else ""
        said = f"sheet {one.n}, {one.staying} stay{new}{gone}" if one.body else one.why
        typer.echo(f"{shown(one.unit):5}  {shown(one.name)}: {said}")
    if not as_json:
        written = sum(1 for one in found if one.body)
        typer.echo(f"{written} request(s) in {out}. On the authority's machine: hopthu authority compare {out.name} …")
    raise typer.Exit(1 if any(one.why for one in found) else 0)
