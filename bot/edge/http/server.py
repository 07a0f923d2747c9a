"""The HTTP application: routers of the roles that run here, headers every answer carries, errors mapped once."""

from __future__ import annotations

import resource
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException

from bot.edge.http.bodies import App, SmallBodies
from bot.edge.http.bodies import Receive as Asking
from bot.edge.http.pages import BOARD_CACHE, PAGE_HEADERS
from bot.edge.http.sockets import TRY_LATER
from bot.service.desk.casework import Newer, Taken
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.tables import RowsRefused

BOARD_STYLE = "/assets/page-"
"""Start of the path of the board's style: the one asset that may stay on a device, as the board itself may."""
BOARD_WORKER = "/so/copy.js"
MOST_FAULTS = 200
"""Rows told at once that a table has wrong."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")
CHAT_SOCKET = "/chat/ws"
MOST_CHATS = 5_000
"""Chats open at once in a process: many times what the largest ward needs, and within the memory of a small machine."""
FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded", "via")
"""Headers by which a proxy says that it asks for somebody else."""


WrongPage = Callable[[Request, int], str]
"""Makes the page that a browser is shown instead of what it asked for, from the status alone."""


def build(
    routers: Sequence[APIRouter],
    *,
    pages: Path,
    ready: Callable[[], Awaitable[bool]],
    doors: Mapping[str, App] | None = None,
    wrong: WrongPage | None = None,
) -> FastAPI:
    """The application.

    `ready` says whether the store answers; `doors` answer for their paths themselves; without `wrong` browsers too are
    told in JSON.
    """
    app = FastAPI(
        title="Hòm thư tố giác",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    for router in (_board_worker(pages), *routers, _health(ready)):
        _add(app, router)
    app.mount("/assets", StaticFiles(directory=pages / "assets"), name="assets")
    _add(app, _loose_files(pages))
    _map_errors(app, wrong)
    _map_told_more(app)
    app.add_middleware(FewChats)
    app.add_middleware(SmallBodies)
    app.add_middleware(Doors, doors=doors or {})
    app.add_middleware(SafeHeaders)
    return app


def _add(app: FastAPI, router: APIRouter) -> None:
    """The router's routes as they are: `include_router` would work each out a second time, at the first request."""
    app.router.routes.extend(router.routes)


class Doors:
    """Paths that are answered without routes, headers apart. Plain ASGI."""

    def __init__(self, app: App, doors: Mapping[str, App]) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Mapping[str, Any], receive: Asking, send: Any) -> None:
        """One request or one chat."""
        door = self._doors.get(scope["path"]) if scope["type"] == "http" else None
        await (door or self._app)(scope, receive, send)


def most_chats() -> int:
    """How many chats may be open: the rest of the process's files is for the store, photos, pages and the desk."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST_CHATS if files < 0 else min(MOST_CHATS, files // 2)


class FewChats:
    """Turns chats away beyond `most`, in the code that lets a page try again later. Plain ASGI."""

    def __init__(self, app: Callable[..., Awaitable[None]], most: Callable[[], int] = most_chats) -> None:
        self._app = app
        self._most = most
        self._open = 0

    async def __call__(
        self,
        scope: dict[str, object],
        receive: Callable[[], Awaitable[dict[str, object]]],
        send: Callable[..., Awaitable[None]],
    ) -> None:
        """One request or one chat."""
        if scope["type"] != "websocket" or scope["path"] != CHAT_SOCKET:
            await self._app(scope, receive, send)
            return
        if self._open >= self._most():
            await receive()
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": TRY_LATER})
            return
        self._open += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open -= 1


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


_SAFE, _SAFE_KEPT = _encoded(PAGE_HEADERS), _encoded({**PAGE_HEADERS, "Cache-Control": BOARD_CACHE})


class SafeHeaders:
    """Adds `PAGE_HEADERS` to every answer that does not set them itself. Plain ASGI: streams pass through untouched."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, object], receive: object, send: Callable[..., Awaitable[None]]) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kept = str(scope["path"]).startswith(BOARD_STYLE)

        async def with_headers(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))  # type: ignore[call-overload]  # ASGI: a list of pairs
                present = {name.lower() for name, _ in headers}
                headers += [pair for pair in (_SAFE_KEPT if kept else _SAFE) if pair[0] not in present]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, with_headers)


