"""The province as it stands before the year: units, officers, rosters, and every sheet that will be signed in it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from scenario.happenings import AT_FIRST, BEGIN, DAY, NEWCOMER, PROVINCE, Year
from sqlalchemy import Connection

from bot.service import calendars
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
    floors: MemoryFloors = field(default_factory=MemoryFloors)

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/year.sqlite3"

    def book(self) -> SheetBook:
        authority = bytes.fromhex(self._kept["authority"])
        return SheetBook(Site(SITE, bytes(16), demo=False, authority=authority), self.floors)

    def sheet(self, place: int) -> bytes:
        """The sheet at this place of the year's plans."""
        return str(self._kept["sheets"][place]).encode()

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return json.loads((self.folder / "kept.json").read_text("utf-8"))  # type: ignore[no-any-return] # as it was written


def role_of(serial: str) -> str:
    return "chief" if serial.endswith("-chief") else "duty"


def week(unit: str) -> tuple[StoredDuty, ...]:
    """The two stand in turn, from seven to seven; on holidays the chief does."""
    turns = tuple(StoredDuty(day, 7, f"{unit}-{('t1', 't2')[day % 2]}", 24) for day in range(7))
    return (*turns, StoredDuty(7, 7, f"{unit}-chief", 24))


async def found(folder: Path, year: Year) -> Founded:
    """Make it."""
    founded = Founded(folder)
    recipient, key = Identity.generate().recipient, Signer.generate().verify_key
    _sign(folder, year, recipient, key)
    upgrade(founded.url)
    database = open_database(founded.url)
    await database.run(lambda connection: _settle(connection, year, recipient, key))
    await database.close()
    with sqlite3.connect(folder / "year.sqlite3") as plain:
        plain.executescript(TRIGGERS)
    plain.close()
    return founded


def _sign(folder: Path, year: Year, recipient: str, key: bytes) -> None:
    authority, bodies = Signer.generate(), []
    for plan in year.plans:
        lines = tuple(Officer(one, one, role_of(one), recipient, key, BEGIN - DAY, None) for one in plan.serials)
        parent = None if plan.unit == PROVINCE else PROVINCE
        name, expires = f"đơn vị {plan.unit}", plan.at + LIFETIME
        sheet = Sheet(SITE, False, plan.unit, name, parent, plan.n, plan.at, expires, lines, None, plan.goes_on_for)
        bodies.append(sign_sheet(sheet, authority).decode())
    kept = {"authority": authority.verify_key.hex(), "sheets": bodies}
    (folder / "kept.json").write_text(json.dumps(kept), "utf-8")


def _settle(connection: Connection, year: Year, recipient: str, key: bytes) -> None:
    for unit in year.units:
        parent = None if unit == PROVINCE else PROVINCE
        units.put_unit(connection, units.Unit(unit, f"đơn vị {unit}", f"unit {unit}", parent, 0, contact="113"))
        rosters.put_week(connection, unit, week(unit))
        for name in (*AT_FIRST, NEWCOMER):
            serial = f"{unit}-{name}"
            empty = {"salt": b"", "auth_hash": b"", "locked": b"", "recipient": recipient, "signing_key": key}
            status = "requested" if name == NEWCOMER else "active"
            account = officers.Officer(serial, unit, serial, name, role_of(serial), **empty, status=status)  # type: ignore[arg-type] # bytes and words
            officers.add(connection, account)
    years = range(2027, 2029)
    calendars.seed(connection, years, calendars.of_the_country(years))
