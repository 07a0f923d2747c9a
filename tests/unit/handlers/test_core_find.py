"""State `find`: which ward, by words, by lists, by a box."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import PROVINCE, TELEGRAM, WEB, begun
from unit.handlers.wards import (
    AT_CD,
    CAM_DUONG,
    HOUSE,
    WARD,
    WITHIN,
    wards,
)

from handlers.cards import CARD, CARD_DOORS, URGENT
from handlers.silence import STEP_SECONDS
from handlers.values import line
from handlers.wishes import FileTip, KeepText

TIP = "tối qua ở chợ có người phá khóa"
KNIFE = "nó đang cầm dao ở ngoài đường"
LONG = "hai thằng đi xe máy đen vào ngõ rồi lại chạy ra ngay"


def card(count: int) -> object:
    return line("draft-card", count=count, unit=CAM_DUONG)


def test_who_comes_without_a_box_is_greeted_by_the_box_of_no_ward() -> None:
    talk = wards()
    talk.start()
    assert talk.keys == [["start-nobox", "truth", "menu-ask"]]
    talk.text("menu")
    assert talk.keys == [["start-nobox", "menu-ask"]]
    assert (talk.conversation.unit, talk.conversation.box) == (None, None)


def test_one_asks_for_the_ward_and_then_for_the_tip() -> None:
    talk = wards()
    talk.start()
    talk.text("1")
    assert talk.page == [["Chuyện ở phường, xã nào? Gõ tên, viết không dấu hay tên cũ đều được."]]
    assert (talk.conversation.state, talk.conversation.seek) == ("find", "tip")
    talk.text("cam duong")
    assert talk.keys == [["tip-ask"]]
    assert (talk.conversation.unit, talk.conversation.box, talk.parts) == ("cd", None, 0)
    talk.text(TIP)
    assert talk.said[0].lines[0] == card(1)
    assert talk.conversation.menu == CARD_DOORS


def test_the_first_text_is_noted_before_the_ward_is_asked() -> None:
    talk = wards()
    talk.text(TIP)
    assert talk.keys == [["start-nobox", "truth", "find-noted", "find-ask"]]
    assert [type(wish) for wish in talk.done] == [KeepText]
    talk.text("cam duong")
    assert talk.done == []
    assert card(1) in talk.said[0].lines


def test_files_and_places_are_kept_and_the_question_repeated() -> None:
    talk = wards()
    talk.photo()
    assert talk.keys == [["start-nobox", "truth", "draft-photo", "find-ask"]]
    talk.media("voice")
    assert talk.keys == [["draft-voice", "find-ask"]]
    talk.place()
    assert talk.keys == [["draft-place", "find-pin-ask"]]
    talk.place("91")
    assert talk.keys == [["not-understood", "find-ask"]]
    talk.text("cam duong")
    assert card(3) in talk.said[0].lines


def test_a_search_is_not_kept_and_a_telling_text_is() -> None:
    talk = wards()
    talk.text(TIP, "cuoi ngo nha")
    assert talk.page == [[
        'Chưa tìm thấy "cuoi ngo nha". Xin gõ lại tên phường, xã kèm tên tỉnh. Không nhớ thì gõ 0, rồi chọn tỉnh.'
    ]]  # fmt: skip
    assert talk.parts == 1
    talk.text(LONG)
    assert talk.keys == [["find-noted", "find-ask"]]
    assert talk.parts == 2


def test_what_is_said_back_of_a_search_is_short() -> None:
    talk = wards()
    talk.start()
    talk.text("1", "x" * 300)
    assert talk.said[0].lines == (line("find-none", query="x" * 40),)


def test_a_name_among_other_words_is_taken_and_the_words_are_noted() -> None:
    talk = wards()
    talk.text(TIP, "ở tổ 8 phường Cam Đường")
    assert card(2) in talk.said[0].lines
    assert talk.conversation.unit == "cd"


def test_one_name_that_is_like_it_is_taken_and_an_old_one_is_explained() -> None:
    talk = wards()
    talk.text(TIP, "duong")
    assert card(1) in talk.said[0].lines
    talk = wards()
    talk.text(TIP, "dau lieu")
    assert talk.page[0][0] == "Phường Đậu Liêu (cũ), nay là phường Cam Đường, tỉnh Hà Tĩnh."
    assert card(1) in talk.said[0].lines


def test_of_a_divided_ward_the_hamlet_is_asked_and_its_parts_are_shown() -> None:
    talk = wards()
    talk.text(TIP, "son lu")
    assert talk.page == [[
        "Thị trấn Sơn Lư (cũ) nay chia thành nhiều nơi. Chuyện ở thôn, tổ nào?",
        "1. phường Nam Hồng Lĩnh, tỉnh Hà Tĩnh",
        "2. phường Cam Đường, tỉnh Hà Tĩnh",
    ]]  # fmt: skip
    talk.text("2")
    assert talk.conversation.unit == "cd"


def test_the_only_part_here_is_not_taken_for_the_whole() -> None:
    talk = wards()
    talk.text(TIP, "tam lu")
    assert talk.page == [[
        "Thị trấn Sơn Lư (cũ) nay chia thành nhiều nơi. Chuyện ở thôn, tổ nào?",
        "1. phường Cam Đường, tỉnh Hà Tĩnh",
    ]]  # fmt: skip
    assert talk.conversation.unit is None


def test_of_several_those_of_an_old_name_say_it() -> None:
    talk = wards()
    talk.text(TIP, "nam cuong")
    assert talk.page[0][1:] == [
        "1. phường Nam Hồng Lĩnh, tỉnh Hà Tĩnh",
        "2. Phường Nam Cường (cũ), nay là phường Cam Đường, tỉnh Hà Tĩnh.",
    ]


def test_of_several_one_is_picked_by_its_number() -> None:
    talk = wards()
    talk.text(TIP, "hoa binh")
    assert talk.page == [[
        "Có nhiều nơi giống tên này. Bà con chọn số, hoặc gõ thêm tên tỉnh:",
        "1. phường Hòa Bình, tỉnh Hà Tĩnh",
        "2. phường Hòa Bình, tỉnh Lào Cai",
    ]]  # fmt: skip
    talk.text("riêng tư")
    assert talk.conversation.state == "find"
    talk.text("1")
    assert talk.conversation.unit == "nhl"
    assert talk.conversation.state == "collect"


def test_a_ward_without_anything_above_stands_in_a_list_by_its_name_alone() -> None:
    talk = wards()
    talk.hits["hoa binh"] = replace(talk.hits["hoa binh"], places=(AT_CD, replace(AT_CD, above=None)))
    talk.text(TIP, "hoa binh")
    assert talk.page[0][1:] == ["1. phường Cam Đường, tỉnh Hà Tĩnh", "2. phường Cam Đường"]


def test_an_edited_message_is_a_part_and_no_name() -> None:
    talk = wards()
    talk.text(TIP)
    talk.text("cam duong", edited=True)
    assert talk.keys == [["draft-edited", "find-noted", "find-ask"]]
    assert talk.parts == 2


def test_a_number_is_a_choice_only_while_a_list_is_shown() -> None:
    talk = wards()
    talk.text(TIP, "12")
    assert talk.keys == [["find-none"]]
    talk.text("hoa binh", "7")
    assert talk.said[0].lines == (line("find-none", query="7"),)


def test_zero_lists_provinces_then_their_wards_in_pages() -> None:
    talk = wards()
    talk.text(TIP, "0")
    assert talk.page == [[
        "Chuyện ở tỉnh, thành phố nào? Chọn số, hoặc gõ tên phường, xã:",
        "1. tỉnh Hà Tĩnh", "2. tỉnh Lào Cai", "0. Quay lại",
    ]]  # fmt: skip
    talk.text("1")
    first = [
        "Chuyện ở phường, xã nào của tỉnh Hà Tĩnh? Chọn số, hoặc gõ tên:",
        "1. phường Cam Đường", "2. phường Nam Hồng Lĩnh", "3. Xem thêm", "4. Công an tỉnh Hà Tĩnh", "0. Quay lại",
    ]  # fmt: skip
    assert talk.page == [first]
    talk.text("3")
    assert talk.page == [[*first[:3], "3. Công an tỉnh Hà Tĩnh", "0. Quay lại"]]
    talk.text("0")
    assert talk.keys == [["find-ask"]]
    talk.text("ha tinh")
    assert talk.page == [first]
    talk.text("1")
    assert card(1) in talk.said[0].lines


def test_the_province_itself_can_be_picked_and_receives_this_draft_alone() -> None:
    talk = wards()
    talk.text(TIP, "ha tinh", "4")
    assert line("draft-card", count=1, unit=PROVINCE) in talk.said[0].lines
    assert (talk.conversation.unit, talk.conversation.draft and talk.conversation.draft.door) == (None, "ht")
    talk.text("1", "1")
    (filed,) = (wish for wish in talk.done if isinstance(wish, FileTip))
    assert (filed.unit, filed.receiver, filed.box) == ("ht", "ht", None)
    talk.text("menu", TIP)
    assert "find-ask" in talk.keys[0]
    talk = wards()
    talk.start()
    talk.text("1", "ha tinh", "4")
    assert (talk.keys, talk.conversation.unit) == ([["tip-ask"]], "ht")


def test_a_box_takes_its_ward() -> None:
    talk = wards()
    talk.text(TIP)
    talk.start("cd-1")
    assert card(1) in talk.said[0].lines
    assert (talk.conversation.unit, talk.conversation.box) == ("cd", "cd-1")
    talk = wards()
    talk.text("1")
    talk.start("cd-1")
    assert talk.keys == [["start-back", "menu-ask"]]
    assert talk.conversation.unit == "cd"


def test_half_an_hour_of_silence_ends_the_question() -> None:
    talk = wards()
    talk.text(TIP).__len__()
    talk.wait(STEP_SECONDS)
    talk.text("cam duong")
    assert talk.parts == 2
    assert talk.keys == [["find-noted", "find-ask"]]
    talk = wards()
    talk.text("1")
    talk.wait(STEP_SECONDS)
    talk.text("alo")
    assert talk.keys == [["start-nobox", "menu-ask"]]


def test_danger_asks_the_ward_inside_the_urgent_message() -> None:
    talk = wards()
    talk.text(KNIFE)
    assert talk.keys == [["urgent", "truth", "find-ask"]]
    assert talk.conversation.menu == URGENT
    assert talk.conversation.state == "find"
    talk.text("nó vẫn ở đó")
    assert talk.keys == [["find-noted", "find-ask"]]
    assert talk.conversation.menu == URGENT
    talk.text("cam duong")
    assert card(2) in talk.said[0].lines


def test_a_child_is_asked_where_once_and_finds_the_numbers() -> None:
    talk = wards()
    talk.text("Cháu học lớp 7 ạ. Bạn cháu hay bị đánh, tay bầm tím")
    assert talk.keys == [["child", "truth"]]
    talk.text("ở tổ 8 phường Cam Đường")
    assert card(2) in talk.said[0].lines
    talk = wards()
    talk.text("Cháu học lớp 7 ạ. Bạn cháu hay bị đánh, tay bầm tím", "2")
    assert talk.keys[0][0] == "board-head"


def test_danger_in_the_middle_of_a_search_is_noted_and_answered() -> None:
    talk = wards()
    talk.text("1", KNIFE)
    assert talk.keys == [["urgent", "find-ask"]]
    assert talk.parts == 1


@pytest.mark.parametrize("channel", [WEB, TELEGRAM])
def test_urgent_without_a_ward_asks_the_province_alone(channel: object) -> None:
    talk = wards(channel)  # type: ignore[arg-type] # a channel
    talk.text(KNIFE, "1")
    assert talk.keys == [["find-top"]]
    assert talk.conversation.seek == "send"
    talk.media("voice")
    assert talk.keys == [["draft-voice", "find-top"]]
    talk.text("1")
    (filed,) = (wish for wish in talk.done if isinstance(wish, FileTip))
    assert (filed.unit, filed.receiver, filed.box, filed.draft.urgent) == ("ht", "ht", None, True)
    assert talk.keys[0] == ["done-urgent"]
    assert talk.conversation.seek is None


def test_urgent_goes_to_the_only_province_at_once() -> None:
    talk = wards(tops=WITHIN)
    talk.text(KNIFE, "1")
    (filed,) = (wish for wish in talk.done if isinstance(wish, FileTip))
    assert filed.receiver == "ht"
    assert talk.keys[0] == ["done-urgent"]


def test_urgent_where_a_ward_or_a_province_is_typed_goes_there() -> None:
    for words, unit in (("cam duong", "cd"), ("ha tinh", "ht"), ("ở tổ 8 phường Cam Đường", "cd")):
        talk = wards()
        talk.text(KNIFE, "1", words)
        (filed,) = (wish for wish in talk.done if isinstance(wish, FileTip))
        assert (filed.receiver, filed.draft.urgent) == (unit, True)
        assert len(filed.draft.parts) == (2 if "tổ 8" in words else 1)
    talk = wards()
    talk.text(KNIFE, "1", "duong")
    assert talk.keys == [["find-noted", "find-many"]]
    talk.text("nó ở đâu rồi")
    assert talk.keys == [["find-noted", "find-ask"]]
    talk.text("0", "0")
    assert talk.keys == [["find-ask"]]
    talk.text("hoa binh", "1")
    (filed,) = (wish for wish in talk.done if isinstance(wish, FileTip))
    assert (filed.receiver, len(filed.draft.parts)) == ("nhl", 4)


def test_nothing_is_sent_while_the_ward_is_not_known() -> None:
    talk = wards()
    talk.text(TIP, "gửi")
    assert talk.keys == [["find-ask"]]
    talk.text("menu", "1")
    assert talk.keys == [["find-ask"]]
    talk.text("0", "1", "2", "1")
    assert talk.keys == [["send-confirm"]]


def test_a_file_that_cannot_be_cleaned_is_asked_about_before_it_goes_to_the_province() -> None:
    talk = wards(tops=WITHIN)
    talk.text(KNIFE)
    talk.raw()
    assert talk.keys == [["media-raw"]]
    talk.text("1")
    assert talk.keys == [["draft-file", "find-ask"]]


def test_numbers_are_looked_for_by_words() -> None:
    talk = wards()
    talk.start()
    talk.text("3")
    assert talk.keys == [["find-ask"]]
    assert talk.conversation.seek == "board"
    talk.text("cam duong")
    assert talk.keys[0][0] == "board-head"
    assert (talk.conversation.state, talk.conversation.unit) == ("board", None)
    talk.text("1")
    assert talk.page[0][0] == "Số cần gọi, phường Cam Đường. Gọi thì người nghe thấy số máy của bà con."
    talk.text("0")
    assert talk.keys == [["start-nobox", "menu-ask"]]


def test_numbers_are_picked_from_lists() -> None:
    talk = wards()
    talk.start()
    talk.text("3", "0", "1", "1")
    assert talk.page[0][0].startswith("Số cần gọi, phường Cam Đường.")
    talk.text("menu", "3", "0", "1", "4")
    assert talk.page[0][0].startswith("Số cần gọi, tỉnh Hà Tĩnh.")


def test_what_is_told_while_numbers_were_looked_for_begins_a_tip() -> None:
    talk = wards()
    talk.start()
    talk.text("3", LONG)
    assert talk.keys == [["find-noted", "find-ask"]]
    assert talk.conversation.seek == "tip"
    talk = wards()
    talk.start()
    talk.text("3")
    talk.photo()
    assert (talk.parts, talk.conversation.seek) == (1, "tip")


def test_a_question_for_numbers_names_a_ward_or_asks_for_it() -> None:
    asked = "so dien thoai cong an phuong cam duong"
    for desk in (HOUSE, WARD):
        talk = wards(desk=desk)
        talk.start()
        talk.boards[asked] = talk.boards["cd"]
        talk.text(asked)
        assert talk.page[0][-3:] == [
            "Số này kiểm tra lần cuối ngày 02/05, có thể đã đổi.",
            "1. Xem thêm",
            "0. Quay lại",
        ]
    talk = wards()
    talk.text("số điện thoại công an phường nào gần chợ")
    assert talk.keys[0][-1] == "find-ask"
    talk = wards(desk=WARD)
    talk.start()
    talk.text("số điện thoại công an phường")
    assert talk.keys[0][0] == "board-head"


def test_another_wards_name_on_a_board_shows_its_numbers() -> None:
    talk = wards(desk=WARD)
    talk.start()
    talk.text("3", "cam duong")
    assert talk.page[0][0].startswith("Số cần gọi, phường Cam Đường.")
    talk.text("có người đốt pháo")
    assert talk.parts == 1
    talk.text("menu", "xóa", "1", "3", LONG)
    assert talk.parts == 1
    talk.text("menu", "xóa", "1", "3", "alo")
    assert talk.keys == [["start-back", "menu-ask"]]
    talk.text("3", KNIFE)
    assert talk.keys == [["urgent"]]
    talk = begun()
    talk.text("3", "cam duong")
    assert talk.parts == 1


def test_with_one_ward_a_card_offers_no_other_receiver() -> None:
    talk = begun()
    talk.text(TIP)
    assert talk.conversation.menu == CARD


@pytest.mark.parametrize("typed", ["cd-1", " cd-1. ", "#cd-1"])
def test_a_boxs_code_as_first_message_opens_that_box(typed: str) -> None:
    by_link, by_hand = wards(), wards()
    by_link.start("cd-1")
    by_hand.text(typed)
    assert (by_hand.keys, by_hand.conversation.menu) == (by_link.keys, by_link.conversation.menu)
    assert (by_hand.conversation.unit, by_hand.conversation.box, by_hand.parts) == ("cd", "cd-1", 0)


def test_a_boxs_code_answers_which_ward() -> None:
    talk = wards()
    talk.text(TIP)
    talk.text("cd-1")
    assert (talk.conversation.unit, talk.conversation.box, talk.parts) == ("cd", "cd-1", 1)
    assert talk.conversation.menu == CARD_DOORS
    board = wards()
    board.text("số điện thoại")
    board.text("cd-1")
    assert (board.conversation.state, board.conversation.unit) == ("board", "cd")


@pytest.mark.parametrize("words", ["38A-12345", "cd-1 có người phá khóa", "cd"])
def test_what_is_no_boxs_code_is_told_as_before(words: str) -> None:
    talk = wards(desk=WARD)
    talk.text(words)
    assert (talk.parts, talk.conversation.box) == (1, None)


def test_a_code_within_a_tip_is_a_part_of_it() -> None:
    talk = wards(desk=WARD)
    talk.text(TIP)
    talk.text("cd-1")
    assert (talk.parts, talk.conversation.unit) == (2, "nhl")
