"""A ward found by a place, through the whole engine, on a page and on Telegram."""

from __future__ import annotations

import pytest
from country import Country
from installation import Installation, Page, Person, Telegram, receipt_in, words_in

from bot.service.country.atlas import atlas

HERE = atlas().wards["18118"]
ASKED = "Dùng vị trí này để tìm phường, xã gần nhất?"
NEAR = "Phường, xã gần vị trí này nhất."


@pytest.fixture(params=["web", "telegram"])
async def stranger(request: pytest.FixtureRequest, box: Installation) -> Person:
    """Somebody who came without a box to an installation of several wards."""
    authority = box.ground.keys.authority
    assert authority is not None
    country = Country(box.ground.keys.site.id)
    await box.run(lambda connection: country.found(connection, authority, int(box.clock())))
    if request.param == "web":
        page = Page(box)
        await page.open(box=None)
        return page
    person = Telegram(box, 11)
    await person.text("/start")
    return person


async def test_a_place_leads_to_the_ward_and_is_no_part_of_the_tip(box: Installation, stranger: Person) -> None:
    await stranger.text("1")
    asked = await stranger.place(str(HERE.latitude), str(HERE.longitude))
    assert ASKED in words_in(asked)
    listed = await stranger.text("1")
    assert NEAR in words_in(listed)
    assert listed[0].shown.choices[0].label == "Phường Nam Hồng Lĩnh, tỉnh Hà Tĩnh"
    await stranger.text("1")
    assert await box.rows("SELECT count(*) FROM draft_parts") == [(0,)]
    receipt = await stranger.file_tip("tối qua ở chợ có người phá khóa")
    assert len(receipt) == 24
    assert await box.rows("SELECT unit_id FROM tips") == [("42",)], "the ward has no officer yet"


async def test_far_from_every_ward_here_nothing_is_near(stranger: Person) -> None:
    await stranger.text("1")
    await stranger.place("10.04", "105.78")
    assert "chưa có nơi nào nhận tin" in words_in(await stranger.text("1"))


async def test_a_place_of_the_tip_may_be_used_as_well(box: Installation, stranger: Person) -> None:
    await stranger.text("tối qua ở chợ có người phá khóa")
    assert ASKED in words_in(await stranger.place(str(HERE.latitude), str(HERE.longitude)))
    assert await box.rows("SELECT count(*) FROM draft_parts") == [(2,)]
    await stranger.text("1")
    await stranger.text("1")
    await stranger.text("1")
    assert len(receipt_in(await stranger.text("1"))) == 24
    assert await box.rows("SELECT unit_id FROM tips") == [("42",)], "the ward has no officer yet"
