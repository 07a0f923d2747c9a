"""Shares on paper: any that suffice give the secret back, and nothing else does."""

from __future__ import annotations

from itertools import combinations

import pytest

from crypto.errors import Unusable
from crypto.shares import WORDS, join, read_share, split

SECRET = bytes(range(32))
PRINTED = """
deploy thorn academic acne actress racism judicial evening mountain dictate says fiscal radar platform ajar license
withdraw volume deny national rocky rocky mortgage photo raisin unfold elevator legal skunk username equip vexed making

deploy thorn academic amazing arena deploy pancake center avoid academic purple quiet strike repeat exclude evening
antenna funding lips dough wireless spark install ranked reunion airline spray champion watch black lizard victim
academic

deploy thorn academic axle ambition market party lilac view miracle angry client coding romantic maximum viral makeup
juice slice election desktop avoid trust bulge detect headset walnut maiden ivory slow stadium news amuse
"""
"""Sheets 1, 3 and 5 of a set that was printed once."""
ON_PAPER = PRINTED.split("\n\n")


def test_any_three_of_five_suffice_and_two_tell_nothing() -> None:
    shares = split(SECRET, 3, 5)
    for some in combinations(shares, 3):
        assert join(some) == SECRET
    for some in (shares[:2], shares[:1], ()):
        with pytest.raises(Unusable):
            join(some)
    assert [(one.place, one.threshold, len(one.words)) for one in shares] == [(n, 3, WORDS) for n in range(1, 6)]


def test_what_was_printed_once_is_read_for_ever() -> None:
    shares = [read_share(words) for words in ON_PAPER]
    assert join(shares) == SECRET
    assert [(one.place, one.threshold) for one in shares] == [(1, 3), (3, 3), (5, 3)]
    assert len({one.set_id for one in shares}) == 1


@pytest.mark.parametrize("at", range(WORDS))
def test_a_word_that_is_another_is_found(at: int) -> None:
    words = ON_PAPER[0].split()
    words[at] = "zero" if words[at] != "zero" else "yoga"
    with pytest.raises(Unusable) as refused:
        read_share(" ".join(words))
    assert str(refused.value) == "share: words"
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    "typed", ["", "deploy", "\0", "năm từ tiếng Việt", " ".join(["academic"] * 33), "x " * 100_000]
)
def test_what_is_no_share(typed: str) -> None:
    with pytest.raises(Unusable):
        read_share(typed)


def test_sheets_of_two_sets_and_one_twice_do_not_fit() -> None:
    one, other = split(SECRET, 2, 3), split(SECRET, 2, 3)
    for wrong in ((one[0], other[1]), (one[0], one[0]), one):
        with pytest.raises(Unusable):
            join(wrong)


def test_numbers_and_lengths_that_make_no_set() -> None:
    for secret, threshold, count in ((SECRET, 1, 5), (SECRET, 3, 2), (SECRET, 2, 17), (SECRET[:16], 2, 3)):
        with pytest.raises(Unusable):
            split(secret, threshold, count)
