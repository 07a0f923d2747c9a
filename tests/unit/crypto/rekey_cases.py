"""Tips whose key was changed: the cases behind `crypto/vectors/rekeys.json`."""

from __future__ import annotations

from dataclasses import replace

from unit.crypto.sealing_world import (
    DAY,
    REPORTER_SIGNER,
    SITE,
    UNIT,
    VERIFY,
    begin,
    identity,
    officer_entry,
    seal_fields,
    secret,
    signer,
    tip,
)

from crypto.age import Identity, seal
from crypto.entries import Place, digest, seal_entry
from crypto.grants import seal_grant
from crypto.tipkeys import TipKey
from crypto.tips import append
from crypto.wire import GRANT_BUCKET, encode_line, encode_raw, fill

Json = dict[str, object]
TIP = begin().tip
OLD, NEW, LATER = identity("tip"), identity("second key"), identity("third key")


def _place(sealed: list[bytes]) -> Place:
    return Place(SITE, TIP, len(sealed), digest(sealed[-1]))


def _rekeyed(
    sealed: list[bytes],
    to: Identity,
    *,
    names: Identity | None = None,
    author: str = "chief",
    instead: int | None = None,
) -> list[bytes]:
    """The thread gone on under the key `to`, which its entry names unless it `names` another."""
    named = {"text": None, "recipient": (names or to).recipient, "instead": instead}
    entry = replace(officer_entry(_place(sealed), "rekey", "", "s-2"), **named)
    return [*sealed, seal_entry(entry, signer(author), to.recipient)]


def _asked(sealed: list[bytes], key: Identity) -> list[bytes]:
    entry = officer_entry(_place(sealed), "question", "Lúc mấy giờ?")
    return [*sealed, seal_entry(entry, signer("duty"), key.recipient)]


def _told(sealed: list[bytes], key: Identity) -> list[bytes]:
    return [*sealed, *append(key, _place(sealed), parts=["Lúc 9 giờ"], day=DAY, signer=REPORTER_SIGNER)]


def _threads() -> list[tuple[str, list[Identity], list[bytes], bool, int]]:
    """Why, the reader's keys from the oldest, the thread, whether it holds, how many of its entries are sound."""
    plain = _asked(list(tip("Một").entries), OLD)
    changed = _rekeyed(plain, NEW)
    on = _told(_asked(changed, NEW), NEW)
    twice = _asked(_rekeyed(on, LATER), LATER)
    sealed_to_old = [*plain, seal_entry(replace(
        officer_entry(_place(plain), "rekey", "", "s-2"), text=None, recipient=NEW.recipient
    ), signer("chief"), OLD.recipient)]  # fmt: skip
    junk = [*changed, b"no sealed file at all"]
    late = _told(junk, OLD)
    mended = _asked(_rekeyed(late, LATER, instead=3), LATER)
    both = _rekeyed(_told(on, OLD), LATER)
    return [
        ("what nobody could open set aside by a newer key, the reporter's word kept", [OLD, LATER], mended, True, 6),
        ("the reporter gone on under the old key, an officer under the new", [OLD, NEW, LATER], both, True, 8),
        ("set aside from another place on", [OLD, LATER], _rekeyed(late, LATER, instead=4), False, 4),
        ("set aside, and nothing was shut", [OLD, NEW], _rekeyed(plain, NEW, instead=2), False, 3),
        ("shut, and not set aside", [OLD, LATER], _rekeyed(changed, LATER), False, 3),
        ("set aside, read with the keys that were", [OLD, NEW], mended, False, 5),
        (
            "an officer gone on under the old key where it is shut",
            [OLD, LATER],
            _rekeyed(_asked(changed, OLD), LATER, instead=3),
            False,
            3,
        ),
        ("a new key", [OLD, NEW], changed, True, 4),
        ("gone on under it, by the reporter too", [OLD, NEW], on, True, 6),
        ("a second new key", [OLD, NEW, LATER], twice, True, 8),
        ("read with the old key alone", [OLD], on, False, 3),
        ("read with the new key alone", [NEW], on, False, 0),
        ("read without the last key", [OLD, NEW], twice, False, 6),
        ("read without the one between", [OLD, LATER], twice, False, 3),
        ("read with the keys in another order", [NEW, OLD], on, False, 0),
        ("the entry that names it taken away", [OLD, NEW], plain, False, 3),
        ("the entry that names it left out", [OLD, NEW], [*plain, *on[4:]], False, 3),
        ("gone on under the old key", [OLD, NEW], _asked(changed, OLD), False, 4),
        ("named by an entry under the old key", [OLD, NEW], sealed_to_old, False, 3),
        ("another key than named", [OLD, NEW], _rekeyed(plain, NEW, names=LATER), False, 3),
        ("the same key named again", [OLD], _rekeyed(plain, OLD), False, 3),
        ("gone on under a key nobody named", [OLD, NEW], _asked(plain, NEW), False, 3),
        ("signed by a stranger", [OLD, NEW], _rekeyed(plain, NEW, author="forger"), False, 3),
    ]


