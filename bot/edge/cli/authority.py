"""`hopthu authority …`: what is done on the authority's own machine, which has no database and needs no network."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.edge.cli.authoritykeys import asked_passphrase, key_commands
from bot.edge.cli.progress import shown_progress
from bot.edge.cli.sheets import DAY, fields_of, hand_out, handing, line_of, say_outcomes, seconds_until
from bot.edge.cli.shown import shown

if TYPE_CHECKING:
    from bot.service.authority.comparing import Line
    from bot.service.authority.kept import Office
    from bot.service.authority.requests import Case, Refusal
    from bot.service.authority.signing import Outcome
    from bot.service.tables import Say
    from crypto.sheets import Sheet

Key = Annotated[Path, typer.Option("--key", help="folder of the authority's key")]
Requests = Annotated[Path, typer.Argument(help="request file, or a folder or ZIP archive of them")]
Out = Annotated[Path, typer.Option(help="folder or ZIP archive for the signed sheets")]
Until = Annotated[str | None, typer.Option(help="last day of the sheets, like 2027-01-31; 90 days if left out")]
Units = Annotated[list[str] | None, typer.Argument(metavar="[UNIT…]", help="official codes; else those that end soon")]
Json = Annotated[bool, typer.Option("--json", help="as JSON")]
SOON = 30
"""Days before its end from which a sheet is renewed unless another number is asked for."""


def commands(say: Say, pages: Callable[[], Path]) -> typer.Typer:
    """Commands of the authority's machine; `say` words what is wrong with a list, `pages` is where built pages lie."""
    app = typer.Typer(help="On the authority's machine: make its key, sign unit sheets.", no_args_is_help=True)
    key_commands(app)
    _comparing(app)
    _signing(app, say)
    _again(app)
    _merging(app)
    _listing(app)
    _page(app, pages)
    return app


def _comparing(app: typer.Typer) -> None:
    @app.command()
    def compare(
        requests: Requests,
        folder: Key,
        *,
        out: Annotated[Path, typer.Option(help="the list to fill in, .xlsx or .csv")] = Path("compare.xlsx"),
        digits: Annotated[bool, typer.Option("--digits", help="with the digits, to be ticked with an x")] = False,
        as_json: Json = False,
    ) -> None:
        """Write the list of whom nobody has compared yet.

        Each officer reads the 20 digits on his screen aloud, and you type them into his row in groups of five: the
        signing compares them. A unit that is new or has another name is ticked with an x.

        Example: hopthu authority compare requests.zip --key /media/usb/authority
        """
        from dataclasses import asdict

        from bot.service.authority.comparing import write_list
        from bot.service.tables import kind_of

        kind = kind_of(_new(out).name)
        _, cases, refused = _opened(requests, folder)
        lines = _lines(cases)
        if as_json:
            typer.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False))
        out.write_bytes(write_list(kind, lines, digits=digits))
        officers = sum(1 for line in lines if line.digits)
        _say_refused(refused)
        if not as_json:
            typer.echo(f"{officers} officer(s) and {len(lines) - officers} unit(s) to compare: {out}. Then fill it in,")
            typer.echo(f"and: hopthu authority sign {requests} --key {folder} --list {out.name} --out …")
        raise typer.Exit(1 if refused else 0)


def _signing(app: typer.Typer, say: Say) -> None:
    @app.command()
    def sign(
        request: Requests,
        folder: Key,
        *,
        out: Annotated[Path, typer.Option(help="where the signed sheet goes; for many a folder or ZIP archive")],
        filled: Annotated[Path | None, typer.Option("--list", help="filled-in list of `compare`")] = None,
        until: Until = None,
        leave_out: Annotated[bool, typer.Option("--leave-out", help="sign without whom nobody compared yet")] = False,
        yes: Annotated[bool, typer.Option("--yes", help="one request alone: its digits were compared already")] = False,
        as_json: Json = False,
    ) -> None:
        """Sign unit sheets after comparing digits.

        Officers who stand on the unit's sheet before need no comparing again; a list says who of the others was
        compared. A single request asks. Broken off, the same command goes on.

        Example: hopthu authority sign requests.zip --key /media/usb/authority --list compare.xlsx --out sheets
        """
        from bot.service.authority.signing import Terms, sign_cases
        from bot.service.errors import NotAccepted

        one = request.is_file() and not _is_archive(request)
        if yes and not one:
            raise NotAccepted("--yes is for one request; for many fill in the list: hopthu authority compare")
        office, cases, refused = _opened(request, folder)
        if one and refused:
            raise NotAccepted(refused[0].why)
        lines = _lines(cases)
        confirmed = _confirmed(lines, filled, say)
        if one and filled is None:
            confirmed = _asked(cases[0], lines, yes=yes)
        with shown_progress("Signing") as report:
            terms = Terms(seconds_until(until), leave_out)
            outcomes, signed = sign_cases(office, cases, confirmed, terms, report=report)
        if one and signed and not (out.is_dir() or out.suffix == ".zip"):
            out.write_bytes(signed[0].body)
        else:
            hand_out(office, out, signed)
        _end(outcomes, refused, out, as_json=as_json)


