"""Folders before anything is put into them: whose they are, who else can look, and that no web server shows them."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.run.checks.machine import IN_MEMORY, file_system
from bot.run.config import PROJECT, Config
from bot.run.foundation import site_file
from bot.service.errors import NotAccepted

SHOWN = ("/var/www", "/srv/http", "/srv/www", "/usr/share/nginx")
"""Folders that web servers show to everybody, unless told otherwise."""


def refuse_open(config: Config) -> None:
    """Look at the data and key folders, which need not exist yet.

    Raises:
        NotAccepted: one of them is another user's, open to others, or lies where a web server shows files.
    """
    for folder in (config.data_dir.resolve(), config.keys, config.ephemeral):
        shown = [root for root in (*SHOWN, str(PROJECT / "web")) if folder.is_relative_to(root)]
        if shown:
            raise NotAccepted(f"{folder} lies in {shown[0]}, which a web server shows to everybody; choose another")
        if folder.is_dir():
            _refuse(folder)
        elif folder.exists():
            raise NotAccepted(f"{folder} is no folder")


def _refuse(folder: Path) -> None:
    refuse_stranger(folder)
    found = folder.stat()
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise NotAccepted(f"{folder} is open to others; chmod 700 {folder}")


def refuse_stranger(*folders: Path) -> None:
    """Refuse to write where another user's service reads: what root makes there, that service could not open.

    Raises:
        NotAccepted: one of these is there and belongs to another user than who runs this.
    """
    for folder in folders:
        if folder.is_dir() and folder.stat().st_uid != os.geteuid():
            owner = _name(folder.stat().st_uid)
            raise NotAccepted(f"{folder} belongs to another user; run this as {owner}: runuser -u {owner} -- hopthu …")


def require_installation(config: Config) -> None:
    """See that commands have an installation to work on, that it is this user's, and that its database is there.

    Raises:
        NotAccepted: one of these is not so.
    """
    if not site_file(config).exists():
        raise NotAccepted(f"there is no installation in {config.data_dir.resolve()}; start one with hopthu up or init")
    refuse_stranger(config.data_dir.resolve(), config.keys)
    refuse_lost(config)


def refuse_lost(config: Config) -> None:
    """See that nothing begins anew where a database was lost.

    Raises:
        NotAccepted: the database is a file, and that is missing.
    """
    file = config.database.removeprefix("sqlite:///")
    if file != config.database and not Path(file).exists():
        raise NotAccepted(f"the database {file} is missing; restore it, or look at HOPTHU_DATABASE_URL")


def require_folder(file: Path) -> None:
    """See that a file can be written to its folder, before anything is made that would have to be undone.

    Raises:
        NotAccepted: the folder is not there, or not to be written to.
    """
    folder = file.resolve().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise NotAccepted(f"{folder} is no folder that can be written to; name another for {file.name}")


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def advice(config: Config) -> Iterator[str]:
    """What would be better, where it is not."""
    kind = file_system(config.ephemeral)
    if kind is not None and kind not in IN_MEMORY:
        yield f"{config.ephemeral} is not in memory: on a real server it lies on tmpfs, so that keys leave no trace."
    if config.master_key.resolve().is_relative_to(config.data_dir.resolve()):
        yield "The master key lies beside the data: move it as deploy/RUNBOOK.md says, and set HOPTHU_MASTER_KEY_FILE."
