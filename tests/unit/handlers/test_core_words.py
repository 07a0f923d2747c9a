"""Letters, numbers, names and hints: the small readers of a text."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import hints, own_name, wording
from handlers.folding import Phrases, bare, clean, fold, spell, spelt
from handlers.intake import split
from handlers.numbers import chosen_number, count_digits, is_yes
from handlers.values import as_mapping, line


def test_cleaning_keeps_every_visible_letter() -> None:
    assert clean("a\u200bb\u2066c\u2069 Nguye\u0302\u0303n\ud800") == "abc Nguyễn\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    "mark", ["\0", "\x1b", "\u00ad", "\u061c", "\u202e", "\u2060", "\u3164", "\ufeff", "\U000e0041"]
)
def test_what_shows_nothing_is_left_out(mark: str) -> None:
    assert clean(f"{mark}Xe{mark} tải\tđỏ\r\n{mark}") == "Xe tải\tđỏ\r\n"


def test_folding_drops_marks() -> None:
    assert fold("  Đậu  LIÊU Ðức １２") == "dau lieu duc 12"


def test_the_place_of_a_tone_does_not_matter_but_the_tone_does() -> None:
    assert spell("hoà") == spell("hòa")
    assert spell("cầm") != spell("cấm")


def test_punctuation_breaks_a_phrase() -> None:
    assert spelt("Cam, dao_x\ny") == "cam | dao | x | y"
    assert bare(" /Menu! ") == "menu"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cầm dao", True),
        ("CAM DAO", True),
        ("cấm đào", False),
        ("cam, dao", False),
        ("cầm dao's", True),
        ("cam dao1", False),
    ],
)
def test_a_phrase_is_found_as_written_or_without_marks(text: str, found: bool) -> None:
    assert bool(Phrases(("cầm dao",)).search(spelt(text))) == found


def test_a_marked_phrase_needs_its_marks() -> None:
    assert Phrases(("hủy",), marked=True).fullmatch("huy") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), (" 2. ", 2), ("3)", 3), ("số 1", 1), ("SO 12", 12), ("chọn 1", 1), ("chọn số 2", 2), ("１", 1),
        ("1\ufe0f\u20e3", 1), ("123", None), ("1 2", None), ("12 ngõ 3", None), ("một", None), ("", None),
        ("1" * 50, None),
        ("số nhà 12", None),
    ],
)  # fmt: skip
def test_numbers_that_are_choices(text: str, number: int | None) -> None:
    assert chosen_number(text, words=False) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("một", 1), ("Hai", 2), ("ba", 3), ("bốn", 4), ("tư", 4), ("năm", 5), ("không", 0), ("five", 5), ("sáu", None)],
)
def test_number_words_where_they_count(text: str, number: int | None) -> None:
    assert chosen_number(text, words=True) == number


@pytest.mark.parametrize(("text", "yes"), [("Có", True), ("ok!", True), ("đúng", False), ("có " * 30, False)])
def test_yes(text: str, yes: bool) -> None:
    assert is_yes(text) == yes


@pytest.mark.parametrize(("text", "count"), [("4821 0937", 8), ("48-21.", 4), ("12a", None), ("--", None), ("", None)])
def test_digits_of_a_code(text: str, count: int | None) -> None:
    assert count_digits(text) == count


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("toi la Nguyen Van X nha so 12 to 4, so 0900000000, toi thay...", "name"),
        ("Tên tôi là Lan", "name"),
        ("cháu tên Minh ạ", "name"),
        ("My name is An", "name"),
        ("I am Nguyen Van X", "name"),
        ("tôi là Công An viên", None),
        ("tôi là người dân ở đây", None),
        ("TÔI LÀ NGƯỜI DÂN TỔ 4", None),
        ("tôi là", None),
        ("tôi là ", None),
        ("gọi 0912 345 678 nhé", "phone"),
        ("+84 912.345.678", "phone"),
        ("biển số 0912345678901", None),
        ("nhà tôi ở ngõ 3", "address"),
        ("I live at 12 Elm street", "address"),
        ("nhà nó ở ngõ 3", None),
    ],
)
def test_traces_of_the_writer(text: str, trace: str | None) -> None:
    assert own_name.found(text) == trace


@pytest.mark.parametrize(
    ("text", "language", "hint"),
    [
        ("nha cuoi ngo canh nha van hoa to 4 toi nao cung co thanh nien la ra vao", "vi", ()),
        ("tối qua mất trộm", "vi", (line("draft-hint", missing="place"),)),
        ("quán cạnh đình bán thuốc", "vi", (line("draft-hint", missing="time"),)),
        ("tao ghét nó", "vi", (line("draft-vague"),)),
        ("I want to report my landlord", "en", (line("draft-hint", missing="place"),)),
        ("the stall near the market every night", "en", ()),
    ],
)
def test_hints(text: str, language: str, hint: tuple[object, ...]) -> None:
    assert hints.missing(text, language) == hint  # type: ignore[arg-type] # chosen by the test


INVISIBLE = json.loads((Path(wording.__file__).parent / "invisible_vectors.json").read_text("utf-8"))


def test_marks_that_show_nothing_go_all_of_them_and_nothing_else_as_in_the_console() -> None:
    going = {code for first, last in INVISIBLE for code in range(int(first, 16), int(last, 16) + 1)}
    gone = {code for code in range(sys.maxunicode + 1) if clean(f"x{chr(code)}y") == "xy"}
    assert {hex(code) for code in gone ^ going} == set()


VECTORS = json.loads((Path(wording.__file__).parent / "wording_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_officers_words(vector: dict[str, object]) -> None:
    assert wording.fit_for_reporter(str(vector["text"])) == vector["fit"]


def test_the_vectors_hold_both_kinds() -> None:
    assert {vector["fit"] for vector in VECTORS} == {True, False}


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from("ab \nđ"), max_size=13000))
def test_splitting_loses_nothing(text: str) -> None:
    pieces = split(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= 4000 for piece in pieces)


def test_splitting_prefers_the_end_of_a_word() -> None:
    text = "từ " * 3000
    pieces = split(text)
    assert len(pieces) == 3
    assert all(piece.endswith(" ") for piece in pieces)


def test_the_placeables_of_a_line_by_name() -> None:
    assert as_mapping(line("too-big", web_limit=20, here=1).args) == {"web-limit": 20, "here": 1}
