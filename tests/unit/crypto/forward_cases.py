"""Tips passed on from unit to unit: the cases behind `crypto/vectors/forwardings.json`."""

from __future__ import annotations

from dataclasses import replace

from unit.crypto.sealing_world import (
    AT,
    DAY,
    REPORTER_SIGNER,
    SITE,
    STRETCHED,
    UNIT,
    begin,
    identity,
    officer_entry,
    seal_fields,
    secret,
    sheet,
    signer,
    tip,
)

from crypto.entries import Place, digest, first_prev, seal_entry
from crypto.grants import grants_digest
from crypto.receipts import reporter_identity
from crypto.tips import append
from crypto.wire import encode_raw

Json = dict[str, object]
TIP, KEY = begin().tip, identity("tip")
BESIDE, ABOVE = "xa-ben", "tinh-minh-hoa"
WHO = {"s-1": "duty", "s-2": "chief", "s-21": "beside", "s-41": "above"}
"""Whose key stands behind a serial."""
SIGNERS = {UNIT: ("s-1", "s-2"), BESIDE: ("s-21",), ABOVE: ("s-41",)}
MINUTE = AT - AT % 60
WHY = "Việc xảy ra bên đó"


def _place(sealed: list[bytes]) -> Place:
    return Place(SITE, TIP, len(sealed), digest(sealed[-1]))


def _on(sealed: list[bytes], serial: str, to: str, *, author: str | None = None) -> list[bytes]:
    """The thread passed on to a unit."""
    entry = replace(officer_entry(_place(sealed), "forward", WHY, serial), to=to)
    return [*sealed, seal_entry(entry, signer(author or WHO[serial]), KEY.recipient)]


def _asked(sealed: list[bytes], serial: str) -> list[bytes]:
    entry = officer_entry(_place(sealed), "question", "Lúc mấy giờ?", serial)
    return [*sealed, seal_entry(entry, signer(WHO[serial]), KEY.recipient)]


def _told(sealed: list[bytes]) -> list[bytes]:
    return [*sealed, *append(KEY, _place(sealed), parts=["Lúc 9 giờ"], day=DAY, signer=REPORTER_SIGNER)]


def _threads() -> list[tuple[str, str, list[bytes], bool, int]]:
    """Why, the reader's unit, the thread, whether it holds, how many of its entries are sound."""
    plain = _asked(list(tip("Một").entries), "s-1")
    gone = _on(plain, "s-2", BESIDE)
    there = _told(_asked(gone, "s-21"))
    twice = _told(_asked(_on(there, "s-21", ABOVE), "s-41"))
    back = _asked(_on(gone, "s-21", UNIT), "s-1")
    return [
        ("passed on", BESIDE, gone, True, 4),
        ("gone on with where it is now", BESIDE, there, True, 6),
        ("passed on twice", ABOVE, twice, True, 9),
        ("passed back", UNIT, back, True, 6),
        ("not passed on", BESIDE, plain, False, 3),
        ("passed on from here", UNIT, gone, False, 4),
        ("passed on further", BESIDE, _on(there, "s-21", ABOVE), False, 7),
        ("passed on to another one", ABOVE, gone, False, 4),
        ("signed by who shall have it", BESIDE, _on(plain, "s-21", BESIDE), False, 3),
        ("signed by a stranger", BESIDE, _on(plain, "s-1", BESIDE, author="forger"), False, 3),
        ("signed by a serial on no sheet", BESIDE, _on(plain, "s-9", BESIDE, author="duty"), False, 3),
        ("gone on with by who had it", BESIDE, _asked(gone, "s-1"), False, 4),
        ("gone on with by who shall have it", ABOVE, _on(_asked(plain, "s-41"), "s-1", ABOVE), False, 3),
        ("taken out of the thread again", BESIDE, [*plain, *there[4:]], False, 3),
    ]


