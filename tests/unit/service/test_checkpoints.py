"""A checkpoint on paper: where the unit's chain ends, with all of its head, and a code that `verify` reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
from installation import UNIT, Installation, Officer

from bot.run.config import Config
from bot.run.desks import open_checkpoints
from bot.run.foundation import known_audit_keys
from bot.service.auditing import Trust, parse_noted, verify_export
from bot.service.checkpoints.content import Checkpoint, checkpoint, page
from bot.service.checkpoints.printing import printed
from bot.service.texts import Catalogue
from crypto.acts import digest
from crypto.audit import beginning
from handlers.roster import day_of

WHOLE = Checkpoint("18118", "phường Nam Hồng Lĩnh", "2026-11-23", 42, bytes(range(32)))


async def of(box: Installation) -> Checkpoint:
    ground = box.ground
    return await box.run(lambda c: checkpoint(c, ground.book, ground.keys.site, UNIT, now=int(box.clock())))


async def test_it_says_where_the_chain_ends(box: Installation, officer: Officer) -> None:
    found, records = await of(box), await officer.chain()
    assert (found.unit, found.n, found.head) == (UNIT, len(records), digest(records[-1]))
    assert date.fromisoformat(found.day) == day_of(int(box.clock()))
    assert "".join(found.groups) == found.head.hex()
    assert {len(one) for one in found.groups} == {4}


async def test_before_the_first_act_it_says_where_it_begins(box: Installation) -> None:
    await box.forge("DELETE FROM audit")
    found = await of(box)
    assert (found.n, found.head) == (0, beginning(box.ground.keys.site.id, UNIT).head)


async def test_a_chain_that_went_on_fits_it_and_a_shorter_or_another_does_not(
    box: Installation, officer: Officer
) -> None:
    found = await of(box)
    typed = f"{found.n}: {' '.join(found.groups)}".replace(": ", ":")
    await box.counter.login("trucban1", officer.keys.proof())
    trust = Trust(box.ground.keys.site.authority, known_audit_keys(box.config))
    longer = await box.counter.audit_file(officer.me)
    for noted in (found.mark, typed, " ".join(found.groups), " ".join(found.groups[:4])):
        assert verify_export(longer, trust, parse_noted(noted)).holds
    await box.forge("DELETE FROM audit WHERE n >= ?", found.n)
    shorter = await box.counter.audit_file(officer.me)
    for noted in (found.mark, typed, " ".join(found.groups)):
        assert not verify_export(shorter, trust, parse_noted(noted)).holds


def test_everything_on_it_comes_from_the_chain_and_the_catalogue() -> None:
    said = page(WHOLE, lambda key, _: key)
    assert said["facts"] == [
        ["checkpoint-unit", "phường Nam Hồng Lĩnh (18118)"],
        ["checkpoint-day", "23/11/2026"],
        ["checkpoint-number", "42"],
    ]
    assert said["groups"] == WHOLE.groups
    assert WHOLE.mark in str(said["command"])


async def test_an_officers_page_is_one_sheet_of_a4(box: Installation, officer: Officer) -> None:
    made = await open_checkpoints(box.ground).page(officer.me)
    with pikepdf.open(BytesIO(made)) as paper:
        (sheet,) = paper.pages
        assert [round(float(side)) for side in sheet.mediabox] == [0, 0, 595, 842]


def test_a_long_name_leaves_it_one_sheet() -> None:
    long = replace(WHOLE, name="phường Nam Hồng Lĩnh " * 5, n=10**9)
    catalogue = Catalogue(Config().locales)
    with pikepdf.open(BytesIO(printed(long, lambda key, args: catalogue.say("vi", key, args)))) as paper:
        assert len(paper.pages) == 1