def _again(app: typer.Typer) -> None:
    @app.command()
    def renew(
        folder: Key,
        out: Out,
        *,
        units: Units = None,
        until: Until = None,
        ending: Annotated[int, typer.Option(help="without units: sheets that end within so many days")] = SOON,
        as_json: Json = False,
    ) -> None:
        """Sign the same people for 90 days more, from the sheets kept beside the key.

        A folder as --out takes each sheet as it is signed.

        Example: hopthu authority renew --key /media/usb/authority --out sheets
        """
        from bot.service.authority.signing import chosen, renew

        office = _office(folder)
        sheets = chosen(office, units or (), within=None if units else ending * DAY)
        with handing(office, out) as hand, shown_progress("Signing") as report:
            outcomes, _ = renew(office, sheets, seconds_until(until), report=report, hand=hand)
        _end(outcomes, [], out, as_json=as_json)

    @app.command()
    def shorten(
        units: Annotated[list[str], typer.Argument(metavar="UNIT…", help="official codes of units")],
        folder: Key,
        out: Out,
        *,
        until: Annotated[str | None, typer.Option(help="last day of the sheets, like 2027-01-31")] = None,
        without: Annotated[list[str] | None, typer.Option(help="serial of an officer who leaves; repeat")] = None,
        as_json: Json = False,
    ) -> None:
        """Sign sheets that end earlier, or that name fewer officers.

        Example: hopthu authority shorten 18118 --until 2027-01-31 --key /media/usb/authority --out sheets
        """
        from bot.service.authority.signing import chosen, shorten

        office = _office(folder)
        sheets = chosen(office, units)
        with handing(office, out) as hand, shown_progress("Signing") as report:
            gone = frozenset(without or ())
            outcomes, _ = shorten(office, sheets, seconds_until(until), gone, report=report, hand=hand)
        _end(outcomes, [], out, as_json=as_json)


def _merging(app: typer.Typer) -> None:
    @app.command()
    def merge(
        olds: Annotated[list[str], typer.Argument(metavar="UNIT…", help="official codes of the units that end")],
        folder: Key,
        out: Out,
        *,
        into: Annotated[str, typer.Option(help="official code of the unit that goes on for them")],
        name: Annotated[
            str | None, typer.Option(help="what it is called, if it is new or called otherwise now")
        ] = None,
        parent: Annotated[str | None, typer.Option(help="code of the unit above, if not as before")] = None,
        top: Annotated[bool, typer.Option("--top", help="no unit is above it")] = False,
        yes: Annotated[bool, typer.Option("--yes", help="sign without asking")] = False,
        until: Until = None,
        as_json: Json = False,
    ) -> None:
        """Sign one sheet for units that merge, from their sheets kept beside the key.

        Everybody on those sheets is on it, line for line: their digits were compared then, and nobody is new. Taken in
        on the server it ends the units, and their officers and open tips are with the unit that goes on.

        Example: hopthu authority merge 18115 18118 --into 18121 --name "xã Mới" --key /media/usb/authority --out new
        """
        from bot.service.authority.merging import Merger, merged
        from bot.service.authority.signing import outcome_of

        if parent is not None and top:
            raise typer.BadParameter("say --parent CODE or --top, not both")
        if as_json and not yes:
            raise typer.BadParameter("--json asks nothing: say --yes too")
        office = _office(folder)
        sheet = merged(office, Merger(tuple(olds), into, name, parent, top), seconds_until(until))
        if not as_json:
            _say_merged(sheet)
        if not yes and not typer.confirm("Nothing is signed for the units that end from then on. Sign?"):
            raise typer.Exit(1)
        signed = office.sign(sheet)
        hand_out(office, out, [signed])
        _end([outcome_of(office, "signed", signed)], [], out, as_json=as_json)


def _say_merged(sheet: Sheet) -> None:
    typer.echo(f"Unit {shown(sheet.unit)}, {shown(sheet.name)}, under {shown(sheet.parent or 'none')}, goes on for:")
    typer.echo(f"  {', '.join(map(shown, sheet.goes_on_for))}")
    for line in sheet.officers:
        typer.echo(f"  {shown(line.officer)} ({shown(line.role)})")


