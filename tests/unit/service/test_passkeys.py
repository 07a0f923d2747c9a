"""Passkeys at the desk: who answers is let in, once; a thief of a session, an answer, a page or the database is not."""

from __future__ import annotations

import os
from collections.abc import Awaitable
from dataclasses import replace

import pytest
from authenticator import HOST, ORIGIN, Authenticator
from installation import Installation, Officer, invited
from postgres_server import BOTH

from bot.run.app import open_ledger
from bot.run.desks import open_keydesk
from bot.service.desk.keydesk import KeyDesk
from bot.service.desk.passkeys import CHALLENGE_LIVES, MOST, Challenges, Made, name_of, party_of
from bot.service.desk.staffing import shut_out
from bot.service.errors import NotAccepted
from crypto.acts import read_record
from storage.repositories import officers

STORES = BOTH
LOCKED = b"locked under what the passkey alone derives"


async def refused(attempt: Awaitable[object]) -> str:
    with pytest.raises(NotAccepted) as told:
        await attempt
    return told.value.key


@pytest.fixture
def keys(box: Installation) -> KeyDesk:
    ground = replace(box.ground, config=box.ground.config.model_copy(update={"public_url": ORIGIN}))
    return open_keydesk(ground, open_ledger(ground))


async def add(keys: KeyDesk, officer: Officer, device: Authenticator, *, auth: bytes | None = None) -> None:
    made = device.make(keys.new_challenge(officer.me))
    await keys.add_passkey(officer.me, made, locked=LOCKED, auth=auth or officer.keys.proof())


@pytest.fixture
async def device(keys: KeyDesk, officer: Officer) -> Authenticator:
    """The officer's own, added."""
    made = Authenticator(counter=1)
    await add(keys, officer, made)
    return made


async def test_its_answer_opens_a_session_and_brings_the_keys_locked_under_it(
    keys: KeyDesk, officer: Officer, device: Authenticator
) -> None:
    token, locked = await keys.login(device.answer(keys.login_challenge()))
    me = await officer.box.counter.who(token)
    assert (me.officer.serial, locked) == (officer.me.officer.serial, LOCKED)
    acts = [read_record(one).act for one in await officer.chain()]
    assert [(one.act, one.kind, one.serial) for one in acts[-2:]] == [
        ("passkey", "observed", officer.me.officer.serial),
        ("login", "observed", officer.me.officer.serial),
    ]


async def test_an_answer_counts_once(keys: KeyDesk, device: Authenticator, box: Installation) -> None:
    answer = device.answer(keys.login_challenge())
    await keys.login(answer)
    assert await refused(keys.login(answer)) == "passkey-bad"
    box.clock.now += 1
    assert await refused(keys.login(answer)) == "passkey-bad"


async def test_one_that_does_not_count_is_not_answered_twice_either(
    keys: KeyDesk, officer: Officer, box: Installation
) -> None:
    synced = Authenticator()
    await add(keys, officer, synced)
    earlier = synced.answer(keys.login_challenge())
    box.clock.now += 1
    answer = synced.answer(keys.login_challenge())
    await keys.login(answer)
    assert await refused(keys.login(answer)) == "passkey-bad"
    assert await refused(keys.login(earlier)) == "passkey-bad"


async def test_a_challenge_is_ours_for_this_and_not_old(
    keys: KeyDesk, officer: Officer, device: Authenticator, box: Installation
) -> None:
    for challenge in (b"", os.urandom(56), keys.new_challenge(officer.me), keys.login_challenge()[:-1]):
        assert await refused(keys.login(device.answer(challenge))) == "passkey-bad"
    answer = device.answer(keys.login_challenge())
    box.clock.now += CHALLENGE_LIVES / 1000 + 1
    assert await refused(keys.login(answer)) == "passkey-bad"
    box.clock.now -= 2 * CHALLENGE_LIVES / 1000
    assert await refused(keys.login(answer)) == "passkey-bad"


