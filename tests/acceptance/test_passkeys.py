"""Passkeys in a real browser, whose authenticator is Chromium's virtual one: added, used at night, taken away."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from acceptance.conftest import watched
from people import Officer, Resident, say
from playwright.sync_api import Browser, CDPSession, expect
from product import Product

pytestmark = pytest.mark.browser

URGENT = "CỨU VỚI nó đang cầm dao đuổi vợ con ngoài đường tổ 11 ngay bây giờ"
MOST_SECONDS = 45
"""From the buzz of a notice to the first word, with a passkey."""


class Named(Product):
    """An installation that is reached by a name: browsers make no passkeys for bare numbers."""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Named(tmp_path_factory.mktemp("site"))
    product.settings["HOPTHU_PUBLIC_URL"] = product.address
    try:
        yield product.start()
    finally:
        product.kill()


@pytest.fixture
def officer(chromium: Browser, site: Product) -> Iterator[Officer]:
    """One more officer of the ward, at his desk."""
    with ExitStack() as stack:
        found = watched(Officer(chromium, site.address), site, stack)
        number = str(time.monotonic_ns())[-6:]
        found.enrol(site.invite("Đ/c trực"), f"truc{number}")
        found.at_desk()
        yield found


def authenticator(officer: Officer, *, derives: bool = True) -> CDPSession:
    """A device whose owner has touched it, and that derives secrets or does not."""
    session = officer.context.new_cdp_session(officer.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "hasPrf": derives,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def own_keys(officer: Officer) -> None:
    officer.page.get_by_role("link", name=say("desk-access")).click()
    expect(officer.page.get_by_role("heading", name=say("keys-passkeys"))).to_be_visible()


def add(officer: Officer, phrase: str) -> None:
    officer.page.get_by_label(say("keys-passphrase")).fill(phrase)
    officer.page.get_by_role("button", name=say("keys-passkey-add")).click()


def lock(officer: Officer) -> None:
    officer.page.get_by_role("button", name=say("desk-lock"), exact=True).click()
    expect(officer.page.get_by_label(say("login-account"))).to_be_visible()


def by_passkey(officer: Officer) -> None:
    officer.page.get_by_role("button", name=say("login-passkey")).click()


def test_one_touch_opens_the_desk_at_night(officer: Officer, chromium: Browser, site: Product) -> None:
    authenticator(officer)
    own_keys(officer)
    expect(officer.page.get_by_text(say("keys-passkeys-none"))).to_be_visible()
    add(officer, "một hai ba bốn năm")
    expect(officer.page.get_by_role("alert").get_by_text(say("login-bad"))).to_be_visible(timeout=15_000)
    add(officer, officer.phrase)
    expect(officer.page.locator(".passkeys li")).to_have_count(1, timeout=15_000)
    with ExitStack() as stack:
        resident = watched(Resident(chromium, site.address), site, stack)
        resident.scan("tdp4-nhl").write(URGENT)
        resident.choose(say("btn-send-now"))
        resident.receipt()
    lock(officer)
    buzz = time.monotonic()
    by_passkey(officer)
    officer.at_desk()
    officer.open_with(URGENT)
    assert time.monotonic() - buzz < MOST_SECONDS


def test_one_taken_away_opens_nothing_and_the_passphrase_still_does(officer: Officer) -> None:
    authenticator(officer)
    own_keys(officer)
    add(officer, officer.phrase)
    keys = officer.page.locator(".passkeys li")
    expect(keys).to_have_count(1, timeout=15_000)
    keys.get_by_role("button", name=say("keys-passkey-remove")).click()
    expect(keys).to_have_count(0)
    lock(officer)
    by_passkey(officer)
    expect(officer.page.get_by_text(say("passkey-bad"))).to_be_visible(timeout=15_000)
    officer.login()
    officer.at_desk()
    officer.page.get_by_role("link", name=re.compile(say("desk-log"))).click()
    expect(officer.page.locator("table.log").get_by_text(say("desk-log-act-passkey-off")).first).to_be_visible()


def test_a_device_that_derives_nothing_is_told_so_and_not_kept(officer: Officer) -> None:
    authenticator(officer, derives=False)
    own_keys(officer)
    add(officer, officer.phrase)
    expect(officer.page.get_by_text(say("passkey-unable"))).to_be_visible(timeout=15_000)
    expect(officer.page.get_by_text(say("keys-passkeys-none"))).to_be_visible()