def _line() -> Json:
    return {
        "v": 1, "site": SITE, "tip": encode_raw(TIP), "seq": 3, "prev": encode_raw(secret("prev")), "kind": "rekey",
        "by": "s-2", "at": 1_795_299_960, "recipient": NEW.recipient,
    }  # fmt: skip


def _entries() -> list[Json]:
    line = _line()
    reporters = {name: value for name, value in line.items() if name != "at"} | {"by": "reporter", "day": DAY}
    cases: list[tuple[str, Json, str]] = [
        ("as written", line, "good"),
        ("by the reporter", reporters, "unusable"),
        ("naming nobody", {name: value for name, value in line.items() if name != "recipient"}, "unusable"),
        ("naming null", line | {"recipient": None}, "unusable"),
        ("naming a private key", line | {"recipient": NEW.encode()}, "unusable"),
        ("in place of another", line | {"instead": 2}, "good"),
        ("in place of what comes later", line | {"instead": 3}, "unusable"),
        ("in place of all there is", line | {"instead": 0}, "unusable"),
        ("in place of a word", line | {"instead": "2"}, "unusable"),
        ("with words", line | {"text": "x"}, "unusable"),
        ("with a unit", line | {"to": UNIT}, "unusable"),
        ("a question that names a key", line | {"kind": "question", "text": "x"}, "unusable"),
        ("at the beginning of a thread", line | {"seq": 0}, "unusable"),
        ("with the second", line | {"at": 1_795_299_961}, "unusable"),
    ]
    return [
        {"why": why, "sealed": encode_raw(seal_fields(fields, signer("chief"), NEW.recipient)), "outcome": outcome}
        for why, fields, outcome in cases
    ]


def _grants() -> Json:
    reader, said = identity("duty"), {"site": SITE, "tip": TIP, "unit": UNIT, "officer": "duty", "serial": "s-1"}
    line: Json = {
        "v": 2, **said, "tip": encode_raw(TIP), "key": NEW.encode(), "by": "s-2", "older": [OLD.encode()],
    }  # fmt: skip

    def sealed(**changes: object) -> bytes:
        return seal(fill(encode_line(line | changes) + b"\n", GRANT_BUCKET), [reader.recipient])

    twice = seal_grant(TipKey.parse(LATER.encode()).after([OLD, NEW]), reader.recipient, **said, by="s-2")
    cases = [
        ("one key before it", sealed(), [OLD, NEW]),
        ("two keys before it", twice, [OLD, NEW, LATER]),
        ("none before it", sealed(older=[]), None),
        ("in the old form", sealed(v=1), None),
        ("of a form to come", sealed(v=3), None),
        ("a public key before it", sealed(older=[OLD.recipient]), None),
        ("a number before it", sealed(older=[1]), None),
        ("a word before it", sealed(older=OLD.encode()), None),
    ]
    return {
        "identity": reader.encode(),
        "expected": said | {"tip": encode_raw(TIP)},
        "cases": [
            {"why": why, "sealed": encode_raw(one), "keys": keys and [key.encode() for key in keys]}
            for why, one, keys in cases
        ],
    }


def rekeys() -> Json:
    """Threads, single entries, grants."""
    threads = _threads()
    pool = list(dict.fromkeys(one for _, _, sealed, _, _ in threads for one in sealed))
    return {
        "identity": NEW.encode(),
        "site": SITE,
        "tip": encode_raw(TIP),
        "unit": UNIT,
        "verify": {serial: encode_raw(key) for serial, key in VERIFY.items()},
        "sealed": [encode_raw(one) for one in pool],
        "threads": [
            {
                "why": why,
                "keys": [key.encode() for key in keys],
                "entries": [pool.index(one) for one in sealed],
                "whole": whole,
                "sound": sound,
            }
            for why, keys, sealed, whole, sound in threads
        ],
        "entries": _entries(),
        "grants": _grants(),
    }
