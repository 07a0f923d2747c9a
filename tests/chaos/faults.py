"""Faults that come where they are told to: at every await of whatever runs, and at every call of a port.

A run is first watched: every suspension of every task, and every call to database, blobs, messenger, cleaner and key
files, before and after, is a stop with a number. Then it is run again with one fault at one stop. What was asked for is
asked again afterwards, as a messenger or a page would.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from installation import Installation

from bot.run.keyfile import KeyFault
from bot.service.cleaner import Clean
from bot.service.delivery_errors import RetryLater
from bot.service.errors import OutsideFailed
from storage.errors import Busy, Conflict, Full, StorageError

PROJECT = Path(__file__).resolve().parents[2]
TRIES = 12
"""How often a messenger sends again before a test gives up: one fault is one failure."""
BEFORE_COMMIT = (Busy, Full, Conflict, partial(StorageError, "refused"))
FOUND = (OutsideFailed, StorageError, RetryLater, asyncio.CancelledError, Exception)


@dataclass(frozen=True)
class Stop:
    """A place where something may go wrong, and what may."""

    place: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """The fault named `kind` where a place is passed for the `nth` time."""

    place: str
    nth: int
    kind: str


ERRORS: dict[str, Callable[[], BaseException]] = {
    "busy": lambda: Busy("SQLITE_BUSY"),
    "full": lambda: Full("SQLITE_FULL"),
    "conflict": lambda: Conflict("SQLITE_CONSTRAINT_UNIQUE"),
    "refused": lambda: StorageError("SQLITE_ERROR"),
    "lost": lambda: Busy("08006"),
    "blob": lambda: Full("blob"),
    "later": RetryLater,
    "outside": lambda: OutsideFailed("no process for cleaning can be started now"),
    "key": lambda: KeyFault("a key file cannot be used"),
    "os": lambda: OSError(28, "No space left on device"),
    "time": TimeoutError,
}
CANCELLED, CANCELLED_LATE = "cancelled", "cancelled as it came"
"""The task is cancelled while it waits, or in the moment in which what it waited for is there."""


@dataclass
class Faults:
    """Counts stops; at the one where a fault is due it lets it happen, once."""

    due: Fault | None = None
    stops: list[Stop] = field(default_factory=list)
    happened: bool = False
    _lock: Lock = field(default_factory=Lock)

    watching: bool = False

    def reset(self, due: Fault | None = None) -> None:
        self.due, self.stops, self.happened, self.watching = due, [], False, True

    def end(self) -> None:
        """What comes now is no part of what is watched."""
        self.watching = False

    def pass_by(self, place: str, *kinds: str) -> str | None:
        """One more stop; the kind of fault that happens there now, if any."""
        with self._lock:
            if not self.watching:
                return None
            self.stops.append(Stop(place, kinds))
            nth = sum(stop.place == place for stop in self.stops)
            if self.due is None or (place, nth) != (self.due.place, self.due.nth):
                return None
            self.happened = True
            return self.due.kind

    def strike(self, place: str, *kinds: str) -> None:
        """One more stop; whatever goes wrong there is raised."""
        kind = self.pass_by(place, *kinds)
        if kind is not None:
            error = ERRORS[kind]()
            raise error


class Stepped:
    """A coroutine whose every suspension is a stop."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], faults: Faults) -> None:
        self._coroutine = coroutine
        self._faults = faults

    def __await__(self) -> Generator[Any, Any, Any]:
        go_on: Callable[[], Any] = partial(self._coroutine.send, None)
        while True:
            try:
                awaited = go_on()
            except StopIteration as end:
                return end.value
            kind = self._faults.pass_by(standing_at(self._coroutine), CANCELLED, CANCELLED_LATE)
            if kind == CANCELLED:
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
            try:
                yield awaited
            except BaseException as error:  # noqa: BLE001 - it is the coroutine's, whatever it is
                go_on = partial(self._coroutine.throw, error)
            else:
                late = kind == CANCELLED_LATE
                go_on = partial(self._coroutine.throw, asyncio.CancelledError()) if late else self._next()

    def _next(self) -> Callable[[], Any]:
        return partial(self._coroutine.send, None)


def standing_at(coroutine: Any) -> str:
    """Where of ours a suspended coroutine stands: the innermost line of the product."""
    place = "outside"
    inner: Any = coroutine
    while inner is not None:
        frame = getattr(inner, "cr_frame", None) or getattr(inner, "gi_frame", None)
        if frame is not None:
            path = Path(frame.f_code.co_filename)
            if path.is_relative_to(PROJECT) and "tests" not in path.parts and ".venv" not in path.parts:
                place = f"{path.relative_to(PROJECT)}:{frame.f_lineno} {frame.f_code.co_name}"
        inner = getattr(inner, "cr_await", None) or getattr(inner, "gi_yieldfrom", None)
    return place


