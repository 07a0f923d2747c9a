"""What the officers' bot understands, and that what it says holds nothing of a tip."""

from __future__ import annotations

import inspect

import pytest

from handlers import deskbot
from handlers.deskbot import (
    Greet,
    Opened,
    PassOn,
    Pressed,
    Refuse,
    Sent,
    ShowDesk,
    ShowDuty,
    Take,
    TryCode,
    Typed,
    Watch,
    meant,
)
from handlers.values import line

NOW = 1_795_291_500
"""2026-11-22 03:05 in Vietnam."""
DESK = "https://desk.example.gov.vn"


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        (Typed("1"), Take()),
        (Typed(" Đã nhận. "), Take()),
        (Pressed(1), Take()),
        (Typed("2"), PassOn()),
        (Typed("BAN, chuyen truc"), Refuse()),
        (Typed("bận"), PassOn()),
        (Pressed(3), ShowDesk()),
        (Typed("lịch trực"), ShowDuty()),
        (Pressed(4), ShowDuty()),
        (Opened(), Greet()),
        (Typed("1234 5678 9012"), TryCode("123456789012")),
        (Typed("bao anh em xuong to 11"), Refuse()),
        (Typed("0912 345 678"), Refuse()),
        (Typed("so 123456789012"), Refuse()),
        (Typed("12"), Refuse()),
        (Pressed(9), Refuse()),
        (Sent(), Refuse()),
    ],
)
def test_what_an_officer_means(said: deskbot.Said, wish: deskbot.Wish) -> None:
    assert meant(said, linked=True) == wish


@pytest.mark.parametrize("said", [Typed("1"), Typed("trực"), Pressed(1), Pressed(4), Opened(), Sent(), Typed("x")])
def test_of_a_stranger_nothing_is_understood(said: deskbot.Said) -> None:
    assert meant(said, linked=False) == Refuse()


@pytest.mark.parametrize("typed", ["123456789012", "1234-5678-9012", "1234.5678 9012 "])
def test_a_stranger_can_type_a_code(typed: str) -> None:
    assert meant(Typed(typed), linked=False) == TryCode("123456789012")


def test_a_notice_takes_nothing_but_the_desks_address() -> None:
    assert list(inspect.signature(deskbot.notice).parameters) == ["desk"]
    notice = deskbot.notice(DESK)
    assert notice.lines == (line("off-notice", desk=DESK),)
    assert notice.menu is not None
    assert [choice.number for choice in notice.menu.choices] == [1, 2, 3]


def test_a_digest_is_counts() -> None:
    digest = deskbot.digest("22/11", unread=2, under_way=9, soon=3, late=1)
    assert digest.lines == (line("off-digest", day="22/11", unread=2, open=9, soon=3, late=1),)
    assert digest.menu is None


def test_an_officer_is_told_when_he_took_it_and_not_of_how_many() -> None:
    assert deskbot.taken(1, NOW) == deskbot.taken(7, NOW)
    assert deskbot.taken(1, NOW).lines == (line("off-taken", time="03:05"),)
    assert deskbot.passed_on(2).lines == (line("off-passed"),)
    assert deskbot.taken(0, NOW) == deskbot.passed_on(0)


def test_the_days_duty_is_accounts_by_hours() -> None:
    watches = (Watch(0, 7, ("an",)), Watch(7, 19, ()), Watch(19, 24, ("an", "binh")))
    assert deskbot.on_duty("22/11", watches).lines == (
        line("off-duty", day="22/11"),
        line("off-duty-watch", start=0, end=7, who="an"),
        line("off-duty-watch", start=19, end=24, who="an, binh"),
    )
