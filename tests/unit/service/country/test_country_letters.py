"""Words as they are compared: keyboards undone, sounds alike."""

from __future__ import annotations

import pytest

from bot.service.country.letters import one_off, sound, words

KNOWN = frozenset(["phuong", "dau", "lieu", "son", "lu", "hoa", "thanh", "phu", "quan", "to", "xa"])


def plain(text: str) -> list[str]:
    return [word.plain for word in words(text, KNOWN)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("phuwowngf ddaauj lieeu", "phuong dau lieu"),
        ("sown lw", "son lu"),
        ("hoaf hoà hòa", "hoa hoa hoa"),
        ("phu7o7ng2 d9a65u lie6u", "phuong dau lieu"),
        ("p12 P.12 q1 to8 12p", "p 12 p 12 q 1 to 8 12 p"),
        ("phường 05", "phuong 5"),
        ("Ea H'Leo M’Gar", "ea hleo mgar"),
        ("xa,thanh-phu/son", "xa thanh phu son"),
        ("Ð\u200bậu", "dau"),
    ],
)
def test_what_the_keyboard_did_is_undone(typed: str, read: str) -> None:
    assert plain(typed) == read.split()


def test_marks_are_kept_where_they_were_typed() -> None:
    assert [word.marked for word in words("đậu lieu hoà", KNOWN)] == ["đâu\u0323", None, "hoa\u0300"]


def test_long_texts_are_cut() -> None:
    assert len(words("son " * 500, KNOWN)) == 40


@pytest.mark.parametrize(
    "alike",
    [
        ("lam", "nam"), ("tran", "chan"), ("son", "xon"), ("ly", "li"), ("giang", "dang", "rang"), ("gieng", "rieng"),
        ("phu", "fu"), ("quy", "qui"), ("dak", "dac"), ("nghia", "ngia"), ("yen", "ien"),
    ],
)  # fmt: skip
def test_what_sounds_alike_is_alike(alike: tuple[str, ...]) -> None:
    assert len({sound(word) for word in alike}) == 1


@pytest.mark.parametrize("apart", [("nha", "la"), ("thanh", "tanh"), ("khe", "ke"), ("ha", "hoa"), ("ngo", "lo")])
def test_what_does_not_is_not(apart: tuple[str, str]) -> None:
    assert sound(apart[0]) != sound(apart[1])


def test_one_letter_less_more_other_or_exchanged() -> None:
    assert {"au", "dau", "daau", "dua", "dai", "cau", "da"} <= one_off("dau")
    assert "lieu" not in one_off("dau")
