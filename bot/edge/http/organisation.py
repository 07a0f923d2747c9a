"""The console's API of the organisation: lists, their tables, QR codes and posters, and signed changes of them.

Every route needs a session of somebody on a sheet; what he may see and change the service says.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Response
from pydantic import Field, ValidationError

from bot.edge.http.chains import First, chain_file, records
from bot.edge.http.sessions import PREFIX, Bytes, Model, Signed, by_script, session
from bot.service.coverage import Covered
from bot.service.desk.counter import Counter, Me
from bot.service.desk.staffing import Invited
from bot.service.errors import NotAccepted
from bot.service.organisation.acts import Act, Exchange, Feast, HamletEnd, Merger, Removal, RouteEnd
from bot.service.organisation.admitting import Admission, Brought, Heard
from bot.service.organisation.desk import Link, OrganisationDesk, Sent, Unit
from bot.service.organisation.history import Past
from bot.service.organisation.lists import View
from bot.service.organisation.printing import Printing
from bot.service.organisation.showing import Asked, Shown, hanging
from bot.service.organisation.weeks import Day as DayOfWeek
from bot.service.posters.sizes import Size
from bot.service.rosters.rules import LONGEST_CALLED
from bot.service.rosters.words import moment
from bot.service.tables import Kind

LARGEST_TABLE = 700_000
"""Bytes of a table as it travels here: some thousands of rows."""
MOST_MERGED = 200
MOST_SEEN = 50
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
"""Days that may be asked for: the calendar reckons with those around them."""
TYPES: dict[Kind, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
B = TypeVar("B", bound=Model)

Code = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Called = Annotated[str, Field(max_length=LONGEST_CALLED, pattern=r"^[^\x00]*$")]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]


class Change(Signed):
    """What an officer sends to change a list, and his record, which names it."""

    what: Bytes = Field(max_length=LARGEST_TABLE)
    seen: dict[Code, Code] = Field(default_factory=dict, max_length=MOST_SEEN)
    """Marks of units' rows as the page gave them; where there are any, no other unit's rows are changed."""

    @property
    def sent(self) -> Sent:
        """As the service takes it."""
        return Sent(self.what, self.record, self.seen)


class Invitation(Model):
    """Whom a link is wanted for."""

    unit: Code
    name: Text
    role: Code


class Removing(Model):
    """Who is shut out. `tips`: how many that are open he alone can open, as was said before."""

    serial: Code
    tips: int = Field(default=0, ge=0)

    @property
    def act(self) -> Act:
        """As the service takes it."""
        return Removal(self.serial, self.tips)


class Approving(Model):
    """Whose digits were heard, and which."""

    serial: Code
    digits: Code


class Bringing(Model):
    """A signed sheet as its file has it. `tips`: so many that are open may be left to nobody, as was said before."""

    sheet: str = Field(max_length=LARGEST_TABLE)
    tips: int = Field(default=0, ge=0)


class Merging(Model):
    """Units that end, the one that goes on, and its first day in Vietnam; none: at once."""

    olds: list[Code] = Field(min_length=1, max_length=MOST_MERGED)
    into: Code
    when: Day | None = None

    @property
    def act(self) -> Act:
        """As the service takes it."""
        return Merger(tuple(self.olds), self.into, None if self.when is None else moment(self.when, 0))


class HamletEnding(Model):
    """A hamlet that is no more, and the one that its boxes belong to from now on."""

    code: Code
    into: Code | None = None

    @property
    def act(self) -> Act:
        """As the service takes it."""
        return HamletEnd(self.code, self.into)


class Exchanging(Model):
    """Who stands for whom on a day in Vietnam; nobody: the week holds again."""

    unit: Code
    day: Day
    officer: Code
    instead: Code | None = None

    @property
    def act(self) -> Act:
        """As the service takes it."""
        return Exchange(self.unit, self.day, self.officer, self.instead)


class Feasting(Model):
    """Days in Vietnam that are holidays, called so, or worked instead; without a name they are neither any more."""

    unit: Code
    first: Day
    last: Day
    name: Called | None = None
    working: bool = False

    @property
    def act(self) -> Act:
        """As the service takes it."""
        return Feast(self.unit, self.first, self.last, self.name, self.working)


class RouteEnding(Model):
    """Of which kind of matter a unit says no more where it goes."""

    unit: Code
    category: Code

    @property
    def act(self) -> Act:
        """As the service takes it."""
        return RouteEnd(self.unit, self.category)


ACTS: dict[str, type[Removing | Merging | HamletEnding | Exchanging | Feasting | RouteEnding]] = {
    "officers/remove": Removing,
    "units/merge": Merging,
    "hamlets/end": HamletEnding,
    "swaps/change": Exchanging,
    "holidays/change": Feasting,
    "routes/end": RouteEnding,
}
"""What is done by no table, by its route."""


def router(desk: OrganisationDesk, counter: Counter) -> APIRouter:
    """Routes under the console's API."""
    routes = APIRouter(prefix=f"{PREFIX}/organisation")
    acting, asked = session(counter.who_acts), by_script()
    _looking(routes, desk, acting=acting)
    _logs(routes, desk, acting=acting)
    _sheets(routes, desk.admission, acting=acting, asked=asked)
    _printing(routes, desk, acting=acting)
    _changing(routes, desk, acting=acting, asked=asked)
    _lists(routes, desk, acting=acting, asked=asked)
    return routes


