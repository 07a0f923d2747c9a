"""`hopthu restore`: an empty place and a backup become the installation again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bot.edge.cli.progress import shown_progress
from bot.edge.cli.shown import shown

if TYPE_CHECKING:
    from bot.service.backup.restoring import Restored


class Restore(Protocol):
    """Carries it out."""

    def __call__(
        self, file: Path, key: str, *, authority: str | None, master: Path | None, report: Callable[[int, int], None]
    ) -> Restored:
        """See `bot.run.restoring.restore`."""
        ...


def command(restore: Restore) -> Callable[..., None]:
    """The command."""

    def restore_(
        file: Annotated[Path, typer.Argument(help="backup that hopthu backup wrote")],
        key: Annotated[
            Path | None,
            typer.Option(help="file of the private key; without it, it is asked for, to be typed from paper"),
        ] = None,
        authority: Annotated[str | None, typer.Option(help="public key of the authority this installation had")] = None,
        master: Annotated[Path | None, typer.Option(help="file that hopthu backup master wrote")] = None,
    ) -> None:
        """Bring a backup back into an empty place. Example: hopthu restore today.hopthu --key … --authority …"""
        private = key.read_text("ascii", "replace") if key else typer.prompt("Private key of backups", hide_input=True)
        with shown_progress("reading") as report:
            found = restore(file, private, authority=authority, master=master, report=report)
        typer.echo(f"Restored: {found.rows} rows, {found.blobs} attachments. Every byte was verified first.")
        for unit, n in found.sheets.items():
            typer.echo(f"Unit {shown(unit)}: newest sheet here is number {n}.")
        if found.lost:
            typer.echo(f"{found.lost} attachments were missing already when the backup was made.")
        typer.echo("Next: take in every newer sheet (hopthu unit sheet FILE), then hopthu doctor, then start.")
        typer.echo("Officers log in as before. Chats begin anew; every code works.")

    return restore_
