"""Keys: there, whole, closed to others, and each where its thief would not find it with the rest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from bot.run.backing import last_backup
from bot.run.checks.finding import Finding
from bot.run.config import Config
from bot.run.foundation import floors_file, init_begun, open_site, read_master, restore_begun, rotation_begun, site_file
from bot.run.keyfile import FileFloors, KeyFault, read_epochs

BACKUP_AGES = 2 * 24 * 3600
"""Seconds after which a nightly backup was surely missed."""
FROM_SAFE = "restore it from the safe, with mode 0600, owned by the service"


def findings(config: Config) -> Iterator[Finding]:
    """Everything about keys and their folders."""
    begun_by = {"init": init_begun, "restore": restore_begun, "keys rotate": rotation_begun}
    for command, begun in begun_by.items():
        if begun(config).exists():
            yield Finding(False, f"hopthu {command} came to its end", f"run hopthu {command} again, as before")
    if not site_file(config).exists():
        yield Finding(False, f"no installation in {config.data_dir.resolve()}", "run hopthu up, or hopthu init")
        return
    for path in (config.keys, config.ephemeral):
        yield from _folder(path)
    yield _usable(site_file(config), lambda: open_site(config))
    yield _usable(config.master_key, lambda: read_master(config))
    yield _usable(config.ephemeral, lambda: read_epochs(config.ephemeral))
    yield _usable(floors_file(config), lambda: FileFloors(floors_file(config)).floor(""))
    if is_real(config):
        yield from _places(config)
        yield _backup(config)


def is_real(config: Config) -> bool:
    """True for an installation that is no demonstration, as far as its file can be read."""
    with suppress(KeyFault):
        return site_file(config).exists() and not open_site(config).demo
    return True


def _folder(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding(True, f"{path} is made at the first start")
        return
    found = path.stat()
    yield Finding(not found.st_mode & 0o077, f"{path} is closed to others", f"chmod 700 {path}")
    mine = os.geteuid() in (0, found.st_uid)
    yield Finding(mine, f"{path} belongs to whoever runs this", "run the commands as the service's user, or chown it")


def _usable(path: Path, use: Callable[[], object]) -> Finding:
    try:
        use()
    except KeyFault as error:
        return Finding(False, str(error), FROM_SAFE)
    return Finding(True, f"{path} can be used")


def _places(config: Config) -> Iterator[Finding]:
    data = config.data_dir.resolve()
    outside = not config.ephemeral.is_relative_to(data)
    yield Finding(outside, "epoch keys lie outside the data folder", "set HOPTHU_EPHEMERAL_DIR to a folder on tmpfs")
    yield Finding(
        not config.master_key.resolve().is_relative_to(data),
        "the master key lies outside the data folder",
        "move it out of reach of the data's backups and set HOPTHU_MASTER_KEY_FILE; see deploy/RUNBOOK.md",
    )


def _backup(config: Config) -> Finding:
    fix = "run hopthu backup every night, and take the file to another machine"
    try:
        last = last_backup(config)
    except KeyFault as error:
        return Finding(False, str(error), fix)
    if last is None:
        return Finding(False, "a backup was made", f"hopthu backup key on a machine off the network; then {fix}")
    days = max(0, int(time.time()) - last) // (24 * 3600)
    return Finding(int(time.time()) - last < BACKUP_AGES, f"the last backup is {days} days old", fix)