@asynccontextmanager
async def stepping(faults: Faults) -> AsyncIterator[None]:
    """Every task begun within is stepped."""
    loop = asyncio.get_running_loop()

    async def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        return await Stepped(coroutine, faults)

    def factory(loop: asyncio.AbstractEventLoop, coroutine: Any, **named: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(run(coroutine), loop=loop, **named)
        task.add_done_callback(lambda _: coroutine.close())  # one that was cancelled before it began
        return task

    before = loop.get_task_factory()
    loop.set_task_factory(factory)  # type: ignore[arg-type] # its own protocol wants more names than are used
    try:
        yield
    finally:
        loop.set_task_factory(before)


def watch_ports(box: Installation, faults: Faults) -> None:
    """Every call of this installation's ports is a stop before and one after."""
    database, blobs = box.ground.database, box.ground.blobs
    _calls(database, "run", faults, ("busy", "full", "conflict", "refused"), ("lost",))
    _calls(database, "read", faults, ("busy", "full", "refused"))
    _calls(blobs, "put", faults, ("blob",), ("blob",))
    _calls(blobs, "delete", faults, ("blob",), ("blob",))
    _stream(blobs, "get", faults)
    for name in ("send", "delete"):
        _calls(box.telegram, name, faults, ("later", "os"), ("later", "time"))
    _plain(box.ring, "living", faults, ("key",))
    for drawers in (box.stores.replies._drawers, box.stores.buttons._drawers):
        if not hasattr(drawers.make, "watched"):
            _plain(drawers, "make", faults, ("key",), ("key",))
            _plain(drawers, "destroy", faults, ("os",), ("os",))
    _plain(box.stores.subscriptions._erased, "add", faults, ("key",), ("key",))
    _plain(box.ground.book, "take_in", faults, ("key",))
    uploads = box.intake._facts._uploads
    uploads._cleaner = WatchedCleaner(uploads._cleaner, faults)


def _calls(port: Any, name: str, faults: Faults, before: Sequence[str], after: Sequence[str] = ()) -> None:
    whole: Callable[..., Awaitable[Any]] = getattr(port, name)

    async def watched(*given: Any, **named: Any) -> Any:
        faults.strike(f"{type(port).__name__}.{name}", *before)
        result = await whole(*given, **named)
        faults.strike(f"{type(port).__name__}.{name} done", *after)
        return result

    setattr(port, name, watched)


def _plain(port: Any, name: str, faults: Faults, before: Sequence[str], after: Sequence[str] = ()) -> None:
    whole: Callable[..., Any] = getattr(port, name)

    def watched(*given: Any, **named: Any) -> Any:
        faults.strike(f"{type(port).__name__}.{name}", *before)
        result = whole(*given, **named)
        faults.strike(f"{type(port).__name__}.{name} done", *after)
        return result

    watched.watched = True  # type: ignore[attr-defined] # a mark, so that what two hold is watched once
    setattr(port, name, watched)


def _stream(port: Any, name: str, faults: Faults) -> None:
    whole: Callable[..., AsyncIterator[bytes]] = getattr(port, name)

    async def watched(*given: Any) -> AsyncIterator[bytes]:
        faults.strike(f"{type(port).__name__}.{name}", "blob")
        async for chunk in whole(*given):
            yield chunk
            faults.strike(f"{type(port).__name__}.{name} on its way", "blob")

    setattr(port, name, watched)


@dataclass
class WatchedCleaner:
    """A cleaner that may fail before it begins and when it is done."""

    cleaner: Any
    faults: Faults

    @asynccontextmanager
    async def clean(self, *given: Any) -> AsyncIterator[Clean]:
        self.faults.strike("cleaner", "outside")
        async with self.cleaner.clean(*given) as done:
            self.faults.strike("cleaner done", "outside")
            yield done


def every(stops: Sequence[Stop]) -> list[Fault]:
    """All single faults that these stops may have."""
    passed: Counter[str] = Counter()
    found = []
    for stop in stops:
        passed[stop.place] += 1
        found += [Fault(stop.place, passed[stop.place], kind) for kind in stop.faults]
    return found


def drawn(stops: Sequence[Stop], chance: random.Random, most: int) -> list[Fault]:
    """Some of them; all if `most` is 0."""
    faults = every(stops)
    return faults if most == 0 or len(faults) <= most else chance.sample(faults, most)
