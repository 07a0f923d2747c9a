"""Sending pressed while files are still coming: it happens by itself with the last one, and only then."""

from __future__ import annotations

from unit.handlers.talk import CODE, TELEGRAM, Talk, begun, mailbox

from handlers import cards
from handlers.values import line
from handlers.wishes import AppendParts, FileTip, KeepMedia

TIP = "Đêm qua ở ngõ 5 cạnh chợ có tiếng cãi nhau to"


def waiting(coming: int = 1) -> Talk:
    """A chat where sending was confirmed while so many files are on their way."""
    talk = begun(TELEGRAM)
    talk.coming = coming
    talk.text(TIP, "1", "1")
    assert talk.said[0].lines == (line("send-wait"),)
    assert talk.conversation.confirm == "wait"
    return talk


def filed(talk: Talk) -> list[str]:
    """Kinds of the parts that were just sent."""
    return [part.kind for wish in talk.done if isinstance(wish, FileTip | AppendParts) for part in wish.draft.parts]


def test_the_last_file_sends() -> None:
    talk = waiting(2)
    talk.coming = 1
    assert talk.media("video") == []
    assert [type(wish) for wish in talk.done] == [KeepMedia]
    talk.coming = 0
    talk.media("photo", answer=False)
    assert talk.keys[0] == ["done"]
    assert filed(talk) == ["text", "video", "photo"]
    assert talk.stored == {}


def test_a_second_press_says_the_same_and_sends_nothing() -> None:
    talk = waiting()
    serial = "0000"
    talk.press(1, serial)
    assert (talk.keys, talk.done) == ([["send-wait"]], [])
    talk.text("1")
    assert (talk.keys, talk.done) == ([["send-wait"]], [])


def test_once_nothing_comes_any_more_a_press_asks_again() -> None:
    talk = waiting()
    talk.coming = 0
    talk.press(1, "0000")
    assert (talk.keys, filed(talk)) == ([["send-confirm"]], [])
    talk.text("1")
    assert filed(talk) == ["text"]


def test_one_that_failed_is_told_and_sending_asked_again() -> None:
    talk = waiting()
    talk.coming = 0
    talk.refuse("bad")
    assert (talk.keys, filed(talk)) == ([["media-bad", "send-confirm"]], [])
    talk.text("1")
    assert filed(talk) == ["text"]


def test_words_under_one_that_failed_are_kept_before_asking() -> None:
    talk = waiting()
    talk.coming = 0
    talk.refuse("big", caption="xe 38A ở chợ")
    assert (talk.keys[0][0], talk.keys[0][-1]) == ("too-big", "send-confirm")
    talk.text("1")
    assert filed(talk) == ["text", "text"]


def test_stepping_back_waits_no_more() -> None:
    talk = waiting()
    talk.text("0")
    assert talk.keys == [["draft-card"]]
    talk.coming = 0
    talk.media("video")
    assert (talk.keys, filed(talk)) == ([["draft-video", "draft-card"]], [])


def test_more_words_are_asked_about() -> None:
    talk = waiting()
    talk.text("khoan đã")
    assert talk.keys == [["send-confirm"]]
    talk.coming = 0
    talk.media("video")
    assert (talk.keys, filed(talk)) == ([["draft-video", "send-confirm"]], [])


def test_a_place_is_asked_about() -> None:
    talk = waiting()
    talk.place()
    assert talk.keys == [["draft-place", "send-confirm"]]


def test_danger_under_the_last_file_comes_before_sending() -> None:
    talk = waiting()
    talk.coming = 0
    talk.media("video", "nó đang cầm dao đuổi người")
    assert talk.acts == [act for _, act in cards.URGENT]
    assert filed(talk) == []
    talk.text("1")
    assert filed(talk) == ["text", "video", "text"]


def test_the_urgent_path_waits_too() -> None:
    talk = begun(TELEGRAM)
    talk.coming = 1
    talk.text("nó đang cầm dao đuổi người", "1")
    assert talk.keys == [["send-wait"]]
    talk.coming = 0
    talk.media("photo")
    assert talk.keys[0] == ["done-urgent"]
    assert filed(talk) == ["text", "photo"]


def test_a_file_that_cannot_be_cleaned_is_asked_about_before_it_goes() -> None:
    talk = waiting()
    talk.coming = 0
    talk.raw()
    assert (talk.keys, filed(talk)) == ([["media-raw"]], [])
    talk.text("1", "1", "1")
    assert filed(talk) == ["text", "file"]


def test_an_addition_waits_and_needs_its_key() -> None:
    talk = begun(TELEGRAM, mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("tối qua lại có")
    talk.coming = 1
    talk.text("1")
    assert talk.keys == [["send-wait"]]
    talk.coming = 0
    talk.media("photo")
    assert (talk.keys[0], filed(talk)) == (["done-more"], ["text", "photo"])


def test_after_a_long_silence_nothing_is_sent_by_itself() -> None:
    talk = waiting()
    talk.coming = 0
    talk.wait(3600).media("video")
    assert (talk.keys, filed(talk)) == ([["draft-video", "draft-card"]], [])
