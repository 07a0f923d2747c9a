"""The twin in memory beyond the common contract."""

from __future__ import annotations

from bot.edge.drivers.memory import MemoryDriver, Shown
from bot.service.arrivals import Capabilities, Rendered, RenderedChoice, Text

PLAIN = Capabilities(text_limit=20, buttons=False, delete=False, reply_hours=48)


async def test_a_messenger_without_buttons_shows_numbers_alone():
    driver = MemoryDriver(name="plain", capabilities=PLAIN)
    await driver.send("1", Rendered("Gửi?", (RenderedChoice(1, "Gửi tin", "s"),)))
    assert driver.shown == [Shown("1", "Gửi?\n1. Gửi tin", ())]
    assert driver.sent == [("1", Rendered("Gửi?", (RenderedChoice(1, "Gửi tin", "s"),)))]


async def test_a_smaller_limit_is_kept():
    driver = MemoryDriver(capabilities=PLAIN)
    await driver.send("1", Rendered("một hai ba bốn năm sáu bảy"))
    assert [shown.text for shown in driver.shown] == ["một hai ba bốn năm ", "sáu bảy"]


async def test_arrivals_have_ids_of_their_own_and_photos_their_bytes():
    driver = MemoryDriver()
    first, second = (driver.arrival("1", Text("x")) for _ in range(2))
    assert first.update != second.update
    photo = driver.photo(b"picture", caption="c", answer=False)
    assert (photo.size, photo.caption, photo.answer) == (7, "c", False)
    assert [chunk async for chunk in photo.fetch()] == [b"picture"]


async def test_closing_is_noted():
    driver = MemoryDriver()
    await driver.close()
    assert driver.closed
