"""Tips passed on from unit to unit, by the shared vectors: `web/tests/crypto/forwardings.test.ts` reads the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unit.crypto.sealing_world import AT, DAY, SITE, STRETCHED, UNIT, VERIFY, begin, identity, sheet, tip

from crypto.age import Identity
from crypto.entries import open_entry
from crypto.errors import SealError, Tampered, Unusable
from crypto.grants import grants_digest, open_grant
from crypto.tips import Thread, open_thread, seal_grants
from crypto.wire import decode_raw as raw

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "crypto" / "vectors" / "forwardings.json").read_text(encoding="utf-8")
)
KEY = Identity.parse(VECTORS["identity"])
KEYS = {unit: {serial: raw(key) for serial, key in keys.items()} for unit, keys in VECTORS["verify"].items()}


def _cases(cases: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(case, id=case["why"]) for case in cases]


def _elsewhere(unit: str, serial: str) -> bytes | None:
    return KEYS.get(unit, {}).get(serial)


def _thread(case: dict[str, Any], elsewhere: Callable[[str, str], bytes | None] = _elsewhere) -> Thread:
    sealed = [raw(VECTORS["sealed"][at]) for at in case["entries"]]
    where = {"site": VECTORS["site"], "tip": raw(VECTORS["tip"]), "unit": case["unit"]}
    return open_thread(sealed, KEY, KEYS[case["unit"]].get, **where, elsewhere=elsewhere)


@pytest.mark.parametrize("case", _cases(VECTORS["threads"]))
def test_threads_passed_on(case: dict[str, Any]) -> None:
    if case["whole"]:
        assert len(_thread(case).entries) == case["sound"] == len(case["entries"])
    else:
        with pytest.raises(Tampered):
            _thread(case)


def test_where_the_sheets_of_who_had_it_are_not_known_nothing_holds() -> None:
    with pytest.raises(Tampered):
        _thread(VECTORS["threads"][0], elsewhere=lambda _unit, _serial: None)


def _opened(sealed: str, verify: str) -> Any:
    opened = open_entry(raw(sealed), KEY)
    assert opened is not None
    return opened.verified(raw(verify))


def _refusal(outcome: str) -> type[SealError]:
    return Tampered if outcome == "tampered" else Unusable


@pytest.mark.parametrize("case", _cases(VECTORS["forwards"]["cases"]))
def test_passing_on_is_an_entry(case: dict[str, Any]) -> None:
    if case["outcome"] == "good":
        entry = _opened(case["sealed"], VECTORS["forwards"]["verify"])
        assert (entry.kind, entry.by, entry.to, entry.text) == ("forward", "s-1", case["to"], case["text"])
    else:
        with pytest.raises(_refusal(case["outcome"])):
            _opened(case["sealed"], VECTORS["forwards"]["verify"])


@pytest.mark.parametrize("case", _cases(VECTORS["openings"]))
def test_what_was_passed_over_stands_in_the_opening_alone(case: dict[str, Any]) -> None:
    if case["outcome"] == "good":
        assert _opened(case["sealed"], VECTORS["reporter"]).opening.passed == case["passed"]
    else:
        with pytest.raises(Unusable):
            _opened(case["sealed"], VECTORS["reporter"])


def test_an_act_names_all_grants_by_one_digest() -> None:
    grants = {serial: raw(grant) for serial, grant in VECTORS["grants"].items()}
    assert grants_digest(grants) == raw(VECTORS["digest"])
    assert grants_digest(dict(reversed(grants.items()))) == raw(VECTORS["digest"])
    assert grants_digest(grants | {"s-1": b"other"}) != raw(VECTORS["digest"])


def test_grants_go_to_who_reads_by_a_sheet_and_say_who_made_them() -> None:
    beside = sheet(unit="xa-ben")
    grants = seal_grants(KEY, beside, AT, tip=begin().tip, by="s-1")
    assert set(grants) == {"s-1", "s-2", "recovery"}
    said = {"site": SITE, "tip": begin().tip, "officer": "duty", "serial": "s-1"}
    assert open_grant(grants["s-1"], identity("duty"), unit="xa-ben", **said) == KEY
    with pytest.raises(Unusable):
        open_grant(grants["s-1"], identity("duty"), unit=UNIT, **said)


def test_a_tip_past_a_ward_opens_as_any_other() -> None:
    said = {"box": None, "category": None, "parts": ["Một"], "day": DAY, "at": AT, "seed": STRETCHED.seed}
    sealed = begin().finish(sheet=sheet(), passed="phuong-a", **said)
    opened = open_thread(sealed.entries, KEY, VERIFY.get, site=SITE, tip=sealed.tip, unit=UNIT)
    assert opened.opening.passed == "phuong-a"
    assert {len(one) for one in sealed.entries} == {len(one) for one in tip("Một").entries}
