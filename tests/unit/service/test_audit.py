"""Acts go into the chain with their deed or not at all; what the server saw stands beside them, marked so."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from acts import named
from installation import START, UNIT, Installation, Officer, Page, open_installation
from postgres_server import BOTH
from sqlalchemy import Connection
from unit.service.operating_world import NOTES, make_machine
from unit.service.test_casework import refused

from bot.run.foundation import audit_keys, known_audit_keys, notes_key
from bot.service.auditing import Noted, Trust, parse_key, parse_noted, verify_export, written_mark
from bot.service.desk.audit import Ledger, NewerAct
from bot.service.desk.casework import NewEntry, Taking
from bot.service.desk.login import TOLD
from bot.service.desk.observing import Notebook, Observed, opened_note
from bot.service.errors import NotAccepted
from crypto.acts import HOUR, read_record, sign_act
from crypto.audit import Mark
from crypto.signing import Signer
from storage.repositories import audit as chain

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"


@pytest.fixture
async def tip(officer: Officer, page: Page) -> bytes:
    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    return tip


async def told(officer: Officer) -> list[str]:
    """What the chain tells, as `who act`; who is `server` where nobody signed."""
    acts = [read_record(record).act for record in await officer.chain()]
    return [f"{'server' if act.kind == 'observed' else act.officer} {act.act}" for act in acts]


async def took(officer: Officer, tip: bytes) -> None:
    """He takes the tip that is his already: one more act."""
    await officer.take(tip, Taking(NewEntry(2, b"sealed"), officer.me.officer.serial))


async def holds(box: Installation, officer: Officer) -> bool:
    """True where the exported chain holds for somebody who has only the public keys."""
    trust = Trust(box.ground.keys.site.authority, known_audit_keys(box.config))
    found = verify_export(await box.counter.audit_file(officer.me), trust)
    return found.holds and found.records == len(await officer.chain())


async def test_every_deed_is_in_it(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.write(tip, "question", "Mấy giờ?")
    await officer.act_on(tip, "classified")
    other = await Officer.enrol(box, "trucban2")
    await box.forge("UPDATE tips SET answerable = ?", other.me.officer.serial)
    await officer.take(tip, Taking(NewEntry(4, b"sealed"), other.me.officer.serial), "absent")
    await box.counter.login("trucban1", officer.keys.proof())
    await box.counter.logout(other.me)
    assert (await told(officer))[3:] == [
        "trucban1 open",
        "trucban1 question",
        "trucban1 case",
        "server sheet",
        "server arrange",
        "server enrol",
        "trucban1 take-over",
        "server login",
        "server logout",
    ]
    assert await holds(box, officer)


async def test_an_act_committed_between_two_looks_at_the_chain_makes_his_an_older_one(
    box: Installation, officer: Officer, tip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = await officer.sign("open", tip)
    looks = {name: getattr(chain, name) for name in ("last", "last_of")}

    def looking(name: str) -> Callable[..., Any]:
        def look(connection: Connection, unit: str, *more: str) -> Any:
            found = looks[name](connection, unit, *more)
            if chain.last is not looks["last"]:  # the first look: another process commits right behind it
                monkeypatch.undo()
                n = read_record(record).act.n
                chain.append(connection, chain.StoredRecord(unit, n, officer.me.officer.serial, record))
            return found

        return look

    for name in looks:
        monkeypatch.setattr(chain, name, looking(name))
    with pytest.raises(NewerAct):
        await box.counter.open_first(officer.me, tip, record)


async def test_a_tip_is_opened_once(box: Installation, officer: Officer, tip: bytes) -> None:
    assert await refused(box.counter.thread(officer.me, tip)) == ("desk-not-opened", 409)
    record = await officer.sign("open", tip)
    first = await box.counter.open_first(officer.me, tip, record)
    assert await box.counter.open_first(officer.me, tip, record) == await box.counter.thread(officer.me, tip)
    assert len(first.entries) == 2
    assert (await told(officer)).count("trucban1 open") == 1


async def test_what_a_reporter_does_leaves_no_record(box: Installation, officer: Officer, page: Page) -> None:
    before = await officer.chain()
    receipt = await page.file_tip(WORDS)
    await Page(box).code(receipt)
    assert await officer.chain() == before
    assert await box.rows("SELECT * FROM audit_waiting") == []


async def test_no_deed_goes_with_another_act(box: Installation, officer: Officer, tip: bytes) -> None:
    other, forger = await Officer.enrol(box, "trucban2"), Signer.generate()
    entry, before = NewEntry(2, b"sealed"), await box.rows("SELECT * FROM tips")
    answer = named(2, b"sealed")
    whole = await officer.chain()
    good = read_record(await officer.sign("answer", tip, answer)).act
    wrong = {
        "nothing": b"",
        "words": b"words",
        "another act": await officer.sign("open", tip),
        "another tip": await officer.sign("answer", os.urandom(16), answer),
        "another entry": await officer.sign("answer", tip, named(2, b"other")),
        "another place": await officer.sign("answer", tip, named(3, b"sealed")),
        "another officer": await other.sign("answer", tip, answer),
        "another key": sign_act(good, forger),
        "another name": sign_act(replace(good, officer="trucban2"), officer.keys.signer),
        "another unit": sign_act(replace(good, unit="42"), officer.keys.signer),
        "another site": sign_act(replace(good, site="42"), officer.keys.signer),
        "something after it": sign_act(good, officer.keys.signer) + b" ",
        "an observed one": sign_act(
            replace(good, kind="observed", act="logout", tip=None, detail=()), officer.keys.signer
        ),
    }
    for why, record in wrong.items():
        attempt = box.counter.add_entry(officer.me, tip, entry, record)
        assert (why, await refused(attempt)) == (why, ("desk-act-unfit", 422))
    assert await officer.chain() == whole
    assert await box.rows("SELECT * FROM tips") == before
    assert await box.counter.add_entry(officer.me, tip, entry, sign_act(good, officer.keys.signer)) == 3


async def test_an_own_act_cannot_be_denied(box: Installation, officer: Officer, tip: bytes) -> None:
    await took(officer, tip)
    good = read_record(await officer.sign("open", tip)).act
    denied = sign_act(replace(good, own=None), officer.keys.signer)
    assert await refused(box.counter.open_first(officer.me, tip, denied)) == ("desk-act-unfit", 422)


async def test_who_signs_on_an_older_head_signs_again(box: Installation, officer: Officer, tip: bytes) -> None:
    record = await officer.sign("open", tip)
    await took(officer, tip)
    with pytest.raises(NewerAct) as late:
        await box.counter.open_first(officer.me, tip, record)
    assert (late.value.key, late.value.status, late.value.n) == ("desk-act-newer", 409, 4)
    assert (await told(officer))[3:] == ["trucban1 take"]
    await officer.view(tip)
    assert await holds(box, officer)


@pytest.mark.parametrize(("hours", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
async def test_a_clock_may_be_an_hour_off(
    box: Installation, officer: Officer, tip: bytes, hours: int, taken: bool
) -> None:
    good = read_record(await officer.sign("open", tip)).act
    record = sign_act(replace(good, hour=good.hour + hours * HOUR), officer.keys.signer)
    if taken:
        await box.counter.open_first(officer.me, tip, record)
    else:
        assert await refused(box.counter.open_first(officer.me, tip, record)) == ("desk-clock", 422)


async def test_a_deed_that_fails_leaves_no_record(box: Installation, officer: Officer, tip: bytes) -> None:
    before = await officer.chain()
    assert (await refused(officer.file(tip, NewEntry(3, b"sealed"))))[0] == "desk-newer"
    assert await officer.chain() == before


async def test_wrong_log_ins_of_an_account_are_told_in_a_few_records(box: Installation, officer: Officer) -> None:
    for _ in range(12):
        box.clock.advance(60)
        await refused(box.counter.login("trucban1", os.urandom(32)))
        await refused(box.counter.login("chim hoàng yến", os.urandom(32)))
    box.clock.advance(60)
    await box.counter.login("trucban1", officer.keys.proof())
    acts = [read_record(record).act for record in await officer.chain()][3:]
    counts = [dict(act.detail)["count"] for act in acts if act.act == "login-failed"]
    assert counts == [3, 10, 12]
    assert {3, 10} <= TOLD
    assert [act.act for act in acts][-1] == "login"
    assert b"chim" not in b"".join(await officer.chain())


async def test_no_time_is_finer_than_an_hour(box: Installation, officer: Officer, tip: bytes) -> None:
    box.clock.advance(1234)
    await officer.open(tip)
    await box.counter.login("trucban1", officer.keys.proof())
    hours = {read_record(record).act.hour for record in await officer.chain()}
    assert {hour % HOUR for hour in hours} == {0}
    assert max(hours) <= START + 1234


# What commands did.


async def test_commands_leave_notes_that_the_desk_chains(tmp_path: Path) -> None:
    machine = await make_machine(tmp_path)
    officer = await machine.let_in("trucban1")
    await machine.operator.remove(officer.serial)
    signer = Signer.generate()
    keys = (signer.verify_key,)
    ledger = Ledger(site=machine.site, book=machine.book, signer=signer, keys=keys, notes=NOTES)
    found = await machine.database.run(lambda c: ledger.stretch(c, officer, 1, now=START))
    acts = [read_record(record).act for record in found.records]
    assert sorted((act.act, act.officer) for act in acts) == [
        ("arrange", None), ("arrange", None), ("invite", None), ("remove", "trucban1"), ("sheet", None),
    ]  # fmt: skip
    assert {act.kind for act in acts} == {"observed"}
    again = await machine.database.run(lambda c: ledger.stretch(c, officer, 1, now=START))
    assert again == found
    await machine.database.close()


async def test_a_note_that_no_command_left_is_dropped(box: Installation, officer: Officer) -> None:
    site, now = box.ground.keys.site.id, START
    ours = Notebook(site, notes_key(box.config), os.urandom)
    theirs = Notebook(site, b"x" * 32, os.urandom)
    before = len(await officer.chain())
    sheet = Observed("sheet", detail=(("sheet", 9),))
    for notebook, seen in ((theirs, sheet), (ours, Observed("login")), (ours, Observed("logout"))):
        await box.run(lambda c, n=notebook, s=seen: n.leave(c, UNIT, s, now=now))
    await box.run(lambda c: chain.leave(c, [chain.Waiting(os.urandom(16), UNIT, b"words")]))
    assert len(await officer.chain()) == before
    assert await box.rows("SELECT * FROM audit_waiting") == []
    await box.run(lambda c: ours.leave(c, UNIT, sheet, now=now))
    assert (await told(officer))[before:] == ["server sheet"]
    assert opened_note(b"", b"key") is None


async def test_another_master_key_is_told_and_the_chain_goes_on(box: Installation, officer: Officer) -> None:
    box.config.master_key.write_bytes(os.urandom(32))
    async with open_installation(box.config.data_dir, url=box.config.database_url, clock=box.clock) as again:
        later = Officer(again, officer.keys, officer.me)
        assert (await told(later))[-1] == "server keys"
        assert len(known_audit_keys(again.config)) == 2
        assert await holds(again, later)
        signer, keys = audit_keys(again.config, again.ground.keys.site)
        assert (keys[-1], len(keys)) == (signer.verify_key, 2)


# Checking an export.


async def test_who_forges_the_table_is_found_out(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.open(tip)
    assert await holds(box, officer)
    await box.forge("DELETE FROM audit WHERE n = 2")
    await box.forge("UPDATE audit SET n = n - 1 WHERE n > 2")
    assert not await holds(box, officer)


@pytest.mark.parametrize("text", ["", "12", "zz" * 32, "ab" * 31])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NotAccepted, match="64 characters"):
        parse_key(text)


@pytest.mark.parametrize(
    ("text", "unit", "n", "digits"),
    [
        ("42:3F2A91BC04DE77A1", None, 42, "3f2a91bc04de77a1"),
        (" 42:3f2a 91bc\n04de  77a1 ", None, 42, "3f2a91bc04de77a1"),
        ("3f2a 91bc 04de 77a1", None, None, "3f2a91bc04de77a1"),
        ("3f2a 91bc 04de 77a1 0005", None, None, "3f2a91bc04de77a10005"),
        (written_mark("18118", 7, bytes(range(32))), "18118", 7, bytes(range(32)).hex()),
    ],
)
def test_a_noted_mark(text: str, unit: str | None, n: int | None, digits: str) -> None:
    assert parse_noted(text) == Noted(Mark(digits, n), unit)


@pytest.mark.parametrize(
    "text", ["", "42", "42:3f2a", "x:3f2a 91bc 04de 77a1", "3f2a 91bc 04de 77a", "3f2a91bc04de77a1" * 5, "hopthu:1:2:"]
)
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(NotAccepted, match="noted mark"):
        parse_noted(text)
