from __future__ import annotations

from bot.edge.drivers.firsts import Firsts


def test_the_first_stays_the_first_when_repeated():
    firsts = Firsts()
    assert [firsts.is_first("g", number) for number in (5, 6, 5)] == [True, False, True]


def test_forgets_on_request_and_the_oldest_when_full():
    firsts = Firsts(size=2)
    assert all(firsts.is_first(name, 1) for name in "abc")
    assert firsts.is_first("a", 2)
    assert not firsts.is_first("c", 2)
    firsts.forget("c")
    firsts.forget("never seen")
    assert firsts.is_first("c", 3)