WRONG = {
    "another page": {"origin": "https://hopthu.example"},
    "another port": {"origin": "http://localhost:9999"},
    "another host": {"host": "hopthu.example"},
    "nobody verified": {"verified": False},
    "a counter that went back": {"counter": 0},
    "another key": {"key": Authenticator().key},
    "another credential": {"id": os.urandom(32)},
}


@pytest.mark.parametrize("what", WRONG)
async def test_an_answer_that_is_not_his_opens_nothing(keys: KeyDesk, device: Authenticator, what: str) -> None:
    device.counter = 5
    await keys.login(device.answer(keys.login_challenge()))
    wrong = replace(device, **WRONG[what])
    assert await refused(keys.login(wrong.answer(keys.login_challenge()))) == "passkey-bad"


async def test_bytes_that_are_no_answer_are_refused(keys: KeyDesk, device: Authenticator) -> None:
    good = device.answer(keys.login_challenge())
    for name in ("client_data", "authenticator_data", "signature"):
        for said in (b"", b"\0", b"{}", b"null", os.urandom(64), getattr(good, name)[:-1]):
            assert await refused(keys.login(replace(good, **{name: said}))) == "passkey-bad"
    made = device.answer(keys.login_challenge(), kind="webauthn.create")
    assert await refused(keys.login(made)) == "passkey-bad"
    await keys.login(device.answer(keys.login_challenge()))


async def test_another_officers_passkey_opens_his_own_session_alone(
    keys: KeyDesk, officer: Officer, device: Authenticator, box: Installation
) -> None:
    box.invitation = await invited(box)
    second = await Officer.enrol(box, "trucban2")
    other = Authenticator()
    await add(keys, second, other)
    token, _ = await keys.login(other.answer(keys.login_challenge()))
    assert (await box.counter.who(token)).officer.account == "trucban2"
    stolen = replace(other, id=device.id)
    assert await refused(keys.login(stolen.answer(keys.login_challenge()))) == "passkey-bad"
    assert await refused(add(keys, second, device)) == "passkey-taken"
    assert await refused(keys.remove_passkey(second.me, name_of(device.id))) == "passkey-gone"


async def test_a_session_alone_adds_none(keys: KeyDesk, officer: Officer) -> None:
    assert await refused(add(keys, officer, Authenticator(), auth=bytes(32))) == "login-bad"
    await add(keys, officer, Authenticator())
    assert len(await keys.passkeys(officer.me)) == 1
    for _ in range(3):
        assert await refused(add(keys, officer, Authenticator(), auth=bytes(32))) in ("login-bad", "login-wait")
    assert await refused(add(keys, officer, Authenticator())) == "login-wait"


MADE_WRONG = {name: WRONG[name] for name in ("another page", "another host", "nobody verified")}


@pytest.mark.parametrize("what", MADE_WRONG)
async def test_one_made_elsewhere_is_not_taken(keys: KeyDesk, officer: Officer, what: str) -> None:
    assert await refused(add(keys, officer, Authenticator(**MADE_WRONG[what]))) == "passkey-bad"


async def test_a_new_one_answers_this_officers_challenge(keys: KeyDesk, officer: Officer) -> None:
    device = Authenticator()
    for challenge in (keys.login_challenge(), os.urandom(56)):
        attempt = keys.add_passkey(officer.me, device.make(challenge), locked=LOCKED, auth=officer.keys.proof())
        assert await refused(attempt) == "passkey-bad"
    other = replace(device.make(keys.new_challenge(officer.me)), id=os.urandom(32))
    broken = Made(other.challenge, device.id, other.client_data, b"\xa0")
    for made in (other, broken):
        assert await refused(keys.add_passkey(officer.me, made, locked=LOCKED, auth=officer.keys.proof())) in (
            "passkey-bad",
            "login-wait",
        )
    assert await keys.passkeys(officer.me) == ()


