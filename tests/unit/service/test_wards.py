"""Finding a ward by what people type, over units of a small country."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from bot.service import wards as searching
from bot.service.country.atlas import Ward, atlas
from bot.service.country.kinds import english, small
from bot.service.country.nearest import nearest
from bot.service.site import MemoryFloors, SheetBook, Site, find_desk
from bot.service.wards import PAGE, Finder
from crypto.hybrid import Identity
from crypto.sheets import Officer, Sheet, sign_sheet
from crypto.signing import Signer
from handlers.values import Door, Hits, Name
from storage.database import open_database
from storage.repositories import hamlets, sheets, units
from storage.repositories.hamlets import Hamlet
from storage.repositories.units import Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NOW = 1_795_000_000
AUTHORITY = Signer.generate()
SITE = Site("site", b"s" * 16, demo=True, authority=AUTHORITY.verify_key)
OFFICER = Officer("s1", "a", "duty", Identity.generate().recipient, Signer.generate().verify_key, 0, None)
HA_TINH, LAO_CAI = Name("tỉnh Hà Tĩnh", "Hà Tĩnh province"), Name("tỉnh Lào Cai", "Lào Cai province")
NHL = "phường Nam Hồng Lĩnh"
NOWHERE = ("ma túy", "", "   ", "12", "phường", "đi đâu", "tương lai", "nam son", "vong", "?" * 500)
COUNTRY = (
    Unit("42", HA_TINH.vi, HA_TINH.en, None, 0),
    Unit("15", LAO_CAI.vi, LAO_CAI.en, None, 0),
    Unit("99", "tỉnh Không Ai", "Nobody province", None, 0),
    Unit("18118", NHL, "Nam Hồng Lĩnh ward", "42", 0),
    Unit("18121", "phường Bắc Hồng Lĩnh", "Bắc Hồng Lĩnh ward", "42", 0),
    Unit("18119", "phường Đậu Liêu", "Đậu Liêu ward", "42", 0, valid_to=NOW - 5, successor="18118"),
    Unit("18120", "phường Đi Đâu", "Đi Đâu ward", "42", 0, valid_to=NOW - 5),
    Unit("18200", "xã Hòa Bình", "Hòa Bình commune", "42", 0),
    Unit("02647", "phường Cam Đường", "Cam Đường ward", "15", 0),
    Unit("02648", "phường Lào Cai", "Lào Cai ward", "15", 0),
    Unit("02700", "xã Hoa Bình", "Hoa Bình commune", "15", 0),
    Unit("02701", "phường Hòa Bình", "Hòa Bình ward", "15", 0),
    Unit("02702", "phường Tương Lai", "Future ward", "15", NOW + 1),
    Unit("99001", "phường Nam Sơn", "Nam Sơn ward", "99", 0),
    Unit("99002", "phường Vòng", "Circle ward", "99002", 0),
)


@pytest.fixture
def finder() -> Iterator[Finder]:
    engine = sqlite_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for unit in COUNTRY:
            units.put_unit(connection, unit)
        for code, name, parent in (
            ("42", HA_TINH.vi, None),
            ("15", LAO_CAI.vi, None),
            ("18118", COUNTRY[3].name_vi, "42"),
        ):
            sheet = Sheet("site", True, code, name, parent, 1, NOW - 10, NOW + 1000, (OFFICER,), None)
            sheets.add(connection, sheets.StoredSheet(code, 1, sign_sheet(sheet, AUTHORITY)))
        yield Finder(connection, SheetBook(SITE, MemoryFloors()), NOW)
    engine.dispose()


def codes(hits: Hits) -> tuple[str, list[str]]:
    return hits.how, sorted(place.unit for place in hits.places)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("nam hong linh", "18118"),
        ("Nam Hồng Lĩnh", "18118"),
        ("Phường Nam Hồng Lĩnh.", "18118"),
        ("p. nam hong linh", "18118"),
        ("công an phường Nam Hồng Lĩnh, tỉnh Hà Tĩnh", "18118"),
        ("nam hong linh ha tinh", "18118"),
        ("Nam Hong Linh ward", "18118"),
        ("ở phường Cam Đường", "02647"),
        ("lao cai", "02648"),
        ("xa hoa binh ha tinh", "18200"),
        ("phuong hoa binh", "02701"),
        ("Hoa Bình", "02700"),
        ("dau lieu", "18118"),
    ],
)
def test_a_name_is_found_however_it_is_typed(finder: Finder, words: str, unit: str) -> None:
    hits = finder.find(words)
    assert codes(hits) == ("named", [unit])
    assert hits.desk == find_desk(finder.connection, finder.book, NOW, box=None, unit=unit)


def test_an_old_name_says_what_it_was(finder: Finder) -> None:
    (place,) = finder.find("phường đậu liêu").places
    assert (place.was, place.name.vi, place.above) == (
        Name("Phường Đậu Liêu", "Đậu Liêu ward"),
        "phường Nam Hồng Lĩnh",
        HA_TINH,
    )
    (place,) = finder.find("nam hong linh").places
    assert place.was is None


def test_old_names_that_lead_to_each_other_end(finder: Finder) -> None:
    finder.connection.exec_driver_sql("UPDATE units SET successor = '18120' WHERE code = '18119'")
    finder.connection.exec_driver_sql("UPDATE units SET successor = '18119' WHERE code = '18120'")
    assert finder.find("di dau").places == ()


def test_a_name_of_several_is_narrowed_by_marks_or_province(finder: Finder) -> None:
    assert codes(finder.find("hoa binh")) == ("named", ["02700", "02701", "18200"])
    assert codes(finder.find("Hòa Bình")) == ("named", ["02701", "18200"])
    assert codes(finder.find("hoa binh lao cai")) == ("named", ["02700", "02701"])
    assert finder.find("hoa binh").desk is None


def test_a_name_with_its_kind_is_found_among_other_words(finder: Finder) -> None:
    assert codes(finder.find("ở tổ 8 phường Cam Đường hay tụ tập")) == ("told", ["02647"])
    assert codes(finder.find("in group 8, Cam Đường ward")) == ("told", ["02647"])
    assert codes(finder.find("quán đầu xã Hòa Bình tỉnh Hà Tĩnh đấy")) == ("told", ["18200"])
    assert codes(finder.find("quan o cam duong hay tu tap")) == ("like", [])


def test_a_piece_of_a_name_is_like_it(finder: Finder) -> None:
    assert codes(finder.find("hong linh")) == ("like", ["18118", "18121"])
    assert codes(finder.find("hong linh, ha tinh")) == ("like", ["18118", "18121"])
    assert codes(finder.find("bac")) == ("like", ["18121"])
    assert codes(finder.find("x")) == ("like", [])


@pytest.mark.parametrize(
    "words", ["ma túy", "", "   ", "12", "phường", "đi đâu", "tương lai", "nam son", "vong", "?" * 500]
)
def test_what_is_nowhere_is_not_found(finder: Finder, words: str) -> None:
    assert finder.find(words).places == ()


def test_a_province_has_its_wards_listed(finder: Finder) -> None:
    hits = finder.find("tinh ha tinh")
    assert codes(hits) == ("list", ["18118", "18121", "18200"])
    assert hits.under is not None
    assert (hits.under.name, hits.desk and hits.desk.receiver, hits.more) == (HA_TINH, "42", False)
    assert [place.name.vi for place in hits.places] == ["phường Bắc Hồng Lĩnh", "xã Hòa Bình", "phường Nam Hồng Lĩnh"]


def test_the_units_at_the_top_are_listed(finder: Finder) -> None:
    hits = finder.listed(None, 0)
    assert [(place.unit, place.leaf) for place in hits.places] == [("42", False), ("15", False)]
    assert hits.under is None
    assert codes(finder.listed("15", 0)) == ("list", ["02647", "02648", "02700", "02701"])


def test_of_one_unit_at_the_top_its_wards_are_listed_in_pages(finder: Finder) -> None:
    finder.connection.exec_driver_sql("DELETE FROM sheets WHERE unit_id = '15'")
    for n in range(PAGE):
        units.put_unit(finder.connection, Unit(f"1830{n}", f"xã Số {n}", f"Số {n} commune", "42", 0))
    first, second, beyond = (finder.listed(None, page) for page in (0, 1, 9))
    assert [len(hits.places) for hits in (first, second)] == [PAGE, 3]
    assert (first.more, second.more, beyond) == (True, False, first)
    assert first.under is not None
    assert first.under.unit == "42"


def test_a_unit_without_officers_is_not_offered_itself(finder: Finder) -> None:
    finder.connection.exec_driver_sql("UPDATE sheets SET unit_id = '99' WHERE unit_id = '15'")
    hits = finder.listed("99", 0)
    assert hits.desk is None


def test_a_wards_name_among_words_leads_to_its_board(finder: Finder) -> None:
    assert finder.named("so dien thoai cong an phuong cam duong") == "02647"
    assert finder.named("cam duong") == "02647"
    assert finder.named("hong linh") is None
    assert finder.named("hoa binh") is None
    assert finder.named("tỉnh hà tĩnh") is None


def test_which_ward_is_not_known_where_none_is_named(finder: Finder) -> None:
    desk = find_desk(finder.connection, finder.book, NOW, box=None, unit=None)
    assert (desk.known, desk.open, desk.demo, desk.others) == (False, True, True, True)
    assert desk.unit == "15"
    finder.connection.exec_driver_sql("DELETE FROM sheets WHERE unit_id = '15'")
    desk = find_desk(finder.connection, finder.book, NOW, box=None, unit=None)
    assert (desk.known, desk.unit, desk.name) == (False, "42", HA_TINH)


def test_a_ward_that_receives_has_the_unit_above_it_as_another_door(finder: Finder) -> None:
    desk = find_desk(finder.connection, finder.book, NOW, box=None, unit="18118")
    assert (desk.known, desk.above) == (True, Door("42", HA_TINH))
    desk = find_desk(finder.connection, finder.book, NOW, box=None, unit="18121")
    assert (desk.receiver, desk.above) == ("42", None)
    assert find_desk(finder.connection, finder.book, NOW, box=None, unit="42").above is None


def test_the_unit_above_is_read_from_the_signed_sheet(finder: Finder) -> None:
    finder.connection.exec_driver_sql("UPDATE units SET parent = '15' WHERE code = '18118'")
    assert find_desk(finder.connection, finder.book, NOW, box=None, unit="18118").above == Door("42", HA_TINH)
    finder.connection.exec_driver_sql("DELETE FROM sheets WHERE unit_id = '42'")
    assert find_desk(finder.connection, finder.book, NOW, box=None, unit="18118").above is None


# What the country's file knows of units here.


@pytest.mark.parametrize(
    ("words", "unit", "was"),
    [
        ("thuận lộc", "18118", "Xã Thuận Lộc"),
        ("phuwowngf ddaauj lieeu", "18118", "Phường Đậu Liêu"),
        ("nam hoong lixnh", "18118", None),
        ("nam hong linj", "18118", None),
    ],
)
def test_names_of_before_and_slips_lead_to_the_unit_here(
    finder: Finder, words: str, unit: str, was: str | None
) -> None:
    (place,) = finder.find(words).places
    assert (place.unit, place.was and place.was.vi) == (unit, was)


def test_words_that_say_more_than_a_misspelt_name_are_none(finder: Finder) -> None:
    assert codes(finder.find("danh bac o thuan lok")) == ("like", [])


def test_an_old_name_with_its_kind_is_found_among_other_words(finder: Finder) -> None:
    assert codes(finder.find("ở tổ 8 xã Thuận Lộc hay tụ tập")) == ("told", ["18118"])


def test_of_a_ward_that_is_not_here_the_province_above_it_is_shown(finder: Finder) -> None:
    hits = finder.find("xã Đức Thọ")
    assert (hits.how, hits.under and hits.under.unit) == ("list", "42")
    assert codes(finder.find("phường Dĩ An")) == ("like", [])


def test_the_parts_of_a_divided_unit_are_to_choose_from(finder: Finder) -> None:
    for unit in (
        Unit("38", "tỉnh Thanh Hóa", "Thanh Hóa province", None, 0),
        Unit("15016", "xã Quan Sơn", "Quan Sơn commune", "38", 0),
        Unit("15019", "xã Tam Lư", "Tam Lư commune", "38", 0),
    ):
        units.put_unit(finder.connection, unit)
    finder.connection.exec_driver_sql("UPDATE sheets SET unit_id = '38' WHERE unit_id = '15'")
    hits = finder.find("son lu")
    assert codes(hits) == ("named", ["15016", "15019"])
    assert hits.split == Name("Thị trấn Sơn Lư", "Sơn Lư township")
    assert finder.named("son lu") is None


def test_the_file_says_nothing_of_a_unit_that_has_another_name_here(finder: Finder) -> None:
    finder.connection.exec_driver_sql("UPDATE units SET name_vi = 'phường Khác' WHERE code = '18118'")
    assert codes(finder.find("thuận lộc"))[0] == "list"


def put_official(finder: Finder, *wards: Ward) -> None:
    for ward in wards:
        unit = Unit(ward.code, small(ward.name), english(ward.name), ward.province.code, 0)
        units.put_unit(finder.connection, unit)


def test_the_nearest_wards_that_receive_here_come_first(finder: Finder) -> None:
    here = atlas().wards["18118"]
    near = [ward for ward, _ in nearest(here.latitude, here.longitude, 4) if ward.province.code == "42"]
    assert (near[0], len(near) > 1) == (here, True)
    put_official(finder, *near)
    hits = finder.near(here.latitude + 0.001, here.longitude)
    assert [place.unit for place in hits.places] == [ward.code for ward in near]
    assert (hits.places[0].above, hits.desk) == (HA_TINH, None)
    assert finder.near(10.04, 105.78).places == ()


def test_a_ward_of_before_is_near_as_what_it_is_today(finder: Finder) -> None:
    here = atlas().wards["18118"]
    ended = Unit("18118", NHL, "Nam Hồng Lĩnh ward", "42", 0, valid_to=NOW - 5, successor="18200")
    units.put_unit(finder.connection, ended)
    assert [place.unit for place in finder.near(here.latitude, here.longitude).places] == ["18200"]


def test_where_a_unit_of_another_name_lies_nobody_knows(finder: Finder) -> None:
    here = atlas().wards["18118"]
    finder.connection.exec_driver_sql("UPDATE units SET name_vi = 'phường Khác' WHERE code = '18118'")
    assert finder.near(here.latitude, here.longitude).places == ()


# Hamlets.


def hamlet(finder: Finder, name: str, unit: str) -> None:
    new = Hamlet(f"{name}-{unit}", 0, unit, name, name)
    hamlets.write(finder.connection, new=(new,), changed=())


def test_a_hamlets_name_leads_to_its_ward(finder: Finder) -> None:
    assert finder.find("khu phố Sỏi").places == ()
    hamlet(finder, "Khu phố Sỏi", "18118")
    for words in ("khu phố Sỏi", "khu pho soi", "ở khu pho soi"):
        hits = finder.find(words)
        assert codes(hits) == ("like", ["18118"])
        assert hits.places[0].was is None


def test_of_a_hamlet_that_several_wards_have_these_are_told(finder: Finder) -> None:
    for unit in ("18118", "02648", "99001"):
        hamlet(finder, "Tổ 8", unit)
    assert codes(finder.find("to 8")) == ("like", ["02648", "18118"])


def test_a_hamlet_of_a_ward_that_is_no_more_is_in_the_one_after_it(finder: Finder) -> None:
    hamlet(finder, "Thôn Đông", "18119")
    assert codes(finder.find("thon dong")) == ("like", ["18118"])


def test_a_hamlet_that_everybody_has_tells_nothing(finder: Finder) -> None:
    for n in range(PAGE + 1):
        units.put_unit(finder.connection, Unit(f"1830{n}", f"xã Số {n}", f"Số {n} commune", "42", 0))
        hamlet(finder, "Thôn 1", f"1830{n}")
    assert finder.find("thon 1").places == ()


# Reading the country's file beforehand.


@pytest.mark.parametrize("wards", [1, 2])
async def test_the_country_is_read_in_a_thread_where_there_are_wards_to_look_for(
    monkeypatch: pytest.MonkeyPatch, wards: int
) -> None:
    read: list[str] = []
    monkeypatch.setattr(searching, "index", lambda: read.append(threading.current_thread().name))
    database = open_database("sqlite://")

    def found(connection: Connection) -> None:
        for unit in (COUNTRY[0], *COUNTRY[3 : 3 + wards]):
            units.put_unit(connection, unit)
        sheets.add(connection, sheets.StoredSheet("42", 1, b"a sheet"))

    await database.run(found)
    await searching.read_country(database, NOW)
    await database.close()
    assert len(read) == wards - 1
    assert threading.current_thread().name not in read
