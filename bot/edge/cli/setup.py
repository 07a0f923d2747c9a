"""`hopthu init`: on a terminal it asks, elsewhere it takes options, and half an answer is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

if TYPE_CHECKING:
    from bot.service.answers import Installed, Question

Answer = str | None


class Setup(Protocol):
    """What sets an installation up."""

    def noted(self) -> dict[str, str]:
        """See `bot.run.installing.noted`."""
        ...

    def note(self, answers: Mapping[str, str]) -> None:
        """See `bot.run.installing.note`."""
        ...

    def install(self, answers: Mapping[str, str], *, env: Path | None, request: Path) -> Installed:
        """See `bot.run.installing.install`."""
        ...


def command(open_setup: Callable[[], Setup]) -> Callable[..., None]:
    """The command."""

    def init(
        *,
        authority: Annotated[Answer, typer.Option(help="public key that `hopthu authority create` printed")] = None,
        unit: Annotated[Answer, typer.Option(help="official code of the unit, five digits")] = None,
        name_vi: Annotated[Answer, typer.Option(help='name in Vietnamese, e.g. "phường Nam Hồng Lĩnh"')] = None,
        name_en: Annotated[Answer, typer.Option(help='name in English, e.g. "Nam Hồng Lĩnh ward"')] = None,
        contact: Annotated[Answer, typer.Option(help="telephone for questions and complaints")] = None,
        public_url: Annotated[Answer, typer.Option(help="https address that residents see")] = None,
        exit_url: Annotated[Answer, typer.Option(help="neutral https page that quick exit leads to")] = None,
        database_url: Annotated[Answer, typer.Option(help="postgresql+asyncpg://…; SQLite if left out")] = None,
        ephemeral_dir: Annotated[Answer, typer.Option(help="folder on tmpfs for the keys that live three days")] = None,
        telegram_token_file: Annotated[
            Path | None, typer.Option(help="file that holds the bot's token, and nothing else")
        ] = None,
        backup_days: Annotated[Answer, typer.Option(help="days that backups are kept, as residents are told")] = None,
        wording_approved: Annotated[
            bool, typer.Option("--wording-approved", help="the unit read and approved the wording in locales/")
        ] = False,
        env: Annotated[
            Path | None,
            typer.Option("--env-file", help="where the settings go; hopthu.env in the data folder if left out"),
        ] = None,
        request: Annotated[Path, typer.Option("--out", help="request file for the authority's machine")] = Path(
            "sheet-request.json"
        ),
    ) -> None:
        """Set a real installation up; on a terminal it asks for what is not given. Example: hopthu init --unit 18118"""
        given = {
            "authority": authority,
            "unit": unit,
            "name_vi": name_vi,
            "name_en": name_en,
            "contact": contact,
            "public_url": public_url,
            "exit_url": exit_url,
            "database_url": database_url,
            "ephemeral_dir": ephemeral_dir,
            "telegram_token": telegram_token_file.read_text("ascii", "replace").strip()
            if telegram_token_file
            else None,
            "backup_days": backup_days,
            "wording": "yes" if wording_approved else None,
        }
        setup = open_setup()
        answers = _complete(setup, {name: value for name, value in given.items() if value is not None})
        _say_next(answers["unit"], setup.install(answers, env=env, request=request))

    return init


def _complete(setup: Setup, given: dict[str, str]) -> dict[str, str]:
    from bot.service.answers import QUESTIONS, missing

    known = {**setup.noted(), **given}
    for one in QUESTIONS:
        if one.name in given:
            one.check(given[one.name])
    if is_terminal():
        for one in QUESTIONS:
            if one.name not in known:
                known[one.name] = _asked(one)
                setup.note(known)
    lacking = [f"--{name.replace('_', '-')}" for name in missing(known)]
    if lacking:
        named = ", ".join("--wording-approved" if name == "--wording" else name for name in lacking)
        raise typer.BadParameter(f"Missing option {named}. On a terminal, what is missing is asked for.")
    return known


def _asked(one: Question) -> str:
    """An answer that can be right; what cannot is said and asked for again."""
    from bot.service.errors import NotAccepted

    if one.name == "wording":
        answer = "yes" if typer.confirm(one.asked, default=False) else "no"
        one.check(answer)
        return answer
    while True:
        answer = str(
            typer.prompt(one.asked, default=one.default, hide_input=one.secret, show_default=bool(one.default))
        )
        try:
            one.check(answer.strip())
        except NotAccepted as error:
            typer.echo(f"  {error}")
        else:
            return answer.strip()


def is_terminal() -> bool:
    """True where somebody can be asked."""
    return sys.stdin.isatty()


def _say_next(unit: str, done: Installed) -> None:
    typer.echo(f"Installed in {done.folder}.")
    typer.echo(f"Settings:   {done.env}" + (f" and {done.telegram}" if done.telegram else ""))
    typer.echo(f"Request:    {done.request}")
    for line in done.advice:
        typer.echo(f"Better:     {line}")
    typer.echo(f"Next, on the authority's machine:  hopthu authority recovery FOLDER {unit}")
    typer.echo(
        f"                                   hopthu authority sign {done.request.name} --key FOLDER --out sheet-1.txt"
    )
    typer.echo("Next, here:  hopthu unit sheet sheet-1.txt")
    typer.echo(f'             hopthu officer invite {unit} "Đ/c A" --role duty')
    typer.echo("             hopthu backup FILE --to backup.pub, and hopthu doctor until it has nothing to say")
