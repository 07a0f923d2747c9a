"""Inside the database: its settings, sheets in force, messages that do not leave, what people were promised."""

from __future__ import annotations

import asyncio
import stat
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bot.run.backing import lying_backups
from bot.run.checks.finding import Finding
from bot.run.config import Config
from bot.run.foundation import floors_file, open_site, site_file
from bot.run.keyfile import FileFloors, KeyFault
from bot.service import wording
from bot.service.boards import STALE_DAYS
from bot.service.desk.ladder import RAN
from bot.service.desk.recovering import is_used_up
from bot.service.endings import Ending, endings
from bot.service.founding import BACKUP_DAYS
from bot.service.hotlines.acts import listed
from bot.service.hotlines.rules import NATIONAL
from bot.service.site import Receiver, SheetBook, Site
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.postgres import loud_settings
from storage.repositories import holders, outbox, rungs, settings, sheets, units
from storage.sqlite import careless_settings

DAY = 24 * 3600
LADDER_WAITS = 20 * 60
"""Seconds for which a reminder may wait for the job that looks every few seconds: the machine may have started now."""
CROWD = 500
"""Messages that wait for a messenger at most when all is well: they leave within seconds."""


def findings(config: Config) -> list[Finding]:
    """Everything that only an open database tells."""
    if not site_file(config).exists():
        return []
    file = config.database.removeprefix("sqlite:///")
    if file == config.database:
        return asyncio.run(_inside(config))
    if not Path(file).exists():
        return [Finding(False, f"the database {file} is missing", "restore it, or look at HOPTHU_DATABASE_URL")]
    closed = not stat.S_IMODE(Path(file).stat().st_mode) & 0o077
    return [Finding(closed, f"{file} is closed to others", f"chmod 600 {file}"), *asyncio.run(_inside(config))]


async def _inside(config: Config) -> list[Finding]:
    database = open_database(config.database)
    found = [Finding(True, "the database answers")]
    try:
        found += [await _quiet(database), await _careful(database), *await _outbox(database), await _ladder(database)]
        site = open_site(config)
        found += [*await _sheets(database, site, config), *await _retention(database, config)]
        return [*found, *([] if site.demo else [*await _boards(database), await _wording(database, config)])]
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


async def _careful(database: Database) -> Finding:
    careless = await database.read(careless_settings)
    fix = f"put the database on a local disk whose file system can lock and map; it refused: {', '.join(careless)}"
    return Finding(not careless, "the database overwrites what is erased and survives a power cut", fix)


async def _sheets(database: Database, site: Site, config: Config) -> list[Finding]:
    book, now = SheetBook(site, FileFloors(floors_file(config))), int(time.time())
    found: list[Finding] = []
    receiving = await database.read(partial(units.receiving, now=now))
    for unit in await database.read(units.every_unit):
        if book.is_over(unit.code):
            found.append(await _goes_on(database, book, unit.code))
            continue
        newest = await database.read(partial(sheets.newest, unit=unit.code))
        n = newest.n if newest else 0
        fix = "take the newest sheet in again (hopthu unit sheet FILE); if nobody has it, call the authority"
        found.append(Finding(n >= book.floor(unit.code), f"unit {unit.code} has the newest sheet seen here", fix))
        if await database.read(partial(is_used_up, book=book, unit=unit.code, now=now)):
            fix = f"on the authority's machine: hopthu unit recovery create {unit.code} --again; then a new sheet"
            found.append(Finding(False, f"the recovery sheets of unit {unit.code} were not used", fix))
        if unit.code in receiving or not receiving:
            receiver = await database.read(partial(book.receiver, unit=unit.code, now=now))
            found += _receiver(unit.code, receiver, now)
    locked = sum((await database.read(holders.locked)).values())
    fix = f"{locked} open tip(s) have none: enrolling cannot help, only the recovery identity of their unit"
    found.append(Finding(not locked, "somebody who is let in has a key to every open tip", fix))
    late = await database.read(partial(endings, book=book, now=now))
    return [*found, *(_late(one, now) for one in late), *([] if late else [Finding(True, "sheets are good for weeks")])]


