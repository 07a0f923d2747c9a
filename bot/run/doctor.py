"""`hopthu doctor`: what is wrong with this installation, in plain words, each with what to do."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bot.edge.http.pages import PagesNotBuilt, read_built
from bot.run.config import Config, load_config
from bot.run.foundation import floors_file, open_site, read_master, site_file
from bot.run.keyfile import FileFloors, KeyFault, read_epochs
from bot.service.site import SheetBook, Site
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.postgres import loud_settings
from storage.repositories import outbox, units

EARLIEST = 1_767_225_600
"""2026-01-01T00:00Z: a clock before this is wrong."""
SOON = 14 * 24 * 3600
"""Seconds before a sheet's end that its renewal is asked for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine or not, and what to do if not."""

    fine: bool
    what: str
    fix: str = ""


def main(*, as_json: bool = False) -> int:
    """Print every finding, as lines or as one JSON list; 0 if all is well, 1 if not.

    Raises:
        NotAccepted: a setting cannot be used.
    """
    config = load_config()
    findings = [*_keys(config), *_clock(time.time), *_pages(config), *_tokens(config), *_database(config)]
    if as_json:
        sys.stdout.write(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False) + "\n")
    for finding in () if as_json else findings:
        mark = "ok " if finding.fine else "BAD"
        fix = f"\n     → {finding.fix}" if finding.fix and not finding.fine else ""
        sys.stdout.write(f"{mark}  {finding.what}{fix}\n")
    return 0 if all(finding.fine for finding in findings) else 1


def _keys(config: Config) -> Iterator[Finding]:
    if not site_file(config).exists():
        yield Finding(False, f"no installation in {config.data_dir.resolve()}", "run hopthu up, or hopthu init")
        return
    for path in (config.keys, config.ephemeral):
        yield _folder(path)
    yield _usable(site_file(config), lambda: open_site(config))
    yield _usable(config.master_key, lambda: read_master(config))
    yield _usable(config.ephemeral, lambda: read_epochs(config.ephemeral))
    yield _usable(floors_file(config), lambda: FileFloors(floors_file(config)).floor(""))
    if not _is_demonstration(config):
        outside = not config.ephemeral.is_relative_to(config.data_dir.resolve())
        fix = "set HOPTHU_EPHEMERAL_DIR to a folder on tmpfs"
        yield Finding(outside, "epoch keys lie outside the data folder", fix)


def _is_demonstration(config: Config) -> bool:
    with suppress(KeyFault):
        return open_site(config).demo
    return False


def _folder(path: Path) -> Finding:
    if not path.exists():
        return Finding(True, f"{path} is made at the first start")
    closed = not path.stat().st_mode & 0o077
    return Finding(closed, f"{path} is closed to others", f"chmod 700 {path}")


def _usable(path: Path, use: Callable[[], object]) -> Finding:
    try:
        use()
    except KeyFault as error:
        return Finding(False, str(error), "restore it from the safe, with mode 0600, owned by the service")
    return Finding(True, f"{path} can be used")


def _pages(config: Config) -> Iterator[Finding]:
    try:
        read_built(config.pages)
    except PagesNotBuilt:
        yield Finding(False, "the pages for browsers are not built", "run make setup")
    else:
        yield Finding(True, "the pages for browsers are built")


def _clock(clock: Callable[[], float]) -> Iterator[Finding]:
    yield Finding(clock() > EARLIEST, "the clock shows a believable day", "set the clock; turn time synchronisation on")


def _tokens(config: Config) -> Iterator[Finding]:
    token = config.telegram_token
    if token is None:
        yield Finding(True, "no Telegram bot is connected")
        return
    number, _, secret = token.get_secret_value().partition(":")
    yield Finding(number.isdigit() and bool(secret), "the Telegram token has a token's form", "copy it from @BotFather")
    if config.telegram_mode == "webhook":
        fine = config.telegram_webhook_secret is not None and config.web.startswith("https://")
        fix = "set HOPTHU_PUBLIC_URL to an https address and HOPTHU_TELEGRAM_WEBHOOK_SECRET"
        yield Finding(fine, "the webhook has a public address and a secret", fix)


def _database(config: Config) -> list[Finding]:
    if not site_file(config).exists():
        return []
    file = config.database.removeprefix("sqlite:///")
    if file != config.database and not Path(file).exists():
        return [Finding(False, f"the database {file} is missing", "restore it, or look at HOPTHU_DATABASE_URL")]
    return asyncio.run(_inside(config))


async def _inside(config: Config) -> list[Finding]:
    database = open_database(config.database)
    try:
        found = [Finding(True, "the database answers"), await _quiet(database), await _outbox(database)]
        site = open_site(config)
        return [*found, *await _sheets(database, site, config)]
    except StorageError as error:
        return [Finding(False, f"the database: {error}", "look at HOPTHU_DATABASE_URL, the disk and the server")]
    except KeyFault:
        return found  # said among the keys
    finally:
        await database.close()


async def _quiet(database: Database) -> Finding:
    loud = await database.read(loud_settings)
    fix = f"as a superuser, ALTER ROLE … SET these as deploy/RUNBOOK.md says: {', '.join(loud)}"
    return Finding(not loud, "the database server's log holds no statement of ours", fix)


async def _sheets(database: Database, site: Site, config: Config) -> list[Finding]:
    book, now = SheetBook(site, FileFloors(floors_file(config))), int(time.time())
    found: list[Finding] = []
    for unit in await database.read(units.every_unit):
        code = unit.code
        receiver = await database.read(partial(book.receiver, unit=code, now=now))
        who = f"unit {code} has an officer who reads its tips"
        fix = "no sheet in force: request, sign and take one in" if receiver is None else "enrol an officer"
        found.append(Finding(receiver is not None and receiver.staffed, who, fix))
        if receiver is not None:
            late = receiver.sheet.expires - now < SOON
            found.append(Finding(not late, f"the sheet of unit {receiver.unit} is good for weeks", "sign the next one"))
    return found


async def _outbox(database: Database) -> Finding:
    backlog = await database.read(outbox.backlog)
    what = f"messages waiting {backlog.waiting + backlog.claimed}, given up {backlog.failed}"
    return Finding(backlog.failed == 0, what, "a messenger refused them for good: look at its token and the log")
