"""The product as people run it: the real command in a process of its own, with a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.run.config import PROJECT
from bot.service.errors import OutsideFailed

STARTS_WITHIN, STOPS_WITHIN = 120.0, 30.0
"""Seconds."""


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Product:
    """A demonstration served from `folder` while the context is open.

    `settings` go before those of the caller's environment, of which only those that a benchmark names are taken.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None, *, role: str = "all") -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "product.log"
        self._role = role
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HOPTHU_")},
            "HOPTHU_DATA_DIR": str(folder / "data"),
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        """Raises OutsideFailed where it does not start."""
        command = [str(Path(sys.executable).with_name("hopthu")), "up", "--role", self._role, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=PROJECT, env=self._environment, stdout=log, stderr=log)
        with ExitStack() as stack:
            stack.callback(self._stop)
            self._until_ready(self._process)
            stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        last = self.log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
        raise OutsideFailed(f"the product did not start: {last}")

    def _answers(self) -> bool:
        with suppress(HTTPException, OSError), closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as asked:
            asked.request("GET", "/readyz")
            return asked.getresponse().status == HTTPStatus.OK
        return False

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
