"""Log-in: waits that grow, names that cannot be tried out, sessions that end."""

from __future__ import annotations

import asyncio
import os

import pytest
from installation import Installation, Officer, OfficerKeys, open_installation

from bot.service.desk.login import FREE_TRIES, LONGEST_WAIT, SESSION_LIVES, Throttle
from bot.service.errors import NotAccepted, OutsideFailed
from storage.errors import Busy

NOW = 1_795_000_000


async def refused(attempt: object) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as told:
        await attempt  # type: ignore[misc] # an awaitable
    return told.value.key, told.value.status


def key_of(throttle: Throttle, now: int, account: str = "a") -> str:
    try:
        throttle.begin(account, now)
    except NotAccepted as told:
        return told.key
    return "begun"


def test_waits_begin_after_three_wrong_tries() -> None:
    throttle = Throttle()
    assert [key_of(throttle, NOW) for _ in range(FREE_TRIES + 1)] == ["begun"] * FREE_TRIES + ["login-wait"]
    assert key_of(throttle, NOW + 1) == "begun"
    assert key_of(throttle, NOW + 2) == "login-wait"
    assert key_of(throttle, NOW + 3) == "begun"


def test_waits_double_up_to_the_longest() -> None:
    throttle, now = Throttle(), NOW
    for _ in range(40):
        throttle.begin("a", now)
        now = max(now, throttle._tries["a"].free_at)
    assert throttle._tries["a"].free_at - now == 0
    throttle.begin("a", now)
    assert throttle._tries["a"].free_at - now == LONGEST_WAIT


def test_nobody_can_keep_an_officer_out_for_long() -> None:
    throttle = Throttle()
    for second in range(600):
        key_of(throttle, NOW + second)
    waits = [second for second in range(600, 700) if key_of(throttle, NOW + second) == "begun"]
    assert waits[0] - 600 <= LONGEST_WAIT <= 10


def test_the_right_one_forgets_the_wrong_ones() -> None:
    throttle = Throttle()
    for _ in range(10):
        throttle.begin("a", NOW)
        throttle.right("a")
    throttle.right("unknown")
    assert key_of(throttle, NOW) == "begun"


def test_accounts_wait_each_for_itself_and_the_oldest_is_forgotten() -> None:
    throttle = Throttle(capacity=2)
    for _ in range(FREE_TRIES):
        throttle.begin("a", NOW)
    assert (key_of(throttle, NOW, "b"), key_of(throttle, NOW, "a")) == ("begun", "login-wait")
    assert (key_of(throttle, NOW, "c"), key_of(throttle, NOW, "a")) == ("begun", "begun")


async def test_a_log_in(box: Installation, officer: Officer) -> None:
    keys = officer.keys
    assert await box.counter.salt("trucban1") == keys.salt
    me = await box.counter.login("trucban1", keys.proof())
    assert (me.officer.serial, me.officer.locked) == (officer.me.officer.serial, officer.me.officer.locked)
    assert (await box.counter.who(me.token)).officer == me.officer


async def test_whatever_is_wrong_is_one_sentence(box: Installation, officer: Officer) -> None:
    for account in ("trucban1", "nobody"):
        assert await refused(box.counter.login(account, os.urandom(32))) == ("login-bad", 401)
    await box.forge("UPDATE officers SET status = 'removed'")
    assert await refused(box.counter.login("trucban1", officer.keys.proof())) == ("login-bad", 401)


async def test_many_tries_at_once_are_counted_all(box: Installation, officer: Officer) -> None:
    tries = [box.counter.login("trucban1", os.urandom(32)) for _ in range(20)]
    told = [error.key for error in await asyncio.gather(*tries, return_exceptions=True)]
    assert (told.count("login-bad"), told.count("login-wait")) == (FREE_TRIES, 20 - FREE_TRIES)
    assert await refused(box.counter.login("trucban1", officer.keys.proof())) == ("login-wait", 429)
    box.clock.advance(1)
    assert (await box.counter.login("trucban1", officer.keys.proof())).token


async def test_an_unknown_name_has_a_salt_of_its_own(box: Installation, officer: Officer) -> None:
    salts = [await box.counter.salt(name) for name in ("nobody", "nobody", "somebody", "trucban1")]
    assert salts[0] == salts[1] != salts[2]
    assert {len(salt) for salt in salts} == {16}
    await box.forge("UPDATE officers SET status = 'removed'")
    assert await box.counter.salt("trucban1") not in salts


async def test_an_unknown_name_keeps_its_salt_over_a_restart(box: Installation) -> None:
    before = await box.counter.salt("nobody")
    async with open_installation(box.config.data_dir) as again:
        assert await again.counter.salt("nobody") == before


async def test_a_session_ends_with_its_shift(box: Installation, officer: Officer) -> None:
    me = await box.counter.login("trucban1", officer.keys.proof())
    box.clock.advance(SESSION_LIVES - 1)
    assert (await box.counter.who(me.token)).officer.account == "trucban1"
    box.clock.advance(1)
    assert await refused(box.counter.who(me.token)) == ("login-again", 401)


async def test_a_session_ends_with_its_log_out(box: Installation, officer: Officer) -> None:
    me = await box.counter.login("trucban1", officer.keys.proof())
    await box.counter.logout(me)
    assert await refused(box.counter.who(me.token)) == ("login-again", 401)
    assert (await box.counter.who(officer.me.token)).officer.account == "trucban1"


@pytest.mark.parametrize("token", ["", "never-was"])
async def test_no_session_is_none(box: Installation, token: str) -> None:
    assert await refused(box.counter.who(token)) == ("login-again", 401)


async def test_a_removed_officer_has_no_session(box: Installation, officer: Officer) -> None:
    await box.forge("UPDATE officers SET status = 'removed'")
    assert await refused(box.counter.who(officer.me.token)) == ("login-again", 401)


async def test_who_has_only_asked_acts_on_nothing(box: Installation, officer: Officer) -> None:
    assert (await box.counter.who_acts(officer.me.token)).officer.account == "trucban1"
    await box.forge("UPDATE officers SET status = 'requested'")
    assert (await box.counter.who(officer.me.token)).officer.status == "requested"
    assert await refused(box.counter.who_acts(officer.me.token)) == ("desk-refused", 403)


async def test_no_token_lies_in_the_database(box: Installation, officer: Officer) -> None:
    stored = [value for row in await box.rows("SELECT * FROM sessions") for value in row]
    assert officer.me.token not in stored
    assert bytes.fromhex(officer.me.token) not in stored


async def test_a_store_that_is_away_is_outside(
    box: Installation, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_work: object) -> None:
        raise Busy

    monkeypatch.setattr(box.ground.database, "run", away)
    monkeypatch.setattr(box.ground.database, "read", away)
    with pytest.raises(OutsideFailed):
        await box.counter.login("trucban1", OfficerKeys().proof())
    with pytest.raises(OutsideFailed):
        await box.counter.who(officer.me.token)
