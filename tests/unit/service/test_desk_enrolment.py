"""An officer joins: a link works once, in time, for one name; whoever holds none learns nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from installation import UNIT, Installation, Officer, OfficerKeys, sheet_of

from bot.service.desk.enrolment import LINK_LIVES, digest
from bot.service.errors import NotAccepted
from bot.service.organisation.history import history
from crypto.acts import read_record
from crypto.wire import encode_raw
from storage.repositories import audit


async def refused(attempt: object) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as told:
        await attempt  # type: ignore[misc] # an awaitable
    return told.value.key, told.value.status


async def test_what_a_link_says(box: Installation) -> None:
    found = await box.counter.look(box.invitation)
    assert (found.unit, found.role, found.expires) == (UNIT, "duty", int(box.clock()) + LINK_LIVES)
    assert found.unit_name.vi == "phường Nam Hồng Lĩnh"


async def test_a_bad_link_or_name_holds_up_no_writer(box: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking is reading: what fails among writers is committed again one by one."""

    async def writing(_work: object) -> None:
        raise AssertionError("a transaction was opened for writing")

    monkeypatch.setattr(box.ground.database, "run", writing)
    assert await refused(box.counter.look("x" * 32)) == ("enrol-link-bad", 404)
    assert (await box.counter.look(box.invitation)).unit == UNIT
    assert len(await box.counter.salt("khongco")) == 16


async def test_an_enrolment_in_a_demonstration_is_signed_at_once(box: Installation) -> None:
    keys = OfficerKeys()
    officer, session = await box.counter.enrol(box.invitation, keys.application("trucban1"))
    assert (officer.status, officer.account, officer.recipient) == ("active", "trucban1", keys.identity.recipient)
    assert (await box.counter.who(session)).officer.serial == officer.serial
    sheet = await sheet_of(box)
    (line,) = sheet.officers
    assert (line.serial, line.officer, line.recipient) == (officer.serial, "trucban1", keys.identity.recipient)
    assert (line.signing_key, sheet.n) == (keys.signer.verify_key, 2)
    assert box.ground.book.floor(UNIT) == 2
    (past,) = await box.ground.database.read(lambda c: history(c, "officers", officer.serial))
    assert (past.by, past.cells and past.cells["status"]) == (None, "active")
    acts = [read_record(body).act for body in await box.ground.database.read(lambda c: audit.every(c, UNIT))]
    told = next(act for act in acts if act.n == past.record)
    assert (told.kind, told.act, encode_raw(bytes(dict(told.detail)["change"]))) == (
        "observed", "arrange", past.change,
    )  # fmt: skip


async def test_a_link_works_once(box: Installation) -> None:
    link = box.invitation
    await Officer.enrol(box)
    application = OfficerKeys().application("trucban2")
    assert await refused(box.counter.enrol(link, application)) == ("enrol-link-bad", 404)
    assert await refused(box.counter.look(link)) == ("enrol-link-bad", 404)


async def test_a_link_is_over_after_half_an_hour(box: Installation) -> None:
    box.clock.advance(LINK_LIVES)
    assert await refused(box.counter.look(box.invitation)) == ("enrol-link-bad", 404)
    assert await refused(box.counter.enrol(box.invitation, OfficerKeys().application("a1"))) == ("enrol-link-bad", 404)


async def test_a_link_of_a_unit_that_is_gone_is_bad(box: Installation) -> None:
    await box.forge("DELETE FROM units")
    assert await refused(box.counter.look(box.invitation)) == ("enrol-link-bad", 404)


async def test_of_two_who_use_it_at_once_one_is_in(box: Installation) -> None:
    tries = [box.counter.enrol(box.invitation, OfficerKeys().application(f"trucban{n}")) for n in (1, 2)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    keys = [one.key for one in outcomes if isinstance(one, NotAccepted)]
    assert keys == ["enrol-link-bad"]
    assert len((await sheet_of(box)).officers) == 1


@pytest.mark.parametrize("account", ["", "a", "Trực ban", "-ab", "UPPER", "a" * 33, "a b", "ab\n"])
async def test_a_name_that_is_none(box: Installation, account: str) -> None:
    application = OfficerKeys().application(account)
    assert await refused(box.counter.enrol(box.invitation, application)) == ("enrol-account-bad", 422)


async def test_a_bad_name_does_not_use_the_link_up(box: Installation) -> None:
    await refused(box.counter.enrol(box.invitation, OfficerKeys().application("Bad Name")))
    officer, _ = await box.counter.enrol(box.invitation, OfficerKeys().application("truc-ban.1"))
    assert officer.account == "truc-ban.1"


async def test_a_name_that_is_taken(box: Installation) -> None:
    link = box.invitation
    await Officer.enrol(box)
    await box.forge("UPDATE enrolments SET used = 0")
    application = OfficerKeys().application("trucban1")
    assert await refused(box.counter.enrol(link, application)) == ("enrol-account-taken", 409)
    other, _ = await box.counter.enrol(link, OfficerKeys().application("trucban2"))
    assert other.account == "trucban2"


async def test_without_a_link_no_name_can_be_tried_out(box: Installation, officer: Officer) -> None:
    for account in ("trucban1", "nobody", "Bad Name"):
        application = OfficerKeys().application(account)
        assert await refused(box.counter.enrol("f" * 64, application)) == ("enrol-link-bad", 404)


async def test_a_key_that_is_none_is_refused(box: Installation) -> None:
    application = replace(OfficerKeys().application("trucban1"), recipient="age1pq1" + "q" * 100)
    assert await refused(box.counter.enrol(box.invitation, application)) == ("desk-keys-failed", 400)
    assert await box.rows("SELECT count(*) FROM officers") == [(0,)]


async def test_no_token_and_no_proof_lie_in_the_database(box: Installation) -> None:
    link = box.invitation
    officer = await Officer.enrol(box)
    assert await box.rows("SELECT token_hash FROM enrolments") == [(digest(link),)]
    ((stored,),) = await box.rows("SELECT auth_hash FROM officers")
    assert stored != officer.keys.proof()
