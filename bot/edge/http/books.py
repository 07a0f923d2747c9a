"""The console's API of register books: one route, which gives a file and has the chain tell of it."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import Field

from bot.edge.http.sessions import PREFIX, Model, by_script, session
from bot.service.desk.books import Books
from bot.service.desk.counter import Counter, Me
from bot.service.registers.book import Purpose
from bot.service.registers.printing import Shape

TYPES: dict[Shape, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TakingOut(Model):
    """Of which year a book is wanted, what for, and in which form."""

    year: int = Field(ge=2020, le=2199)
    purpose: Purpose
    form: Shape


def router(books: Books, counter: Counter) -> APIRouter:
    """Routes under the console's API."""
    routes, reading, asked = APIRouter(prefix=PREFIX), session(counter.who_reads), by_script()

    @routes.post("/register", dependencies=[asked])
    async def register(body: TakingOut, me: Me = reading) -> Response:
        made = await books.take_out(me.officer, body.year, body.purpose, body.form)
        return Response(made, media_type=TYPES[body.form])

    return routes
