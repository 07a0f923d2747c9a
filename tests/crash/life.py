"""One product in one folder that is killed and started again; how long each start took until it was ready."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import time
from dataclasses import dataclass, field

import httpx
from crash.nursery import Nursery
from product import COMMAND, PROJECT, STARTS_WITHIN, Product

LOOK = 0.01
"""Seconds between looks at /readyz."""


@dataclass
class Ready:
    """Seconds from the start of the process until /readyz said 200, by how it was started."""

    forked: list[float] = field(default_factory=list)
    command: list[float] = field(default_factory=list)
    store: list[float] = field(default_factory=list)
    """From the start of PostgreSQL, where that alone had been killed."""


class Life:
    """Starts with the command people use, or forked from a process that has loaded its modules."""

    def __init__(self, product: Product, nursery: Nursery, ready: Ready) -> None:
        self.product = product
        self.ready = ready
        self._nursery = nursery
        self._pid: int | None = None
        self._handle = -1
        self._started = 0.0
        self._client = httpx.AsyncClient(base_url=product.address, timeout=5)

    def begin(self, *, command: bool = False) -> None:
        """Start the process; it is not ready yet."""
        self.product.folder.mkdir(parents=True, exist_ok=True)
        self._times = self.ready.command if command else self.ready.forked
        self._started = time.monotonic()
        arguments, environment = ["up", "--port", str(self.product.port)], self.product.environment()
        self._pid = self._command(arguments, environment) if command else self._forked(arguments, environment)
        self._handle = os.pidfd_open(self._pid)

    async def until_ready(self) -> None:
        """Until /readyz says that it serves."""
        await self._until_answer()
        self._times.append(time.monotonic() - self._started)

    async def until_ready_again(self, since: float) -> None:
        """The same where its database was away and came back at `since` (monotonic)."""
        await self._until_answer()
        self.ready.store.append(time.monotonic() - since)

    def kill(self) -> None:
        """As the power going; returns when it is gone."""
        if self._pid is None:
            return
        os.kill(self._pid, signal.SIGKILL)
        assert select.select([self._handle], [], [], 30)[0]
        os.close(self._handle)
        self._pid = None

    async def end(self) -> None:
        self.kill()
        await self._client.aclose()

    @property
    def alive(self) -> bool:
        return self._pid is not None and not select.select([self._handle], [], [], 0)[0]

    def _forked(self, arguments: list[str], environment: dict[str, str]) -> int:
        return self._nursery.fork(arguments, environment, self.product.log)

    def _command(self, arguments: list[str], environment: dict[str, str]) -> int:
        with self.product.log.open("ab") as log:
            started = subprocess.Popen([COMMAND, *arguments], cwd=PROJECT, env=environment, stdout=log, stderr=log)
        started.returncode = 0  # whoever waits for it is `kill`
        return started.pid

    async def _until_answer(self) -> None:
        async with asyncio.timeout(STARTS_WITHIN):
            while not await self._is_ready():
                assert self.alive, self.product.log.read_text()[-4000:]
                await asyncio.sleep(LOOK)

    async def _is_ready(self) -> bool:
        try:
            return (await self._client.get("/readyz")).status_code == 200
        except httpx.TransportError:
            return False
