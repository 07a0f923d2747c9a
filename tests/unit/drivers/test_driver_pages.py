from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.edge.drivers.pages import length, split


def test_a_short_text_stays_whole():
    assert split("ngắn", 10) == ["ngắn"]


def test_cuts_at_the_end_of_a_line_first():
    assert split("một. hai\nba bốn", 12) == ["một. hai\n", "ba bốn"]


def test_then_at_the_end_of_a_sentence():
    assert split("một hai. ba bốn", 12) == ["một hai. ", "ba bốn"]


def test_then_between_words():
    assert split("một hai ba bốn", 12) == ["một hai ba ", "bốn"]


def test_a_run_without_ends_is_cut_hard():
    assert split("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_an_early_line_end_does_not_waste_the_page():
    assert split("a\n" + "b" * 18, 10) == ["a\n" + "b" * 8, "b" * 10]


def test_a_picture_character_is_never_halved():
    assert split("😀" * 5, 5) == ["😀😀", "😀😀", "😀"]


def test_white_space_alone_is_no_page():
    assert split(" \n" * 20, 10) == []


@settings(deadline=None)
@given(st.text(max_size=400), st.integers(min_value=2, max_value=60))
def test_pages_fit_and_joined_are_the_text(text, limit):
    pages = split(text, limit)
    assert all(length(page) <= limit for page in pages)
    assert "".join("".join(pages).split()) == "".join(text.split())