async def test_one_removed_opens_nothing_and_that_is_noted(
    keys: KeyDesk, officer: Officer, device: Authenticator
) -> None:
    (kept,) = await keys.passkeys(officer.me)
    await keys.remove_passkey(officer.me, kept.id)
    assert await refused(keys.login(device.answer(keys.login_challenge()))) == "passkey-bad"
    assert read_record((await officer.chain())[-1]).act.act == "passkey-off"
    assert await refused(keys.remove_passkey(officer.me, kept.id)) == "passkey-gone"


async def test_with_one_removed_every_other_session_of_its_officer_ends(
    keys: KeyDesk, officer: Officer, device: Authenticator, box: Installation
) -> None:
    box.invitation = await invited(box)
    colleague = await Officer.enrol(box, "trucban2")
    opened, _ = await keys.login(device.answer(keys.login_challenge()))
    (kept,) = await keys.passkeys(officer.me)
    await keys.remove_passkey(officer.me, kept.id)
    assert await refused(box.counter.who(opened)) == "login-again"
    assert (await box.counter.who(officer.me.token)).officer == officer.me.officer, "who removed it goes on"
    assert (await box.counter.who(colleague.me.token)).officer == colleague.me.officer


async def test_a_proof_tried_here_counts_at_log_in_and_the_other_way_round(
    keys: KeyDesk, officer: Officer, box: Installation
) -> None:
    for _ in range(2):
        assert await refused(add(keys, officer, Authenticator(), auth=bytes(32))) == "login-bad"
    assert await refused(box.counter.login(officer.me.officer.account, bytes(32))) == "login-bad"
    assert await refused(box.counter.login(officer.me.officer.account, officer.keys.proof())) == "login-wait"
    assert await refused(add(keys, officer, Authenticator())) == "login-wait"
    box.clock.advance(60)
    await add(keys, officer, Authenticator())
    assert await refused(box.counter.login(officer.me.officer.account, bytes(32))) == "login-bad"


async def test_an_officer_who_was_removed_is_not_let_in(
    keys: KeyDesk, officer: Officer, device: Authenticator, box: Installation
) -> None:
    await box.run(lambda connection: officers.remove(connection, officer.me.officer.serial))
    assert await refused(keys.login(device.answer(keys.login_challenge()))) == "passkey-bad"


async def test_whoever_is_shut_out_leaves_no_copy_of_his_keys(
    officer: Officer, device: Authenticator, box: Installation
) -> None:
    assert await box.rows("SELECT serial FROM passkeys") == [(officer.me.officer.serial,)]
    await box.run(lambda c: shut_out(c, officer.me.officer.serial, seen=lambda *_: None))
    assert await box.rows("SELECT serial FROM passkeys") == []


async def test_nobody_keeps_more_than_a_few(keys: KeyDesk, officer: Officer) -> None:
    for _ in range(MOST):
        await add(keys, officer, Authenticator())
    assert await refused(add(keys, officer, Authenticator())) == "passkey-many"


async def test_where_browsers_make_none_none_is_taken(box: Installation, officer: Officer) -> None:
    keys = open_keydesk(box.ground, open_ledger(box.ground))
    assert keys.party is None
    assert await refused(add(keys, officer, Authenticator())) == "passkey-bad"


def test_which_addresses_browsers_make_passkeys_for() -> None:
    assert party_of("https://hopthu.example.gov.vn") is not None
    found = party_of(ORIGIN)
    assert found is not None
    assert (found.host, found.origin) == (HOST, ORIGIN)
    for address in ("http://127.0.0.1:8080", "https://[::1]", "https://10.0.0.1", "http://hopthu.example", "https://"):
        assert party_of(address) is None


def test_whoever_asks_for_many_challenges_fills_nothing() -> None:
    challenges = Challenges(b"k" * 32, os.urandom)
    many = {challenges.issue("login", 5) for _ in range(1_000)}
    assert len(many) == 1_000
    assert {challenges.issued("login", one, 6) for one in many} == {5}
    assert {name for name in dir(challenges) if not name.startswith("_")} == {"entropy", "issue", "issued", "key"}
