"""State `route`: who receives a draft, and the offer to pass over the ward."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.handlers.talk import NHL, PROVINCE, Talk, begun
from unit.handlers.wards import HOUSE, OTHER, WARD, wards

from handlers.cards import CARD, CARD_DOORS
from handlers.silence import STEP_SECONDS
from handlers.staff import accused
from handlers.values import Door, Name, line
from handlers.wishes import FileTip

TIP = "tối qua ở chợ có người phá khóa"
BRIBE = "ong cong an phuong nhan tien cua quan karaoke nen khong ai dam noi"
LONG = "hai thằng đi xe máy đen vào ngõ rồi lại chạy ra ngay"
INSPECTORATE = Name("Thanh tra Công an tỉnh Hà Tĩnh", "Hà Tĩnh police inspectorate")
OFFER = [
    "Nếu chuyện liên quan đến người của công an phường, xã, bà con có thể gửi thẳng lên trên. Công an phường, xã sẽ không thấy tin này.",  # noqa: E501 - as it is shown
    "1. Công an tỉnh Hà Tĩnh, không qua công an phường, xã",
    "2. Công an phường Nam Hồng Lĩnh",
]
DOORS = [
    "Tin này gửi đến đâu?",
    "1. Công an phường Nam Hồng Lĩnh",
    "2. Công an tỉnh Hà Tĩnh, không qua công an phường, xã",
    "3. Phường, xã khác",
    "0. Quay lại",
]


def in_ward() -> Talk:
    """A chat of a ward with a province above and another ward beside."""
    talk = wards()
    talk.start("nhl-1")
    return talk


def door(talk: Talk) -> str | None:
    assert talk.conversation.draft is not None
    return talk.conversation.draft.door


def filed(talk: Talk) -> FileTip:
    (wish,) = (wish for wish in talk.done if isinstance(wish, FileTip))
    return wish


def test_the_card_offers_to_change_who_receives() -> None:
    talk = in_ward()
    talk.text(TIP)
    assert talk.conversation.menu == CARD_DOORS
    talk.text("5")
    assert talk.page == [DOORS]
    talk.text("0")
    assert talk.keys[0][0] == "draft-card"


def test_a_ward_that_is_gone_before_the_last_step_is_asked_for_again() -> None:
    talk = in_ward()
    talk.text(TIP, "1")
    talk.boxes["nhl-1"] = talk.units["nhl"] = HOUSE
    talk.text("1")
    assert (talk.keys, talk.conversation.state, talk.parts) == ([["find-ask"]], "find", 1)
    assert talk.done == []


def test_passing_over_the_ward_names_it_nowhere() -> None:
    talk = in_ward()
    talk.text(TIP, "5", "2")
    assert talk.page[0][:2] == [
        "Nơi nhận: Công an tỉnh Hà Tĩnh. Công an phường Nam Hồng Lĩnh không thấy tin này.",
        "Đã ghi 1 phần. CHƯA GỬI. Nơi nhận: Công an tỉnh Hà Tĩnh.",
    ]
    talk.text("1")
    assert talk.said[0].lines == (line("send-confirm", count=1, unit=PROVINCE),)
    talk.text("1")
    assert (filed(talk).unit, filed(talk).receiver, filed(talk).box) == ("ht", "ht", None)
    assert filed(talk).passed == "nhl"
    assert (talk.conversation.unit, talk.conversation.box) == ("nhl", "nhl-1")


def test_one_can_come_back_to_the_ward() -> None:
    talk = in_ward()
    talk.text(TIP, "5", "2", "5")
    assert talk.page == [DOORS]
    talk.text("2")
    assert talk.keys == [["draft-card"]]
    talk.text("5", "một")
    assert talk.said[0].lines == (line("draft-card", count=1, unit=NHL),)
    assert door(talk) is None
    talk.text("5", "1", "1", "1")
    assert (filed(talk).unit, filed(talk).box, filed(talk).passed) == ("nhl", "nhl-1", None)


def test_another_ward_is_looked_for() -> None:
    talk = in_ward()
    talk.text(TIP, "5", "3")
    assert talk.keys == [["find-ask"]]
    talk.photo()
    assert talk.keys == [["draft-photo", "find-ask"]]
    talk.text("cam duong")
    assert talk.conversation.unit == "cd"
    talk.text("1", "1")
    assert (filed(talk).unit, filed(talk).box, filed(talk).passed) == ("cd", None, None)


def test_words_about_the_wards_police_offer_to_pass_them_over_once() -> None:
    talk = in_ward()
    talk.text(BRIBE)
    assert talk.page == [OFFER]
    assert talk.conversation.state == "route"
    talk.text("1")
    assert talk.keys == [["route-done", "draft-card"]]
    assert door(talk) == "ht"
    talk.text(BRIBE)
    assert talk.keys[0][0] == "draft-card"
    talk = in_ward()
    talk.text(BRIBE, "2", BRIBE)
    assert (talk.keys[0][0], door(talk)) == ("draft-card", None)


def test_the_offer_waits_for_the_ward_and_for_what_is_more_pressing() -> None:
    talk = wards()
    talk.text(BRIBE)
    assert talk.keys[0][-1] == "find-ask"
    talk.text("cam duong")
    assert talk.keys == [["route-offer"]]
    talk = in_ward()
    talk.text("công an phường nhận tiền, nó đang cầm dao")
    assert talk.keys == [["urgent"]]
    talk.text("0")
    assert talk.keys == [["route-offer"]]
    talk = in_ward()
    talk.text("tôi là Nguyễn Văn An, công an phường nhận tiền")
    assert talk.keys == [["route-offer"]]
    talk.text("2")
    assert talk.keys == [["warn-name"]]


def test_nothing_more_is_asked_of_whoever_sends_urgently() -> None:
    talk = in_ward()
    talk.text("công an phường nhận tiền, nó đang cầm dao", "1")
    assert filed(talk).draft.urgent
    talk = in_ward()
    talk.text(TIP, "2", BRIBE)
    assert talk.keys[0][-1] == "draft-card"


def test_without_a_unit_above_nothing_is_offered() -> None:
    talk = begun()
    talk.text(BRIBE)
    assert talk.keys[0][0] == "draft-card"
    assert talk.conversation.menu == CARD


def test_while_the_doors_are_shown_a_telling_text_and_files_are_noted() -> None:
    talk = in_ward()
    talk.text(TIP, "5", "ở đâu cũng được")
    assert talk.keys == [["not-understood", "route-ask"]]
    talk.text(LONG)
    assert talk.keys == [["find-noted", "route-ask"]]
    talk.photo()
    assert talk.keys == [["draft-photo", "route-ask"]]
    talk.place()
    assert talk.keys == [["draft-place", "route-ask"]]
    talk.text("nó đang cầm dao")
    assert talk.keys == [["urgent"]]
    assert talk.parts == 5


def test_the_offer_stays_an_offer_while_it_is_not_answered() -> None:
    talk = in_ward()
    talk.text(BRIBE, "7")
    assert talk.page == [["Không có số 7 trong các mục. Nếu đó là nội dung tin, xin viết kèm vài chữ.", *OFFER]]
    talk.text(LONG)
    assert talk.keys == [["find-noted", "route-offer"]]
    talk.text("0")
    assert talk.keys == [["draft-card"]]


def test_half_an_hour_of_silence_ends_the_question() -> None:
    talk = in_ward()
    talk.text(TIP, "5")
    talk.wait(STEP_SECONDS)
    talk.text("2")
    assert talk.conversation.state == "collect"
    assert door(talk) is None


def test_a_box_of_another_place_asks_before_it_changes_who_receives() -> None:
    talk = in_ward()
    talk.text(TIP)
    talk.start("cd-1")
    asked = ["Tin này gửi đến đâu?", "1. Công an phường Nam Hồng Lĩnh", "2. Công an phường Cam Đường"]
    assert talk.page == [asked]
    talk.text("1")
    assert (talk.keys, talk.conversation.unit) == ([["draft-card"]], "nhl")
    talk.start("cd-1")
    talk.text("2")
    assert (talk.conversation.unit, talk.conversation.box) == ("cd", "cd-1")
    assert talk.keys == [["draft-card"]]


def test_the_wards_own_box_asks_too_where_the_draft_passes_over_it() -> None:
    talk = in_ward()
    talk.text(TIP, "5", "2")
    talk.start("nhl-1")
    assert talk.page == [["Tin này gửi đến đâu?", "1. Công an tỉnh Hà Tĩnh", "2. Công an phường Nam Hồng Lĩnh"]]
    talk.text("0")
    assert door(talk) == "ht"


def test_an_unknown_box_and_an_addition_change_nothing() -> None:
    talk = in_ward()
    talk.text(TIP)
    talk.start("nowhere")
    assert talk.keys == [["start-nobox", "draft-open", "menu-ask"]] or talk.keys[0][-1] == "menu-ask"
    assert talk.conversation.unit == "nhl"


def test_of_a_unit_above_that_lost_its_officers_the_person_is_told() -> None:
    talk = in_ward()
    ministry = replace(OTHER, unit="ht", name=PROVINCE, receiver="bca", receiver_name=NHL, box=None)
    talk.units["ht"] = ministry
    talk.text(TIP, "5", "2")
    assert "route-none" in talk.keys[0]


def test_where_nothing_is_above_only_another_ward_is_another_door() -> None:
    talk = in_ward()
    talk.boxes["nhl-1"] = talk.units["nhl"] = replace(WARD, above=None, box="nhl-1")
    talk.start("nhl-1")
    talk.text(TIP, "5")
    assert talk.page == [[DOORS[0], DOORS[1], "2. Phường, xã khác", DOORS[4]]]
    talk.text(BRIBE)
    assert talk.keys == [["find-noted", "route-ask"]]


def test_a_ward_that_is_received_for_offers_no_unit_above() -> None:
    talk = Talk(desk=replace(WARD, above=None, others=False))
    talk.text(TIP)
    assert talk.conversation.menu == CARD


@pytest.mark.parametrize(
    "text",
    [
        BRIBE,
        "công an phường bảo kê cho sới bạc",
        "Quán này được công an xã bao che.",
        "chủ quán đút lót cho công an phường",
        "anh công an khu vực hay lấy tiền của mấy quán đó",
        "nó là người nhà của công an xã",
        "dan phong lam ngo",
        "the ward police take money from the bar",
        "the owner pays the local police",
        "a policeman covers up for them",
    ],
)
def test_words_that_offer(text: str) -> None:
    assert accused(text)


@pytest.mark.parametrize(
    "text",
    [
        TIP,
        "mong công an phường bắt bọn nhận tiền ghi đề",
        "đề nghị công an xã kiểm tra quán lấy tiền lô đề",
        "tôi đã báo công an phường. Chủ quán vẫn nhận tiền đề",
        "nhờ công an phường xử lý vụ thu tiền bảo kê ở chợ",
        "công an phường ở đâu",
        "số điện thoại công an phường",
        "thằng kia nhận tiền rồi bỏ trốn",
        "gần trụ sở công an phường có nhóm thanh niên tụ tập",
        "cán bộ phường có đến nhắc nhở một lần",
        "bảo vệ chợ thu tiền gửi xe",
        "kẻ giả danh gọi điện, nói có lệnh bắt, đòi chuyển tiền",
        "ask the ward police to check the bar",
        "please tell the local police to stop the men who take money",
        "the policeman helped us find the house",
    ],
)
def test_harmless_words(text: str) -> None:
    assert not accused(text)


def test_another_receiver_than_the_one_agreed_to_is_asked_about_again() -> None:
    talk = in_ward()
    talk.text(TIP, "1")
    assert talk.said[0].lines == (line("send-confirm", count=1, unit=NHL),)
    talk.boxes["nhl-1"] = talk.units["nhl"] = replace(WARD, receiver="ht", receiver_name=PROVINCE)
    talk.text("1")
    assert talk.done == []
    assert talk.keys == [["send-changed", "route-none", "send-confirm"]]
    talk.text("1")
    assert (filed(talk).unit, filed(talk).receiver) == ("nhl", "ht")


def test_a_receiver_that_changed_while_a_file_was_on_its_way_is_asked_about_again() -> None:
    talk = in_ward()
    talk.text(TIP, "1")
    talk.coming = 1
    talk.text("1")
    assert talk.keys == [["send-wait"]]
    talk.boxes["nhl-1"] = talk.units["nhl"] = replace(WARD, receiver="ht", receiver_name=PROVINCE)
    talk.coming = 0
    talk.photo()
    assert talk.keys == [["send-changed", "route-none", "send-confirm"]]
    assert not any(isinstance(wish, FileTip) for wish in talk.done)
    talk.text("1")
    assert filed(talk).receiver == "ht"


def test_what_is_urgent_goes_to_whoever_receives_now() -> None:
    talk = in_ward()
    talk.text(TIP, "1", "0", "nó đang cầm dao ở ngoài đường")
    talk.boxes["nhl-1"] = talk.units["nhl"] = replace(WARD, receiver="ht", receiver_name=PROVINCE)
    talk.text("1")
    assert filed(talk).receiver == "ht"


def test_an_inspectorate_that_was_named_is_offered_beside_the_unit_above() -> None:
    talk = wards(desk=HOUSE)
    talk.boxes["nhl-1"] = replace(WARD, box="nhl-1", inspectorate=Door("tt", INSPECTORATE))
    talk.units["tt"] = replace(WARD, unit="tt", name=INSPECTORATE, receiver="tt", receiver_name=INSPECTORATE)
    talk.start("nhl-1")
    talk.text(BRIBE)
    assert talk.page == [[OFFER[0], OFFER[1], "2. Thanh tra Công an tỉnh Hà Tĩnh", "3. Công an phường Nam Hồng Lĩnh"]]
    talk.text("2")
    assert talk.page[0][:2] == [
        "Nơi nhận: Thanh tra Công an tỉnh Hà Tĩnh. Công an phường Nam Hồng Lĩnh không thấy tin này.",
        "Đã ghi 1 phần. CHƯA GỬI. Nơi nhận: Thanh tra Công an tỉnh Hà Tĩnh.",
    ]
    talk.text("1", "1")
    assert (filed(talk).unit, filed(talk).receiver, filed(talk).box) == ("tt", "tt", None)


def test_an_inspectorate_alone_can_be_chosen_where_nobody_is_above() -> None:
    talk = wards(desk=HOUSE)
    talk.boxes["nhl-1"] = replace(WARD, box="nhl-1", above=None, inspectorate=Door("tt", INSPECTORATE))
    talk.start("nhl-1")
    talk.text(TIP)
    assert talk.conversation.menu == CARD_DOORS
    talk.text("5")
    assert talk.page[0][1:3] == ["1. Công an phường Nam Hồng Lĩnh", "2. Thanh tra Công an tỉnh Hà Tĩnh"]
