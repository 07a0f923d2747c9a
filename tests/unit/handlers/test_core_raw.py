"""A file that cannot be cleaned: asked about, kept through every silence, and never sent without a yes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import CODE, TELEGRAM, Talk, begun, mailbox

from handlers import cards
from handlers.conversation import decode, encode
from handlers.values import line
from handlers.wishes import AppendParts, DropParts, FileTip, KeepMedia, KeepText

TIP = "Đêm qua ở ngõ 5 cạnh chợ có tiếng cãi nhau to"


def drafting() -> Talk:
    """A chat with one text noted."""
    talk = begun(TELEGRAM)
    talk.text(TIP)
    return talk


def agreed(talk: Talk) -> list[bool]:
    draft = talk.conversation.draft
    return [] if draft is None else [part.agreed for part in draft.parts]


def filed(talk: Talk) -> list[str]:
    """Kinds of the parts that were just sent."""
    return [part.kind for wish in talk.done if isinstance(wish, FileTip | AppendParts) for part in wish.draft.parts]


def test_3_15_a_file_that_cannot_be_cleaned() -> None:
    talk = drafting()
    (asked,) = talk.raw()
    assert asked.lines == (line("media-raw"),)
    assert talk.page == [
        [
            "Loại tệp này không làm sạch được, có thể còn tên người tạo hoặc nơi tạo. Vẫn gửi?",
            "1. Đồng ý",
            "2. Không",
        ]
    ]
    assert [type(wish) for wish in talk.done] == [KeepMedia]
    assert talk.text("1")[0].lines == (line("draft-file"), line("draft-card", count=2, unit=talk.desk.name))
    talk.text("1", "1")
    assert filed(talk) == ["text", "file"]


def test_no_takes_it_out_with_its_blob() -> None:
    talk = drafting()
    talk.raw()
    part = list(talk.stored)[1]
    talk.text("2")
    assert talk.keys == [["review-removed", "draft-card"]]
    assert talk.done == [DropParts((part,))]
    assert agreed(talk) == [True]


def test_no_to_the_only_part_asks_what_was_seen() -> None:
    talk = begun()
    talk.raw()
    talk.text("2")
    assert talk.keys == [["review-removed", "tip-ask"]]
    assert talk.parts == 0


@pytest.mark.parametrize("word", ["đồng ý", "có", "một"])
def test_yes_can_be_said(word: str) -> None:
    talk = drafting()
    talk.raw()
    talk.text(word)
    assert talk.keys == [["draft-file", "draft-card"]]
    assert agreed(talk) == [True, True]


@pytest.mark.parametrize("word", ["không", "0"])
def test_stepping_back_neither_agrees_nor_drops(word: str) -> None:
    talk = drafting()
    talk.raw()
    talk.text(word)
    assert (talk.keys, talk.done) == ([["draft-card"]], [])
    assert agreed(talk) == [True, False]


def test_an_edited_yes_is_words() -> None:
    talk = drafting()
    talk.raw()
    talk.text("đồng ý", edited=True)
    assert agreed(talk) == [True, False, True]


def test_unagreed_it_is_not_sent_and_asked_about_before_sending() -> None:
    talk = drafting()
    talk.raw()
    talk.text("và một chiếc xe máy")
    assert talk.keys == [["draft-card"]]
    talk.text("1")
    assert talk.keys == [["media-raw"]]
    talk.text("1")
    assert talk.keys == [["draft-file", "send-confirm"]]
    talk.text("1")
    assert filed(talk) == ["text", "file", "text"]


def test_the_word_send_asks_about_it_too_and_no_sends_the_rest() -> None:
    talk = drafting()
    talk.raw()
    talk.text("gửi")
    assert talk.keys == [["media-raw"]]
    talk.text("2")
    assert talk.keys == [["review-removed", "send-confirm"]]
    talk.text("1")
    assert filed(talk) == ["text"]


def test_no_to_the_only_part_sends_nothing() -> None:
    talk = begun()
    talk.raw()
    talk.text("gửi", "2")
    assert talk.keys == [["review-removed", "tip-ask"]]
    assert filed(talk) == []


def test_urgent_it_is_asked_and_then_sent_at_once() -> None:
    for answer, kinds in (("1", ["text", "file", "text"]), ("2", ["text", "text"])):
        talk = drafting()
        talk.raw()
        talk.text("nó đang cầm dao đuổi người", "1")
        assert (talk.keys, filed(talk)) == ([["media-raw"]], [])
        talk.text(answer)
        assert talk.keys[0] == ["done-urgent"]
        assert filed(talk) == kinds


def test_danger_in_its_words_comes_first() -> None:
    talk = drafting()
    talk.raw("nó đang cầm dao đuổi người")
    assert talk.acts == [act for _, act in cards.URGENT]
    assert [type(wish) for wish in talk.done] == [KeepMedia, KeepText]
    talk.text("1")
    assert (talk.keys, filed(talk)) == ([["media-raw"]], [])


def test_two_are_asked_one_after_the_other() -> None:
    talk = drafting()
    talk.raw()
    assert talk.raw(answer=False) == []
    talk.text("1")
    assert talk.keys == [["draft-file", "media-raw"]]
    talk.text("2")
    assert agreed(talk) == [True, True]
    talk.text("1", "1")
    assert filed(talk) == ["text", "file"]


def test_in_an_album_it_is_asked_about_all_the_same() -> None:
    talk = drafting()
    talk.photo()
    talk.raw(answer=False)
    assert talk.keys == [["media-raw"]]


def test_a_name_under_an_album_s_later_photo_is_warned_of() -> None:
    talk = drafting()
    talk.photo()
    talk.photo("tôi là Nguyễn Văn Ba", answer=False)
    assert talk.keys[0][-1] == "warn-name"


def test_silence_neither_drops_nor_sends_it() -> None:
    talk = drafting()
    talk.raw()
    talk.wait(3600).text("1")
    assert talk.keys == [["draft-card"]]
    talk.text("1")
    assert (talk.keys, filed(talk)) == ([["media-raw"]], [])
    assert agreed(talk) == [True, False]


def test_the_question_comes_back_as_it_stood() -> None:
    talk = drafting()
    talk.raw()
    talk.text("gửi", "9")
    assert talk.keys == [["no-number", "media-raw"]]
    talk.text("1")
    assert talk.keys == [["draft-file", "send-confirm"]]


@pytest.mark.parametrize("answer", [1, 2])
def test_an_answer_about_a_part_that_is_gone_shows_the_card(answer: int) -> None:
    talk = drafting()
    talk.raw()
    asked = talk.conversation
    talk.remove(list(talk.stored)[1])
    left = talk.conversation.draft
    talk.conversation = replace(asked, draft=left)
    talk.press(answer)
    assert (talk.keys[0][-1], talk.done) == ("draft-card", [])
    assert agreed(talk) == [True]


def test_asked_about_nothing_any_more_it_shows_the_card() -> None:
    talk = drafting()
    talk.raw()
    draft = talk.conversation.draft
    assert draft is not None
    talk.conversation = replace(talk.conversation, draft=replace(draft, parts=draft.parts[:1]))
    talk.text("9")
    assert talk.keys == [["no-number", "draft-card"]]


def test_an_addition_waits_for_the_answer_too() -> None:
    talk = begun(TELEGRAM, mailboxes={CODE: mailbox()})
    talk.code()
    talk.raw()
    talk.text("0")
    talk.text("1")
    assert (talk.keys, filed(talk)) == ([["media-raw"]], [])
    talk.text("1")
    assert filed(talk) == ["file"]


def test_it_is_written_down_as_unagreed() -> None:
    talk = drafting()
    talk.raw()
    assert decode(encode(talk.conversation)) == talk.conversation
    assert agreed(talk) == [True, False]