def _looking(routes: APIRouter, desk: OrganisationDesk, *, acting: Any) -> None:
    @routes.get("/units/tree")
    async def tree(me: Me = acting) -> dict[str, Any]:
        return {"units": [_unit(one) for one in await desk.tree(me)]}

    @routes.get("/routes/targets")
    async def targets(me: Me = acting) -> dict[str, Any]:
        return {"units": [_unit(one) for one in await desk.targets(me)]}

    @routes.get("/roster/week")
    async def week(unit: Code, first: Annotated[Day, Query(alias="from")], me: Me = acting) -> dict[str, Any]:
        return {"days": [_day(one) for one in await desk.week(me, unit, first)]}

    @routes.get("/coverage")
    async def coverage(unit: Code, me: Me = acting) -> dict[str, Any]:
        return _covered(await desk.coverage(me, unit))


def _logs(routes: APIRouter, desk: OrganisationDesk, *, acting: Any) -> None:
    @routes.get("/logs")
    async def logs(me: Me = acting) -> dict[str, Any]:
        return {"units": [_unit(one) for one in await desk.former(me)]}

    @routes.get("/logs/records")
    async def log(unit: Code, first: First = 1, me: Me = acting) -> dict[str, Any]:
        return records(await desk.log(me, unit, first))

    @routes.get("/logs/file")
    async def log_file(unit: Code, me: Me = acting) -> Response:
        return chain_file(await desk.log_file(me, unit), unit)


def _sheets(routes: APIRouter, admission: Admission, *, acting: Any, asked: Any) -> None:
    @routes.post("/officers/approve", dependencies=[asked])
    async def approve(body: Change, me: Me = acting) -> dict[str, Any]:
        heard = _read(Approving, body.what)
        await admission.approve(me, Heard(heard.serial, heard.digits), body.sent)
        return {}

    @routes.get("/sheets/requests")
    async def requests(unit: Code, *, only: bool = False, me: Me = acting) -> Response:
        body = await admission.requests(me, unit, only=only)
        return Response(body, media_type="application/zip", headers=_named("requests.zip"))

    @routes.get("/sheets/past")
    async def past(unit: Code, me: Me = acting) -> dict[str, Any]:
        return {"sheets": [asdict(one) for one in await admission.past(me, unit)]}

    @routes.post("/sheets/take", dependencies=[asked])
    async def take(body: Change, me: Me = acting) -> dict[str, Any]:
        brought = _read(Bringing, body.what)
        taken = await admission.take_in(me, Brought(brought.sheet.encode(), brought.tips), body.sent)
        return {name: value for name, value in asdict(taken).items() if name not in ("file", "why")}


def _printing(routes: APIRouter, desk: OrganisationDesk, *, acting: Any) -> None:
    @routes.get("/boxes/{code}/qr.svg")
    async def qr(code: Code, me: Me = acting) -> Response:
        return Response(await desk.code_of(me, code), media_type="image/svg+xml")

    @routes.get("/posters")
    async def posters(
        unit: Code, *, size: Size = Size.A4, both: bool = False, box: Code | None = None, me: Me = acting
    ) -> Response:
        body = await desk.posters(me, Printing(unit, box, size, both))
        return Response(body, media_type="application/pdf", headers=_named(f"posters-{size.value}.pdf"))


