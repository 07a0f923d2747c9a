"""A place finds the ward: asked for first, used once it is agreed to, kept neither in the browser nor on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from acceptance.conftest import watched
from acceptance.test_pages import storages
from country import found_country
from people import Resident, say
from playwright.sync_api import Browser, expect
from product import Product
from rules.marks import files_of

pytestmark = pytest.mark.browser

HERE = {"latitude": 18.53217, "longitude": 105.70461, "accuracy": 20.0}
SHOWN = ("18.53217", "105.70461")
COUNTED = """
  globalThis.asked = 0;
  const find = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
  navigator.geolocation.getCurrentPosition = (...how) => { asked += 1; find(...how); };
"""


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """An installation of several wards: only there anybody has to be found."""
    product = Product(tmp_path_factory.mktemp("wards"))
    product.start()
    product.stop()
    with ThreadPoolExecutor(1) as apart:  # the browser's loop runs in this thread
        apart.submit(found_country, product.folder / "data").result()
    yield product.start()
    product.stop()


@pytest.fixture
def person(chromium: Browser, wards: Product) -> Iterator[Resident]:
    """Somebody without a box's code, asked for his ward, with the panel of a place open before him."""
    with ExitStack() as stack:
        yield looking(watched(Resident(chromium, wards.address), wards, stack))


def looking(person: Resident) -> Resident:
    person.page.add_init_script(COUNTED)
    person.page.goto(f"{person.address}/chat")
    person.choose(say("btn-tip"))
    person.sees(say("find-ask"))
    person.choose(say("btn-photo"))
    person.choose(say("page-add-place"))
    person.sees(say("page-place-how"))
    person.sees(say("page-place-known"))
    assert person.page.evaluate("asked") == 0
    return person


def goes_to(person: Resident, ward: str) -> None:
    """Whose police a tip would go to from here."""
    person.sees(say("tip-ask"))
    person.write("nha cuoi ngo toi nao cung co thanh nien")
    person.sees("Đã ghi 1 phần")
    person.choose(say("btn-send"))
    person.sees(f"Gửi 1 phần đến Công an {ward}?")


def test_a_place_finds_the_ward_and_is_kept_nowhere(person: Resident, wards: Product) -> None:
    person.context.grant_permissions(["geolocation"], origin=person.address)
    person.context.set_geolocation(HERE)
    person.choose(say("page-place-ask"))
    person.sees(", ".join(SHOWN))
    assert person.page.evaluate("asked") == 1
    expect(person.page.get_by_text(say("find-pin-ask"))).to_have_count(0)
    person.choose(say("page-place-use"))
    person.sees(say("find-pin-ask"))
    person.choose(say("btn-yes"))
    person.sees(say("find-near"))
    person.choose("Phường Nam Hồng Lĩnh, tỉnh Hà Tĩnh")
    goes_to(person, "tỉnh Hà Tĩnh")
    person.sees("Phường Nam Hồng Lĩnh chưa có cán bộ nhận tin ở đây")
    assert storages(person.page) == [0, 0, 0, 0, ""]
    assert not any(part in person.page.url for part in SHOWN)
    for path in files_of(wards.folder):
        content = path.read_bytes()
        assert not any(part.encode() in content for part in SHOWN), path


def test_who_does_not_allow_it_goes_on_in_words(person: Resident) -> None:
    person.context.clear_permissions()
    person.choose(say("page-place-ask"))
    person.sees(say("page-place-denied"))
    person.choose(say("btn-close"))
    person.write("bac hong linh")
    goes_to(person, "phường Bắc Hồng Lĩnh")


def test_a_place_that_was_shown_can_be_dropped(person: Resident) -> None:
    person.context.grant_permissions(["geolocation"], origin=person.address)
    person.context.set_geolocation(HERE)
    sent: list[str | bytes] = []
    person.page.on("websocket", lambda socket: socket.on("framesent", sent.append))
    person.choose(say("page-place-ask"))
    person.sees(", ".join(SHOWN))
    person.choose(say("page-remove"))
    expect(person.page.locator(".panel")).to_have_count(0)
    expect(person.page.get_by_text(SHOWN[0])).to_have_count(0)
    assert not any(SHOWN[0] in str(frame) for frame in sent)
