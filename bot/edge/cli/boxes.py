"""`hopthu box …`: boxes made, named, moved, closed and replaced; their links, their tables, and what they cover."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.edge.cli import history
from bot.edge.cli.operate import Operate
from bot.edge.cli.shown import shown
from bot.edge.cli.tables import AsJson, OfUnit, TableFile, bring, carry, say_taken

if TYPE_CHECKING:
    from bot.service.boxes.acts import Box
    from bot.service.boxes.addresses import Addresses

Code = Annotated[str, typer.Argument(help="link code of the box, as `hopthu box list` shows it")]
Said = Annotated[str | None, typer.Option()]
LabelEn = Annotated[str | None, typer.Option("--label-en", help="the label in English")]
InHamlet = Annotated[str | None, typer.Option("--hamlet", help='hamlet by its code or name; "" for none')]
Where = Annotated[str | None, typer.Option("--place", help='where it hangs, e.g. "Nhà văn hóa tổ dân phố 4"')]
Role = Annotated[str | None, typer.Option("--contact-role", help="who looks after it: a role, not a person's name")]
Reach = Annotated[str | None, typer.Option("--contact-reach", help="how to reach them; residents never see it")]


def commands(operate: Operate) -> typer.Typer:
    """Commands on boxes; `operate` opens the installation for one act."""
    app = typer.Typer(help="Tip boxes, their links and QR codes.", no_args_is_help=True)
    _making(app, operate)
    _changing(app, operate)
    _ending(app, operate)
    _listing(app, operate)
    _tables(app, operate)
    history.mount(app, operate, "boxes", "box history tdp4-nhl")
    return app


def _making(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def add(
        unit: Annotated[str, typer.Argument(help="official code of the unit")],
        label: Annotated[str, typer.Argument(help='what it is called, e.g. "Tổ dân phố 4"')],
        code: Annotated[str | None, typer.Option(help="link code; made of the label if left out")] = None,
        *,
        label_en: LabelEn = None,
        hamlet: InHamlet = None,
        place: Where = None,
        contact_role: Role = None,
        contact_reach: Reach = None,
    ) -> None:
        """Make a box. Example: hopthu box add 18118 "Tổ dân phố 4" --hamlet to-4-18118"""
        from bot.service.boxes.acts import Sketch
        from bot.service.boxes.acts import add as act

        sketch = Sketch(unit, code, label, label_en, place, hamlet, contact_role, contact_reach)
        box, links = operate(lambda desk: desk.act(lambda store, now: (act(store, sketch, now), desk.addresses)))
        _say_links(box, links)


def _changing(app: typer.Typer, operate: Operate) -> None:
    def change(code: str, **said: str | None) -> None:
        from bot.service.boxes.acts import Sketch
        from bot.service.boxes.acts import change as act

        box = operate(lambda desk: desk.act(lambda store, now: act(store, code, Sketch(**said), now)))
        typer.echo(f"{box.code}: {box.label_vi} ({box.label_en}); {_place(box)}. The link stays.")

    @app.command()
    def rename(
        code: Code,
        label: Annotated[str, typer.Argument(help="what it is called from now on")],
        label_en: LabelEn = None,
    ) -> None:
        """Call it otherwise; its link stays. Example: hopthu box rename tdp4-nhl "Tổ 4" --label-en Four"""
        change(code, label_vi=label, label_en=label_en)

    @app.command()
    def move(code: Code, *, place: Where = None, hamlet: InHamlet = None) -> None:
        """Hang it elsewhere in its unit. Example: hopthu box move tdp4-nhl --place "Cổng chợ" --hamlet to-4"""
        if place is None and hamlet is None:
            raise typer.BadParameter("Missing option --place or --hamlet.")
        change(code, place=place, hamlet=hamlet)

    @app.command()
    def contact(code: Code, *, role: Role = None, reach: Reach = None) -> None:
        """Say who looks after it. Example: hopthu box contact tdp4-nhl --contact-reach 02390000000"""
        if role is None and reach is None:
            raise typer.BadParameter("Missing option --contact-role or --contact-reach.")
        change(code, contact_role=role, contact_reach=reach)


def _ending(app: typer.Typer, operate: Operate) -> None:
    @app.command()
    def close(
        code: Code,
        successor: Annotated[str | None, typer.Option(help="the box that its link leads to from now on")] = None,
    ) -> None:
        """Take it down; its link goes on leading somewhere. Example: hopthu box close tdp4-nhl --successor tdp5-nhl"""
        from bot.service.boxes.acts import close as act

        box = operate(lambda desk: desk.act(lambda store, now: act(store, code, successor, now)))
        typer.echo(f"{box.code} is closed; its link leads to {box.successor or f'unit {box.unit}'}.")

    @app.command()
    def replace(
        code: Code,
        new: Annotated[str, typer.Argument(help="link code of the box that takes its place")],
        unit: Annotated[str | None, typer.Option(help="official code of its unit, if it is another")] = None,
        *,
        label: Annotated[str | None, typer.Option("--label", help="what it is called; as the old one")] = None,
        label_en: LabelEn = None,
        hamlet: InHamlet = None,
        place: Where = None,
    ) -> None:
        """Hang a new one in its place; the old link leads to it. Example: hopthu box replace tdp4-nhl tdp4-moi"""
        from bot.service.boxes.acts import Sketch
        from bot.service.boxes.acts import replace as act

        sketch = Sketch(unit, new, label, label_en, place, hamlet)
        box, links = operate(lambda desk: desk.act(lambda store, now: (act(store, code, sketch, now), desk.addresses)))
        typer.echo(f"{code} is closed; its link leads to {box.code}.")
        _say_links(box, links)


def _listing(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="list")
    def list_(
        unit: OfUnit = None,
        *,
        closed: Annotated[bool, typer.Option("--all", help="closed ones too")] = False,
        as_json: AsJson = False,
    ) -> None:
        """List boxes and where they lead. Example: hopthu box list --unit 18118 --json"""
        from bot.service.boxes.acts import every, leads_to

        found, links = operate(
            lambda desk: desk.look(lambda store, _: (every(store, None, closed=True), desk.addresses))
        )
        asked = [box for box in found if unit in (None, box.unit) and (closed or not box.closed)]
        if as_json:
            told = [_as_json(box, links, leads_to(box.code, found)) for box in asked]
            typer.echo(json.dumps(told, ensure_ascii=False))
            return
        for box in asked:
            after = f"closed, leads to {box.successor or 'its unit'}" if box.closed else links.page(box.code)
            typer.echo(f"{box.unit}  {box.code:24}  {shown(box.label_vi):32}  {after}")

    @app.command()
    def qr(
        code: Code,
        file: Annotated[Path, typer.Argument(help="picture to write: .svg or .png")],
        chat: Annotated[bool, typer.Option("--telegram", help="of the bot on Telegram, not of the page")] = False,
    ) -> None:
        """Write a box's QR code as a picture. Example: hopthu box qr tdp4-nhl tdp4.svg"""
        from bot.service.boxes.acts import picture

        body = operate(
            lambda desk: desk.look(lambda store, _: picture(store, code, desk.addresses, name=file.name, chat=chat))
        )
        file.write_bytes(body)
        typer.echo(f"QR code written to {file}.")

    @app.command()
    def coverage(unit: OfUnit = None, *, as_json: AsJson = False) -> None:
        """Say which hamlets lack a box or a board of numbers. Example: hopthu box coverage --json"""
        from bot.edge.cli.covered import as_dicts, lines
        from bot.service.coverage import coverage as act

        found = operate(lambda desk: desk.look(lambda store, now: act(store, now, unit)))
        typer.echo(json.dumps(as_dicts(found), ensure_ascii=False) if as_json else "\n".join(lines(found)))


