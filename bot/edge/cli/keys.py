"""`hopthu keys …`: the master key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer


def commands(rotate: Callable[[], tuple[int, int]]) -> typer.Typer:
    """Commands on keys."""
    app = typer.Typer(help="The master key. Example: hopthu keys rotate", no_args_is_help=True)

    @app.callback()
    def _group() -> None:
        """A group, though it has one command."""

    @app.command(name="rotate")
    def rotate_(
        yes: Annotated[bool, typer.Option("--yes", help="every role is stopped")] = False,
    ) -> None:
        """Put a new master key in force, and seal anew what lay under the old one. Example: hopthu keys rotate --yes"""
        if not yes and not typer.confirm("Are intake, worker and desk all stopped?"):
            raise typer.Exit(1)
        number, resealed = rotate()
        typer.echo(f"Master key number {number} is in force; {resealed} rows were sealed anew. The old one is gone.")
        typer.echo("Next: hopthu backup master FILE, and keep the old key's file as long as backups from its time.")

    return app
