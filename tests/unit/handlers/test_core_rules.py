"""Rules before the table, silence, and the corners of writing, reviewing, confirming."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import BOARD, CHILDREN, CODE, DESK, DUTY, NHL, POLICE, TELEGRAM, ZALO, Talk, begun, mailbox

from handlers import cards
from handlers.cards import message
from handlers.conversation import Conversation
from handlers.facts import ContactReceived
from handlers.values import MAX_PARTS, Hotline, Name, line
from handlers.wishes import DropParts, FileTip, KeepMedia, KeepText

TIP = "tối qua ở chợ có người phá khóa"
MINUTE = 60


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("dừng", ["sub-off"]),
        ("dung", ["sub-off"]),
        ("STOP", ["sub-off"]),
        ("hủy đăng ký", ["sub-off"]),
        ("xóa", ["erase-none"]),
        ("hủy", ["erase-none"]),
        ("gửi", ["tip-ask"]),
        ("quen toi", ["forget-ask"]),
        ("gọi 113", ["urgent"]),
        ("/start", ["start-back", "menu-ask"]),
        ("Trang chủ", ["start-back", "menu-ask"]),
        ("trợ giúp", ["help"]),
        ("riêng tư", ["privacy", "truth"]),
        ("có bị lộ không?", ["privacy", "truth"]),
        ("có tiếng Mường không", ["lang-other"]),
        ("số điện thoại", ["board-head", "board-line", "board-line", "board-line"]),
        ("hotline", ["board-head", "board-line", "board-line", "board-line"]),
        ("4", ["help"]),
    ],
)
def test_words_that_always_work(text: str, keys: list[str]) -> None:
    talk = begun()
    talk.text(text)
    assert talk.keys == [keys]
    assert talk.conversation.draft is None


@pytest.mark.parametrize(
    "text",
    [
        "Huy", "huy", "hàng xóm nói tiếng Trung, đông người lạ", "two men who speak english sell drugs",
        "nó bán hàng trên web", "số điện thoại của nó là 0912345", "có ai biết tôi không " * 3, "xin xóa tên quán này",
    ],
)  # fmt: skip
def test_words_that_are_content(text: str) -> None:
    talk = begun()
    talk.text(text)
    assert talk.parts == 1


def test_a_first_message_is_greeted_once() -> None:
    talk = Talk(TELEGRAM, desk=replace(DESK, demo=True, moved=True))
    talk.text(TIP)
    assert talk.keys == [["start-demo", "start-short", "draft-card"]]
    talk.text("menu")
    assert talk.keys == [["start-movedbox", "start-back", "draft-open", "menu-ask"]]


def test_a_first_greeting_is_the_whole_one() -> None:
    talk = Talk(desk=replace(DESK, demo=True, moved=True))
    talk.text("alo")
    assert talk.keys == [["start-demo", "start-movedbox", "start-hello", "menu-ask"]]


def test_113_as_the_first_message() -> None:
    talk = Talk(TELEGRAM)
    talk.text("113")
    assert talk.keys == [["urgent", "truth"]]
    assert talk.conversation.draft is None


def test_a_reloaded_page() -> None:
    talk = Talk()
    talk.start("tdp4-nhl", reloaded=True, language="en")
    assert talk.keys == [["web-reload", "start-hello", "menu-ask"]]
    assert talk.conversation.language == "en"


def test_a_box_is_taken_without_a_draft_and_kept_with_one() -> None:
    other = replace(DESK, unit="dl", box="dl-1", name=POLICE.role)
    talk = Talk(boxes={"dl-1": other, "tdp4-nhl": DESK})
    talk.start("tdp4-nhl")
    talk.start("dl-1")
    assert (talk.conversation.unit, talk.conversation.box) == ("dl", "dl-1")
    talk.text(TIP)
    talk.start("tdp4-nhl")
    assert (talk.conversation.unit, talk.conversation.box) == ("dl", "dl-1")
    assert talk.keys == [["route-ask"]]
    talk.start("dl-1")
    assert talk.keys == [["start-back", "draft-open", "menu-ask"]]


def test_dung_with_a_draft_is_asked_about() -> None:
    talk = begun()
    talk.text(TIP, "Dung.")
    assert talk.said == [message(line("stop-ask"), menu=((1, "stop-yes"), (2, "content:Dung.")))]
    talk.text("2")
    assert talk.done[0].text == "Dung."  # type: ignore[union-attr] # the deed is a text
    assert talk.parts == 2
    talk.text("dung", "1")
    assert talk.keys == [["sub-off"], ["draft-card"]]
    talk.text("dung", "dừng")
    assert talk.keys == [["sub-off"], ["draft-card"]]
    talk.text("dừng")
    assert talk.keys == [["sub-off", "sub-off-draft"]]
    talk.text("dung", "0")
    assert talk.keys == [["draft-card"]]
    talk.text("dung", "một người nữa")
    assert talk.parts == 3
    talk.text("dung")
    talk.photo()
    assert talk.parts == 4
    talk.text("dung")
    talk.press(1, "0000")
    assert talk.keys == [["stop-ask"]]


def test_dung_before_forgetting_erases_nothing() -> None:
    talk = begun()
    talk.text("quên tôi", "dung")
    assert talk.keys == [["stop-ask"]]
    talk.text("1")
    assert talk.keys == [["sub-off"], ["start-back", "menu-ask"]]


def test_erasing_a_draft() -> None:
    talk = begun(ZALO)
    talk.text(TIP, "4", "xóa")
    assert talk.said == [message(line("erase-ask", count=1), menu=cards.items("erase", "back"))]
    talk.text("đợi đã")
    assert talk.keys == [["not-understood", "erase-ask"]]
    talk.photo()
    assert talk.keys == [["start-back", "draft-open", "menu-ask"]]
    assert talk.parts == 1
    talk.text("xóa", "0")
    assert talk.keys == [["draft-card"]]
    talk.text("xóa", "ok")
    assert talk.keys == [["erase-done", "erase-done-zalo"]]
    assert talk.stored == {}


def test_yes_to_forgetting_and_no_to_it() -> None:
    talk = begun()
    talk.text("quên tôi", "hay là")
    assert talk.keys == [["not-understood", "forget-ask"]]
    talk.text("không")
    assert talk.keys == [["start-back", "menu-ask"]]
    talk.text("quên tôi")
    talk.photo()
    assert talk.keys == [["not-understood", "forget-ask"]]
    talk.text("có")
    assert talk.forgotten


@pytest.mark.parametrize("way", [("2",), ("quên tôi",), (TIP, "xóa")])
def test_danger_is_heard_whatever_was_asked(way: tuple[str, ...]) -> None:
    for send in (Talk.text, Talk.photo):
        talk = begun()
        talk.text(*way)
        send(talk, "có ai biết không, nó đang cầm dao")
        assert talk.keys == [["urgent"]]
        assert isinstance(talk.done[-1], KeepText)
        assert talk.conversation.state == "collect"


def test_danger_is_no_question_about_the_box() -> None:
    talk = begun()
    talk.text("cứu với, có ai biết không?")
    assert talk.keys == [["urgent"]]


def test_an_edited_yes_erases_nothing() -> None:
    talk = begun()
    talk.text(TIP, "xóa")
    talk.text("có", edited=True)
    assert talk.keys == [["not-understood", "erase-ask"]]
    talk.text("quên tôi")
    talk.text("có", edited=True)
    assert talk.keys == [["not-understood", "forget-ask"]]


def test_an_edited_message_is_a_new_part() -> None:
    talk = begun()
    talk.text(TIP)
    talk.text(TIP + " và cửa", edited=True)
    assert talk.said[0].lines[0] == line("draft-edited", n=2)
    talk.text("1", edited=True)
    assert talk.keys == [["draft-card"]]
    talk.text("xóa", edited=True)
    assert talk.keys == [["draft-card"]]
    assert talk.parts == 2


def test_an_edited_message_without_a_draft_is_a_first_part() -> None:
    talk = begun()
    talk.text(TIP, edited=True)
    assert talk.keys == [["draft-card"]]


def test_content_before_sending_is_added_and_asked_again() -> None:
    talk = begun()
    talk.text(TIP, "1", "và xe màu đỏ")
    assert talk.said == [message(line("send-confirm-web", count=2, unit=NHL), menu=cards.items("submit", "back"))]
    talk.photo()
    assert talk.keys == [["draft-photo", "send-confirm-web"]]
    talk.text("không")
    assert talk.keys == [["draft-card"]]
    assert talk.parts == 3


def test_an_album_is_answered_once() -> None:
    talk = begun()
    talk.photo()
    said = talk.photo(answer=False)
    assert (said, talk.parts) == ([], 2)
    assert talk.conversation.menu == cards.CARD
    talk.photo("nó đang cầm dao", answer=False)
    assert talk.keys == [["urgent"]]


def test_a_photo_with_words_under_it() -> None:
    talk = begun()
    talk.photo("ở chợ tối qua")
    assert [type(wish) for wish in talk.done] == [KeepMedia, KeepText]
    assert talk.keys == [["draft-photo", "draft-card"]]


def test_a_menus_serial_is_too_long_to_come_up_twice() -> None:
    talk = begun()
    talk.text(TIP)
    assert len(bytes.fromhex(talk.conversation.serial)) == 4


def test_a_menu_clicked_twice_leads_to_one_menu_shown_twice_that_still_works() -> None:
    talk = begun()
    talk.text(TIP)
    card = talk.conversation.serial
    asked = talk.press(1, card)
    serial = talk.conversation.serial
    assert talk.press(1, card) == asked
    assert talk.conversation.serial == serial != card
    talk.press(1, serial)
    assert any(isinstance(wish, FileTip) for wish in talk.done)


def test_a_menu_that_reads_otherwise_by_now_has_a_serial_of_its_own() -> None:
    """A button of the one before would else do what stands in its place now."""
    talk = begun()
    talk.text(TIP)
    old = talk.conversation.serial
    talk.conversation = replace(talk.conversation, menu=talk.conversation.menu[:-1])
    talk.press(1, "0badcafe")
    assert talk.conversation.serial != old


def test_half_a_code_is_kept_and_asked_about() -> None:
    talk = begun()
    talk.text("4821 0937 5562")
    assert talk.keys == [["draft-card", "code-half"]]
    talk.text("menu", "1", "4821 0937 5562 1804 771")
    assert talk.keys == [["draft-card"]]


def test_a_full_draft_takes_nothing_more_and_loses_nothing() -> None:
    talk = begun()
    talk.text(TIP)
    for _ in range(MAX_PARTS - 2):
        talk.photo()
    talk.text("a" * 9000)
    assert talk.keys == [["draft-full", "draft-card"]]
    talk.text("nó đang cầm dao " + "a" * 9000)
    assert talk.keys == [["urgent", "draft-full", "draft-card"]]
    assert (talk.done, talk.parts) == ([], MAX_PARTS - 1)
    talk.photo(answer=False)
    assert talk.parts == MAX_PARTS
    talk.photo(answer=False)
    assert talk.keys == [["draft-full", "draft-card"]]


def test_review_by_number_and_by_the_pages_button() -> None:
    talk = begun()
    talk.text(TIP, "4", "và xe màu đỏ")
    assert talk.keys == [["review-head", "review-item", "review-item", "review-ask"]]
    talk.text("9")
    assert talk.keys == [["no-number", "review-head", "review-item", "review-item", "review-ask"]]
    talk.photo()
    assert talk.keys == [["draft-photo", "review-head", *["review-item"] * 3, "review-ask"]]
    talk.text("")
    assert talk.keys == [["not-understood", "review-head", *["review-item"] * 3, "review-ask"]]
    talk.text("0")
    assert talk.keys == [["draft-card"]]
    assert talk.conversation.draft is not None
    first = talk.conversation.draft.parts[0].id
    talk.remove(first)
    assert talk.done == [DropParts((first,))]
    assert talk.keys == [["review-removed", "draft-card"]]
    talk.remove(first)
    assert (talk.keys, talk.done) == ([["draft-card"]], [])


def test_an_own_name_beside_danger_is_asked_about_at_the_next_card() -> None:
    talk = begun()
    talk.text("tôi là Nguyễn Văn An, nó đang cầm dao")
    assert talk.keys == [["urgent"]]
    talk.text("0")
    assert talk.said[0].lines == (line("warn-name", what="name", n=1),)
    talk.text("1")
    assert talk.keys == [["draft-card"]]


def test_a_dropped_part_is_not_warned_about() -> None:
    talk = begun()
    talk.text(TIP, "tôi là Nguyễn Văn An, nó đang cầm dao", "2", "2")
    assert talk.keys == [["review-removed", "draft-card"]]


def test_a_dropped_name_among_parts() -> None:
    talk = begun()
    talk.text(TIP, "tên tôi là An")
    assert talk.said[0].lines == (line("warn-name", what="name", n=2),)
    talk.text("2")
    assert talk.said[0].lines[0] == line("review-removed", n=2, count=1)


def test_happening_now_marks_the_tip_urgent() -> None:
    talk = begun()
    talk.text(TIP, "2")
    assert talk.said == [message(line("urgent"), line("urgent-set"), menu=cards.URGENT)]
    talk.text("0", "1", "1")
    (filed,) = talk.done
    assert isinstance(filed, FileTip)
    assert filed.draft.urgent


def test_the_board_from_a_childs_menu_goes_back_to_the_card() -> None:
    talk = begun()
    talk.text("bạn cháu học lớp 7 hay bị đánh", "2")
    assert talk.conversation.state == "board"
    talk.text("không")
    assert talk.keys == [["draft-card"]]


def test_a_board_of_national_numbers_only() -> None:
    talk = begun(board=replace(BOARD, lines=(POLICE, CHILDREN)))
    talk.text("3")
    assert talk.keys == [["board-head", "board-none", "board-line", "board-line"]]
    talk.text("alo")
    assert talk.conversation.state == "idle"
    talk.text("3", TIP)
    assert talk.parts == 1


ABOVE = replace(DUTY, role=Name("Trực ban", "Duty desk"), unit=Name("tỉnh Hà Tĩnh", "Hà Tĩnh province"))


@pytest.mark.parametrize(
    ("hotline", "shown"),
    [
        (ABOVE, "Trực ban, tỉnh Hà Tĩnh: 0239 000 0000 (24/24)"),
        (replace(DUTY, hours=Name("", "")), "Trực ban Công an phường: 0239 000 0000"),
        (replace(DUTY, number="1900 0000", paid=True), "Trực ban Công an phường: 1900 0000 (24/24, mất phí)"),
        (replace(ABOVE, hours=Name("", ""), paid=True), "Trực ban, tỉnh Hà Tĩnh: 0239 000 0000 (mất phí)"),
    ],
)
def test_a_line_says_whose_number_it_is_when_it_is_answered_and_that_it_costs(hotline: Hotline, shown: str) -> None:
    talk = begun(board=replace(BOARD, lines=(hotline,)))
    talk.text("3")
    assert talk.page[0][1] == shown


@pytest.mark.parametrize("words", ["114", "gọi 115", "111", "Call 112"])
def test_a_number_typed_alone_is_answered_with_the_countrys(words: str) -> None:
    talk = begun()
    talk.text(words)
    assert (talk.keys, talk.conversation.state) == ([["board-head", "board-line", "board-line"]], "board")
    assert talk.conversation.draft is None
    talk.text("1")
    assert talk.keys == [["board-head", "board-line", "board-line", "board-line"]]


def test_a_number_typed_while_something_is_told_is_told() -> None:
    talk = begun()
    talk.text(TIP, "115")
    assert talk.parts == 2


def test_a_board_that_shrank_shows_its_first_page() -> None:
    talk = begun(board=replace(BOARD, lines=(POLICE,) * 5))
    talk.text("3")
    talk.board = replace(BOARD, lines=(POLICE,))
    talk.text("1")
    assert talk.keys == [["board-head", "board-none", "board-line"]]
    talk.press(1, "0000")
    assert talk.keys == [["board-head", "board-none", "board-line"]]


def test_a_box_that_takes_nothing() -> None:
    talk = Talk(desk=replace(DESK, open=False), mailboxes={CODE: mailbox()})
    talk.start("tdp4-nhl")
    shut = ["box-shut", "board-line", "board-line", "board-line"]
    assert talk.keys == [["start-hello", *shut]]
    assert talk.acts == ["open", "board", "help"]
    talk.text(TIP)
    assert (talk.keys, talk.done) == ([shut], [])
    talk.photo()
    assert (talk.keys, talk.done) == ([shut], [])
    talk.text("nó đang cầm dao")
    assert talk.keys == [["urgent", *shut]]
    talk.text("gửi")
    assert talk.keys == [shut]
    talk.text("3")
    assert talk.keys == [["help"]]
    talk.code()
    talk.text("thêm một ý", "1")
    assert talk.keys == [["done-more"]]


def test_a_box_that_closed_over_a_draft_keeps_it() -> None:
    talk = begun()
    talk.text(TIP, "1")
    talk.desk = replace(DESK, open=False)
    talk.text("1")
    assert (talk.keys[0][0], talk.done, talk.parts) == ("box-shut", [], 1)
    talk.text("gửi")
    assert (talk.keys[0][0], talk.done, talk.parts) == ("box-shut", [], 1)
    talk.text("xóa", "1")
    assert talk.keys == [["erase-done"]]


def test_file_limits_are_told_plainly() -> None:
    here = [message(line("too-big-here", here=20))]
    there = line("too-big", here=20, web_limit=200, web="hopthu.example.gov.vn")
    assert begun().refuse("big") == [message(line("too-big-here", here=200))]
    assert begun().refuse("big", "photo") == here
    assert begun(TELEGRAM).refuse("big", "voice") == here
    assert begun(TELEGRAM).refuse("big", "video") == [message(there)]


def test_languages_change_in_place() -> None:
    talk = begun()
    talk.text(TIP, "english")
    assert talk.keys == [["lang-done"], ["draft-card"]]
    talk.text("tiếng việt")
    assert talk.page[0] == ["Đã đổi sang tiếng Việt."]


def test_a_number_after_the_question_what_was_seen() -> None:
    talk = begun()
    talk.text("1", "3")
    assert talk.keys == [["no-number", "tip-ask"]]
    talk.text("0")
    assert talk.keys == [["start-back", "menu-ask"]]


def test_a_number_with_no_menu_shows_the_menu() -> None:
    talk = begun()
    talk.text(TIP, "1", "1", "1")
    assert talk.keys == [["start-back", "menu-ask"]]


def test_a_press_without_its_draft_shows_the_present_card() -> None:
    talk = begun()
    talk.conversation = replace(talk.conversation, state="collect", serial="abcd", menu=cards.CARD)
    talk.press(1)
    assert (talk.keys, talk.done) == ([["tip-ask"]], [])


def test_a_draft_that_waits_is_shown_by_the_first_item() -> None:
    talk = begun()
    talk.text(TIP, "0")
    assert talk.keys == [["start-back", "draft-open", "menu-ask"]]
    talk.text("1")
    assert talk.keys == [["draft-card"]]


@pytest.mark.parametrize(
    ("way", "minutes", "state", "notes"),
    [
        (("2",), 14, "code", []),
        (("2",), 15, "idle", []),
        (("3",), 29, "board", []),
        (("3",), 30, "idle", []),
        ((TIP, "1"), 29, "confirm", []),
        ((TIP, "1"), 30, "collect", []),
        ((TIP, "3"), 30, "collect", []),
        (("quên tôi",), 30, "idle", []),
        ((TIP,), 24 * 60 - 1, "collect", []),
        ((TIP,), 24 * 60, "idle", ["rem-erased"]),
        ((TIP, "1"), 24 * 60, "idle", ["rem-erased"]),
        (("1",), 24 * 60, "idle", []),
    ],
)
def test_what_silence_does(way: tuple[str, ...], minutes: int, state: str, notes: list[str]) -> None:
    talk = begun()
    talk.text(*way)
    talk.at += minutes * MINUTE - 1
    talk.send(ContactReceived(*talk.moment()))
    assert talk.keys == [[*notes, "contact-refused"]]
    assert talk.conversation.state == state


def test_a_tip_closes_after_a_quarter_of_an_hour_and_says_so() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.text(TIP)
    talk.code()
    talk.wait(15 * MINUTE).text("alo")
    assert talk.keys[0][0] == "mail-closed"
    assert talk.conversation.mail is None
    assert talk.parts == 1


def test_both_drafts_go_after_a_day() -> None:
    talk = begun(mailboxes={CODE: mailbox()})
    talk.text(TIP)
    talk.code()
    talk.text("thêm một ý")
    parts = set(talk.stored)
    talk.wait(24 * 3600).text("1")
    (dropped,) = talk.done
    assert isinstance(dropped, DropParts)
    assert set(dropped.parts) == parts
    assert talk.keys == [["rem-erased", "start-back", "menu-ask"]]


def test_an_old_yes_sends_nothing() -> None:
    talk = begun()
    talk.text(TIP, "1")
    talk.wait(31 * MINUTE).text("1")
    assert (talk.keys, talk.done) == ([["draft-card"]], [])


def test_a_fresh_conversation_has_no_silence() -> None:
    talk = Talk()
    assert talk.conversation == Conversation()
    talk.text("alo")
    assert talk.keys == [["start-hello", "menu-ask"]]
