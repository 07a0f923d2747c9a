"""A demonstration of several wards: its ward, another beside it, and the province above, each with an officer."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from installation import OfficerKeys
from sqlalchemy import Connection

from bot.run.config import Config
from bot.run.foundation import open_keys
from bot.service.founding import DEMONSTRATION
from crypto.age import Identity
from crypto.grants import open_grant
from crypto.sheets import LIFETIME, Officer, Sheet, sign_sheet, verify_sheet
from crypto.signing import Signer
from crypto.tips import Thread, open_thread
from handlers.values import Desk, Door, Name
from storage.database import open_database
from storage.repositories import sheets, units
from storage.repositories.units import Box, Unit

WARD = DEMONSTRATION.unit
BESIDE = Unit("18121", "phường Bắc Hồng Lĩnh", "Bắc Hồng Lĩnh ward", "42", 0, contact="0239 000 0010")
PROVINCE = Unit("42", "tỉnh Hà Tĩnh", "Hà Tĩnh province", None, 0, contact="0239 000 0042")
BESIDE_BOX = Box("tdp1-bhl", BESIDE.code, "Tổ dân phố 1", "Group 1")
NAMES = {unit.code: Name(unit.name_vi, unit.name_en) for unit in (WARD, BESIDE, PROVINCE)}
SERIALS = {BESIDE.code: "000021", PROVINCE.code: "000042"}


def desk_of(unit: Unit, box: str | None = None) -> Desk:
    """The desk of one of these units, as the core is told of it."""
    name = NAMES[unit.code]
    above = None if unit is PROVINCE else Door(PROVINCE.code, NAMES[PROVINCE.code])
    return Desk(
        unit=unit.code, name=name, receiver=unit.code, receiver_name=name, staffed=True, open=True, demo=True, box=box,
        box_label=None, contact=unit.contact, above=above, others=True,
    )  # fmt: skip


@dataclass(frozen=True)
class Country:
    """Who reads in the ward beside and in the province; the ward's own officers are as they were."""

    site: str
    beside: OfficerKeys = field(default_factory=OfficerKeys)
    province: OfficerKeys = field(default_factory=OfficerKeys)

    def found(self, connection: Connection, authority: Signer, now: int) -> None:
        """Write the units and sign their sheets; the ward's newest sheet is signed again, under the province."""
        units.put_unit(connection, replace(WARD, parent=PROVINCE.code))
        newest = sheets.newest(connection, WARD.code)
        assert newest is not None
        own = verify_sheet(newest.body, authority.verify_key)
        signed = [replace(own, parent=PROVINCE.code, n=own.n + 1)]
        for unit, keys in ((BESIDE, self.beside), (PROVINCE, self.province)):
            units.put_unit(connection, unit)
            signed.append(self._sheet(unit, keys, now))
        units.put_box(connection, BESIDE_BOX)
        for sheet in signed:
            sheets.add(connection, sheets.StoredSheet(sheet.unit, sheet.n, sign_sheet(sheet, authority)))

    def _sheet(self, unit: Unit, keys: OfficerKeys, now: int) -> Sheet:
        serial, verify = SERIALS[unit.code], keys.signer.verify_key
        officer = Officer(serial, f"cb{serial}", "duty", keys.identity.recipient, verify, now, None)
        return Sheet(self.site, True, unit.code, unit.name_vi, unit.parent, 1, now, now + LIFETIME, (officer,), None)

    def opened(self, connection: Connection, unit: Unit) -> list[Thread]:
        """Every tip of this unit, opened with its officer's own key and all checks."""
        keys, serial = self._keys(unit), SERIALS[unit.code]
        rows = connection.exec_driver_sql("SELECT id FROM tips WHERE unit_id = ?", (unit.code,)).all()
        return [self._open(connection, row[0], unit, (keys.identity, serial)) for row in rows]

    def _keys(self, unit: Unit) -> OfficerKeys:
        return self.province if unit is PROVINCE else self.beside

    def _open(self, connection: Connection, tip: bytes, unit: Unit, who: tuple[Identity, str]) -> Thread:
        own, serial = who
        (grant,) = connection.exec_driver_sql(
            "SELECT sealed FROM grants WHERE tip = ? AND recipient = ?", (tip, serial)
        ).one()
        identity = open_grant(grant, own, site=self.site, tip=tip, unit=unit.code, officer=f"cb{serial}", serial=serial)
        assert identity is not None
        found = connection.exec_driver_sql("SELECT sealed FROM entries WHERE tip = ? ORDER BY seq", (tip,)).all()
        return open_thread([row[0] for row in found], identity, {}.get, site=self.site, tip=tip, unit=unit.code)


def found_country(folder: Path, url: str | None = None) -> None:
    """Make the demonstration that keeps its data in `folder`, and does not run now, one of several wards.

    `url`: where its database is, if not in that folder.
    """
    asyncio.run(_found(folder, url))


async def _found(folder: Path, url: str | None) -> None:
    config = Config(data_dir=folder, ephemeral_dir=folder / "ephemeral", database_url=url)
    keys, database = open_keys(config), open_database(config.database)
    assert keys.authority is not None
    authority, country = keys.authority, Country(keys.site.id)
    try:
        await database.run(lambda connection: country.found(connection, authority, int(time.time())))
    finally:
        await database.close()
