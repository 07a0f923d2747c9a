"""A real installation with many wards, an officer waiting in each, and the stick that the authority's key lies on.

Commands run as processes of their own, so that a browser can be driven beside them.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installation import OfficerKeys
from integration.shell import Shell, installed

from bot.service.desk import enrolment
from storage.database import Database, open_database
from storage.repositories import units
from storage.repositories.enrolments import Enrolment
from storage.repositories.units import Unit

FIRST = 18119
"""Code of the first ward, where two wait; the others follow."""


def found_wards(folder: Path, count: int) -> Shell:
    """The installation in `folder`, its authority in `usb`; `count` wards with whoever waits there."""
    shell = Shell(folder, None, None)  # type: ignore[arg-type] # nothing runs in this process
    shell.run = shell.apart  # type: ignore[method-assign,assignment] # each command a process of its own
    installed(shell)
    with ThreadPoolExecutor() as aside:
        aside.submit(lambda: asyncio.run(_waiting(shell.data, count))).result()
    return shell


async def _waiting(data: Path, count: int) -> None:
    database = open_database(f"sqlite:///{data}/hopthu.sqlite3")
    for place in range(count):
        code = str(FIRST + place)
        await _found(database, Unit(code, f"xã Minh Họa {place + 1}", f"Minh Họa {place + 1} commune", None, 0))
        await _apply(database, code, f"truc{code}", "duty")
        if place == 0:
            await _apply(database, code, f"truong{code}", "chief")
    await database.close()


async def _found(database: Database, unit: Unit) -> None:
    await database.run(lambda connection: units.put_unit(connection, unit))


async def _apply(database: Database, unit: str, account: str, role: str) -> None:
    """Somebody is invited, and makes keys."""
    now = int(time.time())
    token, applied = os.urandom(32).hex(), OfficerKeys().application(account)
    enrolled = Enrolment(unit, role, f"Đ/c {account}", now + 600)
    await database.run(lambda connection: enrolment.invite(connection, token, enrolled))
    await database.run(lambda connection: enrolment.apply(connection, token, applied, serial=f"s-{account}", now=now))


def read_aloud(shell: Shell) -> dict[tuple[str, str], str]:
    """What each officer who waits reads on his own screen: digits by unit and account."""
    waiting = json.loads(shell.says("officer", "list", "--waiting", "--json"))
    return {(one["unit"], one["account"]): one["digits"] for one in waiting}
