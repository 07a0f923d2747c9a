"""The root command `hopthu`. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from bench import commands as bench
from bot.edge.cli import (
    audit,
    backups,
    boxes,
    exports,
    hamlets,
    hotlines,
    keys,
    officers,
    posters,
    recovery,
    restore,
    rosters,
    setup,
    units,
)
from bot.edge.cli import authority as authority_machine

if TYPE_CHECKING:
    from bot.edge.cli.backups import Backups
    from bot.edge.cli.recovery import Offline
    from bot.edge.cli.setup import Setup
    from bot.service.backup.restoring import Restored
    from bot.service.desk.operator import Operator
    from bot.service.errors import HopthuError
    from bot.service.finding import FoundUnit
    from bot.service.posters.press import Press
    from bot.service.texts import Catalogue
    from handlers.values import Argument

T = TypeVar("T")

app = typer.Typer(
    name="hopthu",
    help="Hòm thư tố giác: an anonymous tip box for Vietnamese wards.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"hopthu {version('hopthu')}")
        raise typer.Exit


@app.callback()
def hopthu(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="say which version this is")
    ] = False,
) -> None:
    """Hòm thư tố giác: an anonymous tip box for Vietnamese wards. Example: hopthu up"""


@app.command()
def up(
    role: Annotated[Literal["all", "intake", "worker", "desk"], typer.Option(help="what runs here")] = "all",
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on", min=0, max=65535)] = None,
) -> None:
    """Start the product. Example: hopthu up --port 8080"""
    import gc

    gc.disable()  # nearly all that a start makes stays: `serve` freezes it, and from then on there is collecting again
    from bot.run import start

    start.up(role, host, port)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False) -> None:
    """Check keys, permissions, database, clock and tokens in plain words. Example: hopthu doctor --json"""
    from bot.run import doctor as checks

    raise typer.Exit(checks.main(as_json=as_json))


def main() -> None:
    """Run; a known failure is one line in plain words and exit code 1."""
    from bot.service.errors import HopthuError

    try:
        app()
    except HopthuError as error:
        sys.stderr.write(f"hopthu: {_in_words(error)}\n")
        sys.exit(1)
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        sys.stderr.write(f"hopthu: {(error.strerror or 'the system refused').lower()}{where}\n")
        sys.exit(1)


@cache
def _texts() -> Catalogue:
    from bot.run.config import PROJECT
    from bot.service.texts import Catalogue

    return Catalogue(PROJECT / "locales")


def _say(key: str, args: Mapping[str, Argument]) -> str:
    """A sentence as commands say it."""
    return _texts().say("en", key, args)


def _say_here(key: str, args: Mapping[str, Argument]) -> str:
    """A text as documents of the offices have it."""
    return _texts().say("vi", key, args)


def _in_words(error: HopthuError) -> str:
    """What went wrong, for whoever typed the command."""
    from bot.service.tables import RowsRefused, told

    return told(error, _say) if isinstance(error, RowsRefused) else str(error)


def _operate(act: Callable[[Operator], Awaitable[T]]) -> T:
    from bot.run.operating import operate

    return operate(act)


def _find(query: str) -> list[FoundUnit]:
    from bot.run.operating import found_units

    return found_units(query)


def _backups() -> Backups:
    from bot.run import backing

    return backing


def _restore(
    file: Path, key: str, *, authority: str | None, master: Path | None, report: Callable[[int, int], None]
) -> Restored:
    from bot.run import restoring

    return restoring.restore(file, key, authority=authority, master=master, report=report)


def _setup() -> Setup:
    from bot.run import installing

    return installing


def _press() -> Press:
    from bot.run import printing

    return printing.open_press()


def _offline() -> Offline:
    from bot.run import offline

    return offline


def _rotate() -> tuple[int, int]:
    from bot.run import rotating

    return rotating.rotate()


def _pages() -> Path:
    from bot.run.config import PROJECT

    return PROJECT / "web" / "dist"


app.command(name="init")(setup.command(_setup))
app.add_typer(officers.commands(_operate), name="officer")
_units = units.commands(_operate, _find)
_units.add_typer(recovery.commands(_offline), name="recovery")
app.add_typer(_units, name="unit")
app.add_typer(rosters.commands(_operate), name="roster")
app.add_typer(boxes.commands(_operate), name="box")
app.add_typer(hamlets.commands(_operate), name="hamlet")
app.add_typer(posters.commands(_operate, _press), name="poster")
app.add_typer(hotlines.commands(_operate), name="hotline")
app.add_typer(authority_machine.commands(_say, _pages), name="authority")
app.add_typer(backups.commands(_backups), name="backup")
app.add_typer(keys.commands(_rotate), name="keys")
app.command(name="restore")(restore.command(_restore))
app.add_typer(exports.commands(_operate, _say_here), name="export")
app.add_typer(audit.commands(_operate, _say_here), name="audit")
app.add_typer(bench.app, name="bench")
