"""Starting: keys, tables, the demonstration's unit where nothing else is set up, and the lines that say where to go."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
import time
from dataclasses import dataclass
from ipaddress import ip_address

from bot.run.app import ROLES, build
from bot.run.config import Config
from bot.run.foundation import Keyring, is_real, make_site, open_keys, site_file
from bot.run.keyfile import FileFloors, private_folder, write_private
from bot.run.logs import configure
from bot.run.serve import serve
from bot.service.desk.enrolment import LINK_LIVES, invite
from bot.service.errors import NotAccepted
from bot.service.founding import (
    DEMONSTRATION,
    Founding,
    first_sheet,
    found,
    found_national,
    is_founded,
    store_sheet,
)
from bot.service.site import SheetBook
from crypto.sheets import sign_sheet
from storage.database import Database, open_database
from storage.migrate import upgrade
from storage.repositories.enrolments import Enrolment
from storage.repositories.units import Box, Unit


@dataclass(frozen=True, slots=True)
class Foothold:
    """What a first start tells its operator."""

    enrolment: str | None


def up(role: str, host: str | None, port: int | None) -> None:
    """Start the product in one role."""
    if role not in ROLES:
        raise NotAccepted(f"no such role; choose one of {', '.join(ROLES)}")
    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    config = Config().model_copy(update=changes)
    os.umask(0o077)
    configure()
    _refuse_public_demonstration(config)
    private_folder(config.data_dir)
    keys = open_keys(config)
    upgrade(config.database)
    foothold = asyncio.run(prepare(config, keys, now=int(time.time())))
    product = build(config, role)
    serve(product, config, lambda: _announce(config, keys, foothold))


def init(authority: str, unit: str, name_vi: str, name_en: str, contact: str) -> None:
    """Make a real installation with one unit; its first sheet comes from the authority's machine."""
    config = Config()
    os.umask(0o077)
    if site_file(config).exists():
        raise NotAccepted(f"{config.data_dir} holds an installation already")
    founding = Founding(
        unit=Unit(code=unit, name_vi=name_vi, name_en=name_en, parent=None, valid_from=0, contact=contact),
        box=Box(code=f"box-{unit}", unit=unit, label_vi="Hòm thư chung", label_en="Common box"),
        numbers=(),
    )
    make_site(config, bytes.fromhex(authority), demo=False)
    upgrade(config.database)
    asyncio.run(_found(config, founding))
    say(f"Installed in {config.data_dir.resolve()}.")
    say("Next, on the authority's machine: hopthu authority recovery, then hopthu authority sign; bring the sheet here")
    say("and take it in with: hopthu unit sheet FILE. Have the unit approve the wording in locales/ before real use.")


def say(line: str = "") -> None:
    """One line to the operator."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _refuse_public_demonstration(config: Config) -> None:
    if is_real(config) or config.demo or _is_local(config.host):
        return
    raise NotAccepted(
        "this is a demonstration and would be reachable from outside; "
        "run hopthu init for a real installation, or set HOPTHU_DEMO=1 to show the demonstration anyway"
    )


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def _found(config: Config, founding: Founding) -> None:
    database = open_database(config.database)
    try:
        await database.run(lambda connection: found(connection, founding, os.urandom))
        await database.run(lambda connection: found_national(connection, os.urandom))
    finally:
        await database.close()


async def prepare(config: Config, keys: Keyring, *, now: int) -> Foothold:
    """Found a demonstration that is not founded yet and invite its first officer; a real one is left alone."""
    database = open_database(config.database)
    try:
        if not keys.site.demo:
            return Foothold(None)
        if not await database.read(is_founded):
            await _found_demonstration(database, config, keys, now)
        return Foothold(await _invite(database, now))
    finally:
        await database.close()


async def _found_demonstration(database: Database, config: Config, keys: Keyring, now: int) -> None:
    assert keys.authority is not None
    assert keys.recovery is not None
    unit = DEMONSTRATION.unit
    sheet = first_sheet(keys.site.id, unit, demo=True, recovery=keys.recovery.recipient, now=now)
    body = sign_sheet(sheet, keys.authority)
    await database.run(lambda connection: found(connection, DEMONSTRATION, os.urandom))
    await database.run(lambda connection: found_national(connection, os.urandom))
    await database.run(lambda connection: store_sheet(connection, unit.code, sheet.n, body))
    SheetBook(keys.site, FileFloors(config.keys / "sheet-numbers.json")).take_in(sheet)


async def _invite(database: Database, now: int) -> str:
    token = os.urandom(32).hex()
    enrolment = Enrolment(DEMONSTRATION.unit.code, "duty", "Đ/c trực ban (trình diễn)", now + LINK_LIVES)
    await database.run(lambda connection: invite(connection, token, enrolment))
    return token


def _announce(config: Config, keys: Keyring, foothold: Foothold) -> None:
    if keys.site.demo:
        say("TRÌNH DIỄN · DEMONSTRATION: tips sent here reach no police.")
    say(f"Residents:  {config.web}/h/{DEMONSTRATION.box.code}" if keys.site.demo else f"Residents:  {config.web}/")
    say(f"Officers:   {config.web}/desk")
    if foothold.enrolment is not None:
        _hand_over(config, f"{config.web}/desk#enrol={foothold.enrolment}")
    say(f"Data:       {config.data_dir.resolve()}")
    say("Stop with Ctrl+C.")


def _hand_over(config: Config, link: str) -> None:
    """A secret link goes to a terminal, or to a private file; never to a log."""
    if _is_terminal():
        say(f"Enrol one officer (30 minutes, once): {link}")
        return
    path = config.data_dir.resolve() / "enrolment-link.txt"
    write_private(path, (link + "\n").encode())
    say(f"Enrol one officer (30 minutes, once): the link is in {path}")


def _is_terminal() -> bool:
    return sys.stdout.isatty() and stat.S_ISCHR(os.fstat(sys.stdout.fileno()).st_mode)
