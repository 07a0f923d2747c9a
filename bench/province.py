"""`hopthu bench province`: how soon a whole province is there, brought by the commands an operator types.

Its officers are on valid sheets in the end. What they do themselves, in their browsers, is done for them, unmeasured.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import re
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
from bot.service.authority.comparing import HEARD
from bot.service.desk.enrolment import Application, apply
from bot.service.errors import OutsideFailed
from crypto.hybrid import Identity
from crypto.signing import Signer
from storage.database import open_database

HOW = (
    "a fresh installation on SQLite; hopthu unit, hamlet, box and officer import, then unit requests, authority "
    "compare and sign, and unit sheet, each a process of its own, one after the other, with the tables of a province "
    "made up from a fixed seed"
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
        brought = place.bring(tables)
        place.enrol()
        signed = place.sign()
        units, boxes, officers = place.counted()
    goals = (least(COMMUNES), least(BOXES), least(OFFICERS)) if not quick else (None, None, None)
    figures = (
        Figure("load_s", brought, "s", "tables of units, hamlets, boxes and officers: all four commands", most(WANTED)),
        Figure("sign_s", signed, "s", "after that: all sheets asked for, compared, signed and taken in"),
        Figure("units", units, "", "units that are there now", goals[0]),
        Figure("boxes", boxes, "", "boxes, closed ones too", goals[1]),
        Figure("officers", officers, "", "officers let in by valid sheets", goals[2]),
    )
    return Measured("province", HOW, figures)


class _Place:
    """A folder with an installation, and the commands typed there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        settings = {"HOPTHU_DATA_DIR": str(folder / "data"), "HOPTHU_EPHEMERAL_DIR": str(folder / "ephemeral")}
        self._environment: Mapping[str, str] = environment(settings)

    def found(self) -> None:
        """Make the installation, whose first unit is the province, and the authority it trusts."""
        public = re.search(r"[0-9a-f]{64}", self._says("authority", "create", "usb", "--open"))
        assert public is not None
        self._says(
            "init", "--authority", public[0], "--unit", PROVINCE, "--name-vi", NAME, "--name-en", "Bạch Đàn province",
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

    def enrol(self) -> None:
        """Everybody uses his link: keys are made, and the request is filed."""
        text = (self._folder / "links.csv").read_text("utf-8-sig")
        tokens = [row["link"].rpartition("=")[2] for row in csv.DictReader(io.StringIO(text))]
        asyncio.run(_enrol(f"sqlite:///{self._folder / 'data' / 'hopthu.sqlite3'}", tokens))

    def sign(self) -> float:
        """Ask for every sheet, have digits compared and sheets signed, take them in; the seconds it took.

        What people say in that, the digits they read aloud, is written into the list unmeasured.
        """
        heard = {f"u{one['unit']}-{one['serial']}": one["digits"].split() for one in self._listed("--waiting")}
        began, key = time.perf_counter(), ("--key", "usb")
        self._says("unit", "requests", "requests.zip")
        self._says("authority", "compare", "requests.zip", *key, "--out", "compare.csv")
        typing = time.perf_counter()
        self._type(heard)
        began += time.perf_counter() - typing
        self._says("authority", "sign", "requests.zip", *key, "--list", "compare.csv", "--out", "sheets.zip")
        self._says("unit", "sheet", "sheets.zip")
        return time.perf_counter() - began

    def _type(self, heard: Mapping[str, list[str]]) -> None:
        """Fill in the list of whom nobody has compared; every unit on it is the right one."""
        table = self._folder / "compare.csv"
        rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
        for row in rows:
            row.update(dict(zip(HEARD, heard[row["key"]], strict=True)) if row["key"] in heard else {"same": "x"})
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        table.write_text(out.getvalue(), "utf-8")

    def _listed(self, *which: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self._says("officer", "list", *which, "--json"))
        return found

    def counted(self) -> tuple[int, int, int]:
        """How many units, boxes and officers who are in there are; the common box of `init` is not counted."""
        boxes: list[dict[str, Any]] = json.loads(self._says("box", "list", "--all", "--json"))
        there = sum(one["status"] == "active" for one in self._listed())
        return len(json.loads(self._says("unit", "list", "--json"))), len(boxes) - 1, there

    def _says(self, *words: str) -> str:
        command = [sys.executable, "-c", PRODUCT, *words]
        done = subprocess.run(
            command, cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise OutsideFailed(f"hopthu {words[0]} {words[1]} failed: {done.stderr.strip()}")
        return done.stdout


async def _enrol(url: str, tokens: list[str]) -> None:
    database, now = open_database(url), int(time.time())
    for n, token in enumerate(tokens):
        made = Application(
            f"canbo{n}", os.urandom(16), os.urandom(32), os.urandom(96), Identity.generate().recipient,
            Signer.generate().verify_key,
        )  # fmt: skip
        await database.run(lambda one, t=token, a=made, s=f"{n:012x}": apply(one, t, a, serial=s, now=now))  # type: ignore[misc] # bound by its defaults
    await database.close()
