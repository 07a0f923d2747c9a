"""Grants: every field is checked."""

from __future__ import annotations

import pytest
from unit.crypto.sealing_world import SITE, UNIT, identity, secret

from crypto.age import seal
from crypto.errors import Unusable
from crypto.grants import open_grant, seal_grant
from crypto.hybrid import Identity
from crypto.wire import encode_line, fill

KEY, READER = identity("tip"), identity("duty")
TIP = secret("tip")[:16]
SAID = {"site": SITE, "tip": TIP, "unit": UNIT, "officer": "duty", "serial": "s-1"}
FIELDS: dict[str, object] = {
    "v": 1,
    "site": SITE,
    "tip": "",
    "unit": UNIT,
    "officer": "duty",
    "serial": "s-1",
    "key": KEY.encode(),
    "by": "reporter",
}


def test_the_reader_gets_the_tip_s_key() -> None:
    sealed = seal_grant(KEY, READER.recipient, **SAID)
    assert open_grant(sealed, READER, **SAID) == KEY
    assert open_grant(seal_grant(KEY, READER.recipient, **SAID, by="s-2"), READER, **SAID) == KEY


def test_anybody_else_gets_nothing() -> None:
    assert open_grant(seal_grant(KEY, READER.recipient, **SAID), identity("chief"), **SAID) is None


@pytest.mark.parametrize("name", SAID)
def test_a_grant_for_something_else_is_refused(name: str) -> None:
    other = secret("other")[:16] if name == "tip" else "khac"
    sealed = seal_grant(KEY, READER.recipient, **(SAID | {name: other}))
    with pytest.raises(Unusable, match="something else"):
        open_grant(sealed, READER, **SAID)


def test_all_grants_look_alike() -> None:
    short = seal_grant(KEY, READER.recipient, **SAID)
    long = seal_grant(KEY, READER.recipient, **(SAID | {"officer": "ten-rat-dai" * 20}))
    assert len(short) == len(long)


def _sealed(plain: bytes) -> bytes:
    return seal(plain, [READER.recipient])


def _line(**changes: object) -> bytes:
    from crypto.wire import encode_raw  # noqa: PLC0415 - used here alone

    return encode_line({**FIELDS, "tip": encode_raw(TIP), **changes})


GOOD = fill(_line() + b"\n", 1024)


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        _line(),
        _line() + b"\n",
        GOOD + b" ",
        GOOD[:-1] + b"\0",
        fill(_line(v=2) + b"\n", 1024),
        fill(_line(more=1) + b"\n", 1024),
        fill(_line(by="") + b"\n", 1024),
        fill(_line(key=KEY.recipient) + b"\n", 1024),
        fill(_line(key="") + b"\n", 1024),
        fill(_line(tip="AAAA") + b"\n", 1024),
    ],
)
def test_anything_of_another_form_is_refused(plain: bytes) -> None:
    assert isinstance(open_grant(_sealed(GOOD), READER, **SAID), Identity)
    with pytest.raises(Unusable):
        open_grant(_sealed(plain), READER, **SAID)