async def _goes_on(database: Database, book: SheetBook, code: str) -> Finding:
    """Whether the unit that goes on for this one, by its sheet, is the one that rows lead to."""
    heir = await database.read(partial(book.heir, unit=code))
    fix = "the newest sheet of the unit that goes on for it is missing: take it in again (hopthu unit sheet FILE)"
    return Finding(heir is not None, f"what is sent to unit {code} goes to the one after it", fix)


def _late(one: Ending, now: int) -> Finding:
    left = "has run out" if one.over else f"ends in {-(-(one.expires - now) // DAY)} days"
    fix = f"it {left}: hopthu unit requests FOLDER, sign on the authority's machine, hopthu unit sheet FOLDER"
    return Finding(False, f"the sheet of unit {one.unit} is good for weeks", fix)


def _receiver(code: str, receiver: Receiver | None, now: int) -> Iterator[Finding]:
    who = f"unit {code} has an officer who reads its tips"
    fix = "no sheet in force: request, sign and take one in" if receiver is None else "enrol an officer"
    yield Finding(receiver is not None and receiver.staffed, who, fix)
    if receiver is None:
        return
    if receiver.staffed:
        duty = any(line.role == "duty" for line in receiver.sheet.readers(now))
        fix = "enrol a duty officer: hopthu officer invite UNIT NAME --role duty"
        yield Finding(duty, f"somebody is on duty for unit {code}", fix)
    fix = "set the clock: this sheet was signed in its future"
    yield Finding(receiver.sheet.issued <= now, f"the clock is not behind unit {receiver.unit}'s sheet", fix)


async def _retention(database: Database, config: Config) -> list[Finding]:
    """Whether backups are kept no longer than people are told."""
    told = await database.read(partial(settings.get, key=BACKUP_DAYS))
    if told is None:
        return []
    now, days = int(time.time()), int(told)
    old = sorted(path for path, made in lying_backups(config).items() if now - made > days * DAY)
    fix = f"erase {', '.join(old)}, and every copy of it elsewhere"
    return [Finding(not old, f"no backup made here lies longer than the {days} days people are told", fix)]


async def _wording(database: Database, config: Config) -> Finding:
    """Whether the texts people see are those the unit approved. Advice: an upgrade brings new texts."""
    found = await database.read(partial(wording.approval, text=wording.digest(config.locales)))
    said = f"the wording is what the unit approved on {found.day}" if found.day else "the unit's approval is noted"
    fix = "let the unit read the texts in locales/, then hopthu unit wording --approved"
    return Finding(found.unchanged, said, fix, advice=True)


async def _boards(database: Database) -> list[Finding]:
    """Whether the numbers that units put up were tried within the half-year. Advice: they may answer all the same."""
    now = int(time.time())
    found = await database.read(partial(listed, unit=None, now=now))
    boards = {one.unit: sum(other.stale for other in found if other.unit == one.unit) for one in found}
    what = f"were called within {STALE_DAYS} days to see that they answer"
    return [
        Finding(old == 0, f"the numbers of {unit} {what}", f"hopthu hotline list {unit} --stale", advice=True)
        for unit, old in boards.items()
        if unit != NATIONAL or old
    ]


async def _outbox(database: Database) -> list[Finding]:
    backlog = await database.read(outbox.backlog)
    waiting = backlog.waiting + backlog.claimed
    what = f"messages waiting {waiting}, given up {backlog.failed}"
    refused = "a messenger refused them for good: look at its token and the log"
    slow = "is the worker running, and can it reach the messenger?"
    return [Finding(backlog.failed == 0, what, refused), Finding(waiting <= CROWD, "no crowd of messages waits", slow)]


async def _ladder(database: Database) -> Finding:
    """Whether reminders to officers go out as they are due."""
    earliest, ran = await database.read(rungs.earliest), await database.read(partial(settings.get, key=RAN))
    long_ago = int(time.time()) - LADDER_WAITS
    late = earliest is not None and earliest < long_ago and int(ran or 0) < long_ago
    fix = "is the worker running? officers are not reminded of what waits; look at its log for ladder_postponed"
    return Finding(not late, "reminders to officers go out when they are due", fix)