def _tables(app: typer.Typer, operate: Operate) -> None:
    @app.command(name="import")
    def import_(file: TableFile) -> None:
        """Take boxes in from a table, all of them or none. Example: hopthu box import boxes.xlsx"""
        from bot.service.boxes.rows import take_in

        say_taken(bring(operate, file, take_in))

    @app.command()
    def export(file: TableFile, unit: OfUnit = None) -> None:
        """Write boxes as a table, which `hopthu box import` takes back. Example: hopthu box export boxes.csv"""
        from bot.service.boxes.rows import take_along

        carry(operate, file, lambda store, kind: take_along(store, kind, unit))


def _say_links(box: Box, links: Addresses) -> None:
    typer.echo(f"Box:       {box.code}, {box.label_vi} ({box.label_en}); {_place(box)}")
    typer.echo(f"Web:       {links.page(box.code)}")
    if links.chat(box.code):
        typer.echo(f"Telegram:  {links.chat(box.code)}")
    if links.account(box.code):
        typer.echo(f"Zalo:      {links.account(box.code)}, first message: {box.code}")


def _place(box: Box) -> str:
    return ", ".join(said for said in (box.place, box.hamlet) if said) or "no place is noted"


def _as_json(box: Box, links: Addresses, after: Box | None) -> Mapping[str, Any]:
    return {
        "code": box.code,
        "unit": box.unit,
        "hamlet": box.hamlet,
        "label_vi": box.label_vi,
        "label_en": box.label_en,
        "place": box.place,
        "contact": {"role": box.contact_role, "reach": box.contact_reach},
        "closed": box.closed,
        "successor": box.successor,
        "leads_to": after.code if after else None,
        "web": links.page(box.code),
        "telegram": links.chat(box.code),
        "zalo": links.account(box.code),
    }
