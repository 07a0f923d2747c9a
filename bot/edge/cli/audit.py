"""`hopthu audit …`: the chain of officers' acts as a file, and its check by anybody, on any machine.

Beside it the check of what a reporter may hold: the signed acknowledgement of a tip.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.service.auditing import Finding, Proof, Trust
    from bot.service.checkpoints.content import Say

T = TypeVar("T")
BROKEN, UNUSABLE = 1, 2
"""Exit codes: it does not hold; it could not be checked at all."""
SHORT = 4
"""Groups of a head that are noted by hand."""


def commands(operate: Operate, say: Say) -> typer.Typer:
    """Commands on the audit chain; `operate` opens the installation for one act, `say` has a printed page's words."""
    app = typer.Typer(help="The signed chain of officers' acts: export, verify.", no_args_is_help=True)
    _taking_out(app, operate, say)
    _checking(app, operate)
    return app


def _taking_out(app: typer.Typer, operate: Operate, say: Say) -> None:
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
    def checkpoint(
        file: Annotated[Path, typer.Argument(help="PDF to write")],
        unit: Annotated[str, typer.Option(help="official code of the unit")],
    ) -> None:
        """Print where a chain ends, to be signed and kept. Example: hopthu audit checkpoint --unit 18118 niem.pdf"""
        from bot.service.checkpoints.printing import printed

        found = operate(lambda desk: desk.checkpoint(unit))
        file.write_bytes(printed(found, say))
        typer.echo(f"Written to {file}: number {found.n}, {' '.join(found.groups[:SHORT])}.")

    @app.command()
    def key() -> None:
        """Print the public keys that these checks need, to be kept on paper. Example: hopthu audit key"""
        trust = operate(lambda desk: desk.audit_trust())
        typer.echo(f"Authority:  {trust.authority.hex()}")
        for one in trust.server:
            typer.echo(f"Server:     {one.hex()}")


def _checking(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def verify(
        file: Annotated[Path | None, typer.Argument(help="file of `hopthu audit export` or of the desk")] = None,
        *,
        here: Annotated[bool, typer.Option("--here", help="every chain of this installation, and its rows")] = False,
        authority: Annotated[str | None, typer.Option(help="the authority's public key; else this server's")] = None,
        server: Annotated[list[str] | None, typer.Option(help="an audit key of the server; repeat for each")] = None,
        checkpoint: Annotated[
            str | None,
            typer.Option("--checkpoint", "--seen", help='a mark noted before: 42:"3f2a 91bc 04de 77a1", or as printed'),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Check an exported chain; 0 holds, 1 does not, 2 cannot be checked.

        With --here the database instead: every chain, and whether entries, keys, cases and lists are as they tell.
        Example: hopthu audit verify audit.txt
        """
        if here == (file is not None):
            _unusable("give a file, or --here")
        if file is None:
            _say_rows(operate, as_json=as_json)
        found = _checked(lambda: verified(file, _trust(operate, authority, server), checkpoint))
        typer.echo(json.dumps({**asdict(found), "sentence": found.sentence}) if as_json else shown_sentence(found))
        raise typer.Exit(0 if found.holds else BROKEN)

    @app.command()
    def acknowledgement(
        file: Annotated[Path, typer.Argument(help="file that a reporter saved, or a text that holds what it holds")],
        *,
        server: Annotated[list[str] | None, typer.Option(help="an audit key of the server; repeat for each")] = None,
        number: Annotated[str | None, typer.Option(help="the number somebody says to show that the tip is his")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
    ) -> None:
        """Check that a tip was received; exits as verify does. Example: hopthu audit acknowledgement giay.html"""
        proof = _checked(lambda: _proof(operate, file, server, number))
        typer.echo(json.dumps({**asdict(proof), "sentence": proof.sentence}) if as_json else _shown_proof(proof))
        raise typer.Exit(0 if proof.holds else BROKEN)


def _checked(check: Callable[[], T]) -> T:
    """What a check came to; where it could not be made at all, why."""
    from bot.service.errors import HopthuError

    try:
        return check()
    except (HopthuError, OSError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        _unusable(f"{told[:1].lower()}{told[1:]}")


def _proof(operate: Operate, file: Path, server: list[str] | None, number: str | None) -> Proof:
    from bot.service.auditing import parse_key, parse_number, verify_proof

    keys = tuple(parse_key(one) for one in server or ()) or operate(lambda desk: desk.audit_trust()).server
    return verify_proof(file.read_bytes(), keys, None if number is None else parse_number(number))


def _shown_proof(proof: Proof) -> str:
    """The sentence as a terminal shows it: the unit's name and code come out of a file."""
    return replace(proof, name=shown(proof.name), unit=shown(proof.unit)).sentence


def _say_rows(operate: Operate, *, as_json: bool) -> NoReturn:
    found = operate(lambda desk: desk.audit_rows())
    if as_json:
        typer.echo(json.dumps([{**asdict(one), "sentence": one.sentence} for one in found], ensure_ascii=False))
    for one in () if as_json else found:
        typer.echo(shown(one.sentence))
    if not found and not as_json:
        typer.echo("Every chain here holds, and the rows are as they tell.")
    raise typer.Exit(BROKEN if found else 0)


def _unusable(why: str) -> NoReturn:
    sys.stderr.write(f"hopthu: {why}\n")
    raise typer.Exit(UNUSABLE)


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


def verified(file: Path, trust: Trust, noted: str | None = None) -> Finding:
    """What checking a file comes to.

    Raises:
        NotAccepted: it is no such file, or what was noted is no mark.
        OSError: it cannot be read.
    """
    from bot.service.auditing import parse_noted, verify_export

    return verify_export(file.read_bytes(), trust, parse_noted(noted) if noted is not None else None)
