"""Officers' acts on tips: what their browsers sealed and signed comes in, each act by one route."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import Field

from bot.edge.http.sessions import Bytes, Signed
from bot.edge.http.tiprows import TipId, thread_of, tip_id
from bot.service.desk.casework import NewEntry, Taking
from bot.service.desk.counter import Counter, Me
from bot.service.desk.forwarding import Forwarding
from bot.service.desk.workflow import Done
from bot.service.registers.book import Purpose
from handlers.cases import Act
from handlers.values import Category

UnitCode = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]


class Entry(Signed):
    """A sealed entry of an officer."""

    seq: int = Field(ge=1, le=100_000)
    sealed: Bytes
    act: Literal["question", "answer"]


class Case(Signed):
    """What is done with a tip, and the signed entry that says so; `kind` of matter where it is classified."""

    seq: int = Field(ge=1, le=100_000)
    sealed: Bytes
    case: Act
    kind: Category | None = None


class Take(Signed):
    """The signed entry by which an officer takes a tip, and the serial of who had it on his screen."""

    seq: int = Field(ge=1, le=100_000)
    sealed: Bytes
    held_by: str | None = Field(default=None, max_length=64)


class Forward(Signed):
    """A tip sealed to another unit by its sheet of this number: the signed entry that says so, each reader's grant."""

    seq: int = Field(ge=1, le=100_000)
    sealed: Bytes
    to: UnitCode
    sheet: int = Field(ge=1)
    grants: dict[UnitCode, Bytes] = Field(max_length=1_000)


class Export(Signed):
    """That a tip is taken out, and what for."""

    purpose: Purpose


def mount(routes: APIRouter, counter: Counter, *, acting: Any, asked: Any) -> None:
    """Add the routes of these acts. `acting` gives who acts, `asked` refuses what no script sent."""

    @routes.post("/tips/{tip}/open", dependencies=[asked])
    async def open_first(tip: TipId, body: Signed, me: Me = acting) -> dict[str, Any]:
        return thread_of(await counter.open_first(me, tip_id(tip), body.record))

    @routes.post("/tips/{tip}/entries", dependencies=[asked])
    async def write(tip: TipId, entry: Entry, me: Me = acting) -> dict[str, Any]:
        new = NewEntry(entry.seq, entry.sealed)
        return {"entries": await counter.add_entry(me, tip_id(tip), new, entry.record)}

    @routes.post("/tips/{tip}/case", dependencies=[asked])
    async def case(tip: TipId, body: Case, me: Me = acting) -> dict[str, Any]:
        done = Done(NewEntry(body.seq, body.sealed), body.case, body.kind)
        return {"entries": await counter.act_on(me, tip_id(tip), done, body.record)}

    @routes.post("/tips/{tip}/take", dependencies=[asked])
    async def take(tip: TipId, body: Take, me: Me = acting) -> dict[str, Any]:
        taking = Taking(NewEntry(body.seq, body.sealed), body.held_by)
        return {"answerable": await counter.take(me, tip_id(tip), taking, body.record)}

    @routes.post("/tips/{tip}/export", dependencies=[asked], status_code=204)
    async def export(tip: TipId, body: Export, me: Me = acting) -> Response:
        await counter.export(me, tip_id(tip), body.purpose, body.record)
        return Response(status_code=204)

    @routes.post("/tips/{tip}/forward", dependencies=[asked], status_code=204)
    async def forward(tip: TipId, body: Forward, me: Me = acting) -> Response:
        sealed = Forwarding(body.to, body.sheet, NewEntry(body.seq, body.sealed), body.grants)
        await counter.forward(me, tip_id(tip), sealed, body.record)
        return Response(status_code=204)
