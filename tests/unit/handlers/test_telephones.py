"""Numbers of Viet Nam as a table: what they are, how they are shown, what a tap dials, and why others are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import telephones
from handlers.telephones import NoTelephone, Telephone, telephone

VECTORS = json.loads((Path(telephones.__file__).parent / "telephone_vectors.json").read_text("utf-8"))
"""Held against the pages' own rule too, in `web/tests/chat/lines.test.ts`."""
NUMBERS = (
    ("113", "short", "113", "tel:113"),
    ("115", "short", "115", "tel:115"),
    ("111", "short", "111", "tel:111"),
    ("112", "short", "112", "tel:112"),
    ("１１４", "short", "114", "tel:114"),
    ("+84113", "short", "113", "tel:113"),
    ("156", "short", "156", "tel:156"),
    ("1022", "short", "1022", "tel:1022"),
    ("0769.04.04.04", "mobile", "0769 040 404", "tel:+84769040404"),
    ("+84 769 040 404", "mobile", "0769 040 404", "tel:+84769040404"),
    ("+84 (0) 769 040 404", "mobile", "0769 040 404", "tel:+84769040404"),
    ("0084-769-040-404", "mobile", "0769 040 404", "tel:+84769040404"),
    ("84769040404", "mobile", "0769 040 404", "tel:+84769040404"),
    ("0705.13.13.13", "mobile", "0705 131 313", "tel:+84705131313"),
    ("0239 000 0000", "landline", "0239 000 0000", "tel:+842390000000"),
    ("(0239) 0000–000", "landline", "0239 000 0000", "tel:+842390000000"),
    ("+84 239 000 0000", "landline", "0239 000 0000", "tel:+842390000000"),
    ("842390000000", "landline", "0239 000 0000", "tel:+842390000000"),
    ("024.0000.0000", "landline", "024 0000 0000", "tel:+842400000000"),
    ("028 0000 0000", "landline", "028 0000 0000", "tel:+842800000000"),
    ("069.290.4512", "network", "069 290 4512", "tel:0692904512"),
    ("+84 69 290 4512", "network", "069 290 4512", "tel:0692904512"),
    ("080 00000", "network", "080 00000", "tel:08000000"),
    ("18000000", "free", "1800 0000", "tel:18000000"),
    ("1800.00000", "free", "1800 00000", "tel:180000000"),
    ("1800 000 000", "free", "1800 000 000", "tel:1800000000"),
    ("+84 1800 0000", "free", "1800 0000", "tel:18000000"),
    ("1900.0000", "paid", "1900 0000", "tel:19000000"),
    ("1900 00 00 00", "paid", "1900 000 000", "tel:1900000000"),
)
NONE = (
    ("", "is empty"),
    (" - ", "is empty"),
    ("0239 000 0000 máy lẻ 12", "holds letters: an extension belongs beside the role"),
    ("113/114", "holds signs that no number has: one number in each row"),
    ("0239 000 0000, 0239 000 0001", "holds signs that no number has: one number in each row"),
    ("0239 000 0000 - 0239 000 0001", "has too many digits: one number in each row"),
    ("٠٧٦٩٠٤٠٤٠٤", "holds signs that no number has: one number in each row"),
    ("+1 202 555 0100", "is foreign: a board holds numbers of Viet Nam"),
    ("00 856 21 000000", "is foreign: a board holds numbers of Viet Nam"),
    ("069.290.451", "has not ten digits as a police line has: 069 and seven more"),
    ("0120 000 0000", "is a mobile of before 2018: they begin with 03, 05, 07 or 08 now, with ten digits"),
    ("04 0000 0000", "has an area code of before 2017: landlines begin with 02 now"),
    ("064 000 0000", "has an area code of before 2017: landlines begin with 02 now"),
    ("0230 000 0000", "has an area code that there is not"),
    ("0239 000 000", "has not eleven digits as a landline has with its area code"),
    ("0912 000 00", "has not ten digits as a mobile has"),
    ("1900 000", "has not four to six digits behind 1800 or 1900"),
    ("769040404", "lost its first 0: in the spreadsheet make the column text"),
    ("2390000000", "lost its first 0: in the spreadsheet make the column text"),
    ("385 0000", "lacks its area code"),
    ("999", "is no number of Viet Nam"),
    ("12", "is no number of Viet Nam"),
    ("0113", "is no number of Viet Nam"),
)


@pytest.mark.parametrize(("written", "kind", "shown", "address"), NUMBERS)
def test_a_number_is_known_shown_in_groups_and_dialled(written: str, kind: str, shown: str, address: str) -> None:
    found = telephone(written)
    assert (found.kind, found.shown, found.address) == (kind, shown, address)
    assert telephone(found.shown) == found


@pytest.mark.parametrize(("shown", "address"), VECTORS)
def test_the_pages_call_the_same_addresses(shown: str, address: str) -> None:
    assert (telephone(shown).shown, telephone(shown).address) == (shown, address)


@pytest.mark.parametrize(("written", "why"), NONE)
def test_what_is_no_number_is_told_why(written: str, why: str) -> None:
    with pytest.raises(NoTelephone) as told:
        telephone(written)
    assert str(told.value) == why


@given(st.text(st.sampled_from("0123456789+ .-()８áx/"), max_size=20))
def test_whatever_is_written_is_a_number_or_refused_and_shown_numbers_stay_the_same(written: str) -> None:
    try:
        found = telephone(written)
    except NoTelephone:
        return
    assert telephone(found.shown) == found
    assert telephone(found.address.removeprefix("tel:")) == found


def test_no_short_number_is_dialled_with_the_countrys_code() -> None:
    assert [n for n in range(110, 120) if telephone(str(n)).address != f"tel:{n}"] == []
    assert telephone("110") == Telephone("110", "short")
