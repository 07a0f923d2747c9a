"""`hopthu backup …`: copies sealed to a key that is kept off the server."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer
from typer.core import TyperGroup

from bot.edge.cli.progress import shown_progress

if TYPE_CHECKING:
    from typer._click.core import Context

    from bot.service.backup.writing import Counts

To = Annotated[str | None, typer.Option("--to", help="public key (age1pq1…) or its file; else the one used last")]


class Backups(Protocol):
    """What these commands do, on this installation."""

    def make_key(self, folder: Path | None) -> tuple[str, str]:
        """See `bot.run.backing.make_key`."""
        ...

    def back_up(self, file: Path, to: str | None, report: Callable[[int, int], None]) -> Counts:
        """See `bot.run.backing.back_up`."""
        ...

    def back_up_master(self, file: Path, to: str | None) -> None:
        """See `bot.run.backing.back_up_master`."""
        ...


class FileFirst(TyperGroup):
    """`hopthu backup FILE` is `hopthu backup file FILE`."""

    bare = "file"

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Put the command's name in where a file is named at once."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = [self.bare, *args]
        return super().parse_args(ctx, args)


def commands(open_backups: Callable[[], Backups]) -> typer.Typer:
    """Commands on backups; `open_backups` loads what carries them out."""
    app = typer.Typer(
        help="Sealed backups. Example: hopthu backup /media/usb/2026-11-22.hopthu --to backup.pub",
        no_args_is_help=True,
        cls=FileFirst,
    )

    @app.command()
    def key(
        folder: Annotated[Path | None, typer.Option("--out", help="folder for both parts, on an offline disk")] = None,
    ) -> None:
        """Make the key pair of backups, on a machine off the network. Example: hopthu backup key --out /media/usb"""
        from bot.service.errors import NotAccepted

        if folder is None and not is_terminal():
            raise NotAccepted("the private key is shown on a terminal alone; name a folder with --out")
        private, public = open_backups().make_key(folder)
        if folder is not None:
            typer.echo(f"The private key is in {folder}/backup.key. Keep it, and a copy of it, off every server.")
            typer.echo(f"Next, on the server: hopthu backup FILE --to {folder}/backup.pub")
            return
        typer.echo("Private key: write it on paper. It is shown this once, and nothing else opens a backup.")
        typer.echo(f"\n  {private}\n")
        typer.echo(f"Public key, for hopthu backup FILE --to …\n\n{public}")

    @app.command(name="file")
    def file_(
        file: Annotated[Path, typer.Argument(help="new file; on another machine or disk in the end")], to: To = None
    ) -> None:
        """Back up everything that lasts: `hopthu backup FILE` for short. Example: hopthu backup file today.hopthu"""
        backups = open_backups()
        with shown_progress("attachments") as report:
            counts = backups.back_up(file, to, report)
        rows = sum(counts.rows.values())
        typer.echo(f"Backup written to {file}: {counts.rows['tips']} tips, {rows} rows, {counts.blobs} attachments.")
        if counts.lost:
            typer.echo(f"{len(counts.lost)} attachments that tips name are missing in the store; look at its disk.")
        typer.echo("It holds no chat and no key. Next, once: hopthu backup master FILE")

    @app.command()
    def master(
        file: Annotated[Path, typer.Argument(help="new file, kept apart from the backups")], to: To = None
    ) -> None:
        """Seal the master key in a file of its own. Example: hopthu backup master master.hopthu"""
        open_backups().back_up_master(file, to)
        typer.echo(f"The master key, sealed, is in {file}. Keep it apart from the backups.")

    return app


def is_terminal() -> bool:
    """True where what is written is seen by who types, and by no file."""
    return sys.stdout.isatty()
