"""Files on their way: counted for each chat while they are, and once however often they are announced."""

from __future__ import annotations

from bot.edge.drivers.memory import MemoryDriver
from bot.service.arrivals import Text
from bot.service.coming import Coming

MESSENGER = MemoryDriver()


def file(chat="1"):
    return MESSENGER.arrival(chat, MESSENGER.photo(b"x"))


def test_a_chat_s_files_are_counted_beside_the_arrival_that_asks():
    coming, first, second, word = Coming(), file(), file(), MESSENGER.arrival("1", Text("gửi"))
    with coming.one(first), coming.one(second), coming.one(file("2")):
        assert [coming.beside(arrival) for arrival in (first, second, word)] == [1, 1, 2]
    assert coming._chats == {}


def test_one_file_announced_twice_is_one():
    coming, first, word = Coming(), file(), MESSENGER.arrival("1", Text("gửi"))
    with coming.one(first):
        with coming.one(first):
            assert coming.beside(word) == 1
        assert coming.beside(word) == 1
    assert coming.beside(word) == 0
