"""Bringing an installation back from a backup: into an empty place only, after every byte of the backup was verified.

Owns the order of what is written: attachments, rows, tables' newest form, sheet numbers, and last the file that makes
it an installation. Broken off, the next try begins anew; nothing starts in between.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.run.backing import AUDIT_KEYS, DEMONSTRATION
from bot.run.config import Config, load_config
from bot.run.foundation import (
    erased_file,
    floors_file,
    init_begun,
    open_site,
    read_master,
    restore_begun,
    site_file,
    write_subkeys,
)
from bot.run.keyfile import (
    FileErasedIds,
    FileFloors,
    KeyFault,
    erased_ids,
    parse_site,
    private_folder,
    read_private,
    write_private,
)
from bot.run.masterkey import parse_masters
from bot.run.places import refuse_stranger
from bot.run.plain import plainly
from bot.service.backup.archive import DAMAGED
from bot.service.backup.reading import Content, Opening, verify
from bot.service.backup.restoring import Restored, Sealed, restore_blobs, restore_rows, sheets_of
from bot.service.errors import NotAccepted
from bot.service.site import Site
from crypto.age import open_
from crypto.errors import SealError
from crypto.hybrid import Identity
from crypto.sheets import Sheet
from storage import copies
from storage.blobs import open_blobs
from storage.database import open_database
from storage.migrate import knows, upgrade

READ = 1 << 20
Report = Callable[[int, int], None]
"""Hears how many bytes of how many are read; from the beginning again once all is verified."""


def read_identity(text: str) -> Identity:
    """The private key of backups, as it stands on paper or in its file.

    Raises:
        NotAccepted: it is none.
    """
    try:
        return Identity.parse("".join(text.split()).upper())
    except SealError:
        raise NotAccepted("this is no private key that hopthu backup key made") from None


def restore(file: Path, key: str, *, authority: str | None, master: Path | None, report: Report) -> Restored:
    """Bring back what `file` holds.

    `key` is the private key as written, `authority` the public key on the authority's machine, `master` the master
    key's own sealed file; the last two may be left out where this folder holds the same installation's already.

    Raises:
        HopthuError: the place is not empty, or anything about the backup is wrong; then nothing was changed.
    """
    config, identity = load_config(), read_identity(key)
    os.umask(0o077)
    refuse_stranger(config.data_dir.resolve(), config.keys)
    with plainly():
        _refuse_full(config)
        total = file.stat().st_size
        opening = _opening(file)
        content = verify(opening, identity, _counting(total, report))
        site = _site(config, content, authority)
        sheets = sheets_of(content, site)
        asyncio.run(_refuse_other_tables(config, content))
        found, floors = _master(config, identity, master), _floors(content)
        backup = Sealed(opening, identity, content)
        _begin(config)
        rows = asyncio.run(_write(config, backup, total, report))
        upgrade(config.database)
        _finish(config, content, site, master=found, seen=[floors, _newest(sheets)])
    return Restored(rows, len(content.blobs), len(content.lost), _newest(sheets))


def _newest(sheets: list[Sheet]) -> dict[str, int]:
    highest: dict[str, int] = {}
    for sheet in sheets:
        highest[sheet.unit] = max(sheet.n, highest.get(sheet.unit, 0))
    return highest


def _counting(total: int, report: Report) -> Callable[[int], None]:
    done = 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        report(min(done, total), total)

    return count


def _opening(file: Path) -> Opening:
    def chunks() -> Iterator[bytes]:
        with file.open("rb") as source:
            while piece := source.read(READ):
                yield piece

    return chunks


def _refuse_full(config: Config) -> None:
    if restore_begun(config).exists():
        return
    if init_begun(config).exists():
        raise NotAccepted("hopthu init was stopped before its end here; run it again, or empty the folder")
    if _is_there(config) and not asyncio.run(_is_empty(config)):
        raise NotAccepted("the database holds an installation already; a restore needs an empty one")


async def _is_empty(config: Config) -> bool:
    database = open_database(config.database)
    try:
        return await database.read(copies.is_empty)
    finally:
        await database.close()


async def _refuse_other_tables(config: Config, content: Content) -> None:
    """Tables of another revision cannot take the rows: they are made at the backup's, and brought up afterwards."""
    if not _is_there(config):
        return
    database = open_database(config.database)
    try:
        found = await database.read(copies.revision)
    finally:
        await database.close()
    if found not in (None, content.revision):
        raise NotAccepted("this database has tables of another version than the backup; give one without tables")


