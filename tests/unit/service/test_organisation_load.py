"""What an officer may ask of the organisation's desk costs nobody else: the store, filing, or whoever comes after."""

from __future__ import annotations

import asyncio
import io
import threading
import zipfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from installation import UNIT
from unit.service.organisation_world import OTHER, Country, open_country, refusal

from bot.service.desk import staffing
from bot.service.errors import NotAccepted
from bot.service.organisation import desk as organisation
from bot.service.organisation import printing, tables
from bot.service.organisation.printing import Printing
from bot.service.posters import content
from bot.service.posters.sizes import Size
from bot.service.tables import RowsRefused

EVERY = Printing(UNIT, None, Size.A5, bilingual=False)
PATIENCE = 30
"""Seconds after which something never happens."""


@pytest.fixture
async def country(tmp_path: Path) -> AsyncIterator[Country]:
    async with open_country(tmp_path / "data") as found:
        yield found


class SlowPress:
    """Prints nothing until it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.inside = 0
        self.most = 0

    def set_up(self, _found: object, _size: object, *, bilingual: bool) -> bool:
        return bilingual

    def pdf(self, _set_up: object) -> bytes:
        self.inside += 1
        self.most = max(self.most, self.inside)
        assert self.let.wait(PATIENCE)
        self.inside -= 1
        return b"%PDF-"


def _never(*_: object, **__: object) -> Any:
    raise AssertionError("nobody was to come so far")


def _workbook(unpacked: int) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", b" " * unpacked)
    return kept.getvalue()


async def test_a_table_of_somebody_who_may_change_nothing_is_not_even_read(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "read_table", _never)
    duty = country["truc"]
    assert await refusal(duty.brings("boxes", "unit,label_vi", f"{UNIT},Tổ 9")) == ("desk-refused", 403)


async def test_a_workbook_that_unpacks_to_more_than_can_be_sent_here_is_refused(country: Country) -> None:
    chief = country["truong"]
    said = []
    for size in (tables.UNPACKED, tables.UNPACKED + 1):
        sent = await chief.sent("boxes", _workbook(size))
        with pytest.raises(RowsRefused) as wrong:
            await chief.desk.take_in(chief.officer.me, "boxes", sent)
        said += [one.key for one in wrong.value.faults]
    assert said == ["row-book-broken", "row-book-large"]


async def test_tables_are_read_one_at_a_time(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    read, alone = tables.read_table, threading.Lock()

    def reading(*said: Any, **more: Any) -> Any:
        assert alone.acquire(blocking=False), "another one is being read"
        try:
            assert threading.current_thread().name.startswith("tables")
            return read(*said, **more)
        finally:
            alone.release()

    monkeypatch.setattr(tables, "read_table", reading)
    chief = country["truong"]
    sent = await chief.sent("boxes", b"unit,code\n99999,x\n")
    attempts = (chief.desk.take_in(chief.officer.me, "boxes", sent) for _ in range(4))
    found = await asyncio.gather(*attempts, return_exceptions=True)
    assert [type(one) for one in found] == [RowsRefused] * 4


async def test_who_prints_takes_no_thread_of_those_who_file_and_too_many_are_turned_away(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    chief, press = country["truong"], SlowPress()
    monkeypatch.setattr(chief.desk, "_open_press", lambda: press)
    prints = [asyncio.create_task(chief.desk.posters(chief.officer.me, EVERY)) for _ in range(organisation.WAITING + 2)]
    try:
        done, waiting = await asyncio.wait(prints, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
        (away,) = [one.exception() for one in done]
        assert isinstance(away, NotAccepted)
        assert (str(away), away.status) == ("org-busy", 429)
        assert await asyncio.wait_for(asyncio.to_thread(lambda: "filed"), PATIENCE) == "filed"
    finally:
        press.let.set()
    assert await asyncio.gather(*waiting) == [b"%PDF-"] * (organisation.WAITING + 1)
    assert press.most == 1


async def test_too_many_posters_are_counted_before_any_is_made_up(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = country["truong"]
    await chief.brings("boxes", "unit,label_vi,code", f"{UNIT},Tổ 9,to-9")
    monkeypatch.setattr(printing, "MOST_POSTERS", 1)
    monkeypatch.setattr(content, "find_desk", _never)
    assert await refusal(chief.desk.posters(chief.officer.me, EVERY)) == ("org-many-posters", 422)


async def test_digits_are_made_while_the_store_is_free(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []
    made = staffing.fingerprint

    def slow(**said: Any) -> str:
        threads.append(threading.current_thread().name)
        return made(**said)

    monkeypatch.setattr(staffing, "fingerprint", slow)
    await country.box.forge("UPDATE officers SET status = 'requested' WHERE account IN ('truc', 'quantri')")
    rows = (await country["truong"].sees("officers")).rows
    assert sorted(len(str(more["digits"])) for _, more in rows) == [4, 23, 23], "none, and two numbers of four groups"
    assert [name.startswith("tables") for name in threads] == [True, True]


async def test_an_act_under_way_ends_with_its_officer(country: Country) -> None:
    province, ward = country["tinh"], country["truong"]
    sent = await ward.sent("boxes", f"unit,label_vi,code\n{UNIT},Tổ 9,to-9\n".encode())
    for status, said in (("requested", ("desk-refused", 403)), ("removed", ("login-again", 401))):
        await country.box.forge(f"UPDATE officers SET status = '{status}' WHERE account = 'truong'")
        assert await refusal(ward.desk.take_in(ward.officer.me, "boxes", sent)) == said
    assert "to-9" not in await province.keys("boxes")


async def test_nobody_is_invited_to_a_unit_that_has_ended(country: Country) -> None:
    province = country["tinh"]
    await province.merges(OTHER, into=UNIT)
    assert await refusal(province.invites(OTHER)) == ("org-bad-invite", 422)
    assert (await province.invites(UNIT)).link
