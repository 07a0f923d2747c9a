"""`hopthu authority create|recovery|lock|unlock`: the authority's keys, and the five words that lock one of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def key_commands(app: typer.Typer) -> None:
    """Commands that make keys and lock them."""
    _making(app)
    _locking(app)


def _making(app: typer.Typer) -> None:
    @app.command()
    def create(
        folder: Annotated[Path, typer.Argument(help="folder for the key; on paper or an offline disk")],
        *,
        open_: Annotated[bool, typer.Option("--open", help="not locked: whoever has the file can sign")] = False,
    ) -> None:
        """Make the authority's key, locked under five words. Example: hopthu authority create /media/usb/authority"""
        from bot.service.authority.keys import make_authority
        from crypto.passphrases import new_passphrase

        passphrase = None if open_ else new_passphrase()
        public = make_authority(_private(folder), passphrase)
        typer.echo(f"Authority's public key, for hopthu init:  {public.hex()}")
        typer.echo(f"The private key is in {folder}. Keep it off every server.")
        if passphrase:
            typer.echo(f"Its passphrase, shown only now:  {passphrase}")
            typer.echo("Write the five words on paper and keep it elsewhere: without them nothing can be signed.")

    @app.command()
    def recovery(
        folder: Annotated[Path, typer.Argument(help="folder of the authority's key")],
        units: Annotated[list[str], typer.Argument(metavar="UNIT…", help="official codes of units")],
    ) -> None:
        """Make units' recovery identities. Example: hopthu authority recovery /media/usb/authority 18118"""
        from bot.service.authority.keys import make_recovery

        for unit in units:
            recipient = make_recovery(folder, unit)
            typer.echo(f"The recovery identity of unit {unit} is in {folder}. Keep it off every server.")
            typer.echo(f"Its public part goes on the next sheet by itself ({recipient[:16]}…).")


def _locking(app: typer.Typer) -> None:
    @app.command()
    def lock(folder: Annotated[Path, typer.Argument(help="folder of the authority's key")]) -> None:
        """Lock the key under five new words, which are asked back first.

        Copies of the folder made before still hold the key as it was: make them anew, and destroy the old ones.

        Example: hopthu authority lock /media/usb/authority
        """
        from bot.service.authority.keys import lock_authority, open_signer
        from bot.service.errors import NotAccepted
        from crypto.passphrases import new_passphrase, normal_passphrase

        signer = open_signer(folder, asked_passphrase)
        words = new_passphrase()
        typer.echo(f"The new passphrase, shown only now:  {words}")
        typer.echo("Write the five words on paper and keep it elsewhere: without them nothing can be signed.")
        if normal_passphrase(asked_passphrase("The five words again")) != normal_passphrase(words):
            raise NotAccepted("these are other words: the key is as it was")
        lock_authority(folder, signer, words)
        typer.echo("The key is locked. Older copies of this folder are not: make them anew, and destroy the old ones.")

    @app.command()
    def unlock(folder: Annotated[Path, typer.Argument(help="folder of the authority's key")]) -> None:
        """Take the lock off. Example: hopthu authority unlock /media/usb/authority"""
        from bot.service.authority.keys import lock_authority, open_signer

        lock_authority(folder, open_signer(folder, asked_passphrase), None)
        typer.echo("The key is open: whoever has the file can sign. Lock it again: hopthu authority lock")


def asked_passphrase(asked: str = "Passphrase of the authority's key") -> str:
    """Five words as a person types them, not shown; of a script the next line of its input."""
    typed: str = typer.prompt(asked, hide_input=True, err=True)
    return typed


def _private(folder: Path) -> Path:
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
