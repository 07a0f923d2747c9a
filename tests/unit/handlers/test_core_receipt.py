"""Beside the receipt, and what goes from a chat once it is over: sent, erased, closed, noted or a day old."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import CODE, DESK, TELEGRAM, WEB, Talk, begun, mailbox

from handlers import cards
from handlers.cards import message
from handlers.conversation import Conversation
from handlers.silence import lapse_unheard
from handlers.traces import EVERYTHING, ended
from handlers.values import line
from handlers.wishes import RECEIPT, ClearChat, ClearTyped, Wish

HOUR = 3600
DAY = 24 * HOUR
TIP = "Xe tải đổ rác ở bờ sông, tối nào cũng có."
PLAIN = replace(TELEGRAM, deletes=False)


def cleared(talk: Talk) -> list[Wish]:
    return [wish for wish in talk.done if isinstance(wish, ClearChat | ClearTyped)]


def sent(**values: object) -> Talk:
    talk = begun(TELEGRAM, **values)
    talk.text(TIP, "1", "1")
    return talk


def silent(talk: Talk, seconds: int) -> tuple[ClearChat, ...]:
    """The fixed job looks after so much silence; what it deletes."""
    before = talk.conversation
    talk.conversation, erased = lapse_unheard(before, before.touched + seconds)
    for part in erased:
        del talk.stored[part]
    return ended(before, talk.conversation)


def test_the_code_stands_alone_and_what_becomes_of_it_is_asked_under_what_follows() -> None:
    talk = sent()
    assert talk.said == [
        message(line("done")),
        message(line("code-line", code=RECEIPT), kind="code"),
        message(line("done-next"), line("done-cleared"), line("code-gone"), menu=cards.RECEIPT),
    ]
    assert talk.page[2][-3:] == ["1. Tôi đã ghi mã", "2. Giữ nút mở nhanh trong khung chat này", "0. Quay lại"]
    assert (talk.conversation.state, talk.conversation.receipts) == ("receipt", (talk.at,))


def test_an_urgent_tip_too_says_what_becomes_of_its_messages() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP, "2", "1")
    assert talk.keys == [["done-urgent"], ["code-line"], ["done-cleared", "code-gone"]]
    assert (talk.conversation.state, talk.acts) == ("receipt", ["copied", "keep-receipt", "menu"])


def test_a_page_ends_where_it_did() -> None:
    talk = begun(WEB)
    talk.text(TIP, "1", "1")
    assert talk.keys == [["done"], ["code-line"], ["done-next"]]
    assert (talk.conversation.state, talk.conversation.receipts, cleared(talk)) == ("idle", (), [])


def test_where_nothing_can_be_deleted_nothing_is_said_of_it() -> None:
    talk = begun(PLAIN)
    talk.text(TIP, "1", "1")
    assert talk.keys == [["done"], ["code-line"], ["done-next"]]
    assert (talk.acts, cleared(talk)) == (["copied", "keep-receipt", "menu"], [])
    talk.text("1")
    assert talk.keys == [["start-back", "menu-ask"]]


def test_a_sent_tip_goes_from_its_first_word_on() -> None:
    talk = begun(TELEGRAM)
    talk.wait(60).text(TIP)
    first = talk.at
    talk.wait(60).text("Biển số 38A.", "1", "1")
    assert cleared(talk) == [ClearChat(first)]
    assert talk.conversation.since == 0


def test_the_question_before_the_first_word_goes_too() -> None:
    talk = begun(TELEGRAM)
    talk.text("1")
    asked = talk.at
    talk.wait(60).text(TIP, "1", "1")
    assert cleared(talk) == [ClearChat(asked)]


def test_noted_the_receipt_goes() -> None:
    talk = sent()
    shown = talk.at
    talk.text("1")
    assert talk.keys == [["code-cleared", "start-back", "menu-ask"]]
    assert cleared(talk) == [ClearChat(shown, receipt=True), ClearTyped()]
    assert (talk.conversation.state, talk.conversation.receipts) == ("idle", ())


@pytest.mark.parametrize("word", ["0", "menu", TIP, "alo"])
def test_whoever_goes_on_keeps_it_until_the_day_is_over(word: str) -> None:
    talk = sent()
    shown = talk.at
    talk.wait(60).text(word)
    assert talk.conversation.receipts == (shown,)
    before = talk.conversation
    late, _ = lapse_unheard(before, shown + DAY - 1)
    assert late.receipts == (shown,)
    gone, _ = lapse_unheard(before, shown + DAY)
    assert ended(before, gone)[0] == ClearChat(shown, receipt=True)


def test_a_day_later_the_receipt_goes_without_a_word() -> None:
    talk = sent()
    shown = talk.at
    assert silent(talk, DAY - 1) == ()
    assert silent(talk, DAY) == (ClearChat(shown, receipt=True),)
    assert (talk.conversation.state, talk.conversation.owed) == ("idle", ())


def test_the_receipt_of_an_earlier_tip_keeps_its_own_day() -> None:
    talk = sent()
    first = talk.at
    talk.wait(HOUR).text(TIP, "1", "1")
    second = talk.at
    assert talk.conversation.receipts == (first, second)
    talk.text("1")
    assert cleared(talk) == [ClearChat(second, receipt=True), ClearTyped()]
    before = replace(talk.conversation, receipts=(first, second))
    after, _ = lapse_unheard(before, first + DAY)
    assert ended(before, after) == (ClearChat(first, second, receipt=True),)


def test_of_many_receipts_the_oldest_goes_earlier() -> None:
    talk = sent()
    first = talk.at
    for _ in range(7):
        talk.wait(60).text(TIP, "1", "1")
    second = talk.conversation.receipts[1]
    talk.wait(60).text(TIP, "1", "1")
    assert cleared(talk)[0] == ClearChat(first, second, receipt=True)


def test_an_erased_draft_goes() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP)
    first = talk.at
    talk.text("xóa", "1")
    assert cleared(talk) == [ClearChat(first)]


def test_a_draft_erased_by_silence_goes_without_a_word() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP)
    first = talk.at
    assert silent(talk, DAY) == (ClearChat(first),)


def test_noticed_late_it_goes_up_to_the_word_that_came_back() -> None:
    talk = begun(TELEGRAM)
    talk.text(TIP)
    first = talk.at
    talk.wait(DAY).text(TIP)
    assert cleared(talk) == [ClearChat(first, talk.at)]
    assert talk.conversation.since == talk.at


def opened(**values: object) -> Talk:
    talk = begun(TELEGRAM, mailboxes={CODE: mailbox()}, **values)
    talk.text("2")
    talk.wait(10).code()
    return talk


def test_a_typed_code_goes_at_once() -> None:
    assert cleared(opened()) == [ClearTyped()]


@pytest.mark.parametrize("close", ["4", "0", "menu"])
def test_a_closed_tip_goes_with_the_asking_for_its_code(close: str) -> None:
    talk = opened()
    asked = talk.at - 11
    talk.wait(60).text(close)
    assert cleared(talk) == [ClearChat(asked)]


def test_a_tip_that_silence_closes_goes() -> None:
    talk = opened()
    asked = talk.at - 11
    assert silent(talk, 15 * 60) == (ClearChat(asked),)


def test_a_code_that_was_never_right_goes_too() -> None:
    talk = begun(TELEGRAM)
    talk.text("2")
    asked = talk.at
    talk.text("4821 0937 5562")
    assert cleared(talk) == []
    talk.text("0")
    assert cleared(talk) == [ClearChat(asked)]


def test_an_addition_goes_when_sent_and_the_tip_with_it() -> None:
    talk = opened()
    asked = talk.at - 11
    talk.text("thêm một ý", "1")
    assert talk.keys == [["done-more"]]
    assert cleared(talk) == [ClearChat(asked)]


def test_a_draft_that_waits_stays_in_the_chat_while_a_tip_is_read() -> None:
    talk = begun(TELEGRAM, mailboxes={CODE: mailbox()})
    talk.text(TIP)
    first = talk.at
    talk.wait(60).code()
    read = talk.at
    talk.text("0")
    assert cleared(talk) == [ClearChat(read)]
    talk.text("1", "1")
    assert cleared(talk) == [ClearChat(first)]


def test_an_addition_that_outlives_its_tips_closing_stays() -> None:
    talk = opened()
    read = talk.at
    talk.wait(60).text("thêm một ý")
    written = talk.at
    assert silent(talk, 15 * 60) == (ClearChat(read, written),)


def test_a_forgotten_chat_leaves_nothing() -> None:
    talk = sent()
    talk.text("quên tôi", "1")
    assert tuple(cleared(talk)) == EVERYTHING
    assert talk.conversation == Conversation()


def test_asked_again_the_code_is_not_told_again() -> None:
    talk = sent()
    talk.text("7")
    assert talk.keys == [["no-number", "code-gone"]]
    assert talk.acts == ["copied", "keep-receipt", "menu"]


def test_the_menu_of_a_draft_that_waits_is_the_only_one() -> None:
    talk = sent()
    waiting = talk.text(TIP) and talk.conversation.draft
    talk = begun(TELEGRAM)
    talk.text(TIP)
    talk.conversation = replace(talk.conversation, parked=waiting)
    talk.stored |= {part.id: TIP for part in waiting.parts}  # type: ignore[union-attr] # a draft is there
    talk.text("1", "1")
    assert [bool(shown.menu) for shown in talk.said] == [False, False, False, True]
    assert (talk.conversation.state, len(talk.conversation.receipts)) == ("collect", 1)


def test_nobody_to_read_it_is_said_before_what_becomes_of_the_chat() -> None:
    talk = sent(desk=replace(DESK, staffed=False))
    assert talk.keys[-1] == ["done-next-none", "done-cleared", "code-gone"]
