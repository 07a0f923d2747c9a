"""Rules 1 and 2: whoever carries off the disks finds sealed bytes, and nobody.

The product runs as people run it; two hundred tips come in; then the power goes. Every byte that lies on a disk is
searched for every mark. The recovery key of a demonstration lies in its key folder and opens its tips: it is a
demonstration's alone (a real installation's exists as shares on paper), says so in its name, and is left out here.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fake_bot_api import FakeBotApi
from postgres_server import PostgresServer
from product import Product
from rules import night as nights
from rules.marks import Marks
from rules.night import Night
from rules.thief import Rows, all_rows, opened_by_epochs, opened_by_identities, secrets_in

from bot.run.keyfile import FileRing, read_site
from bot.service.outgoing import Outgoing
from crypto.acts import read_record
from crypto.age import Identity
from crypto.epochs import EpochKey
from storage.database import open_database

TIPS, TIPS_ON_POSTGRES = 200, 60


@dataclass
class Loot:
    """What was carried off: files and folders, the rows in them, and the night they came from."""

    night: Night
    places: tuple[Path, ...]
    logs: tuple[Path, ...]
    rows: Rows
    epochs: tuple[EpochKey, ...]


def test_the_disks_hold_no_mark(loot: Loot) -> None:
    link = loot.night.data / "enrolment-link.txt"
    assert loot.night.marks.found(*loot.places, but=[link]) == set()


def test_the_logs_tie_nothing_to_anything(loot: Loot) -> None:
    ties = loot.night.ties
    for tie in (*_pseudonyms(loot), *_replays(loot), *(row.id for row in loot.rows["tips"])):
        ties.add("tie", tie)
    assert ties.found(*loot.logs) == set()
    assert "message_unusable" in loot.logs[0].read_text("utf-8")
    assert all("duplicate key" in path.read_text("utf-8", "replace") for path in loot.logs[1:])


def test_it_was_all_there_to_be_found(loot: Loot) -> None:
    assert len(loot.rows["tips"]) == loot.night.tips >= (TIPS if len(loot.places) == 1 else TIPS_ON_POSTGRES)
    assert {row.key for row in loot.rows["conversations"]} <= set(_pseudonyms(loot))
    assert {row.key for row in loot.rows["inbox"]} & set(_replays(loot))
    assert any((loot.night.data / "blobs" / row.name).stat().st_size > 1 << 20 for row in loot.rows["tip_blobs"])
    assert {row.kind for row in loot.rows["draft_parts"]} == {"text", "photo", "voice", "video", "file", "place"}
    assert all(loot.rows[name] for name in ("reply_addresses", "kept_buttons", "subscriptions", "news"))
    assert len(loot.places) > 1 or (loot.night.data / "hopthu.sqlite3-wal").stat().st_size
    clear = Marks()
    clear.add("the unit's clear name", "phường Nam Hồng Lĩnh")
    assert clear.found(*loot.places)
    opened = opened_by_epochs(loot.rows, loot.night.data / "blobs", [key.secret for key in loot.epochs], ["-"])
    marked = {one.table for one in opened if loot.night.marks.found_in(one.plain, one.table)}
    assert marked == {"conversations", "outbox", "draft_parts", "photos"}
    assert any(one.table == "traces" for one in opened)


def test_the_audit_chain_tells_of_officers_alone(loot: Loot) -> None:
    """Neither what reporters did nor when: no record for a tip filed, no time finer than an hour."""
    acts = [read_record(row.body).act for row in loot.rows["audit"]]
    signed = [act for act in acts if act.kind == "officer"]
    assert {act.act for act in signed} == {"open", "ask-identity", "take"}
    assert {act.act for act in acts if act.kind == "observed"} == {"sheet", "arrange", "enrol", "login"}
    assert {act.tip for act in signed} == {row.tip for row in loot.rows["grants"] if row.opened}
    assert {act.hour % 3600 for act in acts} == {0}
    assert len(acts) < len(loot.rows["tips"])
    assert loot.rows["audit_waiting"] == []


def test_the_keys_beside_the_database_open_nothing(loot: Loot) -> None:
    keys = loot.night.data / "keys"
    files = [path for path in sorted(keys.iterdir()) if path.name != "demo-recovery.key"]
    assert {"master.key", "site.json", "demo-authority.key", "sheet-numbers.json"} <= {path.name for path in files}
    secrets, sites = secrets_in(files, loot.night.site), ("-", loot.night.site)
    assert opened_by_epochs(loot.rows, loot.night.data / "blobs", secrets, sites) == []
    assert opened_by_identities(loot.rows, [secret for secret in secrets if secret in _whole(files)]) == []


def test_a_demonstrations_recovery_key_is_why_it_is_marked_so(loot: Loot) -> None:
    recovery = Identity.parse((loot.night.data / "keys" / "demo-recovery.key").read_text("ascii").strip())
    assert {one.table for one in opened_by_identities(loot.rows, [recovery._seed])} == {"grants"}


def _pseudonyms(loot: Loot) -> list[bytes]:
    return [loot.epochs[0].pseudonym(bot, chat) for bot, chats in loot.night.chats.items() for chat in chats]


def _replays(loot: Loot) -> list[bytes]:
    return [loot.epochs[0].replay(bot, update) for bot, update in loot.night.replays]


def _whole(files: list[Path]) -> set[bytes]:
    return {path.read_bytes() for path in files if path.stat().st_size == 32}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def loot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loot]:
    """The night of one installation, seen by whoever carries it off."""
    folder = tmp_path_factory.mktemp("seizure")
    with contextlib.ExitStack() as stack:
        server = PostgresServer() if request.param == "postgres" else None
        if server is not None:
            stack.callback(server.stop)
        yield asyncio.run(_carried_off(folder, server))
    shutil.rmtree(folder)


async def _carried_off(folder: Path, server: PostgresServer | None) -> Loot:
    site = folder / "site"
    for name in ("tmp", "home"):
        (site / name).mkdir(parents=True)
    url = server.url(server.create_database()) if server else f"sqlite:///{site}/data/hopthu.sqlite3"
    async with FakeBotApi() as api:
        settings = {"HOPTHU_TELEGRAM_TOKEN": api.token, "HOPTHU_TELEGRAM_API_BASE": api.url}
        places = {"TMPDIR": str(site / "tmp"), "HOME": str(site / "home"), "HOPTHU_DATABASE_URL": url}
        product = Product(site, settings={**settings, **places})
        await asyncio.to_thread(product.start)
        try:
            night = await _night(product, api, url, TIPS if server is None else TIPS_ON_POSTGRES)
        finally:
            await asyncio.to_thread(product.kill)
    return await _loot(night, folder, server, url)


async def _night(product: Product, api: FakeBotApi, url: str, tips: int) -> Night:
    night = Night(product.folder, product, api)
    site = read_site(night.data / "keys" / "site.json")
    night.site, night.salt = site.id, site.salt
    night.marks.add("address", nights.ADDRESS)
    night.marks.add("forwarded address", nights.FORWARDED)
    night.marks.add("bot's token", api.token)
    await nights.officer(night)
    each = tips // 20
    people = [nights.web_resident(night, 3 * each) for _ in range(5)]
    people += [nights.telegram_resident(night, number, each) for number in range(5)]
    await asyncio.gather(nights.odd_things(night), nights.big_photo(night), nights.every_kind(night), *people)
    await nights.collide(night, url)
    await nights.undelivered(night)
    return night


async def _loot(night: Night, folder: Path, server: PostgresServer | None, url: str) -> Loot:
    places, logs = [night.folder], [night.product.log]
    if server is not None:
        server.execute("CHECKPOINT")
        places.append(shutil.copytree(server.folder, folder / "server", ignore=shutil.ignore_patterns(".s.*")))
        logs.append(places[-1] / server.log.name)
    copy = shutil.copytree(night.data, folder / "copy")
    database = open_database(url if server else f"sqlite:///{copy}/hopthu.sqlite3")
    rows = await database.read(all_rows)
    await database.close()
    epochs = FileRing(copy / "ephemeral", os.urandom).living(int(time.time()))
    night.receipts += _unseen_receipts(epochs[0], rows)
    night.mark_receipts()
    return Loot(night, tuple(places), tuple(logs), rows, epochs)


def _unseen_receipts(key: EpochKey, rows: Rows) -> list[str]:
    """Receipts that still wait to be shown."""
    waiting = [Outgoing.decode(key.open_outgoing(row.lane, row.n, row.blob)) for row in rows["outbox"] if row.blob]
    codes = {out.shown.lines[0].replace(" ", "") for out in waiting if out is not None and out.shown.kind == "code"}
    assert codes
    return sorted(codes)
