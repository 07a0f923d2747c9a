"""`hopthu unit recovery …`: a unit's recovery identity in shares on paper, on the authority's machine alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bot.edge.cli.authoritykeys import asked_passphrase
from bot.edge.cli.progress import shown_progress
from bot.edge.cli.shown import shown

if TYPE_CHECKING:
    from bot.service.recovery.sets import Gathering, Sheet
    from crypto.hybrid import Identity

Key = Annotated[Path, typer.Option("--key", help="folder of the authority's key")]
Words = Annotated[
    list[Path] | None, typer.Option("--words", help="file with one sheet's words a line; else they are asked for")
]


class Offline(Protocol):
    """What these commands need of the machine they run on."""

    def require_offline(self) -> None:
        """See `bot.run.offline.require_offline`."""
        ...

    def print_sheet(self, sheet: Sheet, *, english: bool, now: int) -> bytes:
        """See `bot.run.offline.print_sheet`."""
        ...


def commands(open_machine: Callable[[], Offline]) -> typer.Typer:
    """Commands on recovery identities; `open_machine` loads what knows this machine."""
    app = typer.Typer(help="A unit's recovery identity in shares on paper; off the server.", no_args_is_help=True)
    _making(app, open_machine)
    _using(app, open_machine)
    return app


def _making(app: typer.Typer, open_machine: Callable[[], Offline]) -> None:
    @app.command()
    def create(
        unit: Annotated[str, typer.Argument(help="official code of the unit")],
        folder: Key,
        out: Annotated[Path, typer.Option(help="new folder for the sheets, on a disk you destroy after printing")],
        *,
        threshold: Annotated[int, typer.Option(help="how many sheets are needed together")] = 3,
        shares: Annotated[int, typer.Option(help="how many sheets there are")] = 5,
        holder: Annotated[list[str] | None, typer.Option(help="who keeps a sheet; once for each")] = None,
        english: Annotated[bool, typer.Option("--english", help="instructions in English")] = False,
        again: Annotated[bool, typer.Option("--again", help="another one in place of the one before")] = False,
    ) -> None:
        """Make a unit's recovery identity and print its sheets, one page a holder.

        An identity that lies in the folder as a file is split. The words stand in the PDFs alone; the public part goes
        on the unit's next sheet by itself.

        Example: hopthu unit recovery create 18118 --key /media/usb/authority --out /media/ram/sheets
        """
        from functools import partial

        from bot.service.recovery.sets import Plan, make

        machine = open_machine()
        machine.require_offline()
        os.umask(0o077)
        print_ = partial(machine.print_sheet, english=english, now=int(time.time()))
        mark = make(folder, Plan(unit, threshold, shares, holder or (), again), out, print_)
        typer.echo(f"{shares} sheets are in {out}, any {threshold} of them are the recovery identity {mark}.")
        typer.echo("Print them, try them out, then destroy the files:")
        typer.echo(f"  hopthu unit recovery check {unit} --key {folder}")
        typer.echo(f"Then have the unit's next sheet signed: hopthu unit request {unit}, on the server.")

    @app.command()
    def check(
        unit: Annotated[str, typer.Argument(help="official code of the unit")], folder: Key, words: Words = None
    ) -> None:
        """Prove that sheets make the unit's recovery identity; the key is not shown, and nothing is written.

        Example: hopthu unit recovery check 18118 --key /media/usb/authority
        """
        from bot.service.authority.keys import check_code, recovery_of
        from bot.service.errors import NotAccepted
        from bot.service.recovery.sets import mark_of

        open_machine().require_offline()
        check_code(unit)
        wanted = recovery_of(folder, unit)
        if wanted is None:
            raise NotAccepted("this folder holds no recovery identity of this unit")
        with _gathered(words) as (gathered, identity):
            if identity.recipient != wanted:
                raise NotAccepted("these sheets make another identity than the one of this unit in the folder")
            typer.echo(f"{gathered.count} sheets make the recovery identity {mark_of(wanted)} of unit {unit}.")


def _using(app: typer.Typer, open_machine: Callable[[], Offline]) -> None:
    @app.command()
    def use(
        file: Annotated[Path, typer.Argument(help="file that the chief's console handed out")],
        folder: Key,
        out: Annotated[Path, typer.Option(help="where the file for the console goes")] = Path("recovered.txt"),
        words: Words = None,
    ) -> None:
        """Seal the keys of a unit's tips to the readers of its newest sheet, with the recovery sheets.

        Nothing anybody wrote is opened, or here. Every chief's console says from then on that the sheets were used,
        until a sheet names another recovery identity.

        Example: hopthu unit recovery use hopthu-recovery-18118.txt --key /media/usb/authority
        """
        from bot.service.authority.kept import Office
        from bot.service.errors import NotAccepted
        from bot.service.recovery.use import LARGEST, opened, sheet_for, use
        from crypto.recovery import write_given

        open_machine().require_offline()
        if out.exists():
            raise NotAccepted(f"{out} is there already; move it away, or give another name with --out")
        if file.stat().st_size > LARGEST:
            raise NotAccepted("this file is no request of a console to use the recovery sheets: it is too large")
        asked = opened(file.read_bytes())
        office = Office(folder, int(time.time()), asked_passphrase)
        sheet = sheet_for(office, asked)
        typer.echo(f"{len(asked.grants)} tip(s) of {shown(sheet.name)} ({shown(sheet.unit)}), to be opened for:")
        for one in sheet.readers(office.now):
            typer.echo(f"  {shown(one.officer)} ({shown(one.role)})")
        with _gathered(words) as (_, identity), shown_progress("Sealing") as report:
            used = use(office, asked, identity, report=report)
        out.write_bytes(b"".join(write_given(used.given)))
        left = f"; {used.shut} are sealed to another recovery identity" if used.shut else ""
        typer.echo(f"{len(used.given.grants)} tip(s) in {out}{left}. Take it to the chief's console.")
        typer.echo("Who typed the words knows them. Make new sheets and keep the old ones for what was sent before:")
        typer.echo(f"  hopthu unit recovery create {shown(sheet.unit)} --again --key {folder} --out …")


@contextmanager
def _gathered(words: list[Path] | None) -> Iterator[tuple[Gathering, Identity]]:
    """The sheets and what they make."""
    from bot.service.recovery.sets import Gathering

    gathered = Gathering()
    if words:
        for line in (line for path in words for line in path.read_text("utf-8", "replace").splitlines()):
            if line.strip():
                gathered.add(line)
    else:
        _asked(gathered)
    yield gathered, gathered.identity()


def _asked(gathered: Gathering) -> None:
    """Sheets as they are typed, each again until it is right."""
    from bot.service.errors import NotAccepted
    from bot.service.recovery.sets import TOO_FEW

    while gathered.lacking:
        try:
            typed = typer.prompt(f"Words of sheet {gathered.count + 1}, in one line", prompt_suffix=":\n")
        except typer.Abort:
            raise NotAccepted(TOO_FEW) from None
        try:
            gathered.add(typed)
        except NotAccepted as error:
            typer.echo(str(error), err=True)
