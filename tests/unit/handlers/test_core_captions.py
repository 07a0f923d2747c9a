"""Words under a file that is not taken are taken all the same."""

from __future__ import annotations

import pytest
from unit.handlers.talk import Talk, begun

from handlers.facts import MediaRefused
from handlers.values import Message, line
from handlers.wishes import KeepMedia, KeepText

WORDS = "Xe tải màu xanh đổ rác xuống sông"
BAD = line("media-bad")


def refuse(talk: Talk, caption: str) -> list[Message]:
    return talk.send(MediaRefused(*talk.moment(), reason="bad", caption=caption))


def kept(talk: Talk) -> list[str]:
    """The texts noted by the last fact."""
    return [wish.text for wish in talk.outcome.wishes if isinstance(wish, KeepText)]


BEFORE = {"idle": (), "draft": ("Có người bán ma túy",), "code": ("2",), "board": ("3",)}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_the_words_begin_or_go_on_a_tip(before: tuple[str, ...]) -> None:
    talk = begun()
    talk.text(*before)
    (said,) = refuse(talk, WORDS)
    assert (kept(talk), said.lines[0], talk.conversation.state) == ([WORDS], BAD, "collect")
    assert said.kind == "card"
    assert not any(isinstance(wish, KeepMedia) for wish in talk.outcome.wishes)


def test_without_words_it_is_only_said() -> None:
    talk = begun()
    talk.text("Có người bán ma túy")
    before = talk.conversation
    (said,) = refuse(talk, "  ")
    assert (kept(talk), said.lines, talk.conversation.draft) == ([], (BAD,), before.draft)


def test_before_sending_one_part_more_is_asked_about() -> None:
    talk = begun()
    talk.text("Có người bán ma túy", "1")
    (said,) = refuse(talk, WORDS)
    assert (kept(talk), talk.conversation.state, talk.conversation.confirm) == ([WORDS], "confirm", "send")
    assert said.lines[0] == BAD


@pytest.mark.parametrize("word", ["xóa", "quên tôi"])
def test_a_yes_under_a_file_erases_nothing(word: str) -> None:
    talk = begun()
    talk.text("Có người bán ma túy", word)
    draft = talk.conversation.draft
    (said,) = refuse(talk, "có")
    assert (kept(talk), talk.conversation.draft, talk.conversation.state) == ([], draft, "confirm")
    assert said.lines[0] == BAD


def test_in_the_list_the_list_comes_again() -> None:
    talk = begun()
    talk.text("Có người bán ma túy", "4")
    refuse(talk, WORDS)
    assert (kept(talk), talk.conversation.state) == ([WORDS], "review")


def test_danger_stays_on_top() -> None:
    talk = begun()
    (said,) = refuse(talk, "có người đang cầm dao đuổi nhau")
    assert (said.lines[0].key, said.lines[-1]) == ("urgent", BAD)
    assert kept(talk)


def test_long_words_are_split() -> None:
    talk = begun()
    refuse(talk, "từ " * 2000)
    assert "".join(kept(talk)) == "từ " * 2000
    assert len(kept(talk)) == 2
