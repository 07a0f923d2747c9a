"""Texts are spelt as a whole where they can be, and looked through only where a phrase may begin: nothing is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import danger, staff
from handlers.folding import Heads, Phrases, _spelt_by_word, fold, plain_words, spelt
from handlers.values import line

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzAĂÂĐÊÔƠƯ0189 _.,!?-\n\r\t|"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
vietnamese = st.lists(st.tuples(st.sampled_from(LETTERS), st.sampled_from(TONES)), max_size=40).map(
    lambda pairs: unicodedata.normalize("NFC", "".join(letter + tone for letter, tone in pairs))
)


@given(vietnamese | st.text(max_size=40))
def test_a_text_is_spelt_as_its_words_are(text: str) -> None:
    assert spelt(text) == _spelt_by_word(text)


@pytest.mark.parametrize(
    "text", ["hoà hòa", "ĐƯỜNG PHỐ_số 5.\n\nNgõ", "ﬁne ẞ İ", "a\u0301b ế\u0323", "quyết-định\u00a0số"]
)
def test_spellings_agree_at_the_edges(text: str) -> None:
    assert spelt(text) == _spelt_by_word(text)


@pytest.mark.parametrize("phrase", [*danger.DANGER, *danger.HARM, *staff.WHO])
def test_a_phrase_begins_as_its_heads_say_with_marks_and_without(phrase: str) -> None:
    for said in (phrase, fold(phrase), phrase.upper()):
        text = f"Hôm qua, {said} ở đây"
        assert Phrases([phrase]).search(spelt(text))
        assert Heads.of([phrase]).may_be_in(plain_words(text))


@pytest.mark.parametrize("text", ["_cầm dao", "a5|CẦM DAO", "ｃầm dao ế\u0323", "x\ncam dao"])
def test_a_head_is_seen_whatever_stands_around_it_and_however_it_is_typed(text: str) -> None:
    assert Phrases(["cầm dao"]).search(spelt(text))
    assert Heads.of(["cầm dao"]).may_be_in(plain_words(text))


@given(st.lists(st.sampled_from([*danger.DANGER, *danger.HARM, *danger.CHILD, *danger.HARMLESS, "ở", "|"]), max_size=6))
def test_no_alarm_is_missed_by_looking_at_heads_first(said: list[str]) -> None:
    text = " ".join(said)
    words = danger._HARMLESS.without(spelt(text))
    child = danger._CHILD.search(words) and danger._HARM.search(words)
    expected = child or danger._DANGER.search(words) or danger._DANGER_MARKED.search(words)
    assert bool(danger.alarm(text, frozenset())) == bool(expected)


def test_most_texts_hold_no_head() -> None:
    heads = Heads.of(danger.DANGER, danger.DANGER_MARKED, danger.HARM)
    assert not heads.may_be_in(plain_words("Tối qua có nhiều xe lạ ra vào nhà bên cạnh, mong các anh kiểm tra giúp."))


@given(
    st.sampled_from([*danger.DANGER, *danger.DANGER_MARKED, *danger.HARM]),
    st.text("№™℠ℯⓂ₨Ⓐ①ﬁ\u0332\u0301\u200d_|.ｘ ", max_size=3),
    st.text("№™℠ℯⓂ₨Ⓐ①ﬁ\u0332\u0301\u200d_|.ｘ ", max_size=3),
)
def test_no_head_is_missed_beside_signs_that_are_letters_to_others(phrase: str, before: str, after: str) -> None:
    text = f"x{before}{phrase}{after}x"
    assert Heads.of([phrase]).may_be_in(plain_words(text)) or not Phrases([phrase]).search(spelt(text))


def test_signs_beside_a_danger_hide_it_no_more_than_they_did() -> None:
    assert danger.alarm("№cầm dao", frozenset()) == danger.alarm("cầm dao™x", frozenset()) == (line("urgent"),)
