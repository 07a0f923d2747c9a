"""The signed acknowledgement in the conversation: on pages alone, a warning first, nothing wished for, nothing kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import CODE, DESK, NHL, SEED, TELEGRAM, WEB, ZALO, Talk, begun, mailbox

from handlers.conversation import encode
from handlers.questions import FindMailbox
from handlers.values import Acknowledgement, Channel, Mailbox, Message, line

ARMOUR = "-----BEGIN-----\nc2lnbmVk\n-----END-----"
PAPER = Acknowledgement(NHL, "3f2a 91bc 04de 77a1", ARMOUR, "0011 2233")
RECEIVED = mailbox(acknowledgement=PAPER)
WARNING = [
    "Giấy xác nhận ghi: đơn vị nào nhận một tin, ngày nào. Không ghi tên ai, không ghi nội dung.",
    "Giữ giấy này có thể cho người khác biết bà con đã báo tin. Bà con vẫn muốn lấy?",
    "1. Lấy giấy",
    "0. Quay lại",
]
SAID = [
    "Một tin có dấu kiểm sau đây được phường Nam Hồng Lĩnh nhận ngày 20/11/2025. Giấy này không ghi tên ai.",
    "Dấu kiểm: 3f2a 91bc 04de 77a1",
    "Máy chủ Hòm thư đã ký phần dưới đây. Kiểm tra bằng lệnh: hopthu audit acknowledgement",
]
MENU = ["1. Diễn biến", "2. Lấy giấy xác nhận", "3. Quên tôi", "4. Đóng"]


def reading(channel: Channel = WEB, box: Mailbox = RECEIVED, **values: object) -> Talk:
    """A chat in which the tip was opened."""
    talk = begun(channel, mailboxes={CODE: box}, **values)
    talk.code()
    return talk


def test_a_page_offers_it_between_the_timeline_and_the_rest() -> None:
    talk = reading()
    assert talk.page[0][-4:] == MENU


@pytest.mark.parametrize("channel", [TELEGRAM, ZALO, replace(WEB, acknowledges=False)])
def test_nobody_else_is_offered_it_and_the_numbers_close_up(channel: Channel) -> None:
    talk = reading(channel)
    assert "proof" not in talk.acts
    assert [choice.number for choice in talk.said[0].menu.choices] == list(range(1, len(talk.acts) + 1))  # type: ignore[union-attr]  # it has one
    talk.text("2")
    assert (talk.conversation.confirm, talk.said[0].kind) != ("proof", "paper")


def test_the_warning_comes_first_and_nothing_is_made_for_it() -> None:
    talk = reading()
    talk.text("2")
    assert talk.page == [WARNING]
    assert FindMailbox(CODE, SEED, acknowledge=True) not in talk.asked
    assert ARMOUR not in str(talk.outcome)


@pytest.mark.parametrize("yes", ["1", "có"])
def test_then_the_paper_its_number_and_the_menu(yes: str) -> None:
    talk = reading()
    talk.text("2", yes)
    paper, after = talk.page
    assert paper == [*SAID, *ARMOUR.split("\n")]
    assert [said.kind for said in talk.said] == ["paper", "plain"]
    assert after[0].startswith("Số riêng của tin này: 0011 2233.")
    assert after[-5:] == ["Bà con viết trả lời luôn, hoặc chọn số:", *MENU]
    assert "0011 2233" not in str(talk.said[0]), "the number stands beside the paper, never on it"
    assert (talk.conversation.state, talk.conversation.confirm, talk.done) == ("mail", None, [])


def test_the_conversation_keeps_nothing_of_it() -> None:
    talk = reading()
    before = replace(talk.conversation, touched=0, serial="")
    talk.text("2", "1")
    assert replace(talk.conversation, touched=0, serial="") == before
    assert b"3f2a" not in encode(talk.conversation)


def test_what_comes_before_the_answer_is_no_answer() -> None:
    for say in (lambda talk: talk.text("để xem đã"), lambda talk: talk.photo(), lambda talk: talk.place()):
        talk = reading()
        talk.text("2")
        say(talk)
        assert talk.page == [["Chưa rõ ý bà con.", *WARNING]] or talk.keys[0][-1] == "mail-proof-ask"
        assert (talk.conversation.confirm, talk.conversation.draft) == ("proof", None)


def test_stepping_back_leads_to_the_tip() -> None:
    talk = reading()
    talk.text("2", "0")
    assert (talk.conversation.state, talk.conversation.confirm) == ("mail", None)
    assert talk.page[0][-4:] == MENU
    assert talk.conversation.mail is not None


def test_after_a_quarter_of_an_hour_the_warning_is_gone_and_so_is_the_tip() -> None:
    talk = reading()
    talk.text("2")
    talk.wait(15 * 60)
    talk.text("1")
    assert FindMailbox(CODE, SEED, acknowledge=True) not in talk.asked
    assert talk.conversation.mail is None
    assert all(said.kind != "paper" for said in talk.said)


def test_a_tip_erased_meanwhile_has_none() -> None:
    talk = reading()
    talk.text("2")
    talk.mailboxes[CODE] = replace(RECEIVED, erased=True)
    talk.text("1")
    assert talk.keys == [["mail-over"]]
    assert talk.conversation.mail is None


def test_a_demonstrations_paper_says_so() -> None:
    talk = reading(desk=replace(DESK, demo=True))
    paper: Message = talk.text("2", "1")[0]
    assert paper.lines[0] == line("start-demo")


def test_in_english() -> None:
    talk = reading()
    talk.text("english")
    talk.text("2", "1")
    assert talk.page[0][0] == (
        "A tip with this fingerprint was received by Nam Hồng Lĩnh ward on 20/11/2025. This statement names nobody."
    )
