"""Routes of the resident pages and of the console's page. Nothing is set in the browser, nothing is read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator

from bot.edge.http.pages import (
    BOARD_CACHE,
    BOARD_HEADERS,
    CHAT_HEADERS,
    POLICY,
    BoardView,
    ChatView,
    Dial,
    ErrorView,
    Pages,
    PrivacyView,
    Section,
    Shell,
    StartView,
    carry,
)
from bot.service.directory import Directory, Place, short_day
from handlers.values import Hotline, Name

TILES = 4
"""Numbers with a tile of their own on the board, at most."""
SHORT = 4
"""Digits of a number that fits a tile, at most."""
PRIVACY = "/rieng-tu"
READ = ["GET", "HEAD"]
DESK_POLICY = POLICY.replace("trusted-types 'none'", "trusted-types desk-keys").replace(
    "data:", "blob: data:; media-src blob:"
)
"""The console may make one policy, which knows one address: its key worker's. It shows what it opened from memory."""
Lang = Annotated[Literal["vi", "en"], BeforeValidator(lambda asked: "en" if asked == "en" else "vi"), Query()]
"""Whoever follows a bent link is shown a page all the same."""
Large = Annotated[str, Query()]
BoxCode = Annotated[str | None, Query()]
LONGEST_CODE = 64
LEAST_FAULT = 500
"""Statuses from here on are faults of ours."""


class ResidentDoor:
    """What the pages need. `telegram` is the bot's link, where there is one; `exit_url` quick exit's neutral page."""

    def __init__(
        self,
        *,
        pages: Pages,
        directory: Directory,
        clock: Callable[[], float],
        web: str,
        exit_url: str | None,
        telegram: Callable[[], str | None],
    ) -> None:
        self.pages = pages
        self.directory = directory
        self._clock = clock
        self._web = web
        self._exit = exit_url
        self._telegram = telegram

    def start(self, request: Request, place: Place, *, lang: Literal["vi", "en"], large: bool) -> str:
        """The start page."""
        desk = place.desk
        view = StartView(
            shell=self._shell(request, place, lang=lang, large=large),
            unit=_say(desk.name, lang) or None,
            web=self._web,
            board=f"/so/{desk.unit}",
            privacy=PRIVACY,
            box=desk.box,
            box_label=_say(desk.box_label, lang) if desk.box_label else None,
            channel="tor" if _onion(request) else "web",
            telegram=self._telegram(),
        )
        return self.pages.start_page(view)

    def chat(self, request: Request, place: Place, *, lang: Literal["vi", "en"], large: bool) -> str:
        """The chat's shell."""
        desk = place.desk
        shell = self._shell(request, place, lang=lang, large=large)
        return self.pages.chat_page(ChatView(shell, f"/so/{desk.unit}", _say(desk.name, lang) or None, desk.box))

    def board(self, request: Request, place: Place, *, lang: Literal["vi", "en"], large: bool) -> str:
        """The hotline board."""
        lines = place.board.lines
        national = [one for one in lines if one.national]
        tiles = [one for one in national if len(one.number) <= SHORT][:TILES]
        own = [one for one in lines if not one.national and one.unit is None]
        shell = self._shell(request, place, lang=lang, large=large)
        view = BoardView(
            shell=replace(shell, exit=self._exit or "about:blank"),
            unit=_say(place.board.unit, lang),
            home="/",
            day=short_day(int(self._clock())),
            tiles=_dials(tiles, lang),
            unit_lines=_dials(own, lang),
            above=tuple(_above(lines, lang)),
            national_lines=_dials([one for one in national if one not in tiles], lang),
            checked=place.board.checked,
            keep=request.url.path == f"/so/{place.desk.unit}",
        )
        return self.pages.board_page(view)

    def privacy(self, request: Request, place: Place, *, lang: Literal["vi", "en"], large: bool) -> str:
        """What is kept and what is not."""
        view = PrivacyView(
            shell=self._shell(request, place, lang=lang, large=large),
            unit=_say(place.desk.name, lang),
            contact=place.desk.contact,
            web=self._web,
            home="/",
            channel="tor" if _onion(request) else "web",
        )
        return self.pages.privacy_page(view)

    def _shell(self, request: Request, place: Place, *, lang: Literal["vi", "en"], large: bool) -> Shell:
        desk = place.desk
        label = _say(desk.name, lang).removeprefix("phường ").removeprefix("xã ").removesuffix(" ward")
        shell = Shell(language=lang, label=label, exit="", here=request.url.path, demo=desk.demo, large=large)
        return replace(shell, exit=self._exit or carry(f"/so/{desk.unit}", shell))


