"""The province as it stands before the year: units, officers, rosters, and every sheet that will be signed in it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from scenario.happenings import BEGIN, DAY, OFFICERS, PROVINCE, SHEETS, YEAR, Year
from sqlalchemy import Connection

from bot.service.site import MemoryFloors, SheetBook, Site
from crypto.age import Identity
from crypto.sheets import LIFETIME, Officer, Sheet, sign_sheet
from crypto.signing import Signer
from storage.database import open_database
from storage.migrate import upgrade
from storage.repositories import officers, rosters, units
from storage.repositories.rosters import StoredDuty

SITE = "a-year"
TRIGGERS = """
CREATE TABLE told (serial TEXT, tip BLOB, due INTEGER);
CREATE TABLE sends (serial TEXT, digest INTEGER, urgent INTEGER, due INTEGER);
CREATE TRIGGER first_call AFTER INSERT ON calls BEGIN INSERT INTO told VALUES (NEW.serial, NEW.tip, NEW.due); END;
CREATE TRIGGER next_call AFTER UPDATE OF due ON calls BEGIN INSERT INTO told VALUES (NEW.serial, NEW.tip, NEW.due); END;
"""
"""What was done, kept by the database itself in the transaction that does it."""


@dataclass(frozen=True)
class Founded:
    """Where the year's database is, and what is needed to go on with it."""

    folder: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/year.sqlite3"

    def book(self) -> SheetBook:
        authority = bytes.fromhex(self._kept["authority"])
        return SheetBook(Site(SITE, bytes(16), demo=False, authority=authority), MemoryFloors())

    def sheets(self, generation: int) -> list[tuple[str, bytes]]:
        """Each unit's sheet of this generation."""
        return [(unit, body.encode()) for unit, body in self._kept["sheets"][generation]]

    @property
    def _kept(self) -> dict[str, object]:
        return json.loads((self.folder / "kept.json").read_text("utf-8"))  # type: ignore[no-any-return] # as it was written


def role_of(name: str) -> str:
    return "chief" if name == "chief" else "duty"


def week() -> tuple[StoredDuty, ...]:
    """The two stand in turn, from seven to seven."""
    return tuple(StoredDuty(day, 7, OFFICERS[day % 2], 24) for day in range(7))


async def found(folder: Path, year: Year) -> Founded:
    """Make it."""
    founded = Founded(folder)
    _sign(folder, year)
    upgrade(founded.url)
    database = open_database(founded.url)
    await database.run(lambda connection: _settle(connection, year))
    await database.close()
    with sqlite3.connect(folder / "year.sqlite3") as plain:
        plain.executescript(TRIGGERS)
    plain.close()
    return founded


def _sign(folder: Path, year: Year) -> None:
    authority, recipient, key = Signer.generate(), Identity.generate().recipient, Signer.generate().verify_key

    def signed(unit: str, n: int) -> str:
        at = BEGIN + n * SHEETS
        lines = tuple(
            Officer(f"{unit}-{name}", name, role_of(name), recipient, key, BEGIN - DAY, None) for name in OFFICERS
        )
        parent = None if unit == PROVINCE else PROVINCE
        sheet = Sheet(SITE, False, unit, f"đơn vị {unit}", parent, n + 1, at, at + LIFETIME, lines, None)
        return sign_sheet(sheet, authority).decode()

    bodies = [[(unit, signed(unit, n)) for unit in year.units] for n in range(YEAR // SHEETS + 1)]
    kept = {"authority": authority.verify_key.hex(), "sheets": bodies}
    (folder / "kept.json").write_text(json.dumps(kept), "utf-8")


def _settle(connection: Connection, year: Year) -> None:
    for unit in year.units:
        parent = None if unit == PROVINCE else PROVINCE
        units.put_unit(connection, units.Unit(unit, f"đơn vị {unit}", f"unit {unit}", parent, 0, contact="113"))
        rosters.put_week(connection, unit, week())
        for name in OFFICERS:
            serial = f"{unit}-{name}"
            empty = {"salt": b"", "auth_hash": b"", "locked": b"", "recipient": "", "signing_key": b""}
            account = officers.Officer(serial, unit, serial, name, role_of(name), **empty, status="active")  # type: ignore[arg-type] # bytes and words
            officers.add(connection, account)
