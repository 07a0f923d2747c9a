"""The peer as a benchmark holds it: started, given loads, and ended."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from bench.traffic.load import Load, Result
from bot.service.errors import OutsideFailed


class Peer:
    """A process with a Bot API at `api` (an address) and people who write when told to."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.traffic"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._asked = 0
        self._found: dict[int, Result] = {}
        self.api = f"http://127.0.0.1:{self._heard()['port']}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._process:
            self._process.kill()

    def start(self, load: Load) -> int:
        """Begin a load; the number to ask for its result with."""
        self._asked += 1
        self._say({"id": self._asked, "load": asdict(load)})
        return self._asked

    def stop(self, number: int) -> Result:
        """End an endless load, once it has posted what it should at least; its result. Raises as `result` does."""
        self._say({"stop": number})
        return self.result(number)

    def result(self, number: int) -> Result:
        """Wait for a load's result.

        Raises:
            OutsideFailed: the peer is gone.
        """
        while number not in self._found:
            heard = self._heard()
            self._found[heard["id"]] = Result.read(heard["result"])
        return self._found.pop(number)

    def run(self, load: Load) -> Result:
        """A load from its beginning to its end. Raises as `result` does."""
        return self.result(self.start(load))

    def _say(self, line: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise OutsideFailed("the peer that makes the traffic ended before it was done")
        return dict(json.loads(line))
