"""Tips whose key was changed, by the shared vectors: `web/tests/crypto/rekeys.test.ts` reads the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from unit.crypto.sealing_world import REPORTER_SIGNER

from crypto.age import Identity
from crypto.entries import open_entry
from crypto.errors import Tampered, Unusable
from crypto.grants import open_grant
from crypto.tipkeys import TipKey, keys_of
from crypto.tips import append, next_place, open_thread
from crypto.wire import decode_raw as raw

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "crypto" / "vectors" / "rekeys.json").read_text(encoding="utf-8")
)
VERIFY = {serial: raw(key) for serial, key in VECTORS["verify"].items()}
WHERE = {"site": VECTORS["site"], "tip": raw(VECTORS["tip"]), "unit": VECTORS["unit"]}


def _cases(cases: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(case, id=case["why"]) for case in cases]


def _key(case: dict[str, Any]) -> TipKey:
    *older, newest = (Identity.parse(one) for one in case["keys"])
    return TipKey.parse(newest.encode()).after(older)


def _sealed(case: dict[str, Any]) -> list[bytes]:
    return [raw(VECTORS["sealed"][at]) for at in case["entries"]]


@pytest.mark.parametrize("case", _cases(VECTORS["threads"]))
def test_threads_whose_key_was_changed(case: dict[str, Any]) -> None:
    if case["whole"]:
        found = open_thread(_sealed(case), _key(case), VERIFY.get, **WHERE)
        assert (len(found.entries), found.length) == (case["sound"], len(case["entries"]))
    else:
        with pytest.raises(Tampered):
            open_thread(_sealed(case), _key(case), VERIFY.get, **WHERE)


@pytest.mark.parametrize("case", _cases(VECTORS["entries"]))
def test_a_new_key_is_named_by_an_officer(case: dict[str, Any]) -> None:
    if case["outcome"] == "good":
        opened = open_entry(raw(case["sealed"]), Identity.parse(VECTORS["identity"]))
        assert opened is not None
        entry = opened.verified(VERIFY["s-2"])
        assert (entry.kind, entry.by, entry.text) == ("rekey", "s-2", None)
        assert entry.recipient == Identity.parse(VECTORS["identity"]).recipient
    else:
        with pytest.raises(Unusable):
            open_entry(raw(case["sealed"]), Identity.parse(VECTORS["identity"]))


@pytest.mark.parametrize("case", _cases(VECTORS["grants"]["cases"]))
def test_a_grant_gives_the_older_keys_along(case: dict[str, Any]) -> None:
    reader = Identity.parse(VECTORS["grants"]["identity"])
    expected = VECTORS["grants"]["expected"] | {"tip": raw(VECTORS["tip"])}
    if case["keys"]:
        key = open_grant(raw(case["sealed"]), reader, **expected)
        assert key is not None
        assert [one.encode() for one in keys_of(key)] == case["keys"]
    else:
        with pytest.raises(Unusable):
            open_grant(raw(case["sealed"]), reader, **expected)


def test_what_is_added_is_sealed_to_the_key_in_force() -> None:
    case = VECTORS["threads"][1]
    key, thread = _key(case), open_thread(_sealed(case), _key(case), VERIFY.get, **WHERE)
    (added,) = append(key, next_place(thread), parts=["Thêm"], day="2026-11-23", signer=REPORTER_SIGNER)
    assert open_entry(added, key) is not None
    assert all(open_entry(added, one) is None for one in key.older)
    assert len(open_thread([*_sealed(case), added], key, VERIFY.get, **WHERE).entries) == len(case["entries"]) + 1
