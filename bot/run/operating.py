"""Opens the installation for one act of the operator."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.run.config import Config, load_config
from bot.run.foundation import address_file, floors_file, known_audit_keys, notes_key, open_site, site_file
from bot.run.keyfile import FileFloors
from bot.run.places import require_installation
from bot.run.plain import plainly
from bot.service import wording
from bot.service.desk.observing import Notebook
from bot.service.desk.operator import Operator
from bot.service.finding import FoundUnit, find, own
from bot.service.site import SheetBook
from storage.database import open_database

T = TypeVar("T")


def operate(act: Callable[[Operator], Awaitable[T]]) -> T:
    """The act's result.

    Raises:
        HopthuError: there is no installation here, or the act was refused.
    """
    config = load_config()
    os.umask(0o077)
    require_installation(config)
    with plainly():
        return asyncio.run(_operate(config, act))


def found_units(query: str) -> list[FoundUnit]:
    """Units of the country, and of the installation if there is one, that these words may mean.

    Raises:
        HopthuError: its database is not to be read.
    """
    there = site_file(load_config()).exists()
    return find(query, operate(lambda desk: desk.look(own)) if there else ())


def _address(config: Config) -> str:
    """Where the desk answers: as set, else where it was last started."""
    noted = address_file(config)
    if config.public_url is None and noted.exists():
        return noted.read_text("utf-8").strip()
    return config.web


async def _operate(config: Config, act: Callable[[Operator], Awaitable[T]]) -> T:
    site = open_site(config)
    database = open_database(config.database)
    try:
        operator = Operator(
            database=database,
            site=site,
            book=SheetBook(site, FileFloors(floors_file(config))),
            clock=time.time,
            entropy=os.urandom,
            web=_address(config),
            telegram=config.telegram_name,
            zalo=config.zalo_oa_id,
            audit_keys=known_audit_keys(config),
            notes=Notebook(site.id, notes_key(config), os.urandom),
            texts=wording.digest(config.locales),
        )
        return await act(operator)
    finally:
        await database.close()
