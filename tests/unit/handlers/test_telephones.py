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
TYPED = json.loads((Path(telephones.__file__).parent / "typed_number_vectors.json").read_text("utf-8"))
"""Held against the rule that the console shows while a number is typed."""
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
    ("", "row-empty"),
    (" - ", "row-empty"),
    ("0239 000 0000 máy lẻ 12", "row-tel-letters"),
    ("113/114", "row-tel-signs"),
    ("0239 000 0000, 0239 000 0001", "row-tel-signs"),
    ("0239 000 0000 - 0239 000 0001", "row-tel-digits"),
    ("٠٧٦٩٠٤٠٤٠٤", "row-tel-signs"),
    ("+1 202 555 0100", "row-tel-foreign"),
    ("00 856 21 000000", "row-tel-foreign"),
    ("069.290.451", "row-tel-police"),
    ("0120 000 0000", "row-tel-old-mobile"),
    ("04 0000 0000", "row-tel-old-area"),
    ("064 000 0000", "row-tel-old-area"),
    ("0230 000 0000", "row-tel-area"),
    ("0239 000 000", "row-tel-landline"),
    ("0912 000 00", "row-tel-mobile"),
    ("1900 000", "row-tel-free"),
    ("769040404", "row-tel-zero"),
    ("2390000000", "row-tel-zero"),
    ("385 0000", "row-tel-no-area"),
    ("999", "row-tel-none"),
    ("12", "row-tel-none"),
    ("0113", "row-tel-none"),
)


@pytest.mark.parametrize(("written", "kind", "shown", "address"), NUMBERS)
def test_a_number_is_known_shown_in_groups_and_dialled(written: str, kind: str, shown: str, address: str) -> None:
    found = telephone(written)
    assert (found.kind, found.shown, found.address) == (kind, shown, address)
    assert telephone(found.shown) == found


@pytest.mark.parametrize(("shown", "address"), VECTORS)
def test_the_pages_call_the_same_addresses(shown: str, address: str) -> None:
    assert (telephone(shown).shown, telephone(shown).address) == (shown, address)


def test_the_console_shows_the_same_while_a_number_is_typed() -> None:
    known = [[written, kind, shown] for written, kind, shown, _ in NUMBERS]
    assert known + [[written, None, None] for written, _ in NONE] == TYPED


@pytest.mark.parametrize(("written", "why"), NONE)
def test_what_is_no_number_is_told_why(written: str, why: str) -> None:
    with pytest.raises(NoTelephone) as told:
        telephone(written)
    assert told.value.key == why


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
