"""`hopthu bench province`: how soon a whole province is there, brought by the commands an operator types."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.communes import NAME, PROVINCE, QUICK, WHOLE, Tables, made_up
from bench.figures import Figure, Measured, least, most
from bench.serving import PRODUCT, environment
from bot.service.errors import OutsideFailed

HOW = (
    "a fresh installation on SQLite; hopthu unit, hamlet, box and officer import, each a process of its own, one after "
    "the other, with the tables of a province made up from a fixed seed"
)
WANTED, COMMUNES, BOXES, OFFICERS = 30, 80, 1_200, 400
"""Seconds at most; and what a province has."""


def measure(quick: bool) -> Measured:
    """Bring it, and count what is there.

    Raises:
        OutsideFailed: a command failed.
    """
    tables = made_up(QUICK if quick else WHOLE)
    with tempfile.TemporaryDirectory(prefix="hopthu-bench-") as folder:
        place = _Place(Path(folder))
        place.found()
        seconds = place.bring(tables)
        units, boxes, officers = place.counted()
    goals = (least(COMMUNES), least(BOXES), least(OFFICERS)) if not quick else (None, None, None)
    figures = (
        Figure("load_s", seconds, "s", "from the first command to the end of the last", most(WANTED)),
        Figure("units", units, "", "units that are there now", goals[0]),
        Figure("boxes", boxes, "", "boxes, closed ones too", goals[1]),
        Figure("officers", officers, "", "officers who were invited, each with a link", goals[2]),
    )
    return Measured("province", HOW, figures)


class _Place:
    """A folder with an installation, and the commands typed there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        settings = {"HOPTHU_DATA_DIR": str(folder / "data"), "HOPTHU_EPHEMERAL_DIR": str(folder / "ephemeral")}
        self._environment: Mapping[str, str] = environment(settings)

    def found(self) -> None:
        """Make the installation, whose first unit is the province."""
        self._says(
            "init", "--authority", "ab" * 32, "--unit", PROVINCE, "--name-vi", NAME, "--name-en", "Bạch Đàn province",
            "--contact", "0200 000 0000", "--wording-approved",
        )  # fmt: skip

    def bring(self, tables: Tables) -> float:
        """Import every table; the seconds it took."""
        brought = {"unit": tables.units, "hamlet": tables.hamlets, "box": tables.boxes, "officer": tables.officers}
        for name, body in brought.items():
            (self._folder / f"{name}.csv").write_bytes(body)
        began = time.perf_counter()
        for name in brought:
            self._says(name, "import", f"{name}.csv", *(("--out", "links.csv") if name == "officer" else ()))
        return time.perf_counter() - began

    def counted(self) -> tuple[int, int, int]:
        """How many units, boxes and links of officers there are; the common box of `init` is not counted."""
        links = (self._folder / "links.csv").read_text("utf-8-sig").count("#enrol=")
        boxes: list[dict[str, Any]] = json.loads(self._says("box", "list", "--all", "--json"))
        return len(json.loads(self._says("unit", "list", "--json"))), len(boxes) - 1, links

    def _says(self, *words: str) -> str:
        command = [sys.executable, "-c", PRODUCT, *words]
        done = subprocess.run(
            command, cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise OutsideFailed(f"hopthu {words[0]} {words[1]} failed: {done.stderr.strip()}")
        return done.stdout