def _forwards() -> Json:
    """An officer's word that he passes a tip on, and why."""
    line: Json = {
        "v": 1, "site": SITE, "tip": encode_raw(TIP), "seq": 1, "prev": encode_raw(secret("prev")), "kind": "forward",
        "by": "s-1", "at": MINUTE, "to": BESIDE, "text": WHY,
    }  # fmt: skip
    reporters = {name: value for name, value in line.items() if name != "at"} | {"by": "reporter", "day": DAY}
    bad: list[tuple[str, Json]] = [
        ("by the reporter", reporters),
        ("to nobody", {name: value for name, value in line.items() if name != "to"}),
        ("to no unit", line | {"to": ""}),
        ("to null", line | {"to": None}),
        ("to a unit whose code hides", line | {"to": "xa\u202eben"}),
        ("without its words", {name: value for name, value in line.items() if name != "text"}),
        ("with the second", line | {"at": MINUTE + 1}),
        ("at the beginning of a thread", line | {"seq": 0}),
        ("with what was passed over", line | {"passed": BESIDE}),
        ("a question to a unit", line | {"kind": "question"}),
    ]

    def sealed(fields: Json, author: str = "duty") -> str:
        return encode_raw(seal_fields(fields, signer(author), KEY.recipient))

    return {
        "verify": encode_raw(signer("duty").verify_key),
        "cases": [
            {"why": "as written", "sealed": sealed(line), "outcome": "good", "to": BESIDE, "text": WHY},
            {"why": "without why", "sealed": sealed(line | {"text": ""}), "outcome": "good", "to": BESIDE, "text": ""},
            {"why": "signed by a colleague", "sealed": sealed(line, "chief"), "outcome": "tampered"},
            *({"why": why, "sealed": sealed(fields), "outcome": "unusable"} for why, fields in bad),
        ],
    }  # fmt: skip


def _openings() -> list[Json]:
    """Entry 0 of a tip that passes a unit over, and of others."""
    own = reporter_identity(STRETCHED.seed, SITE).recipient
    line: Json = {
        "v": 1, "site": SITE, "tip": encode_raw(TIP), "seq": 0, "prev": encode_raw(first_prev(TIP, KEY.recipient)),
        "kind": "opening", "by": "reporter", "day": DAY, "unit": ABOVE, "box": None, "category": None,
        "reporter": {"recipient": own, "verify": encode_raw(REPORTER_SIGNER.verify_key)}, "sheet": 3,
    }  # fmt: skip
    part = {name: line[name] for name in ("v", "site", "tip", "prev", "by", "day")} | {"seq": 1, "kind": "text"}
    cases: list[tuple[str, Json, str, str | None]] = [
        ("past a ward", line | {"passed": UNIT}, "good", UNIT),
        ("past nobody", line, "good", None),
        ("past null", line | {"passed": None}, "unusable", None),
        ("past no unit", line | {"passed": ""}, "unusable", None),
        ("past a number", line | {"passed": 1}, "unusable", None),
        ("past a unit whose code hides", line | {"passed": "xa\u200bben"}, "unusable", None),
        ("answering a question", line | {"about": "where"}, "unusable", None),
        ("a part past a ward", part | {"text": "x", "passed": UNIT}, "unusable", None),
    ]
    return [
        {
            "why": why,
            "sealed": encode_raw(seal_fields(fields, REPORTER_SIGNER, KEY.recipient)),
            "outcome": outcome,
            "passed": passed,
        }
        for why, fields, outcome, passed in cases
    ]


def forwardings() -> Json:
    """Threads, single entries, and the digest that an act names grants by."""
    threads = _threads()
    pool = list(dict.fromkeys(one for _, _, sealed, _, _ in threads for one in sealed))
    grants = {one.serial: secret(f"grant of {one.serial}") for one in sheet().officers} | {"recovery": b""}
    return {
        "identity": KEY.encode(),
        "site": SITE,
        "tip": encode_raw(TIP),
        "reporter": encode_raw(REPORTER_SIGNER.verify_key),
        "verify": {
            unit: {serial: encode_raw(signer(WHO[serial]).verify_key) for serial in serials}
            for unit, serials in SIGNERS.items()
        },
        "sealed": [encode_raw(one) for one in pool],
        "threads": [
            {"why": why, "unit": unit, "entries": [pool.index(one) for one in sealed], "whole": whole, "sound": sound}
            for why, unit, sealed, whole, sound in threads
        ],
        "forwards": _forwards(),
        "openings": _openings(),
        "grants": {serial: encode_raw(one) for serial, one in grants.items()},
        "digest": encode_raw(grants_digest(grants)),
    }
