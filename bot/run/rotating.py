"""`hopthu keys rotate`: a new master key, and what lies under the old one sealed anew.

Owns the order that a crash cannot hurt: both keys are on the disk before the first row changes, the old one goes after
the last, and until then every start is refused and the same command goes on where it was.
"""

from __future__ import annotations

import asyncio
import os

from bot.run.config import Config, load_config
from bot.run.foundation import open_site, rotation_begun, site_file, write_subscriptions
from bot.run.keyfile import write_private
from bot.run.masterkey import MasterKey, next_master, read_masters, write_masters
from bot.run.plain import plainly
from bot.service.errors import NotAccepted
from bot.service.resealing import reseal_subscriptions
from bot.service.site import Site
from crypto.subscriptions import SubscriptionKey, subscriptions_subkey
from storage.database import open_database


def rotate() -> tuple[int, int]:
    """Put a new master key in force; its number, and how many rows were sealed anew. Every role must be stopped.

    Raises:
        HopthuError: there is no installation here, or a key file or the database cannot be used.
    """
    config = load_config()
    os.umask(0o077)
    if not site_file(config).exists():
        raise NotAccepted(f"there is no installation in {config.data_dir.resolve()}")
    with plainly():
        site = open_site(config)
        new, old = _both(config)
        resealed = asyncio.run(_reseal(config, site, new, old))
        write_subscriptions(config, site)
        write_masters(config.master_key, (new,))
        rotation_begun(config).unlink()
    return new.number, resealed


def _both(config: Config) -> tuple[MasterKey, MasterKey]:
    """The new key and the one before it, both on the disk."""
    found = read_masters(config.master_key)
    if len(found) == 1:
        found = (next_master(found[0]), found[0])
        write_private(rotation_begun(config), b"")
        write_masters(config.master_key, found)
    new, old = found
    return new, old


async def _reseal(config: Config, site: Site, new: MasterKey, old: MasterKey) -> int:
    keys = [SubscriptionKey(key.number, subscriptions_subkey(key.secret, site.id), site.id) for key in (old, new)]
    database = open_database(config.database)
    try:
        return await database.run(lambda connection: reseal_subscriptions(connection, *keys))
    finally:
        await database.close()
