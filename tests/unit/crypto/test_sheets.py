"""Unit sheets: only the authority's, only whole ones, never an older one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.crypto.sealing_world import (
    AT,
    AUTHORITY,
    SITE,
    UNIT,
    identity,
    officer,
    sheet,
    sheet_body,
    sign_fields,
    signer,
)

from crypto.errors import Tampered, Unusable
from crypto.sheets import LIFETIME, draft_sheet, newest_sheet, read_draft, sign_sheet, verify_sheet
from crypto.wire import Fields

KEY = AUTHORITY.verify_key


def test_a_signed_sheet_comes_back_whole() -> None:
    assert verify_sheet(sheet_body(), KEY) == sheet()
    bare = sheet(officers=(), recovery=None, parent="tinh", demo=False)
    assert verify_sheet(sign_sheet(bare, AUTHORITY), KEY) == bare


def test_no_changed_byte_goes_unseen() -> None:
    body = sheet_body(officers=(officer("s-1", "duty", "duty"),), recovery=None)
    for place in range(0, len(body), 37):
        changed = bytearray(body)
        changed[place] ^= 1
        with pytest.raises(Tampered):
            verify_sheet(bytes(changed), KEY)


def test_a_shrunken_sheet_is_refused() -> None:
    whole, smaller = sheet_body(), sheet_body(officers=sheet().officers[:1])
    line, signature = smaller.split(b"\n")[0], whole.split(b"\n")[1]
    with pytest.raises(Tampered, match="signature"):
        verify_sheet(line + b"\n" + signature + b"\n", KEY)


@pytest.mark.parametrize("body", [b"", sheet_body()[:-1], sheet_body() + b" ", sheet_body().split(b"\n")[0]])
def test_bodies_of_another_shape_are_refused(body: bytes) -> None:
    with pytest.raises(Tampered):
        verify_sheet(body, KEY)


def test_another_authority_s_sheet_is_refused() -> None:
    with pytest.raises(Tampered, match="signature"):
        verify_sheet(sign_sheet(sheet(), signer("forger")), KEY)
    with pytest.raises(Tampered, match="signature"):
        verify_sheet(sheet_body(), signer("forger").verify_key)


def test_the_newest_is_taken_and_an_older_one_refused() -> None:
    bodies = [sheet_body(n=2), sheet_body(n=4), sheet_body(n=3)]
    assert newest_sheet(bodies, KEY, site=SITE, unit=UNIT).n == 4
    assert newest_sheet(bodies, KEY, site=SITE, unit=UNIT, at_least=4).n == 4
    for left, at_least in ((bodies, 5), (bodies[:1], 4), ([], 0)):
        with pytest.raises(Tampered, match="older"):
            newest_sheet(left, KEY, site=SITE, unit=UNIT, at_least=at_least)


def test_another_unit_s_or_site_s_sheet_is_refused() -> None:
    for body in (sheet_body(unit="xa-khac"), sheet_body(site="noi-khac")):
        with pytest.raises(Tampered, match="another unit"):
            newest_sheet([sheet_body(), body], KEY, site=SITE, unit=UNIT)


BAD = {
    "a life over 90 days": {"expires": AT - 3600 + LIFETIME + 1},
    "no life": {"expires": AT - 3600},
    "one serial twice": {"officers": (officer("s-1", "duty", "duty"), officer("s-1", "chief", "chief"))},
    "the reporter's serial": {"officers": (officer("reporter", "duty", "duty"),)},
    "the recovery's serial": {"officers": (officer("recovery", "duty", "duty"),)},
    "a kept grant's of the recovery": {"officers": (officer("recovery-3", "duty", "duty"),)},
    "no serial": {"officers": (officer("", "duty", "duty"),)},
    "a recipient that is none": {"officers": (replace(officer("s-1", "duty", "duty"), recipient="age1pq1"),)},
    "a signing key of 31 bytes": {"officers": (replace(officer("s-1", "duty", "duty"), signing_key=bytes(31)),)},
    "a recovery key that is none": {"recovery": "age1pq1"},
    "an account that hides the rest of its line": {"officers": (officer("s-1", "duty\x1b[8m", "duty"),)},
    "a serial on two lines": {"officers": (officer("s-1\n", "duty", "duty"),)},
    "a role that turns the line round": {"officers": (officer("s-1", "duty", "\u202eduty"),)},
    "a name that moves the cursor": {"name": "phường\r"},
    "a unit with a stop in it": {"unit": "18118\x00"},
    "a parent with an invisible letter": {"parent": "tinh\u200b"},
    "a site with a space of another width": {"site": "ab\u00a0cd"},
}


@pytest.mark.parametrize("why", BAD)
def test_what_no_sheet_may_say_is_not_signed(why: str) -> None:
    with pytest.raises(Unusable):
        sheet_body(**BAD[why])


def test_signed_sheets_we_cannot_use_are_refused() -> None:
    fields = Fields.parse(sheet_body().split(b"\n")[0])._fields
    for wrong in (
        fields | {"v": 2},
        fields | {"more": 1},
        {name: value for name, value in fields.items() if name != "recovery"},
        fields | {"n": "3"},
        fields | {"demo": 1},
        fields | {"officers": {}},
        fields | {"officers": [1]},
    ):
        with pytest.raises(Unusable):
            verify_sheet(sign_fields(dict(wrong), AUTHORITY), KEY)


def test_a_draft_is_the_line_that_will_be_signed() -> None:
    draft = draft_sheet(sheet())
    assert draft == sheet_body().split(b"\n")[0]
    assert read_draft(draft + b"\n") == sheet()
    with pytest.raises(Tampered):
        verify_sheet(draft, KEY)
    with pytest.raises(Unusable):
        draft_sheet(sheet(expires=0))
    with pytest.raises(Unusable):
        read_draft(b"{}")


def test_readers_are_duty_and_chief_within_their_dates() -> None:
    past = replace(officer("s-8", "past", "duty"), valid_to=AT)
    coming = replace(officer("s-9", "coming", "chief"), valid_from=AT + 1)
    named = sheet(officers=(*sheet().officers, past, coming))
    assert [one.serial for one in named.readers(AT)] == ["s-1", "s-2"]
    assert [one.serial for one in named.readers(AT + 1)] == ["s-1", "s-2", "s-9"]
    assert [one.serial for one in named.readers(AT - 1)] == ["s-1", "s-2", "s-8"]


def test_times_and_keys_of_a_sheet() -> None:
    named = sheet()
    assert named.valid_at(named.expires - 1)
    assert not named.valid_at(named.expires)
    assert named.verify_key("s-2") == signer("chief").verify_key
    assert named.verify_key("s-9") is None
    assert named.recovery == identity("recovery").recipient


def test_a_sheet_that_goes_on_for_others_says_so_in_a_form_of_its_own() -> None:
    merged = sheet(goes_on_for=("xa-cu", "xa-xưa"))
    line = sign_sheet(merged, AUTHORITY).split(b"\n")[0]
    assert verify_sheet(sign_sheet(merged, AUTHORITY), KEY) == merged
    assert (Fields.parse(line, up_to=2).number("v"), Fields.parse(sheet_body().split(b"\n")[0]).number("v")) == (2, 1)
    with pytest.raises(Unusable, match="unknown version"):
        Fields.parse(line)
    assert read_draft(draft_sheet(merged)) == merged
    for olds in ((UNIT,), ("xa-cu", "xa-cu"), ("",)):
        with pytest.raises(Unusable, match="units it goes on for"):
            sign_sheet(sheet(goes_on_for=olds), AUTHORITY)
