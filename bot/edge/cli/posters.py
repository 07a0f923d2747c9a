"""`hopthu poster …`: posters, hand bills and cards of boxes as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.edge.cli.operate import Operate
from bot.edge.cli.progress import shown_progress
from bot.edge.cli.shown import shown
from bot.service.posters.sizes import Size

if TYPE_CHECKING:
    from bot.service.posters.content import Poster
    from bot.service.posters.press import Press

Sizes = Annotated[list[Size], typer.Option("--size", help="paper, or a sheet of cards; may be repeated")]
Bilingual = Annotated[bool, typer.Option("--bilingual", help="in Vietnamese and English")]
LACKS = {
    "number": "has no number, nor has a unit above it: its posters can name none to call of a covered code; "
    "hopthu hotline add puts one up",
    "day": "has numbers that nobody has tried: its posters leave the day to be written by hand; "
    "hopthu hotline check notes it",
}
"""What a poster should have and has not."""
Folder = Annotated[Path, typer.Option("--out", help="folder for the files")]


def commands(operate: Operate, open_press: Callable[[], Press]) -> typer.Typer:
    """Commands on posters; `operate` opens the installation, `open_press` what prints."""
    app = typer.Typer(help="Posters of boxes, as PDF.", no_args_is_help=True)

    def print_(posters: tuple[Poster, ...], sizes: list[Size], *, both: bool, out: Path) -> None:
        from bot.service.posters.folder import jobs, print_into

        with shown_progress("posters") as report:
            done = print_into(out, jobs(posters, sizes, bilingual=both), open_press(), report)
        kept = f"; {done.kept} were there and still right" if done.kept else ""
        typer.echo(f"{done.new} printed into {out}{kept}.")
        for unit, lack in dict.fromkeys((poster.unit.vi, poster.lacks) for poster in posters):
            if lack is not None:
                typer.echo(f"{shown(unit)}: {LACKS[lack]}", err=True)

    @app.command()
    def box(
        codes: Annotated[list[str], typer.Argument(help="link codes of the boxes")],
        *,
        size: Sizes = [Size.A4],  # noqa: B006 - typer copies it
        bilingual: Bilingual = False,
        out: Folder = Path("posters"),
    ) -> None:
        """Print the posters of boxes. Example: hopthu poster box tdp4-nhl --size a4 --size cards --out posters"""
        from bot.service.posters.content import of_boxes

        posters = operate(
            lambda desk: desk.look(lambda store, now: of_boxes(store, desk.book, desk.addresses, codes, now=now))
        )
        print_(posters, size, both=bilingual, out=out)

    @app.command()
    def unit(
        codes: Annotated[list[str], typer.Argument(help="official codes of the units")],
        *,
        size: Sizes = [Size.A4],  # noqa: B006 - typer copies it
        bilingual: Bilingual = False,
        out: Folder = Path("posters"),
    ) -> None:
        """Print the posters of every box of units; goes on where it was stopped. Example: hopthu poster unit 18118"""
        from bot.service.posters.content import of_units

        posters = operate(
            lambda desk: desk.look(lambda store, now: of_units(store, desk.book, desk.addresses, codes, now=now))
        )
        print_(posters, size, both=bilingual, out=out)

    return app
