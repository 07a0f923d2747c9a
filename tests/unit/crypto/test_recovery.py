"""The two files between console and offline machine, and tips' keys sealed anew to whoever reads now."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from unit.crypto.sealing_world import AT, SITE, UNIT, identity, officer, sheet, tip

from crypto.errors import Unusable
from crypto.grants import LARGEST, RECOVERY, open_grant, seal_grant
from crypto.hybrid import Identity
from crypto.recovery import (
    Asked,
    Given,
    read_asked,
    read_given,
    recipient_digest,
    recovered_digest,
    rewrap,
    write_asked,
    write_given,
)
from crypto.wire import encode_raw

TIP = tip().tip
SECOND = bytes(16)
BACKUP = identity("recovery")


def asked(**changes: str) -> Asked:
    said = {"site": SITE, "tip": TIP, "unit": UNIT, "officer": RECOVERY, "serial": RECOVERY, **changes}
    return Asked(SITE, UNIT, {TIP: seal_grant(identity("tip"), BACKUP.recipient, **said)})  # type: ignore[arg-type] # chosen by the test


def test_every_reader_of_the_sheet_gets_the_tips_key_and_nobody_else() -> None:
    new = replace(
        sheet(), officers=(*sheet().officers, officer("s-9", "new", "chief"), officer("s-8", "op", "operator"))
    )
    ((found, grants),) = rewrap(asked(), BACKUP, new, AT)
    assert found == TIP
    assert grants is not None
    readers = {one.serial: one.officer for one in new.readers(AT)}
    assert grants.keys() == readers.keys()
    assert "s-8" not in grants
    for serial, name in readers.items():
        key = open_grant(grants[serial], identity(name), site=SITE, tip=TIP, unit=UNIT, officer=name, serial=serial)
        assert key == identity("tip")


def test_of_a_unit_that_this_one_goes_on_for_too() -> None:
    merged = replace(sheet(), unit="xa-moi", goes_on_for=(UNIT,))
    ((_, grants),) = rewrap(asked(), BACKUP, merged, AT)
    assert grants


@pytest.mark.parametrize(
    "changes",
    [{"site": "khac"}, {"unit": "xa-khac"}, {"officer": "duty"}, {"serial": "s-1"}],
    ids=lambda one: next(iter(one)),
)
def test_a_grant_of_something_else_is_not_sealed_anew(changes: dict[str, str]) -> None:
    assert dict(rewrap(asked(**changes), BACKUP, sheet(), AT)) == {TIP: None}


def test_a_grant_to_another_identity_or_of_another_tip_is_left() -> None:
    assert dict(rewrap(asked(), Identity.generate(), sheet(), AT)) == {TIP: None}
    moved = Asked(SITE, UNIT, {SECOND: asked().grants[TIP]})
    assert dict(rewrap(moved, BACKUP, sheet(), AT)) == {SECOND: None}


def test_both_files_come_back_as_they_were() -> None:
    first = Asked(SITE, UNIT, {TIP: b"one", SECOND: b"two"})
    assert read_asked(b"".join(write_asked(first))) == first
    second = Given(SITE, UNIT, recipient_digest(BACKUP.recipient), {TIP: {"s-1": b"one", "s-2": b"two"}, SECOND: {}})
    assert read_given(b"".join(write_given(second))) == second


def test_a_file_cut_anywhere_or_of_the_other_kind_is_refused() -> None:
    body = b"".join(write_asked(Asked(SITE, UNIT, {TIP: b"one", SECOND: b"two"})))
    for length in range(len(body)):
        with pytest.raises(Unusable):
            read_asked(body[:length])
    for wrong in (body + b"\n", body + b"{}\n", body.replace(b'"tips":2', b'"tips":3')):
        with pytest.raises(Unusable):
            read_asked(wrong)
    with pytest.raises(Unusable):
        read_given(body)


def test_a_tip_named_twice_and_a_grant_too_large_are_refused() -> None:
    head, one, two = write_asked(Asked(SITE, UNIT, {TIP: b"one", SECOND: b"two"}))
    with pytest.raises(Unusable):
        read_asked(head + one + one)
    large = b"".join(write_asked(Asked(SITE, UNIT, {TIP: bytes(LARGEST + 3)})))
    with pytest.raises(Unusable):
        read_asked(large)
    assert read_asked(head + one + two).grants.keys() == {TIP, SECOND}


def test_the_digest_names_tip_reader_and_key() -> None:
    plain = {TIP: {"s-1": b"one"}, SECOND: {"s-1": b"two"}}
    others = (
        {TIP: {"s-1": b"two"}, SECOND: {"s-1": b"one"}},
        {TIP: {"s-2": b"one"}, SECOND: {"s-1": b"two"}},
        {TIP: {"s-1": b"one"}},
    )
    assert recovered_digest(plain) == recovered_digest(dict(reversed(plain.items())))
    assert len({recovered_digest(plain), *map(recovered_digest, others)}) == 4


VECTORS = json.loads((Path(__file__).resolve().parents[3] / "crypto" / "vectors" / "recovered.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["why"])
def test_the_shared_vectors(case: dict[str, str]) -> None:
    if case["outcome"] == "unusable":
        with pytest.raises(Unusable):
            read_given(case["body"].encode())
        return
    given = read_given(case["body"].encode())
    assert encode_raw(given.recovery) == VECTORS["recovery"]
    if given.grants:
        assert encode_raw(recovered_digest(given.grants)) == VECTORS["digest"]
        assert {encode_raw(one): sorted(each) for one, each in given.grants.items()} == {
            one: sorted(each) for one, each in VECTORS["tips"].items()
        }
