"""State `find` by a place: asked before it is used, held to a kilometre until then, and then by nothing any more."""

from __future__ import annotations

import pytest
from unit.handlers.talk import TELEGRAM, WEB, Talk
from unit.handlers.wards import AT_CD, AT_NHL, WARD, wards

from handlers.conversation import encode
from handlers.facts import PlaceReceived
from handlers.parts import nearby
from handlers.values import Channel, Fresh, Hits
from handlers.wishes import FileTip, KeepPlace

TIP = "tối qua ở chợ có người phá khóa"
KNIFE = "nó đang cầm dao ở ngoài đường"
NEAR = Hits("like", (AT_CD, AT_NHL))
ASKED = [
    "Dùng vị trí này để tìm phường, xã gần nhất? Vị trí chỉ dùng cho lần tìm này, làm tròn khoảng 1 km.",
    "1. Đồng ý",
    "0. Quay lại",
]
LISTED = [
    "Phường, xã gần vị trí này nhất. Bà con chọn số, hoặc gõ tên:",
    "1. phường Cam Đường, tỉnh Hà Tĩnh",
    "2. phường Nam Hồng Lĩnh, tỉnh Hà Tĩnh",
    "0. Quay lại",
]


def asked_for_a_ward(channel: Channel = TELEGRAM, *said: str) -> Talk:
    talk = wards(channel)
    talk.near = NEAR
    talk.start()
    talk.text("1", *said)
    return talk


@pytest.mark.parametrize("channel", [TELEGRAM, WEB])
def test_a_place_is_used_once_that_is_agreed_to(channel: Channel) -> None:
    talk = asked_for_a_ward(channel)
    talk.place("18.52345", "105.70891")
    assert (talk.page, talk.done, talk.parts) == ([ASKED], [], 0)
    assert not any("Near" in type(question).__name__ for question in talk.asked)
    talk.text("1")
    assert talk.page == [LISTED]
    talk.text("1")
    assert (talk.keys, talk.conversation.unit, talk.parts) == ([["tip-ask"]], "cd", 0)


def test_until_then_the_conversation_holds_it_to_a_kilometre_and_afterwards_not_at_all() -> None:
    talk = asked_for_a_ward()
    talk.place("18.52345", "105.70891")
    assert b"18.52:105.71" in encode(talk.conversation)
    assert b"18.523" not in encode(talk.conversation)
    talk.text("1")
    assert b"18.5" not in encode(talk.conversation)
    for other in ("0", "hoa binh", "menu"):
        talk.place("18.52345", "105.70891")
        talk.text(other)
        assert b"18.5" not in encode(talk.conversation)


@pytest.mark.parametrize("word", ["có", "Đồng ý", "ok"])
def test_yes_can_be_said_in_words(word: str) -> None:
    talk = asked_for_a_ward()
    talk.place()
    talk.text(word)
    assert talk.page == [LISTED]


def test_who_does_not_want_it_used_types_a_name() -> None:
    talk = asked_for_a_ward()
    talk.place()
    talk.text("0")
    assert talk.keys == [["find-ask"]]
    talk.place()
    talk.text("cam duong")
    assert talk.conversation.unit == "cd"


def test_where_nothing_is_near_that_is_said() -> None:
    talk = asked_for_a_ward()
    talk.near = Hits("like")
    talk.place()
    talk.text("1")
    assert talk.keys == [["find-near-none"]]
    talk.text("0")
    assert talk.keys == [["find-top"]]


def test_the_place_of_a_tip_is_a_part_of_it_and_only_used_if_that_is_said() -> None:
    talk = wards()
    talk.near = NEAR
    talk.place("18.52345", "105.70891")
    assert talk.keys == [["start-nobox", "truth", "draft-place", "find-pin-ask"]]
    (kept,) = (wish for wish in talk.done if isinstance(wish, KeepPlace))
    assert (kept.latitude, kept.longitude) == ("18.52345", "105.70891")
    talk.text("1")
    assert (talk.page, talk.parts) == ([LISTED], 1)
    talk.text("2", "1", "1")
    (filed,) = (wish for wish in talk.done if isinstance(wish, FileTip))
    assert (filed.unit, [part.kind for part in filed.draft.parts]) == ("nhl", ["place"])


def test_a_place_while_a_tip_waits_for_its_ward_is_both() -> None:
    talk = wards()
    talk.near = NEAR
    talk.text(TIP)
    talk.place()
    assert (talk.keys, talk.parts) == ([["draft-place", "find-pin-ask"]], 2)
    talk.text("cam duong")
    assert talk.said[0].lines[0].key == "draft-card"


def test_with_a_known_ward_a_place_asks_nothing() -> None:
    talk = wards(desk=WARD)
    talk.start()
    talk.place()
    assert (talk.keys, talk.parts) == ([["draft-place", "draft-card"]], 1)


def test_another_ward_can_be_looked_for_by_a_place() -> None:
    talk = wards()
    talk.near = NEAR
    talk.start("nhl-1")
    talk.text(TIP, "5", "3")
    talk.place()
    assert (talk.keys, talk.parts) == ([["draft-place", "find-pin-ask"]], 2)
    talk.text("1", "1")
    assert talk.conversation.unit == "cd"


def test_numbers_are_looked_for_by_a_place_and_it_begins_no_tip() -> None:
    talk = wards()
    talk.near = NEAR
    talk.start()
    talk.text("3")
    talk.place()
    assert (talk.page, talk.parts, talk.conversation.seek) == ([ASKED], 0, "board")
    talk.text("1", "1")
    assert talk.page[0][0].startswith("Số cần gọi, phường Cam Đường.")


def test_where_someone_is_in_danger_sending_stays_the_first_step() -> None:
    talk = wards()
    talk.near = NEAR
    talk.text(KNIFE)
    talk.place()
    assert talk.page[0][-3:] == ["1. Gửi khẩn ngay", "2. Đồng ý", "0. Quay lại"]
    talk.text("2", "1")
    assert (talk.conversation.unit, talk.parts) == ("cd", 2)
    talk = wards()
    talk.near = NEAR
    talk.text(KNIFE, "1")
    talk.place()
    talk.text("1", "2")
    (filed,) = (wish for wish in talk.done if isinstance(wish, FileTip))
    assert (filed.receiver, filed.draft.urgent, len(filed.draft.parts)) == ("nhl", True, 2)


def test_a_place_nowhere_on_earth_is_not_understood() -> None:
    talk = asked_for_a_ward()
    talk.place("91")
    assert talk.keys == [["not-understood", "find-ask"]]


def test_half_an_hour_of_silence_forgets_the_place() -> None:
    talk = asked_for_a_ward()
    talk.place("18.52345", "105.70891")
    talk.wait(1800)
    talk.text("1")
    assert talk.keys == [["start-nobox", "menu-ask"]]
    assert b"18.5" not in encode(talk.conversation)


@pytest.mark.parametrize(
    ("latitude", "longitude", "near"),
    [
        ("18.52345", "105.70891", "18.52:105.71"),
        ("-0.00001", "7", "0.00:7.00"),
        ("-18.529", "-105.7", "-18.53:-105.70"),
    ],
)
def test_near_is_a_kilometre(latitude: str, longitude: str, near: str) -> None:
    place = PlaceReceived(0, TELEGRAM, Fresh(b""), latitude, longitude)
    assert nearby(place) == near
