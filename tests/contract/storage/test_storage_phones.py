"""Officers' phones and their codes."""

from __future__ import annotations

import asyncio

from storage.database import Database
from storage.repositories import phones
from storage.repositories.phones import StoredCode, StoredPhone

K1, K2 = b"k" * 32, b"l" * 32
ANH = StoredPhone("s1", K1, b"where")


async def test_a_phone_is_found_by_chat_and_by_officer(database: Database) -> None:
    await database.run(lambda c: phones.put(c, ANH))
    assert await database.read(lambda c: phones.of_chat(c, K1)) == ANH
    assert await database.read(lambda c: phones.of(c, "s1")) == ANH
    assert await database.read(lambda c: phones.of_chat(c, K2)) is None
    assert await database.read(lambda c: phones.states(c, ["s1", "s2"])) == {"s1": "linked"}


async def test_an_officer_has_one_phone_and_a_phone_one_officer(database: Database) -> None:
    await database.run(lambda c: phones.put(c, ANH))
    again = StoredPhone("s1", K2, b"new")
    await database.run(lambda c: phones.put(c, again))
    assert await database.read(phones.every) == (again,)
    his = StoredPhone("s2", K2, b"new")
    await database.run(lambda c: phones.put(c, his))
    assert await database.read(phones.every) == (his,)


async def test_a_chat_that_is_gone_leaves_a_mark_and_no_address(database: Database) -> None:
    for phone in (ANH, StoredPhone("s2", K2, b"where")):
        await database.run(lambda c, phone=phone: phones.put(c, phone))
    assert await database.run(lambda c: phones.lose(c, K1)) == "s1"
    assert await database.run(lambda c: phones.lose(c, K1)) is None
    assert await database.run(lambda c: phones.lose(c, K2)) == "s2"
    assert await database.read(lambda c: phones.states(c, ["s1", "s2"])) == {"s1": "lost", "s2": "lost"}
    assert await database.read(phones.every) == ()
    assert not await database.run(lambda c: phones.remove(c, "s1"))
    assert await database.read(lambda c: phones.states(c, ["s1"])) == {}


async def test_who_is_out_keeps_neither_phone_nor_code(database: Database) -> None:
    await database.run(lambda c: phones.put(c, ANH))
    await database.run(lambda c: phones.put_code(c, StoredCode(K2, "s1", "vi", 100)))
    assert await database.run(lambda c: phones.remove(c, "s1"))
    assert await database.read(lambda c: phones.of_chat(c, K1)) is None
    assert await database.run(lambda c: phones.use_code(c, K2, 1)) is None


async def test_a_code_works_once_until_it_is_over_or_another_one_is_made(database: Database) -> None:
    first, second = StoredCode(K1, "s1", "vi", 100), StoredCode(K2, "s1", "en", 100)
    await database.run(lambda c: phones.put_code(c, first))
    assert await database.run(lambda c: phones.use_code(c, K1, 100)) is None
    await database.run(lambda c: phones.put_code(c, second))
    assert await database.run(lambda c: phones.use_code(c, K1, 1)) is None
    tries = await asyncio.gather(*(database.run(lambda c: phones.use_code(c, K2, 99)) for _ in range(5)))
    assert sorted(tries, key=bool) == [None, None, None, None, second]


async def test_codes_that_are_over_are_erased(database: Database) -> None:
    await database.run(lambda c: phones.put_code(c, StoredCode(K1, "s1", "vi", 100)))
    await database.run(lambda c: phones.expire(c, 99))
    await database.run(lambda c: phones.put_code(c, StoredCode(K2, "s2", "vi", 200)))
    await database.run(lambda c: phones.expire(c, 100))
    assert await database.run(lambda c: phones.use_code(c, K1, 1)) is None
    assert await database.run(lambda c: phones.use_code(c, K2, 101)) is not None
