"""A year told: a story of one ward's first weeks and of the days when its officer leaves, and a page of figures."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from scenario.happenings import DAY, MINUTE, PROVINCE, Happening, Year
from scenario.reckoning import NO_TIP, Reckoning, Told

ZONE = timezone(timedelta(hours=7))
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
DAYS_TOLD = 14
ROOT = Path(__file__).resolve().parents[2]
Line = tuple[int, str]


@dataclass
class Lived:
    """The year as the database has it: who was told of what and when, what phones showed, who holds keys."""

    year: Year
    told: Told
    sends: dict[tuple[str, int, int, int], int]
    keys: set[tuple[bytes, str]]
    kills: int
    seconds: float


def moment(at: int) -> str:
    found = datetime.fromtimestamp(at, ZONE)
    return f"{WEEKDAYS[found.weekday()]} {found:%d/%m %H:%M}"


def story(lived: Lived) -> str:
    """What happened to one ward's tips, and what its officers were told, line by line."""
    ward = lived.year.units[1]
    found = sorted([*_done(lived.year, ward), *_calls(lived, ward)])
    left = lived.year.outs[f"{ward}-t2"]
    begin = min(at for at, said in found if "comes" in said) - MINUTE
    parts = ((begin, begin + DAYS_TOLD * DAY), (left - 2 * DAY, left + DAYS_TOLD * DAY))
    busy = {moment(at)[:8] for at, said in found if "digest" not in said}
    found = [(at, said) for at, said in found if moment(at)[:8] in busy]
    chapters = (
        "".join(f"{moment(at)}  {said}\n" for at, said in found if since <= at < until) for since, until in parts
    )
    return "\n".join(chapters)


def _done(year: Year, ward: str) -> Iterator[Line]:
    """What people did."""
    for one in year.happenings:
        urgent = ", urgent" if year.is_urgent(one.n) else ""
        if one.what in ("filed", "passed", "opened", "act"):
            if year.ward_of(one.n) == ward:
                to = f"{PROVINCE}, past the ward" if year.is_past(one.n) else ward
                said = {
                    "filed": f"comes for {to}{urgent}",
                    "passed": f"is passed on to {one.act}",
                    "opened": "is opened",
                    "act": f"is {one.act}" if one.act.endswith("ed") else f"has its act: {one.act}",
                }
                yield one.at, f"tip {one.n} {said[one.what]}"
        elif ward in _whom(year, one):
            yield one.at, _said(year, one)


def _whom(year: Year, one: Happening) -> str:
    return year.plans[one.n].unit if one.what == "sheet" else one.who


def _said(year: Year, one: Happening) -> str:
    match one.what:
        case "sheet":
            plan = year.plans[one.n]
            return f"{plan.unit} has sheet {plan.n}: {', '.join(one.partition('-')[2] for one in plan.serials)}"
        case "taken":
            return f'{one.who} says "Đã nhận"'
        case "busy":
            return f'{one.who} says "Bận, chuyển trực"'
        case "swap":
            return f"{one.who}: {one.act} stands in, {one.n} days from now"
        case "out":
            return f"{one.who} is shut out"
        case _:
            return f"the desk of {one.who} is handed over"


def _calls(lived: Lived, ward: str) -> Iterator[Line]:
    """What phones rang for; of digests the chief's."""
    numbers = {tip: n for n, tip in enumerate(lived.year.ids)}
    for serial, tip, due in lived.told:
        if tip == NO_TIP:
            if serial == f"{ward}-chief":
                yield due, f"{serial} gets the digest"
        elif lived.year.ward_of(numbers[tip]) == ward:
            yield due, f"{serial} is called: tip {numbers[tip]}"


def page(lived: Lived, reckoning: Reckoning) -> str:
    """The document that is committed."""
    year, wanted = lived.year, reckoning.told
    digests = sum(number for (_, tip, _), number in wanted.items() if tip == NO_TIP)
    rows = {
        "wards, under one province": year.wards,
        "tips": year.tips,
        "of them past their ward": sum(map(year.is_past, range(year.tips))),
        "acts of people and of the organisation": len(year.happenings),
        "officers shut out, their desks handed over": len(year.outs),
        "wards that ended in another": len(year.mergers),
        "times the machine was off, and its clock leapt": f"{len(year.off)}, {len(year.leaps)}",
        "reminders due": sum(wanted.values()) - digests,
        **{f"… by the clock `{clock}`": number for clock, number in sorted(reckoning.clocks.items())},
        "digests due": digests,
        "SIGKILLs on the way": lived.kills,
        "keys to tips held at the end, each by whom it must be": len(lived.keys),
        "**lost**": sum((wanted - lived.told).values()),
        "**doubled or told to somebody else**": sum((lived.told - wanted).values()),
        "seconds it took": round(lived.seconds),
    }
    lines = "".join(f"| {name} | {number} |\n" for name, number in rows.items())
    return (
        "# A year of a province\n\n"
        f"Lived through by an injected clock (seed {year.seed}) in a process that was killed at random instants, and\n"
        "held against a reckoning that shares no code with the product: who must be told of which tip and when, and\n"
        "who may hold its key. The suite is `make year`; this page is written by it (`PAGE=docs/YEAR.md`).\n\n"
        f"Product at commit `{_commit()}`; {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, load {os.getloadavg()[2]:.0f} over the last 15 minutes.\n\n"
        f"| | |\n|---|---:|\n{lines}"
    )


def _commit() -> str:
    asked = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
