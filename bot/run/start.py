"""Starting: keys, tables, the demonstration's unit where nothing else is set up, and the lines that say where to go."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
import time
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.run.app import ROLES, build
from bot.run.config import Config, load_config
from bot.run.foundation import (
    Keyring,
    address_file,
    floors_file,
    init_begun,
    is_real,
    open_keys,
    restore_begun,
    rotation_begun,
    site_file,
)
from bot.run.keyfile import FileFloors, private_folder, write_private
from bot.run.logs import configure
from bot.run.places import refuse_lost, refuse_stranger
from bot.run.plain import plainly
from bot.run.serve import serve
from bot.service.desk.enrolment import LINK_LIVES, invite
from bot.service.errors import NotAccepted
from bot.service.founding import (
    DEMONSTRATION,
    first_sheet,
    found_whole,
    is_founded,
)
from bot.service.site import SheetBook
from crypto.sheets import sign_sheet
from storage.database import Database, open_database
from storage.migrate import upgrade
from storage.repositories.enrolments import Enrolment

RESIDENT_ROLES, DESK_ROLES = ("all", "intake"), ("all", "desk")


@dataclass(frozen=True, slots=True)
class Foothold:
    """What a first start tells its operator."""

    enrolment: str | None


def up(role: str, host: str | None, port: int | None) -> None:
    """Start the product in one role."""
    if role not in ROLES:
        raise NotAccepted(f"no such role; choose one of {', '.join(ROLES)}")
    config = load_config(host=host, port=port)
    os.umask(0o077)
    configure()
    refuse_stranger(config.data_dir.resolve(), config.keys)
    _refuse_public_demonstration(config)
    if not site_file(config).exists() and init_begun(config).exists():
        raise NotAccepted("hopthu init was stopped before its end here; run it again")
    for begun, command in ((restore_begun(config), "restore"), (rotation_begun(config), "keys rotate")):
        if begun.exists():
            raise NotAccepted(f"hopthu {command} was stopped before its end here; run it again")
    with plainly():
        private_folder(config.data_dir)
        if is_real(config):
            refuse_lost(config)
        keys = open_keys(config)
        upgrade(config.database)
        foothold = asyncio.run(prepare(config, keys, now=int(time.time()), desk=role in DESK_ROLES))
        product = build(config, role)
        serve(product, config, lambda: _announce(config, keys, foothold, role))


def say(line: str = "") -> None:
    """One line to the operator."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _refuse_public_demonstration(config: Config) -> None:
    public = urlsplit(config.public_url).hostname if config.public_url else None
    messenger = config.telegram_token is not None and not _is_local(urlsplit(config.telegram_api_base).hostname or "")
    local = _is_local(config.host) and (public is None or _is_local(public)) and not messenger
    if is_real(config) or config.demo or local:
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


async def prepare(config: Config, keys: Keyring, *, now: int, desk: bool = True) -> Foothold:
    """Found a demonstration that is not founded yet; where the desk runs, invite its first officer.

    A real installation is left alone.
    """
    database = open_database(config.database)
    try:
        if not keys.site.demo:
            return Foothold(None)
        if not await database.read(is_founded):
            await _found_demonstration(database, config, keys, now)
        return Foothold(await _invite(database, now) if desk else None)
    finally:
        await database.close()


async def _found_demonstration(database: Database, config: Config, keys: Keyring, now: int) -> None:
    assert keys.authority is not None
    assert keys.recovery is not None
    unit = DEMONSTRATION.unit
    sheet = first_sheet(keys.site.id, unit, demo=True, recovery=keys.recovery.recipient, now=now)
    body = sign_sheet(sheet, keys.authority)
    await database.run(lambda connection: found_whole(connection, DEMONSTRATION, os.urandom, sheet=(sheet.n, body)))
    SheetBook(keys.site, FileFloors(floors_file(config))).take_in(sheet)


async def _invite(database: Database, now: int) -> str:
    token = os.urandom(32).hex()
    enrolment = Enrolment(DEMONSTRATION.unit.code, "duty", "Đ/c trực ban (trình diễn)", now + LINK_LIVES)
    await database.run(lambda connection: invite(connection, token, enrolment))
    return token


def _announce(config: Config, keys: Keyring, foothold: Foothold, role: str) -> None:
    if keys.site.demo:
        say("TRÌNH DIỄN · DEMONSTRATION: tips sent here reach no police.")
    if role in RESIDENT_ROLES:
        say(f"Residents:  {config.web}/h/{DEMONSTRATION.box.code}" if keys.site.demo else f"Residents:  {config.web}/")
    if role in DESK_ROLES:
        write_private(address_file(config), f"{config.web}\n".encode())
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
