"""An officer links his phone in a real browser; the messenger is a Bot API of loopback, the worker the real one."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from examine import flaws
from fake_bot_api import FakeBotApi
from people import Officer, say
from playwright.sync_api import Browser, expect
from product import Product

pytestmark = pytest.mark.browser

CHAT = 880088


class Messenger:
    """A Bot API in a thread with a loop of its own: the browser's steps wait for nobody."""

    def __init__(self, api: FakeBotApi, loop: asyncio.AbstractEventLoop) -> None:
        self.api = api
        self._loop = loop

    def do(self, act: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(60)


@contextmanager
def served_messenger() -> Iterator[Messenger]:
    loop, api = asyncio.new_event_loop(), FakeBotApi(token="43:officers-token")
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    messenger = Messenger(api, loop)
    messenger.do(api.__aenter__())
    try:
        yield messenger
    finally:
        messenger.do(api.__aexit__())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_a_phone_is_linked_and_unlinked(chromium: Browser, tmp_path: Path) -> None:
    with served_messenger() as messenger:
        bot = {"HOPTHU_TELEGRAM_DESK_TOKEN": messenger.api.token, "HOPTHU_TELEGRAM_API_BASE": messenger.api.url}
        product = Product(tmp_path, settings=bot)
        try:
            story(messenger, product.start(), chromium)
        finally:
            product.kill()


def story(messenger: Messenger, product: Product, chromium: Browser) -> None:
    officer = Officer(chromium, product.address, bypass_csp=True)
    officer.enrol(product.enrolment_link())
    officer.sees(say("desk-empty"), within=30_000)
    officer.page.get_by_role("link", name=say("desk-phone"), exact=True).click()
    officer.sees(say("phone-state-none"))
    officer.page.get_by_role("button", name=say("phone-get")).click()
    code = officer.page.locator(".digits-line")
    expect(code).to_have_text(re.compile(r"^\d{4} \d{4} \d{4}$"))
    officer.sees(say("phone-type", bot="hopthu_fake_bot"))
    assert flaws(officer.page, "a phone's code", resident=False) == []
    messenger.do(messenger.api.text(CHAT, code.inner_text()))
    officer.sees(say("phone-state-linked"))
    expect(code).to_have_count(0)
    (linked,) = messenger.do(messenger.api.until_sent(CHAT, 1))
    assert linked.text.startswith(say("off-linked"))
    messenger.do(messenger.api.block(CHAT))
    officer.page.reload()
    officer.login()
    officer.page.get_by_role("link", name=say("desk-phone"), exact=True).click()
    officer.sees(say("phone-state-lost"))
    assert flaws(officer.page, "a phone that is lost", resident=False) == []
    officer.page.get_by_role("button", name=say("phone-unlink")).click()
    officer.sees(say("phone-state-none"))
    officer.context.close()