def router(door: ResidentDoor) -> APIRouter:
    """Routes of the resident pages."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.api_route("/", methods=READ)
    async def start(request: Request, lang: Lang = "vi", chu: Large = "") -> HTMLResponse:
        place = await door.directory.place()
        return HTMLResponse(door.start(request, place, lang=lang, large=chu == "to"), headers=CHAT_HEADERS)

    @routes.api_route("/h/{box}", methods=READ)
    async def of_box(request: Request, box: str, lang: Lang = "vi", chu: Large = "") -> HTMLResponse:
        place = await door.directory.place(box=box[:LONGEST_CODE])
        return HTMLResponse(door.start(request, place, lang=lang, large=chu == "to"), headers=CHAT_HEADERS)

    @routes.api_route("/chat", methods=READ)
    async def chat(request: Request, h: BoxCode = None, lang: Lang = "vi", chu: Large = "") -> HTMLResponse:
        place = await door.directory.place(box=(h or "")[:LONGEST_CODE] or None)
        return HTMLResponse(door.chat(request, place, lang=lang, large=chu == "to"), headers=CHAT_HEADERS)

    @routes.api_route("/so/{unit}", methods=READ)
    async def board(request: Request, unit: str, lang: Lang = "vi", chu: Large = "") -> HTMLResponse:
        place = await door.directory.place(unit=unit[:16])
        page = door.board(request, place, lang=lang, large=chu == "to")
        return HTMLResponse(page, headers={**BOARD_HEADERS, "Cache-Control": BOARD_CACHE})

    @routes.api_route(PRIVACY, methods=READ)
    async def privacy(request: Request, lang: Lang = "vi", chu: Large = "") -> HTMLResponse:
        place = await door.directory.place()
        return HTMLResponse(door.privacy(request, place, lang=lang, large=chu == "to"))

    return routes


def desk_router(pages: Pages) -> APIRouter:
    """Route of the console's page."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/desk", methods=READ)
    async def desk() -> HTMLResponse:
        return HTMLResponse(pages.desk_page(), headers={"Content-Security-Policy": DESK_POLICY})

    return routes


def wrong_page(pages: Pages, request: Request, status: int, *, exit_url: str | None) -> str:
    """What a browser is shown where there is no page, or none now. Reads nothing but the address."""
    lang: Literal["vi", "en"] = "en" if request.query_params.get("lang") == "en" else "vi"
    large = request.query_params.get("chu") == "to"
    shell = Shell(language=lang, label="", exit=exit_url or "about:blank", here="/", large=large)
    return pages.error_page(ErrorView(shell, home="/", lost=status < LEAST_FAULT))


def _say(name: Name, lang: Literal["vi", "en"]) -> str:
    return name.vi if lang == "vi" else name.en


def _dials(lines: Iterable[Hotline], lang: Literal["vi", "en"]) -> tuple[Dial, ...]:
    return tuple(Dial(_say(one.role, lang), one.number, _say(one.hours, lang), one.tel, one.paid) for one in lines)


def _above(lines: Iterable[Hotline], lang: Literal["vi", "en"]) -> Iterator[Section]:
    """What is inherited, by the unit it comes from."""
    inherited = [one for one in lines if one.unit is not None]
    for name, own in groupby(inherited, key=lambda one: one.unit):
        yield Section(_say(name, lang) if name else "", _dials(own, lang))


def _onion(request: Request) -> bool:
    return (request.url.hostname or "").endswith(".onion")