def _listing(app: typer.Typer) -> None:
    @app.command()
    def sheets(
        folder: Key,
        *,
        ending: Annotated[int | None, typer.Option(help="only those that end within so many days")] = None,
        as_json: Json = False,
    ) -> None:
        """List the newest sheet signed for each unit. Example: hopthu authority sheets --key /media/usb/authority"""
        from bot.service.authority.signing import chosen

        office = _office(folder)
        found = chosen(office, (), within=None if ending is None else ending * DAY)
        if as_json:
            typer.echo(json.dumps([fields_of(sheet, office.now) for sheet in found], ensure_ascii=False))
            return
        for sheet in found:
            typer.echo(line_of(sheet, office.now))


def _page(app: typer.Typer, pages: Callable[[], Path]) -> None:
    @app.command()
    def page(
        file: Annotated[Path, typer.Argument(help="where the page goes, like authority.html")],
    ) -> None:
        """Write the page that signs in a browser, on a machine without network and without hopthu.

        It takes the same key folder, requests and archives, and hands the signed sheets out as an archive.

        Example: hopthu authority page /media/usb/authority.html
        """
        from bot.service.authority.page import write_page

        digest = write_page(pages(), file)
        typer.echo(f"{digest}  {file}")
        typer.echo(f"Compare it where the page is opened: sha256sum {file.name}")


def _opened(path: Path, folder: Path) -> tuple[Office, list[Case], list[Refusal]]:
    from bot.service.authority.requests import ENDING, open_cases
    from bot.service.bundles import read_bundle

    files = read_bundle(path, ENDING)
    office = _office(folder)
    return office, *open_cases(office, files)


def _office(folder: Path) -> Office:
    from bot.service.authority.kept import Office

    return Office(folder, int(time.time()), asked_passphrase)


def _lines(cases: list[Case]) -> list[Line]:
    from bot.service.authority.comparing import lines_of

    with shown_progress("Digits") as report:
        return lines_of(cases, report)


def _confirmed(lines: list[Line], filled: Path | None, say: Say) -> frozenset[str]:
    """What the list confirms; what is wrong with its rows is said, a line each."""
    from bot.service.authority.comparing import judge
    from bot.service.tables import line

    if filled is None:
        return frozenset()
    judged = judge(lines, filled.read_bytes())
    for fault in judged.faults:
        typer.echo(f"{filled.name}: {line(fault, say)}", err=True)
    return judged.confirmed


def _asked(case: Case, lines: list[Line], *, yes: bool) -> frozenset[str]:
    """Everybody of one request, once a person said that the digits were compared."""
    from bot.service.authority.comparing import key_of

    typer.echo(f"Unit {shown(case.sheet.unit)}, {shown(case.sheet.name)}, sheet number {case.sheet.n}")
    if case.changed and case.last:
        typer.echo(f"Other than before: {shown(case.changed)}")
    digits = {line.key: line.digits for line in lines if line.digits}
    for n, one in enumerate(case.sheet.officers, 1):
        typer.echo(f"{n:3}. {shown(one.officer)} ({shown(one.role)})")
        typer.echo(f"     {digits.get(key_of(case.sheet.unit, one.serial), 'as on the sheet before')}")
    for gone in case.gone:
        typer.echo(f"  –  {shown(gone.officer)} is not on it any more")
    asks = "Were all digits read aloud by their officers and the same?" if digits else "Is this the unit as it is?"
    if lines and not yes and not typer.confirm(asks):
        raise typer.Exit(1)
    return frozenset(line.key for line in lines)


def _end(outcomes: list[Outcome], refused: list[Refusal], out: Path, *, as_json: bool) -> None:
    """Say what became of each; exit with 1 unless all are signed."""
    from bot.service.authority.signing import Outcome

    told = [*outcomes, *(Outcome(one.unit, one.name or one.file, "refused", why=one.why) for one in refused)]
    say_outcomes(told, out, as_json=as_json)
    raise typer.Exit(0 if all(one.status in ("signed", "already") for one in told) else 1)


def _say_refused(refused: list[Refusal]) -> None:
    for one in refused:
        typer.echo(f"{shown(one.file)}: {one.why}", err=True)


def _is_archive(path: Path) -> bool:
    import zipfile

    return zipfile.is_zipfile(path)


def _new(path: Path) -> Path:
    """The path, where nothing lies yet: a list that somebody filled in is not written over.

    Raises:
        NotAccepted: something does.
    """
    from bot.service.errors import NotAccepted

    if path.exists():
        raise NotAccepted(f"{path} is there already; move it away, or give another name with --out")
    return path
