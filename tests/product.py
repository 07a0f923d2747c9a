"""The product as a real process: started with the command people use, stopped by its own id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

PROJECT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).with_name("hopthu")
STARTS_WITHIN = 120.0
LAST_SAID = b"Stop with Ctrl+C."
"""The last line of a start, said right after HTTP answers."""


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Product:
    """One installation in a folder; `start` and `kill` as often as a story needs."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "product.log"

    def start(self) -> Product:
        self.folder.mkdir(parents=True, exist_ok=True)
        before = self._told()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [COMMAND, "up", "--port", str(self.port)], cwd=PROJECT, env=self.environment(), stdout=log, stderr=log
            )
        self._until_ready()
        self._until_told(before + 1)
        return self

    def kill(self) -> None:
        """As the power going: no chance to tidy up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def enrolment_link(self) -> str:
        """The one-time link of the newest start."""
        self._until_told(1)
        return (self.folder / "data" / "enrolment-link.txt").read_text().strip()

    def invite(self, name: str, unit: str = "18118", role: str = "duty") -> str:
        """A one-time link for one more officer, made with the operator's command."""
        token = self.says("officer", "invite", unit, name, "--role", role).strip().rpartition("#")[2]
        return f"{self.address}/desk#{token}"

    def says(self, *words: str) -> str:
        """What an operator's command says that works."""
        asked, where = [COMMAND, *words], self.environment()
        return subprocess.run(asked, cwd=PROJECT, env=where, capture_output=True, text=True, check=True).stdout

    def environment(self) -> dict[str, str]:
        """What its processes find in their environment."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("HOPTHU_")},
            "HOPTHU_DATA_DIR": str(self.folder / "data"),
            **self.settings,
        }

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    def _told(self) -> int:
        """Starts that have said all they say."""
        return self.log.read_bytes().count(LAST_SAID) if self.log.exists() else 0

    def _until_told(self, starts: int) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while self._told() < starts:
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.01)

    def _until_ready(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            try:
                if httpx.get(f"{self.address}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("the product did not start: " + self.log.read_text())
