"""`hopthu authority …`: what is done on the authority's own machine, which has no database and needs no network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.edge.cli.shown import shown


def commands() -> typer.Typer:
    """Commands of the authority's machine."""
    app = typer.Typer(help="On the authority's machine: make its key, sign unit sheets.", no_args_is_help=True)

    @app.command()
    def create(
        folder: Annotated[Path, typer.Argument(help="folder for the key; on paper or an offline disk")],
    ) -> None:
        """Make the authority's key. Example: hopthu authority create /media/usb/authority"""
        from bot.service.authority import make_authority

        public = make_authority(_private(folder))
        typer.echo(f"Authority's public key, for hopthu init:  {public.hex()}")
        typer.echo(f"The private key is in {folder}. Keep it off every server.")

    @app.command()
    def recovery(
        folder: Annotated[Path, typer.Argument(help="folder of the authority's key")],
        unit: Annotated[str, typer.Argument(help="official code of the unit")],
    ) -> None:
        """Make a unit's recovery identity. Example: hopthu authority recovery /media/usb/authority 18118"""
        from bot.service.authority import make_recovery

        recipient = make_recovery(folder, unit)
        typer.echo(f"The recovery identity of unit {unit} is in {folder}. Keep it off every server.")
        typer.echo(f"Its public part goes on the next sheet by itself ({recipient[:16]}…).")

    @app.command()
    def sign(
        request: Annotated[Path, typer.Argument(help="request file written by the server")],
        folder: Annotated[Path, typer.Option("--key", help="folder of the authority's key")],
        out: Annotated[Path, typer.Option(help="where the signed sheet goes")],
        yes: Annotated[bool, typer.Option("--yes", help="the digits were compared already")] = False,
    ) -> None:
        """Sign a unit sheet after comparing digits. Example: hopthu authority sign request.json --key … --out …"""
        from bot.service.authority import read_request, sign_request

        found = read_request(request.read_bytes(), folder)
        typer.echo(f"Unit {shown(found.sheet.unit)}, {shown(found.sheet.name)}, sheet number {found.sheet.n}")
        for n, (line, digits) in enumerate(found.officers, 1):
            typer.echo(f"{n:3}. {shown(line.officer)} ({shown(line.role)})")
            typer.echo(f"     {digits}")
        if not yes and not typer.confirm("Were all digits read aloud by their officers and the same?"):
            raise typer.Exit(1)
        out.write_bytes(sign_request(found, folder))
        typer.echo(f"Signed sheet written to {out}. Take it to the server: hopthu unit sheet {out.name}")

    return app


def _private(folder: Path) -> Path:
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
