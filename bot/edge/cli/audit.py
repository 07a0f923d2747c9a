"""`hopthu audit …`: the chain of officers' acts as a file, and its check by anybody, on any machine."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown

if TYPE_CHECKING:
    from bot.service.auditing import Finding, Trust

BROKEN, UNUSABLE = 1, 2
"""Exit codes: the chain does not hold; it could not be checked at all."""


def commands(operate: Operate) -> typer.Typer:
    """Commands on the audit chain; `operate` opens the installation for one act."""
    app = typer.Typer(help="The signed chain of officers' acts: export, verify.", no_args_is_help=True)

    @app.command()
    def export(
        file: Annotated[Path, typer.Argument(help="where the chain goes")],
        unit: Annotated[str, typer.Option(help="official code of the unit")],
    ) -> None:
        """Write a unit's audit chain to a file. Example: hopthu audit export --unit 18118 audit-18118.txt"""
        content = operate(lambda desk: desk.audit_file(unit))
        file.write_bytes(content)
        typer.echo(f"Written to {file}. Check it on any machine: hopthu audit verify {file.name}")

    @app.command()
    def verify(
        file: Annotated[Path, typer.Argument(help="file of `hopthu audit export` or of the desk")],
        *,
        authority: Annotated[str | None, typer.Option(help="the authority's public key; else this server's")] = None,
        server: Annotated[list[str] | None, typer.Option(help="an audit key of the server; repeat for each")] = None,
        seen: Annotated[str | None, typer.Option(help='a mark noted before, like 42:"3f2a 91bc 04de 77a1"')] = None,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Check an exported chain; 0 holds, 1 does not, 2 cannot be checked. Example: hopthu audit verify audit.txt"""
        from bot.service.errors import HopthuError

        try:
            found = _verify(file, _trust(operate, authority, server), seen)
        except (HopthuError, OSError) as error:
            told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            sys.stderr.write(f"hopthu: {told[:1].lower()}{told[1:]}\n")
            raise typer.Exit(UNUSABLE) from None
        typer.echo(json.dumps({**asdict(found), "sentence": found.sentence}) if as_json else shown_sentence(found))
        raise typer.Exit(0 if found.holds else BROKEN)

    @app.command()
    def key() -> None:
        """Print the public keys that verify needs, to be kept on paper. Example: hopthu audit key"""
        trust = operate(lambda desk: desk.audit_trust())
        typer.echo(f"Authority:  {trust.authority.hex()}")
        for one in trust.server:
            typer.echo(f"Server:     {one.hex()}")

    return app


def shown_sentence(found: Finding) -> str:
    """The sentence as a terminal shows it: the unit comes out of a file."""
    return found.sentence.replace(found.unit, shown(found.unit))


def _trust(operate: Operate, authority: str | None, server: list[str] | None) -> Trust:
    """The keys given, and this installation's for what was not given."""
    from bot.service.auditing import Trust, parse_key

    given = tuple(parse_key(one) for one in server or ())
    if authority is not None and given:
        return Trust(parse_key(authority), given)
    own = operate(lambda desk: desk.audit_trust())
    return Trust(parse_key(authority) if authority is not None else own.authority, given or own.server)


def _verify(file: Path, trust: Trust, seen: str | None) -> Finding:
    from bot.service.auditing import parse_seen, verify_export

    return verify_export(file.read_bytes(), trust, parse_seen(seen) if seen is not None else None)
