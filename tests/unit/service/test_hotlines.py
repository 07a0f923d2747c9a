"""What operators do with numbers: put up, change, order, check, take off; and what is refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection
from unit.service import wrong_rows
from unit.service.boards_world import NOW, PROVINCE, WARD, hotline, in_database

from bot.service.boards import today
from bot.service.errors import NotAccepted
from bot.service.founding import NATIONAL
from bot.service.hotlines import acts, words
from bot.service.hotlines.rules import Sketch

DUTY = Sketch("0239.000.0000", "Trực ban Công an phường", hours_vi="24/24")
TODAY = today(NOW)


def told(work: Callable[[Connection], object]) -> str:
    with pytest.raises(NotAccepted) as refused:
        in_database(work)
    return wrong_rows.said(refused.value)


def put(connection: Connection, sketch: Sketch = DUTY, unit: str = WARD) -> acts.Listed:
    return acts.add(connection, unit, sketch, NOW)


def numbers(connection: Connection, unit: str | None = WARD) -> list[str]:
    return [one.number for one in acts.listed(connection, unit, NOW)]


def test_a_number_is_put_up_as_it_is_read_out_with_what_follows_from_its_role() -> None:
    assert in_database(put) == acts.Listed(
        unit=WARD,
        number="0239 000 0000",
        tel="tel:+842390000000",
        kind="police",
        role_vi="Trực ban Công an phường",
        role_en="Ward police duty desk",
        hours_vi="24/24",
        hours_en="24 h",
        checked=None,
        stale=True,
        source=None,
    )


def test_a_board_is_listed_as_people_see_it_and_all_numbers_where_they_were_put_up() -> None:
    def work(connection: Connection) -> None:
        put(connection, replace(DUTY, number="0239 000 0009"), PROVINCE)
        put(connection)
        national = [one.number for one in NATIONAL]
        assert numbers(connection) == ["0239 000 0000", "0239 000 0009", *national]
        assert numbers(connection, PROVINCE) == ["0239 000 0009", *national]
        assert numbers(connection, "national") == national
        assert numbers(connection, None) == ["0239 000 0000", "0239 000 0009", *national]
        assert [one.unit for one in acts.listed(connection, None, NOW)][:3] == [WARD, PROVINCE, "national"]

    in_database(work)


@pytest.mark.parametrize(
    ("sketch", "said"),
    [
        (replace(DUTY, number="0230 000 0000"), "the number has an area code that there is not"),
        (replace(DUTY, role_vi=" "), "role_vi is empty"),
        (
            replace(DUTY, role_vi="x" * 201),
            "role_vi is longer than 200 characters; role_en is longer than 200 characters",
        ),
        (replace(DUTY, hours_en="x" * 101), "hours_en is longer than 100 characters"),
        (
            replace(DUTY, role_vi="Đ/c Nguyễn Văn A"),
            "the role names a person: say the role alone, unless that person has agreed (by command: --named)",
        ),
        (replace(DUTY, checked=TODAY.replace(year=2027)), "checked lies in the future"),
    ],
)
def test_what_cannot_stand_on_a_board_is_refused(sketch: Sketch, said: str) -> None:
    assert told(lambda connection: put(connection, sketch)) == said


def test_a_person_is_named_only_where_he_has_agreed() -> None:
    named = replace(DUTY, role_vi="Đ/c Nguyễn Văn A, Công an phường", named=True)
    assert in_database(lambda connection: put(connection, named)).role_vi == "Đ/c Nguyễn Văn A, Công an phường"


@pytest.mark.parametrize("written", ["0239 000 0000", "+84 239 000 0000"])
def test_a_number_stands_once_on_a_unit_s_board(written: str) -> None:
    def work(connection: Connection) -> None:
        put(connection)
        put(connection, replace(DUTY, number=written))

    assert told(work) == "this number is on the board already: change it with hopthu hotline change"


def test_nothing_is_done_to_a_unit_or_number_that_is_not_there() -> None:
    no_unit, no_number = "there is no such unit here", "there is no such number on this board: see hopthu hotline list"
    assert told(lambda c: put(c, DUTY, "99999")) == no_unit
    assert told(lambda c: acts.listed(c, "99999", NOW)) == no_unit
    assert told(lambda c: acts.check(c, "99999", (), NOW)) == no_unit
    assert told(lambda c: acts.change(c, WARD, "113", DUTY, now=NOW)) == no_number
    assert told(lambda c: acts.remove(c, WARD, "0239 000 0000")) == no_number
    assert told(lambda c: acts.order(c, WARD, ("0239 000 0000",), NOW)) == no_number


def test_changing_a_word_keeps_the_rest_and_changing_the_number_wants_a_check() -> None:
    def work(connection: Connection) -> None:
        put(connection, replace(DUTY, checked=TODAY, role_en="Desk"))
        kept = acts.change(connection, WARD, "02390000000", Sketch(hours_vi="giờ hành chính"), now=NOW)
        assert (kept.role_en, kept.hours_en, kept.checked) == ("Desk", "office hours", TODAY.isoformat())
        same = acts.change(connection, WARD, "02390000000", Sketch(number="0239-000-0000"), now=NOW)
        assert (same.number, same.checked) == ("0239 000 0000", TODAY.isoformat())
        moved = acts.change(connection, WARD, "02390000000", Sketch(number="0239 000 0005"), now=NOW)
        assert (moved.number, moved.checked, moved.stale) == ("0239 000 0005", None, True)
        other = acts.change(connection, WARD, "0239 000 0005", Sketch(role_vi="Chủ tịch phường"), now=NOW)
        assert (other.role_en, other.kind) == ("Chair of the ward", "leaders")
        bare = acts.change(connection, WARD, "0239 000 0005", Sketch(hours_vi=""), now=NOW)
        assert (bare.hours_vi, bare.hours_en) == ("", "")

    in_database(work)


def test_a_built_in_number_is_changed_and_never_taken_off() -> None:
    def work(connection: Connection) -> None:
        changed = acts.change(connection, "national", "115", Sketch(number="112 "), now=NOW)
        assert changed.number == "112"

    assert told(work) == "this number is on the board already: change it with hopthu hotline change"
    changed = in_database(
        lambda c: acts.change(c, "national", "115", Sketch(number="116", role_vi="Cấp cứu mới"), now=NOW)
    )
    assert (changed.number, changed.role_vi, changed.source) == ("116", "Cấp cứu mới", "congan.daklak.gov.vn")
    refused = told(lambda connection: acts.remove(connection, "national", "113"))
    assert refused == "a national number stays on every board: change it where it has changed"


def test_a_number_of_a_unit_is_taken_off_and_one_added_for_the_country_too() -> None:
    def work(connection: Connection) -> None:
        put(connection)
        put(connection, replace(DUTY, number="1022"), "national")
        acts.remove(connection, WARD, "0239 000 0000")
        acts.remove(connection, "national", "1022")
        assert numbers(connection) == [one.number for one in NATIONAL]

    in_database(work)


def test_numbers_that_were_called_are_checked_today_and_all_at_once_if_none_is_named() -> None:
    def work(connection: Connection) -> None:
        for last in range(3):
            put(connection, replace(DUTY, number=f"0239 000 000{last}"))
        assert [one.number for one in acts.check(connection, WARD, ("02390000001",), NOW)] == ["0239 000 0001"]
        assert [one.stale for one in acts.listed(connection, WARD, NOW)][:3] == [True, False, True]
        assert len(acts.check(connection, WARD, (), NOW)) == 3
        assert {one.checked for one in acts.listed(connection, WARD, NOW)[:3]} == {TODAY.isoformat()}

    in_database(work)


def test_numbers_are_put_in_order_and_the_others_stay_behind_them() -> None:
    def work(connection: Connection) -> None:
        for last in range(4):
            put(connection, replace(DUTY, number=f"0239 000 000{last}"))
        found = acts.order(connection, WARD, ("0239 000 0003", "0239 000 0001", "0239 000 0003"), NOW)
        assert [one.number[-1] for one in found[:4]] == ["3", "1", "0", "2"]
        put(connection, replace(DUTY, number="0239 000 0004"))
        assert numbers(connection)[4] == "0239 000 0004"

    in_database(work)


def test_a_number_from_before_numbers_were_looked_at_can_be_mended() -> None:
    def work(connection: Connection) -> None:
        hotline(connection, WARD, "0239 9")
        assert (
            acts.change(connection, WARD, "0239 9", Sketch(number="0239 000 0000"), now=NOW).number == "0239 000 0000"
        )

    in_database(work)


@pytest.mark.parametrize(
    ("role", "english", "kind"),
    [
        ("TRƯỞNG CÔNG AN XÃ", "Chief of the commune police", "police"),
        ("truc ban cong an tinh", "Provincial police duty desk", "police"),
        ("Chủ tịch UBND phường", "Chair of the ward", "leaders"),
        ("Tổ trưởng tổ dân phố", "Head of the residential group", "leaders"),
        ("Trạm y tế xã", "Commune health station", "other"),
        ("Đội PCCC", "Đội PCCC", "police"),
    ],
)
def test_common_roles_are_said_in_english_and_known_by_kind(role: str, english: str, kind: str) -> None:
    assert (words.role_in_english(role), words.kind_of_role(role)) == (english, kind)


@pytest.mark.parametrize(
    ("role", "named"),
    [
        ("Ông Nguyễn Văn A", True),
        ("Trưởng Công an phường, ông Nguyễn Văn A", True),
        ("đồng chí Nguyễn Văn A", True),
        ("Mr. John Doe", True),
        ("Công an phường Bà Rịa", False),
        ("Công an Bà Rịa Vũng Tàu", False),
        ("Trực ban Công an phường Ông Ích Khiêm", False),
        ("Trực ban", False),
    ],
)
def test_a_role_that_names_a_person_is_seen(role: str, named: bool) -> None:
    assert words.names_a_person(role) is named
