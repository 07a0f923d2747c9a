"""What was done with a tip, as an officer's entries say: the cases behind `crypto/vectors/cases.json`."""

from __future__ import annotations

from unit.crypto.sealing_world import AT, SITE, begin, identity, seal_fields, secret, signer

from crypto.acts import CASES
from crypto.wire import encode_raw

Json = dict[str, object]
KEY = identity("tip")
WHY = "Đối tượng đã chuyển đi nơi khác"
MINUTE = AT - AT % 60


def cases() -> Json:
    """Entries of the kind `case`, good and bad. `verify` is the key of the officer they are by."""
    common: Json = {
        "v": 1,
        "site": SITE,
        "tip": encode_raw(begin().tip),
        "seq": 3,
        "prev": encode_raw(secret("entry before")),
        "kind": "case",
        "by": "s-1",
        "at": MINUTE,
    }
    plain = common | {"case": "suspended", "text": WHY}
    twin = common | {"case": "duplicate", "text": WHY, "of": "57/2026"}
    reporters = {name: value for name, value in plain.items() if name != "at"} | {"by": "reporter", "day": "2026-11-22"}
    good: list[tuple[str, Json]] = [
        *((f"done: {case}", common | {"case": case, "text": ""}) for case in CASES),
        ("with a reason", plain),
        ("a duplicate, and of which", twin),
    ]
    bad: list[tuple[str, Json]] = [
        ("by the reporter", reporters),
        ("an unknown act", plain | {"case": "forgotten"}),
        ("an act that is none", plain | {"case": None}),
        ("without the act", {name: value for name, value in plain.items() if name != "case"}),
        ("without words", {name: value for name, value in plain.items() if name != "text"}),
        ("with words that are none", plain | {"text": None}),
        ("of another tip, and no duplicate", plain | {"of": "57/2026"}),
        ("a duplicate of a number", twin | {"of": 57}),
        ("a duplicate that hides of which", twin | {"of": "57\u202e6202"}),
        ("with the second", plain | {"at": MINUTE + 1}),
        ("on a question", plain | {"about": "who"}),
        ("with a state", plain | {"state": "closed"}),
    ]

    def made(why: str, line: Json, outcome: str, author: str = "duty") -> Json:
        sealed = encode_raw(seal_fields(line, signer(author), KEY.recipient))
        told = {name: line.get(name) for name in ("case", "text", "of")} if outcome == "good" else None
        return {"why": why, "sealed": sealed, "outcome": outcome, "told": told}

    return {
        "identity": KEY.encode(),
        "verify": encode_raw(signer("duty").verify_key),
        "cases": [
            *(made(why, line, "good") for why, line in good),
            made("signed by a colleague", plain, "tampered", "chief"),
            *(made(why, line, "unusable") for why, line in bad),
        ],
    }
