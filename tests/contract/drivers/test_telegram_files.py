"""Photos are fetched into memory alone, up to 20 MB, and never along an address the token would leak to."""

from __future__ import annotations

import pytest
from fake_bot_api import Fault

from bot.service.delivery_errors import Refused, RetryLater, TooBig

LIMIT = 20 * 1024 * 1024


async def fetched(driver, file):
    return b"".join([chunk async for chunk in driver.download(file)])


async def test_a_photo_comes_whole(api, telegram):
    picture = bytes(range(256)) * 4000
    assert await fetched(telegram, api.file(picture)) == picture


async def test_a_photo_of_an_update_is_fetched_by_its_own_reader(api, telegram):
    await api.photo(77, b"picture")
    photo = telegram.parse(api._updates[-1]).content
    assert b"".join([chunk async for chunk in photo.fetch()]) == b"picture"
    assert b"".join([chunk async for chunk in photo.fetch()]) == b"picture"


async def test_too_big_by_telegrams_word(api, telegram):
    with pytest.raises(TooBig):
        await fetched(telegram, api.file(b"x" * (LIMIT + 1)))


async def test_too_big_in_spite_of_its_word(api, telegram, monkeypatch):
    monkeypatch.setattr("bot.edge.drivers.telegram.bot.MAX_FILE", 1000)
    with pytest.raises(TooBig):
        await fetched(telegram, api.file(b"x" * 1001))


@pytest.mark.parametrize("path", ["/var/lib/telegram-bot-api/42/photos/1.jpg", "../../etc/passwd", "a/../b.jpg"])
async def test_a_server_that_keeps_files_in_clear_is_not_read_from(api, telegram, path):
    file = api.file(b"x", path=path)
    with pytest.raises(Refused):
        await fetched(telegram, file)


@pytest.mark.parametrize(
    ("method", "fault", "error"),
    [
        ("getFile", Fault(400, "Bad Request: wrong file_id"), Refused),
        ("getFile", Fault(200, body='{"ok": true, "result": null}'), Refused),
        ("getFile", Fault(500), RetryLater),
        ("file", Fault(404), Refused),
        ("file", Fault(500), RetryLater),
        ("file", Fault(429), RetryLater),
        ("file", Fault(302, body="moved"), RetryLater),
        ("file", Fault(0), RetryLater),
    ],
)
async def test_failures_on_the_way(api, telegram, method, fault, error):
    api.fail(method, fault, fault)  # aiohttp itself asks again once for a download that was cut off
    with pytest.raises(error) as raised:
        await fetched(telegram, api.file(b"x"))
    assert raised.value.__context__ is None
    assert api.token not in repr(raised.value)


async def test_stopping_half_way_lets_go(api, telegram):
    chunks = telegram.download(api.file(b"x" * 1_000_000))
    assert await anext(chunks)
    await chunks.aclose()
    assert await fetched(telegram, api.file(b"y")) == b"y"
