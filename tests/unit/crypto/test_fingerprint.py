"""The number read aloud."""

from __future__ import annotations

import re

from crypto.fingerprint import fingerprint

PLAIN = {"recipient": "age1pq1x", "officer": "an", "unit": "xa", "role": "duty", "site": "s"}


def test_four_groups_of_five() -> None:
    assert re.fullmatch(r"\d{5}( \d{5}){3}", fingerprint(signing_key=bytes(32), **PLAIN))


def test_every_field_counts_and_none_runs_into_the_next() -> None:
    made = [fingerprint(signing_key=bytes(32), **(PLAIN | {name: value + "x"})) for name, value in PLAIN.items()]
    made.append(fingerprint(signing_key=b"\1" * 32, **PLAIN))
    made.append(fingerprint(signing_key=bytes(32), **(PLAIN | {"officer": "anx", "unit": "a"})))
    made.append(fingerprint(signing_key=bytes(32), **PLAIN))
    assert len(set(made)) == len(made)
