"""Unit sheets as a terminal shows them and hands them out: days in Vietnam's time, what became of each of many."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.edge.cli.shown import shown

if TYPE_CHECKING:
    from bot.service.authority.kept import Office, Signed
    from bot.service.authority.signing import Outcome
    from crypto.sheets import Sheet

DAY = 24 * 3600
VIETNAM = timedelta(hours=7)
WORDS = {"signed": "signed", "already": "signed before", "waiting": "waiting", "refused": "refused"}


def seconds_until(day: str | None) -> int | None:
    """The second at which a day of Vietnam ends.

    Raises:
        BadParameter: this is no day.
    """
    if day is None:
        return None
    from bot.service.authority.signing import end_of

    try:
        return end_of((date.fromisoformat(day) - date(1970, 1, 1)).days)
    except ValueError:
        raise typer.BadParameter("a day is written like 2027-01-31") from None


def day_shown(expires: int) -> str:
    """The last whole or begun day before this second, in Vietnam."""
    return (datetime.fromtimestamp(expires - 1, UTC) + VIETNAM).date().isoformat()


def fields_of(sheet: Sheet, now: int) -> dict[str, object]:
    """A signed sheet in a JSON list."""
    return {
        "unit": sheet.unit,
        "name": sheet.name,
        "n": sheet.n,
        "officers": [{"serial": one.serial, "account": one.officer, "role": one.role} for one in sheet.officers],
        "goes_on_for": list(sheet.goes_on_for),
        "until": day_shown(sheet.expires),
        "days": (sheet.expires - now) // DAY,
    }


def line_of(sheet: Sheet, now: int) -> str:
    """A signed sheet on a line."""
    days = (sheet.expires - now) // DAY
    left = f"{days} days left" if days >= 0 else "over"
    about = f"number {sheet.n}, {len(sheet.officers)} officer(s), until {day_shown(sheet.expires)}, {left}"
    merged = f", goes on for {', '.join(map(shown, sheet.goes_on_for))}" if sheet.goes_on_for else ""
    return f"{shown(sheet.unit):5}  {shown(sheet.name)}: {about}{merged}"


def say_outcomes(outcomes: Sequence[Outcome], out: Path, *, as_json: bool) -> None:
    """What became of each, a line or a JSON object; at the end how many."""
    if as_json:
        typer.echo(json.dumps([_fields(one) for one in outcomes], ensure_ascii=False))
        return
    for one in outcomes:
        typer.echo(f"{shown(one.unit):5}  {WORDS[one.status]:13}  {shown(one.name)}{_more(one)}")
    counts: Counter[str] = Counter(one.status for one in outcomes)
    typer.echo(", ".join(f"{counts[status]} {word}" for status, word in WORDS.items()) + ".")
    if counts["signed"] or counts["already"]:
        typer.echo(f"Sheets are in {out}. Take them to the server: hopthu unit sheet {out.name}")


def _fields(one: Outcome) -> dict[str, object]:
    """With days instead of seconds."""
    return {**asdict(one), "expires": None if one.expires is None else day_shown(one.expires)}


def _more(one: Outcome) -> str:
    said = [f"number {one.n}, {one.officers} officer(s), until {day_shown(one.expires)}"] if one.expires else []
    said += [f"not compared: {', '.join(map(shown, one.waiting))}"] if one.waiting else []
    said += [f"not on it any more: {', '.join(map(shown, one.left))}"] if one.left else []
    said += [one.why] if one.why else []
    return f": {'; '.join(said)}" if said else ""


def hand_out(office: Office, out: Path, signed: Iterable[Signed]) -> None:
    """Write signed sheets into a folder or an archive."""
    with handing(office, out) as hand:
        for one in signed:
            hand(one)


@contextmanager
def handing(office: Office, out: Path) -> Iterator[Callable[[Signed], None]]:
    """Hands sheets out as they are signed: into a folder each at once, into an archive whatever came of the run."""
    from bot.service.bundles import write_bundle

    packed: dict[str, bytes] = {}

    def hand(one: Signed) -> None:
        if out.suffix.lower() == ".zip":
            packed[office.file_of(one)] = one.body
        else:
            write_bundle(out, {office.file_of(one): one.body})

    try:
        yield hand
    finally:
        if packed:
            write_bundle(out, packed)
