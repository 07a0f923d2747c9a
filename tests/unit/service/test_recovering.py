"""Recovery shares at the desk: a new chief comes to read what nobody could, signed, and every chief is told."""

from __future__ import annotations

import os
from collections.abc import Awaitable
from dataclasses import replace

import pytest
from installation import UNIT, Installation, Officer, OfficerKeys, Page, sheet_of
from postgres_server import BOTH

from bot.run.app import open_ledger
from bot.run.desks import open_keydesk
from bot.service.desk.enrolment import LINK_LIVES, invite
from bot.service.desk.keydesk import KeyDesk
from bot.service.desk.recovering import Recovered
from bot.service.errors import NotAccepted
from crypto.acts import Detail, read_record
from crypto.grants import LARGEST
from crypto.hybrid import Identity
from crypto.recovery import Asked, recipient_digest, recovered_digest, rewrap
from crypto.sheets import sign_sheet
from storage.repositories import officers, sheets
from storage.repositories.enrolments import Enrolment

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"


async def refused(attempt: Awaitable[object]) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as told:
        await attempt
    return told.value.key, told.value.status


async def chief_of(box: Installation, account: str = "chihuy1") -> Officer:
    token = os.urandom(32).hex()
    enrolled = Enrolment(UNIT, "chief", "Đ/c chỉ huy", int(box.clock()) + LINK_LIVES)
    await box.run(lambda connection: invite(connection, token, enrolled))
    box.invitation = token
    return await Officer.enrol(box, account)


@pytest.fixture
def keys(box: Installation) -> KeyDesk:
    return open_keydesk(box.ground, open_ledger(box.ground))


@pytest.fixture
async def tip(officer: Officer, page: Page) -> bytes:
    """Filed while only an officer was there who is gone now, with his keys."""
    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    await officer.box.run(lambda connection: officers.remove(connection, officer.me.officer.serial))
    return tip


@pytest.fixture
async def chief(box: Installation, tip: bytes) -> Officer:
    return await chief_of(box)


async def given(box: Installation, asked: Asked, identity: Identity | None = None) -> Recovered:
    """What the offline machine makes of it."""
    backup = identity or box.ground.keys.recovery
    assert backup is not None
    made = rewrap(asked, backup, await sheet_of(box), int(box.clock()))
    return Recovered(recipient_digest(backup.recipient), {tip: each for tip, each in made if each})


def said(found: Recovered) -> Detail:
    return ("count", len(found.grants)), ("grants", recovered_digest(found.grants)), ("recovery", found.recovery)


async def brought(keys: KeyDesk, chief: Officer, found: Recovered, detail: Detail | None = None) -> None:
    await keys.recover(chief.me, found, await chief.sign("recovered", None, detail or said(found)))


async def test_a_new_chief_reads_what_nobody_could(
    box: Installation, keys: KeyDesk, chief: Officer, tip: bytes
) -> None:
    assert (await chief.view(tip)).row.grant is None
    asked = await keys.shut_tips(chief.me)
    assert asked.grants.keys() == {tip}
    assert not await keys.recovery_used(chief.me)
    await brought(keys, chief, await given(box, asked))
    assert [one.text for one in (await chief.open(tip)).thread.entries[1:]] == [WORDS]
    record = read_record((await chief.chain())[-2]).act
    assert (record.act, record.serial, dict(record.detail)["count"]) == ("recovered", chief.me.officer.serial, 1)
    assert await refused(keys.shut_tips(chief.me)) == ("keys-nothing-shut", 404)
    assert await box.rows("SELECT tip, unit_id FROM stale_keys") == [(tip, UNIT)], "who typed the words knows the key"


async def test_whoever_was_shut_out_meanwhile_is_given_no_key(
    box: Installation, keys: KeyDesk, chief: Officer, tip: bytes
) -> None:
    gone = (await chief_of(box, "chihuy2")).me.officer.serial
    found = await given(box, await keys.shut_tips(chief.me))
    assert gone in found.grants[tip]
    await box.run(lambda connection: officers.remove(connection, gone))
    await brought(keys, chief, found)
    holders = {one for (one,) in await box.rows("SELECT recipient FROM grants WHERE tip = ?", tip)}
    assert (gone in holders, chief.me.officer.serial in holders) == (False, True)


async def test_every_chief_is_told_until_a_sheet_names_another_identity(
    box: Installation, keys: KeyDesk, chief: Officer, officer: Officer
) -> None:
    second = await chief_of(box, "chihuy2")
    await brought(keys, chief, await given(box, await keys.shut_tips(chief.me)))
    assert [await keys.recovery_used(one.me) for one in (chief, second, officer)] == [True, True, False]
    authority, sheet = box.ground.keys.authority, await sheet_of(box)
    assert authority is not None
    newer = replace(sheet, n=sheet.n + 1, recovery=Identity.generate().recipient)
    body = sign_sheet(newer, authority)
    await box.run(lambda c: sheets.add(c, sheets.StoredSheet(newer.unit, newer.n, body)))
    assert not await keys.recovery_used(chief.me)


