"""A message that waited while the box was away: noted, and its sender told so once (FLOWS §3.16)."""

from __future__ import annotations

from unit.handlers.talk import NOON, TELEGRAM, Talk

from handlers.facts import TextReceived
from handlers.step import OUTAGE

FIRST, SECOND = "hai nguoi la mat o cho dem qua", "co 3 nguoi moi den"


def late(talk: Talk, text: str, waited: int) -> None:
    """A text sent so many seconds before it gets here."""
    at, channel, fresh = talk.moment()
    talk.send(TextReceived(at, channel, fresh, text=text, sent=at - waited))


def begun() -> Talk:
    talk = Talk(TELEGRAM, at=NOON)
    talk.start()
    late(talk, FIRST, 0)
    return talk


def test_what_waited_is_noted_and_said_with_its_time() -> None:
    talk = begun()
    talk.wait(18 * 60)
    late(talk, SECOND, 18 * 60)
    assert talk.keys == [["back-up", "draft-card"]]
    assert talk.page[0][0] == (
        "Hòm thư vừa gián đoạn, nay chạy lại. Tin nhắn lúc 11:40 đã được ghi. "
        'Tin nào không có dòng "Đã ghi" thì xin gửi lại.'
    )
    assert talk.parts == 2


def test_it_is_said_once_for_all_that_waited_and_again_the_next_time() -> None:
    talk = begun()
    talk.wait(OUTAGE)
    late(talk, SECOND, OUTAGE)
    late(talk, "va mot xe may", OUTAGE)
    assert talk.keys == [["draft-card"]]
    talk.wait(OUTAGE)
    late(talk, "bien Ha Tinh", OUTAGE)
    assert talk.keys == [["back-up", "draft-card"]]


def test_a_short_wait_is_not_worth_a_word() -> None:
    talk = begun()
    late(talk, SECOND, OUTAGE - 1)
    assert talk.keys == [["draft-card"]]


def test_nothing_is_said_of_a_message_that_is_not_noted() -> None:
    talk = begun()
    late(talk, "1", OUTAGE)
    assert talk.keys == [["send-confirm"]]
    late(talk, "alo", OUTAGE)
    assert "back-up" in talk.keys[0], "before sending any words are a part"


def test_danger_comes_before_it() -> None:
    talk = Talk(TELEGRAM, at=NOON)
    late(talk, "no dang cam dao duoi vo", OUTAGE)
    assert talk.keys == [["urgent", "truth"]]