def _loose_files(pages: Path) -> APIRouter:
    """What the build left beside the pages, such as the pictograms: by name, nothing hidden, no page, no manifest."""
    routes = APIRouter(include_in_schema=False)
    files = StaticFiles(directory=pages)
    names = sorted(path.name for path in pages.iterdir() if path.is_file())
    for name in names:
        if not name.startswith(".") and not name.endswith((".html", ".json")):
            routes.add_api_route(f"/{name}", _sender(files, name))
    return routes


def _board_worker(pages: Path) -> APIRouter:
    """The worker that keeps the board's copy: its address decides that it may hold nothing but boards."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route(BOARD_WORKER, _sender(StaticFiles(directory=pages), BOARD_WORKER.lstrip("/")))
    return routes


def _sender(files: StaticFiles, name: str) -> Callable[[Request], Awaitable[Response]]:
    async def send(request: Request) -> Response:
        return await files.get_response(name, request.scope)

    return send


def _health(ready: Callable[[], Awaitable[bool]]) -> APIRouter:
    routes = APIRouter()

    @routes.get("/healthz", include_in_schema=False)
    async def alive() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @routes.get("/readyz", include_in_schema=False)
    async def is_ready() -> PlainTextResponse:
        fine = await ready()
        return PlainTextResponse("ready\n" if fine else "not ready\n", status_code=200 if fine else 503)

    @routes.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        if not _from_this_machine(request):
            return PlainTextResponse("not here\n", status_code=404)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return routes


def _from_this_machine(request: Request) -> bool:
    """True for a program of this machine that asks for itself: a proxy passes the public name on, or says for whom."""
    here = request.client is not None and request.client.host in LOOPBACK
    return here and request.url.hostname in LOOPBACK and not any(name in request.headers for name in FORWARDED)


def _map_errors(app: FastAPI, wrong: WrongPage | None) -> None:
    def told(request: Request, status: int, error: str, headers: Mapping[str, str] | None = None) -> Response:
        if wrong is not None and _reads_pages(request):
            return HTMLResponse(wrong(request, status), status_code=status, headers=headers)
        return JSONResponse({"error": error}, status_code=status, headers=headers)

    @app.exception_handler(NotAccepted)
    async def refused(request: Request, error: NotAccepted) -> Response:
        return told(request, error.status, error.key)

    @app.exception_handler(OutsideFailed)
    async def busy(request: Request, _: OutsideFailed) -> Response:
        return told(request, 503, "err-storage", {"Retry-After": "2"})

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, _: RequestValidationError) -> Response:
        return told(request, 422, "err-again")

    @app.exception_handler(HTTPException)
    async def nowhere(request: Request, error: HTTPException) -> Response:
        return told(request, error.status_code, "err-again", error.headers)

    @app.exception_handler(Exception)
    async def broken(request: Request, _: Exception) -> Response:
        # Answered outside every middleware: the headers are said here.
        return told(request, 500, "err-again", PAGE_HEADERS)


def _map_told_more(app: FastAPI) -> None:
    """Refusals that tell the console more than why."""

    @app.exception_handler(Newer)
    async def newer(_: Request, error: Newer) -> JSONResponse:
        return JSONResponse({"error": error.key, "entries": error.entries}, status_code=error.status)

    @app.exception_handler(Taken)
    async def taken(_: Request, error: Taken) -> JSONResponse:
        return JSONResponse({"error": error.key, "answerable": error.answerable}, status_code=error.status)

    @app.exception_handler(RowsRefused)
    async def rows(_: Request, error: RowsRefused) -> JSONResponse:
        return JSONResponse(
            {"error": error.key, "faults": [asdict(one) for one in error.faults[:MOST_FAULTS]]},
            status_code=error.status,
        )


def _reads_pages(request: Request) -> bool:
    """True for a browser that goes to an address of ours; scripts, programs and messengers are answered in JSON."""
    seen = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
    return seen and not request.url.path.startswith(("/api/", "/assets/", "/webhook/"))