async def test_who_is_no_chief_neither_asks_nor_brings(box: Installation, keys: KeyDesk, chief: Officer) -> None:
    found = await given(box, await keys.shut_tips(chief.me))
    duty = replace(chief.me, officer=replace(chief.me.officer, role="duty"))
    assert await refused(keys.shut_tips(duty)) == ("desk-refused", 403)
    record = await chief.sign("recovered", None, said(found))
    assert await refused(keys.recover(duty, found, record)) == ("desk-refused", 403)


async def test_no_key_is_taken_in_that_the_act_does_not_name(
    box: Installation, keys: KeyDesk, chief: Officer, tip: bytes
) -> None:
    found = await given(box, await keys.shut_tips(chief.me))
    other = await given(box, await keys.shut_tips(chief.me))
    for detail in (
        said(other),
        (("count", 2), *said(found)[1:]),
        (*said(found)[:2], ("recovery", bytes(32))),
    ):
        assert (await refused(brought(keys, chief, found, detail)))[0] == "desk-act-unfit"
    act = await chief.sign("recovered", None, said(found))
    await keys.recover(chief.me, found, act)
    assert (await refused(keys.recover(chief.me, found, act)))[0] == "desk-act-newer"
    assert await refused(chief.view(bytes(16))) == ("desk-no-tip", 404)


async def test_no_key_is_taken_in_of_an_identity_that_no_sheet_named(
    box: Installation, keys: KeyDesk, chief: Officer
) -> None:
    found = replace(await given(box, await keys.shut_tips(chief.me)), recovery=bytes(32))
    assert await refused(brought(keys, chief, found)) == ("keys-no-identity", 409)
    assert not await keys.recovery_used(chief.me)


async def test_the_shares_give_nobody_a_key_that_was_taken_back_from_him(
    box: Installation, keys: KeyDesk, chief: Officer, tip: bytes
) -> None:
    second = await chief_of(box, "chihuy2")
    await brought(keys, chief, await given(box, await keys.shut_tips(chief.me)))
    serial = second.me.officer.serial
    record = await chief.sign("take-back", tip, (("reader", serial),))
    await box.counter.hands.take_back(chief.me.officer, tip, serial, record)
    await brought(keys, second, await given(box, await keys.shut_tips(second.me)))
    assert await box.rows("SELECT tip FROM grants WHERE recipient = ?", serial) == []


async def test_nobody_off_the_sheet_and_no_other_units_tip_is_given_a_key(
    box: Installation, keys: KeyDesk, chief: Officer, tip: bytes
) -> None:
    found = await given(box, await keys.shut_tips(chief.me))
    for grants, key in (
        ({tip: {**found.grants[tip], "nobody": b"x"}}, "keys-sheet-newer"),
        ({tip: {"recovery": b"x"}}, "keys-sheet-newer"),
        ({tip: {}}, "keys-sheet-newer"),
        ({}, "keys-sheet-newer"),
        ({bytes(16): found.grants[tip]}, "desk-no-tip"),
        ({tip: dict.fromkeys(found.grants[tip], bytes(LARGEST + 1))}, "desk-refused"),
    ):
        wrong = replace(found, grants=grants)
        assert (await refused(brought(keys, chief, wrong)))[0] == key
    rows = await box.rows("SELECT recipient FROM grants WHERE recipient NOT LIKE 'recovery%'")
    assert chief.me.officer.serial not in {row[0] for row in rows}
    assert not await keys.recovery_used(chief.me)


async def test_whoever_has_a_key_keeps_his(box: Installation, keys: KeyDesk, chief: Officer, page: Page) -> None:
    await brought(keys, chief, await given(box, await keys.shut_tips(chief.me)))
    third = await chief_of(box, "chihuy3")
    before = await box.rows("SELECT tip, recipient, sealed FROM grants")
    await brought(keys, third, await given(box, await keys.shut_tips(third.me)))
    after = await box.rows("SELECT tip, recipient, sealed FROM grants")
    assert set(map(tuple, before)) < set(map(tuple, after))
    assert len(after) == len(before) + 1


async def test_another_identity_opens_nothing(box: Installation, keys: KeyDesk, chief: Officer) -> None:
    assert (await given(box, await keys.shut_tips(chief.me), OfficerKeys().identity)).grants == {}
