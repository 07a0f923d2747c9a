"""`hopthu keys rotate`: a new master key, and what lies under the old one sealed anew.

Owns the order that a crash cannot hurt: both keys are on the disk before the first row changes, the old one goes after
the last, and until then every start is refused and the same command goes on where it was. The audit chain of every
unit is told once.
"""

from __future__ import annotations

import asyncio
import os
import time

from bot.run.config import Config, load_config
from bot.run.foundation import notes_key, open_site, rotation_begun, write_subkeys
from bot.run.keyfile import read_private, write_private
from bot.run.masterkey import MasterKey, next_master, read_masters, write_masters
from bot.run.places import require_installation
from bot.run.plain import plainly
from bot.service.desk.observing import Notebook
from bot.service.resealing import Subkeys, reseal
from bot.service.site import Site
from crypto.phones import PhoneKey, phones_subkey
from crypto.subscriptions import SubscriptionKey, subscriptions_subkey
from storage.database import open_database


def rotate() -> tuple[int, int]:
    """Put a new master key in force; its number, and how many rows were sealed anew. Every role must be stopped.

    Raises:
        HopthuError: there is no installation here, or a key file or the database cannot be used.
    """
    config = load_config()
    os.umask(0o077)
    require_installation(config)
    with plainly():
        site = open_site(config)
        new, old = _both(config)
        resealed = asyncio.run(_reseal(config, site, new, old)) if old else 0
        write_subkeys(config, site)
        write_masters(config.master_key, (new,))
        rotation_begun(config).unlink()
    return new.number, resealed


def _both(config: Config) -> tuple[MasterKey, MasterKey | None]:
    """The new key and the one before it, both on the disk; no other where all but the last step was done before."""
    found = read_masters(config.master_key)
    if len(found) == 1 and _begun(config) == found[0].number:
        return found[0], None
    if len(found) == 1:
        found = (next_master(found[0]), found[0])
        write_private(rotation_begun(config), b"%d" % found[0].number)
        write_masters(config.master_key, found)
    new, old = found
    return new, old


def _begun(config: Config) -> int | None:
    """Number of the key that a broken-off rotation was to put in force."""
    path = rotation_begun(config)
    content = read_private(path) if path.exists() else b""
    return int(content) if content.isdigit() else None


async def _reseal(config: Config, site: Site, new: MasterKey, old: MasterKey) -> int:
    before, after = _subkeys(old, site.id), _subkeys(new, site.id)
    notebook, now = Notebook(site.id, notes_key(config), os.urandom), int(time.time())
    database = open_database(config.database)
    try:
        return await database.run(lambda connection: reseal(connection, before, after, notebook, now=now))
    finally:
        await database.close()


def _subkeys(key: MasterKey, site: str) -> Subkeys:
    return Subkeys(
        SubscriptionKey(key.number, subscriptions_subkey(key.secret, site), site),
        PhoneKey(key.number, phones_subkey(key.secret, site), site),
    )