def _is_there(config: Config) -> bool:
    """False for a database file that is still to be made."""
    file = config.database.removeprefix("sqlite:///")
    return file == config.database or Path(file).exists()


def _site(config: Config, content: Content, authority: str | None) -> Site:
    """Whose installation the backup is: the one whose authority the caller names, or that is in this folder already."""
    site = parse_site(content.files.get("site.json", b""))
    if site is None or site.id != content.site:
        raise NotAccepted("this backup does not say what installation it is of")
    if site_file(config).exists():
        if open_site(config) != site:
            raise NotAccepted(f"{config.data_dir.resolve()} holds another installation than this backup")
    elif authority is None:
        raise NotAccepted("name the authority with --authority: the 64 characters that hopthu authority create printed")
    if authority is not None and authority.lower() != site.authority.hex():
        raise NotAccepted("this backup is of an installation of another authority")
    if not knows(content.revision):
        raise NotAccepted("this backup was made by a newer version of the product; install that one first")
    return site


def _master(config: Config, identity: Identity, sealed: Path | None) -> bytes | None:
    """The master key to put in place; None where one is there already."""
    if sealed is None:
        try:
            read_master(config)
        except KeyFault:
            raise NotAccepted(
                f"there is no master key in {config.master_key}; name its own backup with --master"
            ) from None
        return None
    try:
        found = open_(sealed.read_bytes(), identity)
    except SealError:
        found = None
    if found is None or len(parse_masters(found) or ()) != 1:
        raise NotAccepted("what --master names is no master key sealed to this key")
    if config.master_key.exists() and read_private(config.master_key) != found:
        raise NotAccepted(f"another master key is in {config.master_key} already")
    return found


def _begin(config: Config) -> None:
    private_folder(config.data_dir)
    private_folder(config.keys)
    write_private(restore_begun(config), b"")


async def _write(config: Config, backup: Sealed, total: int, report: Report) -> int:
    await restore_blobs(backup, open_blobs(config.blobs), _counting(total, report))
    upgrade(config.database, backup.content.revision)
    database = open_database(config.database)
    try:
        erased = {
            *FileErasedIds(erased_file(config)).every(),
            *erased_ids(backup.content.files.get(erased_file(config).name, b"")),
        }
        return await restore_rows(backup, database, lambda table, row: table == "subscriptions" and row["id"] in erased)
    finally:
        await database.close()


def _finish(config: Config, content: Content, site: Site, *, master: bytes | None, seen: list[dict[str, int]]) -> None:
    floors = FileFloors(floors_file(config))
    for unit, n in (pair for one in seen for pair in one.items()):
        floors.raise_to(unit, n)
    if master is not None:
        write_private(config.master_key, master)
    erased = FileErasedIds(erased_file(config))
    known = frozenset(erased.every())
    for row in erased_ids(content.files.get(erased_file(config).name, b"")):
        if row not in known:
            erased.add(row)
    for name in (AUDIT_KEYS, *DEMONSTRATION):
        if name in content.files and not (config.keys / name).exists():
            write_private(config.keys / name, content.files[name])
    write_subkeys(config, site)
    write_private(site_file(config), content.files["site.json"])
    restore_begun(config).unlink()


def _floors(content: Content) -> dict[str, int]:
    try:
        found = json.loads(content.files.get("sheet-numbers.json", b"{}"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(n, int) for n in found.values()):
        raise NotAccepted(DAMAGED)
    return found
