"""Runs a product: HTTP first, then drivers and workers, and all of it down again in good order."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import structlog
import uvicorn
import uvloop
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.edge.http.heads import ShortHeads
from bot.run.app import Product
from bot.run.config import Config
from bot.run.schedule import Every, put_right
from bot.service.delivery_errors import BotRejected
from bot.service.errors import OutsideFailed

LARGEST_FRAME = 256 * 1024
"""Bytes of one WebSocket frame: 20,000 characters of text and room to spare."""
MOST_FRAMES = 4
"""Frames of one WebSocket that wait to be read; whoever sends faster waits himself, and fills no memory."""
SET_DUMPABLE = 4
"""PR_SET_DUMPABLE of prctl(2): at 0 there is no core dump either, and /proc/<pid>/mem is root's."""
PAUSE = 5
"""Seconds before a loop that ended is started again."""
LOOK_AT_CLOCK = 60
"""Seconds between looks at whether the machine's clock was set back, which would hold fixed jobs up."""
log = structlog.get_logger(__name__)


def serve(product: Product, config: Config, ready: Callable[[], None]) -> None:
    """Serve until told to stop. `ready` is called once when the address answers.

    Raises:
        OutsideFailed: the address cannot be listened on.
    """
    _many_files()
    _close_memory()
    with _listening(config.host, config.port) as listener:
        for stop in (signal.SIGINT, signal.SIGTERM):
            # The server raises again what stopped it, once it has stopped: by then we know.
            signal.signal(stop, lambda *_: None)
        uvloop.run(_serve(product, listener, ready))


def _many_files() -> None:
    """As many open files as the system grants: every open chat is one, and 1,024 are soon used up."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _close_memory() -> None:
    """No other process of this user may read this one's memory, the cleaners of strangers' files before all."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DUMPABLE, 0, 0, 0, 0)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else "no such address"
        raise OutsideFailed(f"cannot listen on {host} port {port}: {reason.lower()}") from error


async def _serve(product: Product, listener: socket.socket, ready: Callable[[], None]) -> None:
    server = _server(product)
    scheduler = _jobs(product)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn tells by a flag
        await asyncio.sleep(0.01)
    if serving.done():
        await serving
        return
    beside = [asyncio.create_task(_guarded(start)) for start in product.beside]
    beside.append(asyncio.create_task(_guarded(partial(_keep_time, scheduler))))
    scheduler.start()
    gc.freeze()
    gc.enable()
    ready()
    try:
        await serving
    finally:
        scheduler.shutdown(wait=False)
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        for close in product.closing:
            await close()


def _server(product: Product) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            product.app,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            http=ShortHeads,
            ws_max_size=LARGEST_FRAME,
            ws_max_queue=MOST_FRAMES,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=5,
        )
    )


async def _guarded(start: Callable[[], Awaitable[None]]) -> None:
    """Keep a driver or worker going: whatever ends it is named in the log, and it starts again after a pause."""
    while True:
        try:
            await start()
        except BotRejected:
            log.error("telegram_does_not_know_this_bot")
            return
        except Exception as error:  # noqa: BLE001 - the worker loop: one of two places that outlive anything
            log.error("loop_ended", error=type(error).__name__)
            await asyncio.sleep(PAUSE)
        else:
            return


async def _keep_time(scheduler: AsyncIOScheduler) -> None:
    while True:
        await asyncio.sleep(LOOK_AT_CLOCK)
        put_right(scheduler, datetime.now(UTC))


def _jobs(product: Product) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(timezone="UTC")
    keeper = product.housekeeping
    once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    at_once = datetime.now(UTC)
    if keeper is not None:
        scheduler.add_job(keeper.expire, Every(minutes=5), id="expire", next_run_time=at_once, **once)
        scheduler.add_job(keeper.end_silences, Every(minutes=1), id="silence", next_run_time=at_once, **once)
        scheduler.add_job(keeper.reckon, Every(minutes=1), id="reckon", **once)
        scheduler.add_job(keeper.seed_holidays, Every(hours=1), id="holidays", **once)
        scheduler.add_job(keeper.bring_over, Every(minutes=5), id="mergers", next_run_time=at_once, **once)
        scheduler.add_job(keeper.sweep, Every(hours=6), id="sweep", **once)
        scheduler.add_job(keeper.scatter, Every(hours=6), id="scatter", next_run_time=at_once, **once)
        scheduler.add_job(keeper.forget, Every(hours=24), id="forget", next_run_time=at_once, **once)
        scheduler.add_job(keeper.checkpoint, Every(minutes=1), id="checkpoint", **once)
    if product.reminding is not None:
        scheduler.add_job(product.reminding.look, Every(seconds=15), id="ladder", next_run_time=at_once, **once)
    if product.retaining is not None:
        scheduler.add_job(product.retaining.look, Every(minutes=15), id="retention", next_run_time=at_once, **once)
    if product.endings is not None:
        scheduler.add_job(product.endings.look, Every(hours=24), id="endings", next_run_time=at_once, **once)
    if product.kept is not None:
        scheduler.add_job(product.kept.expire, Every(hours=1), id="kept", next_run_time=at_once, **once)
    if product.notice is not None:
        scheduler.add_job(product.notice.run, Every(minutes=1), id="notice", next_run_time=at_once, **once)
    return scheduler
