"""`hopthu init`: a real installation out of checked answers. Broken off, the same command goes on.

Owns the order: folders are looked at, answers noted, tables and unit made, settings and request written, and last the
file that makes it an installation.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from bot.run.config import Config, load_config
from bot.run.foundation import init_begun, make_site, restore_begun, site_file
from bot.run.keyfile import private_folder, read_private_json, write_private
from bot.run.places import advice, refuse_open, require_folder
from bot.run.plain import plainly
from bot.service import wording
from bot.service.answers import QUESTIONS, Installed, checked, env_lines
from bot.service.authority.requests import request_file
from bot.service.errors import NotAccepted
from bot.service.founding import Founding, first_sheet, found_real, is_founded
from storage.database import open_database
from storage.migrate import upgrade
from storage.repositories.units import Box, Unit, find_unit


def noted() -> dict[str, str]:
    """Answers that the environment gives, and those of an `init` that was broken off here.

    Raises:
        HopthuError: there is an installation already, a restore was broken off, or the folder cannot be used.
    """
    config = load_config()
    if site_file(config).exists():
        init_begun(config).unlink(missing_ok=True)
        raise NotAccepted(f"{config.data_dir.resolve()} holds an installation already")
    if restore_begun(config).exists():
        raise NotAccepted("hopthu restore was stopped before its end here; run it again")
    refuse_open(config)
    path = init_begun(config)
    found = read_private_json(path) if path.exists() else {}
    kept = {str(name): str(value) for name, value in found.items()}
    return {**kept, **{name: value for name, value in _set_already().items() if not kept.get(name)}}


def note(answers: Mapping[str, str]) -> None:
    """Keep what was answered so far, for an `init` that is broken off.

    Raises:
        KeyFault: it cannot be written.
    """
    config = load_config()
    os.umask(0o077)
    private_folder(config.data_dir)
    kept = {one.name: answers[one.name] for one in QUESTIONS if one.name in answers and not one.secret}
    write_private(init_begun(config), json.dumps(kept).encode())


def install(answers: Mapping[str, str], *, env: Path | None, request: Path) -> Installed:
    """Make a real installation with one unit; its first sheet comes from the authority's machine.

    Raises:
        HopthuError: there is one already, or an answer or a folder cannot be right.
    """
    before, ours = noted(), init_begun(load_config()).exists()
    whole = checked({**before, **answers})
    chosen = {one.name: whole[one.name] for one in QUESTIONS if one.setting and whole[one.name]}
    config = load_config(answers=chosen)
    refuse_open(config)
    for file in (request, *([env] if env else [])):
        require_folder(file)
    unit = Unit(
        code=whole["unit"],
        name_vi=whole["name_vi"],
        name_en=whole["name_en"],
        parent=None,
        valid_from=0,
        contact=whole["contact"],
    )
    os.umask(0o077)
    with plainly():
        private_folder(config.data_dir)
        private_folder(config.keys)
        upgrade(config.database)
        asyncio.run(_found(config, unit, whole, ours=ours))
        files = _write_settings(config, whole, env)
        site = make_site(config, bytes.fromhex(whole["authority"]), demo=False)
        sheet = first_sheet(site.id, unit, demo=False, recovery=None, now=int(time.time()))
        request.write_bytes(request_file(sheet))
        init_begun(config).unlink()
    return Installed(config.data_dir.resolve(), *files, request, tuple(advice(config)))


def _set_already() -> dict[str, str]:
    """Answers that the environment gives."""
    found = {one.name: os.environ.get(f"HOPTHU_{one.setting}", "") for one in QUESTIONS if one.setting}
    return {name: value for name, value in found.items() if value}


async def _found(config: Config, unit: Unit, answers: Mapping[str, str], *, ours: bool) -> None:
    """Note the answers, then write the unit, its box and the national numbers, unless a broken-off `init` did."""
    database = open_database(config.database)
    try:
        founded = await database.read(is_founded)
        ours = ours and await database.read(lambda connection: find_unit(connection, unit.code)) is not None
        if founded and not ours:
            raise NotAccepted("this database belongs to an installation already")
        note(answers)
        if not founded:
            box = Box(code=f"box-{unit.code}", unit=unit.code, label_vi="Hòm thư chung", label_en="Common box")
            days = int(answers["backup_days"]) if answers["backup_days"] else None
            founding = Founding(unit, box, ())
            await database.run(lambda connection: found_real(connection, founding, os.urandom, backup_days=days))
        text = wording.digest(config.locales)
        await database.run(lambda connection: wording.approve(connection, text, now=int(time.time())))
    finally:
        await database.close()


def _write_settings(config: Config, answers: Mapping[str, str], env: Path | None) -> tuple[Path, Path | None]:
    """The files of settings: everybody's, and the messenger's own, which the desk never reads."""
    file = (env or config.data_dir / "hopthu.env").resolve()
    lines = f"HOPTHU_DATA_DIR='{config.data_dir.resolve()}'\n" + env_lines(answers, secret=False)
    write_private(file, lines.encode())
    secrets = env_lines(answers, secret=True)
    if not secrets:
        return file, None
    write_private(file.with_name("telegram.env"), secrets.encode())
    return file, file.with_name("telegram.env")
