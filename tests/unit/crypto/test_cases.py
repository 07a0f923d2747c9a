"""What was done with a tip, by the shared vectors: `web/tests/crypto/cases.test.ts` reads the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crypto.acts import CASES
from crypto.entries import Entry, open_entry
from crypto.errors import Tampered, Unusable
from crypto.hybrid import Identity
from crypto.wire import decode_raw
from handlers.cases import ACTS

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "crypto" / "vectors" / "cases.json").read_text(encoding="utf-8")
)
OUTCOMES = {"unusable": Unusable, "tampered": Tampered}


def read(case: dict[str, Any]) -> Entry:
    opened = open_entry(decode_raw(case["sealed"]), Identity.parse(VECTORS["identity"]))
    assert opened is not None
    return opened.verified(decode_raw(VECTORS["verify"]))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in VECTORS["cases"]])
def test_entries_of_cases(case: dict[str, Any]) -> None:
    if case["outcome"] != "good":
        with pytest.raises(OUTCOMES[case["outcome"]]):
            read(case)
        return
    entry = read(case)
    assert (entry.kind, {"case": entry.case, "text": entry.text, "of": entry.of}) == ("case", case["told"])


def test_the_format_knows_the_workflows_acts_and_no_other() -> None:
    assert CASES == ACTS
