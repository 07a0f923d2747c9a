"""Tips opened by their receipt: what is shown when, and drafts around them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import CODE, DESK, PROVINCE, SEED, TELEGRAM, WEB, ZALO, Talk, begun, mailbox

from handlers import cards, timeline
from handlers.cards import message
from handlers.conversation import OpenMail
from handlers.facts import CodeMistyped
from handlers.values import Mailbox, Mark, Sent, Words, line
from handlers.wishes import AppendParts, DropParts, FileTip

HOUR = 3600
MIDNIGHT = 1_763_571_600
"""20 November 2025, 0:00 in Vietnam."""
OTHER = b"other".ljust(32)
THIRD = b"third".ljust(32)
TIP = "tối qua ở chợ có người phá khóa"


def asked(at: int = MIDNIGHT, text: str = "Mấy giờ?") -> Words:
    return Words("question", text, at)


@pytest.mark.parametrize(
    ("changed", "public"),
    [(0, 42), (17, 42), (18, 42), (18.5, 66), (23.9, 66), (24, 66), (41.9, 66), (42, 66)],
)
def test_a_change_is_public_at_18_hours_a_day_later(changed: float, public: int) -> None:
    assert timeline.public_at(MIDNIGHT + int(changed * HOUR)) == MIDNIGHT + public * HOUR


def state(at: int, **values: object) -> str:
    return timeline.public_state(mailbox(**values), at)


def test_the_public_state() -> None:
    verify, closed = Mark("verify", MIDNIGHT), Mark("closed", MIDNIGHT + 100 * HOUR)
    late = MIDNIGHT + 1000 * HOUR
    assert state(MIDNIGHT + 41 * HOUR, marks=(verify,)) == "received"
    assert state(MIDNIGHT + 42 * HOUR, marks=(verify,)) == "verify"
    assert state(late, marks=(verify, closed)) == "closed"
    assert state(MIDNIGHT, words=(asked(),)) == "need"
    assert state(MIDNIGHT, words=(asked(),), own=(1,)) == "received"
    assert state(MIDNIGHT, words=(asked(), asked()), own=(1,)) == "need"
    assert state(MIDNIGHT, words=(Words("answer", "Đã nhận.", MIDNIGHT),)) == "received"
    assert state(late, words=(asked(),), marks=(verify, closed)) == "closed"
    assert state(late, words=(asked(MIDNIGHT + 200 * HOUR),), marks=(verify, closed)) == "need"


def test_an_officers_slow_clock_brings_no_change_forward() -> None:
    slow = Mark("verify", MIDNIGHT - 72 * HOUR, not_before=MIDNIGHT + 42 * HOUR)
    assert state(MIDNIGHT + 42 * HOUR - 1, marks=(slow,)) == "received"
    assert state(MIDNIGHT + 42 * HOUR, marks=(slow,)) == "verify"
    assert timeline.timeline(mailbox(marks=(slow,)), MIDNIGHT + 42 * HOUR)[0].at == MIDNIGHT + 42 * HOUR
    fast = Mark("verify", MIDNIGHT + 72 * HOUR, not_before=MIDNIGHT + 42 * HOUR)
    assert state(MIDNIGHT + 100 * HOUR, marks=(fast,)) == "received"


def opened(box: Mailbox, at: int = MIDNIGHT + 500 * HOUR, **values: object) -> Talk:
    talk = Talk(mailboxes={CODE: box}, at=at, **values)  # type: ignore[arg-type] # fields of a talk
    talk.start()
    talk.code()
    return talk


def test_words_since_the_reporter_last_wrote_are_shown() -> None:
    answer = Words("answer", "Đã nhận, cảm ơn bà con.", MIDNIGHT + HOUR)
    talk = opened(mailbox(words=(asked(), answer), own=(1,)))
    assert talk.keys == [["mail-head", "mail-answer", "mail-ask"]]
    assert talk.conversation.mail == OpenMail(CODE, SEED, b"t" * 16, talk.at)


def test_unfit_words_are_withheld() -> None:
    talk = opened(mailbox(words=(asked(text="Gọi 0912 345 678"),)))
    assert talk.keys == [["mail-head", "mail-withheld", "mail-free", "mail-ask"]]
    assert "0912" not in str(talk.page)
    talk.text("1")
    assert "0912" not in str(talk.page)


def test_a_page_folds_what_was_sent_and_says_what_is_next() -> None:
    sent = (Sent("text", "nha cuoi ngo"), Sent("voice", seconds=24), Sent("place"))
    talk = opened(mailbox(sent=sent), channel=WEB)
    assert talk.page[0][1:6] == [
        "Tiếp theo: chờ cán bộ đọc tin",
        "Chưa có gì mới từ 20/11. Xin quay lại sau; tin vẫn được giữ.",
        "Phần đã gửi",
        '1. Chữ: "nha cuoi ngo…"',
        "2. Ghi âm, 24 giây",
    ]
    assert "page-mail-sent" not in opened(mailbox(), channel=WEB).keys[0]


def test_a_messenger_repeats_nobodys_words() -> None:
    talk = opened(mailbox(sent=(Sent("text", "nha cuoi ngo"),)), channel=TELEGRAM)
    assert "nha cuoi ngo" not in str(talk.page)


def test_the_timeline_tells_ones_own_additions_by_their_day() -> None:
    words = (asked(MIDNIGHT + 26 * HOUR), asked(MIDNIGHT + 75 * HOUR, "Còn thấy không?"))
    box = mailbox(words=words, added=((0, "2025-11-20"), (1, "2025-11-21"), (1, "2025-11-22"), (2, "2025-11-23")))
    talk = opened(replace(box, own=(1, 1, 2), marks=(Mark("verify", MIDNIGHT),)))
    assert talk.page[0][1] == "Chưa có gì mới từ 23/11. Xin quay lại sau; tin vẫn được giữ."
    talk.text("1")
    assert talk.page[0][:8] == [
        "20/11: Đã tiếp nhận",
        "20/11: Bà con gửi thêm",
        "21/11: Cán bộ hỏi: Mấy giờ?",
        "21/11: Bà con gửi thêm",
        "21/11: Đang kiểm tra, xác minh",
        "22/11: Bà con gửi thêm",
        "23/11: Cán bộ hỏi: Còn thấy không?",
        "23/11: Bà con gửi thêm",
    ]


def test_the_timeline() -> None:
    answer = Words("answer", "Đã nhận.", MIDNIGHT + HOUR)
    talk = opened(mailbox(words=(asked(), answer), own=(2,), marks=(Mark("verify", MIDNIGHT),)))
    assert talk.keys == [["mail-head", "mail-nothing", "mail-ask"]]
    talk.text("1")
    assert talk.page == [
        [
            "20/11: Đã tiếp nhận",
            "20/11: Cán bộ hỏi: Mấy giờ?",
            "20/11: Cán bộ trả lời: Đã nhận.",
            "21/11: Đang kiểm tra, xác minh",
            "Tiếp theo: khi có gì mới, xem được bằng mã",
            "Bà con viết trả lời luôn, hoặc chọn số:",
            "1. Diễn biến",
            "2. Lấy giấy xác nhận",
            "3. Quên tôi",
            "4. Đóng",
        ]
    ]


def test_on_a_closed_tip_no_answer_is_asked_for() -> None:
    talk = opened(mailbox(marks=(Mark("closed", MIDNIGHT),)))
    assert talk.keys[0][-1] == "mail-ask-closed"
    talk.text("1")
    assert talk.keys[0][-2:] == ["mail-next", "mail-ask-closed"]
    assert "Tiếp theo: không còn bước nào; có chuyện mới thì gửi tin mới" in talk.page[0]
    talk.text("hôm nay lại thấy")
    assert talk.keys == [["draft-card-more"]]


def test_nothing_new_names_the_day_of_the_last_change() -> None:
    talk = opened(mailbox(marks=(Mark("verify", MIDNIGHT),)))
    assert talk.said[0].lines[1] == line("mail-nothing", day="21/11")


def test_a_tip_erased_by_rule() -> None:
    talk = opened(mailbox(erased=True))
    assert talk.keys == [["mail-over"]]
    assert (talk.conversation.state, talk.conversation.mail) == ("idle", None)


@pytest.mark.parametrize("number", [1, 9])
def test_a_tip_erased_while_it_is_read(number: int) -> None:
    talk = opened(mailbox())
    talk.mailboxes.clear()
    talk.press(number)
    assert "mail-over" in talk.keys[0]
    assert talk.conversation.state == "idle"


def test_zero_and_a_last_item_close() -> None:
    for text in ("0", "4"):
        talk = opened(mailbox())
        assert talk.text(text) == [message(line("mail-closed"))]
        assert talk.text("1")[0].lines[-1] == line("menu-ask")


def test_a_number_not_on_the_menu_repeats_the_tip() -> None:
    talk = opened(mailbox())
    talk.text("7")
    assert talk.keys == [["no-number", "mail-head", "mail-nothing", "mail-ask"]]


def test_erase_inside_a_tip_means_forget_me() -> None:
    talk = opened(mailbox())
    talk.text("xóa")
    assert talk.keys == [["forget-ask"]]
    talk.text("0")
    assert (talk.keys, talk.conversation.state) == ([["mail-ask"]], "mail")


def test_an_open_draft_waits_and_is_offered_at_close() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.text(TIP)
    draft = talk.conversation.draft
    talk.code()
    assert (talk.conversation.draft, talk.conversation.parked) == (None, draft)
    talk.text("4")
    assert talk.keys == [["mail-closed", "draft-open"]]
    assert talk.acts == ["send", "now", "guide", "review"]
    assert talk.page[0][1].endswith("Tự xóa lúc 11:40, 22/11.")
    assert (talk.conversation.draft, talk.conversation.parked, talk.conversation.state) == (draft, None, "collect")


def test_an_addition_returns_to_the_tip_and_to_the_parked_draft() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.text(TIP)
    talk.code()
    talk.text("thêm một ý")
    talk.text("0")
    assert talk.keys == [["mail-head", "mail-nothing", "draft-open", "mail-ask"]]
    talk.text("ý nữa")
    assert talk.said[0].lines == (line("draft-card-more", count=2),)
    talk.text("1")
    assert isinstance(talk.done[0], AppendParts)
    assert talk.keys == [["done-more", "draft-open"]]
    talk.text("1", "1")
    assert isinstance(talk.done[0], FileTip)
    assert talk.stored == {}


def test_an_erased_addition_leaves_the_tip_open() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("thêm một ý", "xóa")
    assert talk.keys == [["erase-ask"]]
    talk.text("có")
    assert isinstance(talk.done[0], DropParts)
    assert talk.keys == [["erase-done", "mail-ask"]]
    assert talk.acts == ["timeline", "proof", "forget", "close"]


def test_the_last_part_of_an_addition_removed() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("thêm một ý", "2", "1")
    assert talk.keys == [["review-removed", "mail-ask"]]
    assert talk.conversation.state == "mail"


def test_the_code_again_after_a_quarter_of_an_hour() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("thêm một ý")
    talk.wait(15 * 60).text("1")
    assert talk.keys == [["code-again"]]
    draft = talk.conversation.draft
    assert draft is not None
    assert draft.target is not None
    assert draft.target.seed == b""
    talk.code()
    assert talk.keys == [["mail-head", "mail-nothing", "draft-card-more"]]
    talk.text("1")
    assert isinstance(talk.done[0], AppendParts)
    assert talk.done[0].mail.seed == SEED


def test_a_third_tip_has_no_room_while_two_drafts_wait() -> None:
    second, third = mailbox(tip=b"o" * 16), mailbox(tip=b"3" * 16)
    talk = begun(mailboxes={CODE: mailbox(), OTHER: second, THIRD: third})
    talk.code()
    talk.text("cho tin một")
    talk.code(OTHER)
    talk.text("cho tin hai")
    held = (talk.conversation.draft, talk.conversation.parked)
    talk.code(THIRD)
    assert talk.keys == [["draft-two", "draft-open"]]
    assert (talk.conversation.draft, talk.conversation.parked) == held
    talk.code()
    assert talk.keys == [["mail-head", "mail-nothing", "draft-card-more"]]
    assert talk.conversation.draft is not None
    assert talk.conversation.draft.target is not None
    assert talk.conversation.draft.target.tip == b"t" * 16


def test_the_menu_keeps_an_addition_and_its_key() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("thêm một ý", "menu")
    assert talk.keys == [["start-back", "draft-open", "menu-ask"]]
    talk.text("1")
    assert talk.keys == [["draft-card-more"]]
    talk.text("0")
    assert talk.keys == [["start-back", "draft-open", "menu-ask"]]
    talk.text("1", "1")
    assert isinstance(talk.done[0], AppendParts)


def test_the_menu_closes_a_tip() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("menu")
    assert talk.keys == [["mail-closed", "start-back", "menu-ask"]]


def test_gui_asks_before_an_addition_is_sent() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("thêm một ý", "gửi")
    assert talk.keys == [["send-confirm-web"]]
    talk.text("1")
    assert talk.keys == [["done-more"]]


def test_an_urgent_addition() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("nó đang cầm dao")
    assert talk.keys == [["urgent"]]
    talk.text("1")
    assert talk.keys == [["done-more"]]


def test_the_board_from_inside_a_tip() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.code()
    talk.text("đường dây nóng", "0")
    assert talk.keys == [["mail-ask"]]
    talk.text("đường dây nóng", "thêm một ý")
    assert talk.keys == [["draft-card-more"]]


def test_mistyped_codes() -> None:
    talk = begun()
    talk.send(CodeMistyped(*talk.moment(), count=24))
    assert talk.keys == [["code-typo"]]
    talk.send(CodeMistyped(*talk.moment(), count=27))
    assert talk.keys == [["code-typo"]]
    talk.text("0")
    assert talk.conversation.state == "idle"


def test_words_where_a_code_was_asked_become_a_tip_at_the_second_time() -> None:
    talk = begun()
    talk.text("2", "tôi quên mã rồi")
    assert talk.keys == [["not-understood", "code-ask"]]
    talk.text(TIP)
    assert talk.parts == 1


def test_a_box_without_officers_says_so() -> None:
    talk = begun(ZALO, desk=replace(DESK, staffed=False))
    talk.text(TIP)
    assert talk.keys == [["route-empty", "draft-card"]]
    talk.text("sáng nay lại có")
    assert talk.keys == [["draft-card"]]
    talk.text("2")
    assert talk.keys == [["urgent", "urgent-set-none"]]
    talk.text("1")
    assert talk.said[0] == message(line("done-urgent", notified="no"))
    talk.text(TIP, "1", "1")
    assert talk.keys == [["done"], ["code-line"], ["done-next-none", "done-zalo"]]


def test_a_tip_that_goes_to_the_unit_above_says_so() -> None:
    talk = begun(desk=replace(DESK, receiver="tinh", receiver_name=PROVINCE))
    talk.text(TIP)
    assert talk.said == [
        message(
            line("route-none", unit=DESK.name, target=PROVINCE),
            line("draft-card", count=1, unit=PROVINCE),
            menu=cards.CARD,
            kind="card",
        )
    ]
    talk.text("1", "1")
    assert talk.done[0].receiver == "tinh"  # type: ignore[union-attr] # the deed is a filing