def _changing(routes: APIRouter, desk: OrganisationDesk, *, acting: Any, asked: Any) -> None:
    @routes.post("/officers/invite", dependencies=[asked])
    async def invite(body: Change, me: Me = acting) -> dict[str, Any]:
        wanted = _read(Invitation, body.what)
        made = await desk.invite(me, Invited(wanted.unit, wanted.name, wanted.role), body.sent)
        return {"link": made.link, "expires": made.expires}

    @routes.post("/officers/import", dependencies=[asked])
    async def invite_all(body: Change, me: Me = acting) -> dict[str, Any]:
        return {"links": [_link(one) for one in await desk.invite_all(me, body.sent)]}

    for way in ACTS:
        _act(routes, desk, way, acting=acting, asked=asked)


def _act(routes: APIRouter, desk: OrganisationDesk, way: str, *, acting: Any, asked: Any) -> None:
    shape = ACTS[way]

    @routes.post(f"/{way}", dependencies=[asked], name=way.replace("/", "_"))
    async def act(body: Change, me: Me = acting) -> dict[str, Any]:
        await desk.act(me, _read(shape, body.what).act, body.sent)
        return {}


def _lists(routes: APIRouter, desk: OrganisationDesk, *, acting: Any, asked: Any) -> None:
    @routes.get("/{name}")
    async def page(
        name: View, *, unit: Code | None = None, q: Text = "", offset: Offset = 0, past: bool = False, me: Me = acting
    ) -> dict[str, Any]:
        """`q`: words that all stand in a row, with or without their marks."""
        return _shown(await desk.page(me, name, Asked(unit, q, offset, past)))

    @routes.get("/{name}/file")
    async def file(name: View, unit: Code | None = None, kind: Kind = "csv", me: Me = acting) -> Response:
        body = await desk.file(me, name, kind, unit)
        return Response(body, media_type=TYPES[kind], headers=_named(f"{name}.{kind}"))

    @routes.get("/{name}/history")
    async def history(name: View, key: Text, me: Me = acting) -> dict[str, Any]:
        return {"changes": [_past(one) for one in await desk.history(me, name, key)]}

    @routes.post("/{name}", dependencies=[asked])
    async def take_in(name: View, body: Change, me: Me = acting) -> dict[str, Any]:
        return asdict(await desk.take_in(me, name, body.sent))


def _read(shape: type[B], what: bytes) -> B:
    """What an officer sent as JSON."""
    try:
        return shape.model_validate_json(what)
    except ValidationError:
        raise NotAccepted("err-again", status=422) from None


def _named(file: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="hopthu-{file}"'}


def _shown(found: Shown) -> dict[str, Any]:
    rows = [{"key": row.key, "unit": row.unit, "cells": row.cells, "more": more} for row, more in found.rows]
    return {
        "total": found.total,
        "may_change": found.may_change,
        "columns": found.columns,
        "rows": rows,
        "summary": found.summary,
        "seen": found.seen,
    }


def _unit(one: Unit) -> dict[str, Any]:
    named = {"code": one.code, "name_vi": one.name_vi, "name_en": one.name_en}
    return {**named, "parent": one.parent, "past": not one.there}


def _day(one: DayOfWeek) -> dict[str, Any]:
    shifts = [{**_hours(shift.start, shift.end), "officers": shift.officers} for shift in one.shifts]
    gaps = [{**_hours(gap.start, gap.end), "goes_to": gap.goes_to} for gap in one.gaps]
    return {
        "day": one.day.isoformat(),
        "shifts": shifts,
        "gaps": gaps,
        "feast": one.feast,
        "working": one.working,
    }


def _hours(start: int, end: int) -> dict[str, str]:
    return {"from": f"{start:02}:00", "to": f"{end:02}:00"}


def _covered(found: tuple[Covered, ...]) -> dict[str, Any]:
    """`box`, `board`: which of them the hamlet lacks."""
    lacking = [
        {
            "unit": unit.unit,
            "hamlet": one.code,
            "name": one.name.vi,
            "name_en": one.name.en,
            "box": one.box,
            "board": one.board,
        }
        for unit in found
        for one in unit.lacking
    ]
    return {**hanging(found), "lacking": lacking}


def _past(one: Past) -> dict[str, Any]:
    return asdict(one)


def _link(one: Link) -> dict[str, Any]:
    return {**asdict(one.invited), "link": one.link, "expires": one.expires}
