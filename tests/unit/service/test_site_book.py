"""Whose keys a tip is sealed to: sheets, floors, parents, and boxes that moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from bot.service.site import MemoryFloors, SheetBook, Site, find_desk
from crypto.hybrid import Identity
from crypto.sheets import LIFETIME, Officer, Sheet, sign_sheet
from crypto.signing import Signer
from handlers.values import Name
from storage.repositories import sheets, units
from storage.repositories.units import Box, Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NOW = 1_795_000_000
AUTHORITY = Signer.generate()
SITE = Site("site", b"s" * 16, demo=False, authority=AUTHORITY.verify_key)
RECOVERY = Identity.generate().recipient
OFFICER = Officer("s1", "a", "duty", Identity.generate().recipient, Signer.generate().verify_key, 0, None)
PROVINCE = Unit("42", "tỉnh Hà Tĩnh", "Hà Tĩnh province", None, 0, contact="0239")
WARD = Unit("18118", "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", "42", 0, contact="0239 1")
BOX = Box("tdp4", "18118", "Tổ 4", "Group 4")


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = sqlite_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for unit in (PROVINCE, WARD):
            units.put_unit(connection, unit)
        units.put_box(connection, BOX)
        yield connection
    engine.dispose()


@pytest.fixture
def book() -> SheetBook:
    return SheetBook(SITE, MemoryFloors())


def sheet_of(unit: str, n: int = 1, **changes: object) -> Sheet:
    name, parent = (WARD.name_vi, "42") if unit == "18118" else (PROVINCE.name_vi, None)
    base = Sheet("site", False, unit, name, parent, n, NOW - 10, NOW + 1000, (OFFICER,), RECOVERY)
    return replace(base, **changes)  # type: ignore[arg-type] # changes of a test


def store(connection: Connection, sheet: Sheet, signer: Signer = AUTHORITY, unit: str | None = None) -> Sheet:
    sheets.add(connection, sheets.StoredSheet(unit or sheet.unit, sheet.n, sign_sheet(sheet, signer)))
    return sheet


def test_the_newest_signed_sheet_counts(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("18118", 1))
    newest = store(connection, sheet_of("18118", 2))
    assert book.newest(connection, "18118", NOW) == newest


def test_no_sheet_is_none(connection: Connection, book: SheetBook) -> None:
    assert book.newest(connection, "18118", NOW) is None


@pytest.mark.parametrize(
    ("changes", "signer", "unit"),
    [
        ({}, Signer.generate(), None),
        ({"site": "other"}, AUTHORITY, None),
        ({"demo": True}, AUTHORITY, None),
        ({"unit": "42"}, AUTHORITY, "18118"),
        ({"issued": NOW - LIFETIME, "expires": NOW}, AUTHORITY, None),
    ],
    ids=["signed by somebody else", "another installation's", "a demonstration's", "another unit's", "expired"],
)
def test_a_sheet_that_does_not_count(
    connection: Connection, book: SheetBook, changes: dict[str, object], signer: Signer, unit: str | None
) -> None:
    store(connection, sheet_of("18118", **changes) if "unit" not in changes else sheet_of("42"), signer, unit)
    assert book.newest(connection, "18118", NOW) is None


def test_an_older_sheet_than_one_seen_does_not_count(connection: Connection, book: SheetBook) -> None:
    book.take_in(sheet_of("18118", 3))
    store(connection, sheet_of("18118", 2))
    assert book.newest(connection, "18118", NOW) is None
    assert book.floor("18118") == 3
    newest = store(connection, sheet_of("18118", 3))
    assert book.newest(connection, "18118", NOW) == newest


def test_old_sheets_still_verify_old_entries(connection: Connection, book: SheetBook) -> None:
    gone = replace(OFFICER, serial="s0", signing_key=Signer.generate().verify_key)
    store(connection, sheet_of("18118", 1, officers=(gone,)))
    store(connection, sheet_of("18118", 2))
    store(connection, sheet_of("18118", 3), Signer.generate())
    keys = book.signing_keys(connection, "18118")
    assert keys == {"s0": gone.signing_key, "s1": OFFICER.signing_key}


def test_another_units_officers_sign_nothing_here(connection: Connection, book: SheetBook) -> None:
    stranger = replace(OFFICER, serial="s9", signing_key=Signer.generate().verify_key)
    store(connection, sheet_of("42", 1, officers=(stranger,)), unit="18118")
    store(connection, sheet_of("18118", 2))
    assert book.signing_keys(connection, "18118") == {"s1": OFFICER.signing_key}


def test_a_ward_with_an_officer_receives_its_own(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("42"))
    mine = store(connection, sheet_of("18118"))
    receiver = book.receiver(connection, "18118", NOW)
    assert receiver is not None
    assert (receiver.unit, receiver.sheet, receiver.staffed) == ("18118", mine, True)
    assert receiver.name == Name(WARD.name_vi, WARD.name_en)


@pytest.mark.parametrize("changes", [{"officers": ()}, {"issued": NOW - 20, "expires": NOW - 1}])
def test_without_an_officer_the_parent_receives(
    connection: Connection, book: SheetBook, changes: dict[str, object]
) -> None:
    store(connection, sheet_of("42"))
    store(connection, sheet_of("18118", **changes))
    receiver = book.receiver(connection, "18118", NOW)
    assert receiver is not None
    assert (receiver.unit, receiver.staffed) == ("42", True)


def test_an_officer_whose_term_is_over_does_not_count(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("18118", officers=(replace(OFFICER, valid_to=NOW),), recovery=None))
    assert book.receiver(connection, "18118", NOW) is None
    assert book.receiver(connection, "18118", NOW - 1) is not None


def test_with_no_officer_anywhere_the_own_recovery_key_receives(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("42", officers=()))
    store(connection, sheet_of("18118", officers=()))
    receiver = book.receiver(connection, "18118", NOW)
    assert receiver is not None
    assert (receiver.unit, receiver.staffed) == ("18118", False)


def test_with_nobody_at_all_the_box_is_closed(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("18118", officers=(), recovery=None))
    assert book.receiver(connection, "18118", NOW) is None
    desk = find_desk(connection, book, NOW, box="tdp4", unit=None)
    assert (desk.unit, desk.receiver, desk.open, desk.staffed) == ("18118", "18118", False, False)
    assert desk.contact == WARD.contact


def test_a_forged_row_leads_no_tip_elsewhere_and_renames_nobody(connection: Connection, book: SheetBook) -> None:
    """Rows say parent and name; only signed sheets count."""
    store(connection, sheet_of("42"))
    store(connection, sheet_of("18118", officers=(), parent=None, recovery=None))
    assert book.receiver(connection, "18118", NOW) is None
    store(connection, sheet_of("18118", 2, officers=()))
    units.put_unit(connection, Unit("666", "phường Kẻ Gian", "Kẻ Gian ward", None, 0))
    store(connection, sheet_of("666", name="phường Kẻ Gian"))
    units.put_unit(connection, replace(WARD, parent="666", name_vi="tỉnh Khác", name_en="Other province"))
    units.put_unit(connection, replace(PROVINCE, name_vi="bộ Khác", name_en="Hà Tĩnh"))
    desk = find_desk(connection, book, NOW, box="tdp4", unit=None)
    assert (desk.receiver, desk.receiver_name) == ("42", Name(PROVINCE.name_vi, "Hà Tĩnh"))
    assert desk.name == Name(WARD.name_vi, WARD.name_vi)


def test_a_unit_that_never_had_a_sheet_is_received_for_by_the_one_above(
    connection: Connection, book: SheetBook
) -> None:
    store(connection, sheet_of("42"))
    desk = find_desk(connection, book, NOW, box="tdp4", unit=None)
    assert (desk.open, desk.receiver, desk.name) == (True, "42", Name(WARD.name_vi, WARD.name_en))
    assert desk.contact == WARD.contact


def test_a_unit_whose_sheets_were_taken_away_receives_nothing(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("42"))
    book.take_in(sheet_of("18118", 2))
    assert not find_desk(connection, book, NOW, box="tdp4", unit=None).open


def test_a_sheet_that_was_gone_back_to_names_no_parent(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("42"))
    store(connection, sheet_of("18118", officers=()))
    book.take_in(sheet_of("18118", 2))
    assert book.receiver(connection, "18118", NOW) is None


@pytest.mark.parametrize(
    ("english", "shown"),
    [
        ("Nam Hồng Lĩnh ward", "Nam Hồng Lĩnh ward"),
        ("Nam Hồng ward", "phường Nam Hồng Lĩnh"),
        ("Nam Hồng Lĩnh ward not", "phường Nam Hồng Lĩnh"),
        ("", "phường Nam Hồng Lĩnh"),
    ],
)
def test_an_english_name_counts_where_it_says_the_signed_one(
    connection: Connection, book: SheetBook, english: str, shown: str
) -> None:
    units.put_unit(connection, replace(WARD, name_en=english))
    store(connection, sheet_of("18118"))
    assert book.name(connection, "18118") == Name(WARD.name_vi, shown)


def test_a_unit_nobody_knows_is_called_by_its_code(connection: Connection, book: SheetBook) -> None:
    assert book.name(connection, "nowhere") == Name("nowhere", "nowhere")


def test_a_tree_that_bites_its_tail_ends(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("42", officers=(), recovery=None, parent="18118"))
    store(connection, sheet_of("18118", officers=(), recovery=None))
    assert book.receiver(connection, "18118", NOW) is None


def test_the_desk_of_a_box(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("18118"))
    desk = find_desk(connection, book, NOW, box="tdp4", unit="42")
    assert (desk.unit, desk.box, desk.box_label) == ("18118", "tdp4", Name("Tổ 4", "Group 4"))
    assert (desk.open, desk.staffed, desk.demo, desk.moved) == (True, True, False, False)


def test_an_unknown_box_leads_to_the_unit_known_before(connection: Connection, book: SheetBook) -> None:
    store(connection, sheet_of("18118"))
    desk = find_desk(connection, book, NOW, box="nowhere", unit="42")
    assert (desk.unit, desk.box, desk.moved) == ("42", None, False)


def test_without_box_or_unit_the_first_unit_with_a_sheet(connection: Connection, book: SheetBook) -> None:
    assert find_desk(connection, book, NOW, box=None, unit=None).unit == "18118"
    store(connection, sheet_of("42"))
    assert find_desk(connection, book, NOW, box=None, unit=None).unit == "42"


def test_without_any_unit_nothing_is_open(connection: Connection, book: SheetBook) -> None:
    connection.exec_driver_sql("DELETE FROM units")
    desk = find_desk(connection, book, NOW, box=None, unit=None)
    assert (desk.unit, desk.open, desk.contact) == ("", False, "113")


def test_a_closed_box_leads_to_its_successor(connection: Connection, book: SheetBook) -> None:
    units.put_box(connection, replace(BOX, closed=True, successor="tdp5"))
    units.put_box(connection, Box("tdp5", "42", "Tổ 5", "Group 5"))
    desk = find_desk(connection, book, NOW, box="tdp4", unit=None)
    assert (desk.unit, desk.box, desk.moved) == ("42", "tdp5", True)
    assert not find_desk(connection, book, NOW, box="tdp5", unit=None).moved


def test_a_closed_box_without_successor_leads_to_its_unit(connection: Connection, book: SheetBook) -> None:
    units.put_box(connection, replace(BOX, closed=True))
    desk = find_desk(connection, book, NOW, box="tdp4", unit=None)
    assert (desk.unit, desk.box, desk.moved) == ("18118", None, True)


def test_boxes_that_name_each_other_end(connection: Connection, book: SheetBook) -> None:
    units.put_box(connection, replace(BOX, closed=True, successor="tdp4"))
    assert find_desk(connection, book, NOW, box="tdp4", unit=None).box is None


def test_a_unit_that_is_no_more_leads_to_the_one_after_it(connection: Connection, book: SheetBook) -> None:
    units.put_unit(connection, replace(WARD, valid_to=NOW, successor="42"))
    assert find_desk(connection, book, NOW - 1, box="tdp4", unit=None).unit == "18118"
    desk = find_desk(connection, book, NOW, box="tdp4", unit=None)
    assert (desk.unit, desk.moved) == ("42", True)


def test_units_that_follow_each_other_end(connection: Connection, book: SheetBook) -> None:
    units.put_unit(connection, replace(WARD, valid_to=1, successor="42"))
    units.put_unit(connection, replace(PROVINCE, valid_to=1, successor="18118"))
    assert find_desk(connection, book, NOW, box=None, unit="18118").unit in {"42", "18118"}


def test_a_sheet_is_verified_once(connection: Connection, book: SheetBook, monkeypatch: pytest.MonkeyPatch) -> None:
    body = sign_sheet(sheet_of("18118"), AUTHORITY)
    first = book.verified(body)
    monkeypatch.setattr("bot.service.site.verify_sheet", lambda *_: pytest.fail("verified again"))
    assert book.verified(body) is first
