"""Backups of this installation: where the key is that they are sealed to, what of the key folder goes along, files.

Owns `backup.json` beside the keys: the public key, and where and in which hour backups were made, as long as they are
still there. Never reads the ephemeral folder.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.run.config import Config, load_config
from bot.run.foundation import open_site, rotation_begun
from bot.run.keyfile import read_private, read_private_json, write_private
from bot.run.places import require_installation
from bot.run.plain import plainly
from bot.service.backup.writing import Counts, Source, write_backup
from bot.service.errors import NotAccepted
from crypto.age import seal
from crypto.errors import SealError
from crypto.hybrid import Identity, parse_recipient
from storage.blobs import open_blobs
from storage.database import open_database

AUDIT_KEYS = "audit-keys.json"
"""Public parts of the keys the server signed observed acts with."""
COPIED = ("site.json", "sheet-numbers.json", "erased-subscriptions", AUDIT_KEYS)
"""Files of the key folder that a backup holds. No private key is among them."""
DEMONSTRATION = ("demo-authority.key", "demo-recovery.key")
"""A demonstration's, which does not start without them."""
PRIVATE, PUBLIC = "backup.key", "backup.pub"
READ = 1 << 20
HOUR = 3600
Report = Callable[[int, int], None]


def make_key(folder: Path | None) -> tuple[str, str]:
    """A new key pair for backups, private and public part; in `folder`, if given, as two files that are not there yet.

    Raises:
        NotAccepted: the folder holds one already.
        KeyFault: it cannot be written.
    """
    identity = Identity.generate()
    if folder is not None:
        if (folder / PRIVATE).exists():
            raise NotAccepted(f"{folder} holds a backup key already")
        write_private(folder / PUBLIC, identity.recipient.encode() + b"\n")
        write_private(folder / PRIVATE, identity.encode().encode() + b"\n")
    return identity.encode(), identity.recipient


def back_up(file: Path, to: str | None, report: Report) -> Counts:
    """Write a backup of this installation to a new file.

    Raises:
        HopthuError: there is no installation here, the file is there already, or no key to seal to is known.
    """
    config = _installation()
    recipient = _recipient(config, to)
    with plainly():
        with _new(file) as out:
            counts = asyncio.run(_write(config, recipient, out, report))
        made = int(time.time()) // HOUR * HOUR
        _remember(config, to=recipient, last=made, files={**lying_backups(config), str(file.resolve()): made})
    return counts


def back_up_master(file: Path, to: str | None) -> None:
    """Seal the master key, which no backup holds, to the same key, in a file of its own.

    Raises:
        HopthuError: as `back_up`, or the master key is out of reach.
    """
    config = _installation()
    recipient = _recipient(config, to)
    with plainly():
        if rotation_begun(config).exists():
            raise NotAccepted("hopthu keys rotate was stopped before its end here; run it again first")
        sealed = seal(read_private(config.master_key), [recipient])
        with _new(file) as out:
            out.write(sealed)


def last_backup(config: Config) -> int | None:
    """UTC seconds of the hour of the last backup made here; None if none was.

    Raises:
        KeyFault: the note of it cannot be used.
    """
    found = _noted(config).get("last")
    return found if isinstance(found, int) else None


def lying_backups(config: Config) -> dict[str, int]:
    """Backups made here that still lie where they were written, each with the UTC second of its hour.

    Raises:
        KeyFault: the note of them cannot be used.
    """
    found = _noted(config).get("files")
    listed = found.items() if isinstance(found, dict) else ()
    return {path: made for path, made in listed if isinstance(made, int) and Path(path).exists()}


async def _write(config: Config, recipient: str, out: BinaryIO, report: Report) -> Counts:
    database = open_database(config.database)
    try:
        source = Source(open_site(config).id, _files(config), database, open_blobs(config.blobs))
        return await write_backup(source, recipient, out.write, report)
    finally:
        await database.close()


def _files(config: Config) -> dict[str, bytes]:
    names = (*COPIED, *(DEMONSTRATION if open_site(config).demo else ()))
    return {name: read_private(config.keys / name) for name in names if (config.keys / name).exists()}


def _installation() -> Config:
    config = load_config()
    os.umask(0o077)
    require_installation(config)
    return config


def _recipient(config: Config, to: str | None) -> str:
    """The key to seal to: as given, in letters or as a file, else the one used before."""
    noted = _noted(config).get("to")
    if to is None and not isinstance(noted, str):
        raise NotAccepted(
            "no key to seal to is known; make one elsewhere with hopthu backup key, and give it with --to"
        )
    found = str(noted) if to is None else to
    if not found.startswith("age1"):
        found = Path(found).read_text("ascii").strip()
    try:
        parse_recipient(found)
    except SealError:
        raise NotAccepted("what --to names is no public key that hopthu backup key made") from None
    return found


def _note(config: Config) -> Path:
    return config.keys / "backup.json"


def _noted(config: Config) -> dict[str, object]:
    return read_private_json(_note(config)) if _note(config).exists() else {}


def _remember(config: Config, **news: object) -> None:
    write_private(_note(config), json.dumps({**_noted(config), **news}).encode())


@contextmanager
def _new(file: Path) -> Iterator[BinaryIO]:
    """A file of mode 0600 that is there whole or not at all."""
    if file.exists():
        raise NotAccepted(f"{file} is there already; name another file")
    draft = file.with_name(f"{file.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
    handle = os.open(file.resolve().parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
