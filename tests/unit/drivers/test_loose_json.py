from __future__ import annotations

import pytest

from bot.edge.drivers.loose import branch, branches, degrees, has_branch, whole, words


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (7, 7),
        ("7", 7),
        ("-100123", -100123),
        (7.0, 7),
        (7.5, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("٣", None),
        ("7 ", None),
        ("", None),
        ("9" * 5000, None),
        (2**63, None),
        (None, None),
        ([7], None),
    ],
)
def test_numbers(given, read):
    assert whole({"id": given}, "id") == read


def test_a_missing_number_is_not_there():
    assert whole({}, "id") is None


def test_words_are_words_or_nothing():
    assert words({"text": "chào"}, "text") == "chào"
    assert words({"text": 7}, "text") == ""
    assert words({}, "text") == ""


def test_half_a_character_becomes_one_that_can_be_stored():
    assert words({"text": "a\ud83d"}, "text") == "a�"
    assert words({"text": "\ud83d\ude00"}, "text") == "😀"


def test_branches():
    raw = {"chat": {"id": 1}, "photo": [{"a": 1}, None, 3], "from": []}
    assert branch(raw, "chat") == {"id": 1}
    assert branch(raw, "from") == branch(raw, "nowhere") == {}
    assert (has_branch(raw, "chat"), has_branch(raw, "from")) == (True, False)
    assert branches(raw, "photo") == [{"a": 1}]
    assert branches(raw, "chat") == []


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (18.5, "18.5000000"),
        (-1e-7, "-0.0000001"),
        (105, "105.0000000"),
        ("105.7", "105.7"),
        (1e300, ""),
        (10**400, ""),
        (float("nan"), ""),
        (float("inf"), ""),
        (True, ""),
        ("1e5", ""),
        ("٣", ""),
        (None, ""),
        ([7], ""),
    ],
)
def test_degrees(given, read):
    assert degrees({"latitude": given}, "latitude") == read
