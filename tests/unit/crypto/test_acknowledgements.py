"""Signed acknowledgements, by the shared vectors: `web/tests/crypto/acknowledgements.test.ts` reads the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from unit.crypto.acknowledgement_cases import BY, GOOD, SAID
from unit.crypto.sealing_world import SITE, secret, signer

from crypto.acknowledgements import acknowledge, fingerprint_of, number_of, read_acknowledgement, wrong
from crypto.errors import Unusable
from crypto.receipts import reporter_signer
from crypto.wire import decode_raw, encode_raw

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "crypto" / "vectors" / "acknowledgements.json").read_text(encoding="utf-8")
)
SERVER = (decode_raw(VECTORS["server"]),)
NUMBER = decode_raw(VECTORS["number"])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in VECTORS["cases"]])
def test_read_and_checked(case: dict[str, Any]) -> None:
    text = case["text"].encode()
    if case["outcome"] == "unusable":
        with pytest.raises(Unusable):
            read_acknowledgement(text)
        return
    assert (wrong(read_acknowledgement(text), SERVER, NUMBER) or "good") == case["outcome"]


def test_what_it_says() -> None:
    said = read_acknowledgement(GOOD.encode()).said
    assert said == SAID
    told = {name: getattr(said, name) for name in ("site", "unit", "name", "day")}
    assert {**told, "fingerprint": encode_raw(said.fingerprint)} == VECTORS["said"]


def test_the_number_comes_from_the_receipt_alone_and_shows_whose_it_is() -> None:
    seed = decode_raw(VECTORS["seed"])
    assert number_of(seed, SITE) == NUMBER
    assert number_of(seed, "another") != NUMBER != number_of(secret("another seed"), SITE)
    found = read_acknowledgement(GOOD.encode())
    assert wrong(found, SERVER, number_of(secret("another seed"), SITE)) == "number"
    assert wrong(found, SERVER) is None


def test_the_fingerprint_tells_neither_the_number_nor_another_use_of_the_seed() -> None:
    seed = decode_raw(VECTORS["seed"])
    assert NUMBER.hex() not in GOOD
    assert encode_raw(NUMBER) not in json.dumps(VECTORS["cases"])
    assert NUMBER not in (seed[:16], reporter_signer(seed, SITE).seed[:16])
    assert fingerprint_of(NUMBER, SITE) != fingerprint_of(NUMBER, "another")


def test_old_audit_keys_go_on_counting_and_no_key_counts_for_nothing() -> None:
    found = read_acknowledgement(GOOD.encode())
    assert wrong(found, (signer("later audit").verify_key, *SERVER)) is None
    assert wrong(found, (signer("later audit").verify_key,)) == "server"
    assert wrong(found, ()) == "server"


def test_taken_twice_it_is_the_same() -> None:
    assert acknowledge(SAID, BY) == GOOD
