"""Whoever is not linked is heard a little: guesses and floods cost nobody else anything."""

from __future__ import annotations

from bot.service import strangers
from bot.service.strangers import MINUTE, TOGETHER, TRIES, WINDOW, Strangers


def test_a_chat_is_heard_a_few_times_and_again_later() -> None:
    door = Strangers()
    assert [door.hears("7", 1000) for _ in range(TRIES + 3)] == [True] * TRIES + [False] * 3
    assert not door.hears("7", 1000 + WINDOW - 1)
    assert door.hears("7", 1000 + WINDOW)


def test_many_chats_together_are_heard_so_many_times_a_minute() -> None:
    door = Strangers()
    heard = [door.hears(str(n), 1000) for n in range(TOGETHER + 5)]
    assert (sum(heard), heard[-1]) == (TOGETHER, False)
    assert door.hears("later", 1000 + MINUTE)


def test_a_clock_set_back_keeps_nobody_out() -> None:
    door = Strangers()
    for _ in range(TRIES + 1):
        door.hears("7", 100_000)
    assert door.hears("7", 5_000)


def test_the_oldest_chats_are_forgotten(monkeypatch) -> None:
    monkeypatch.setattr(strangers, "REMEMBERED", 3)
    door = Strangers()
    for chat in "abcde":
        door.hears(chat, 1000)
    assert list(door._chats) == ["c", "d", "e"]
