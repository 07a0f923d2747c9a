"""The cases behind `crypto/vectors`: what each says, sealed and signed with the keys of the made-up world."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from unit.crypto.acknowledgement_cases import acknowledgements
from unit.crypto.audit_cases import audit
from unit.crypto.forward_cases import forwardings
from unit.crypto.recovered_cases import recovered
from unit.crypto.rekey_cases import rekeys
from unit.crypto.sealing_world import (
    AT,
    AUTHORITY,
    DAY,
    PHOTO,
    REPORTER_SIGNER,
    SITE,
    STRETCHED,
    UNIT,
    VERIFY,
    begin,
    identity,
    officer_entry,
    seal_fields,
    sealed_photo,
    secret,
    sheet,
    sheet_body,
    sign_fields,
    signer,
    tip,
)
from unit.crypto.workflow_cases import cases

from crypto.age import open_, seal
from crypto.entries import Entry, Place, digest, seal_entry
from crypto.fingerprint import fingerprint
from crypto.grants import seal_grant
from crypto.labels import derive
from crypto.passphrases import fold, normal_passphrase, recovery_words, words
from crypto.receipts import grouped, reporter_identity, reporter_signer, stretch
from crypto.sheets import Sheet, sign_sheet
from crypto.tips import next_place, open_thread, seal_media
from crypto.wire import Fields, encode_line, encode_raw, fill

Json = dict[str, object]
CODE = "482109375562180477193068"
WIDE = CODE.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
UNSEEN = "\u00ad\u200e\u202c\u2060\u2069\ufeff"
"""Marks that show nothing, as copying brings them along."""
TIP = begin().tip
KEY = identity("tip")


def _typed(code: str) -> list[tuple[str, Json]]:
    spaced = grouped(code)
    return [
        (code, {"code": code}),
        (spaced, {"code": code}),
        (f"  {spaced}\n", {"code": code}),
        (spaced.replace(" ", "."), {"code": code}),
        (spaced.replace(" ", " – "), {"code": code}),
        (spaced.replace(" ", "\u00a0"), {"code": code}),
        (spaced.replace(" ", "\n"), {"code": code}),
        (WIDE, {"code": code}),
        *((spaced.replace(" ", f"{mark} "), {"code": code}) for mark in UNSEEN),
        *((spaced.replace(" ", mark), {"code": code}) for mark in UNSEEN),
        (f"\u202d{spaced}\u202c", {"code": code}),
        (code[:12] + "\u2060" + code[12:20], {"count": 20}),
        (f"mã của tôi là {spaced} ạ", {"code": code}),
        (f"{spaced}, gọi 0912345678 hoặc nhà số 5", {"code": code}),
        (code[:-1], {"count": 23}),
        (code[:20], {"count": 20}),
        (code + "1234", {"count": 28}),
        (code[:-2] + "86", {"count": 24}),
        (grouped(code[:-2] + "86"), {"count": 24}),
    ]


def _untyped(code: str) -> list[str]:
    near = code[:-2] + "86"
    return ["", "xin chào", "0912345678", code[:19], code + "12345", f"mã {near}", f"{code} và {code}", "٤" * 24]


def receipts() -> Json:
    salts = (b"\0" * 16, secret("salt")[:16])
    stretched = [(code, salt, stretch(code, salt)) for salt in salts for code in (CODE, "1" + "0" * 23)]
    seeds = (bytes(32), STRETCHED.seed)
    return {
        "grouped": [{"code": CODE, "shown": grouped(CODE)}],
        "recognise": [
            *({"text": text, "found": found} for text, found in _typed(CODE)),
            *({"text": text, "found": None} for text in _untyped(CODE)),
        ],
        "stretch": [
            {"code": code, "salt": encode_raw(salt), "lookup": encode_raw(one.lookup), "seed": encode_raw(one.seed)}
            for code, salt, one in stretched
        ],
        "reporter": [_reporter(seed, site) for seed in seeds for site in (SITE, "khac")],
    }


def _reporter(seed: bytes, site: str) -> Json:
    own = reporter_identity(seed, site)
    verify = encode_raw(reporter_signer(seed, site).verify_key)
    return {
        "seed": encode_raw(seed),
        "site": site,
        "identity": own.encode(),
        "recipient": own.recipient,
        "verify": verify,
    }


def fingerprints() -> Json:
    people = [("an", "xa-minh-hoa", "duty"), ("anx", "a-minh-hoa", "duty"), ("Đỗ Thị Bình", "Xã Minh Hoạ", "chief")]
    cases = []
    for name, unit, role in people:
        said = {"recipient": KEY.recipient, "officer": name, "unit": unit, "role": role, "site": SITE}
        key = signer(name).verify_key
        cases.append({**said, "signing_key": encode_raw(key), "fingerprint": fingerprint(signing_key=key, **said)})
    return {"cases": cases}


def recovery() -> Json:
    secrets = [bytes(32), b"\xff" * 32, secret("device")]
    written = recovery_words(secret("device"))
    swapped = [written[1], written[0], *written[2:]]
    wrong = {
        "too few": written[:-1],
        "too many": [*written, written[0]],
        "an unknown word": [*written[:-1], "xyz"],
        "two swapped": swapped,
        "none": [],
    }
    return {
        "list_sha256": hashlib.sha256("\n".join(words()).encode()).hexdigest(),
        "good": [{"secret": encode_raw(one), "words": recovery_words(one)} for one in secrets],
        "unmarked": {"secret": encode_raw(secrets[2]), "words": [fold(word).upper() for word in written]},
        "bad": [{"why": why, "words": one} for why, one in wrong.items()],
        "normal": [
            {"typed": typed, "normal": normal_passphrase(typed)}
            for typed in (" Đèn  ấm-áp\n", "đường ĐI học", "den am ap", "")
        ],
    }


def files() -> Json:
    to = [identity("other").recipient, KEY.recipient]
    good = seal(b"Xin ch\xc3\xa0o", to)
    changed = bytearray(good)
    changed[-1] ^= 1
    mac = good.index(b"\n--- ") + 6
    cases = [
        ("words", good, "good", b"Xin ch\xc3\xa0o"),
        ("nothing", seal(b"", to), "good", b""),
        ("one byte over a chunk", seal(bytes(65_537), to), "good", bytes(65_537)),
        ("for somebody else", seal(b"x", to[:1]), "none", b""),
        ("the last byte changed", bytes(changed), "unusable", b""),
        ("a byte after the end", good + b"\0", "unusable", b""),
        ("a byte cut off", good[:-1], "unusable", b""),
        ("the payload cut off", good[: good.index(b"\n", mac) + 1], "unusable", b""),
        (
            "another MAC",
            good[:mac] + (b"A" if good[mac : mac + 1] != b"A" else b"B") + good[mac + 1 :],
            "unusable",
            b"",
        ),
        ("nothing at all", b"", "unusable", b""),
        ("no file", b"words", "unusable", b""),
    ]
    return {
        "identity": KEY.encode(),
        "recipient": KEY.recipient,
        "cases": [
            {
                "why": why,
                "sealed": encode_raw(sealed),
                "outcome": outcome,
                "sha256": encode_raw(hashlib.sha256(plain).digest()),
            }
            for why, sealed, outcome, plain in cases
        ],
    }


def grants() -> Json:
    reader = identity("duty")
    said = {"site": SITE, "tip": TIP, "unit": UNIT, "officer": "duty", "serial": "s-1"}
    expected = said | {"tip": encode_raw(TIP)}
    line: Json = {"v": 1, **expected, "key": KEY.encode(), "by": "reporter"}

    def sealed(size: int = 1024, **changes: object) -> bytes:
        return seal(fill(encode_line(line | changes) + b"\n", size), [reader.recipient])

    cases = [
        ("as made", seal_grant(KEY, reader.recipient, **said), "good"),
        ("by an officer", seal_grant(KEY, reader.recipient, **said, by="s-2"), "good"),
        ("for somebody else", seal_grant(KEY, identity("chief").recipient, **said), "none"),
        *((f"another {name}", sealed(**{name: "khac"}), "unusable") for name in ("site", "unit", "officer", "serial")),
        ("another tip", sealed(tip=encode_raw(bytes(16))), "unusable"),
        ("an unknown version", sealed(v=2), "unusable"),
        ("a field more", sealed(more=1), "unusable"),
        ("a public key", sealed(key=KEY.recipient), "unusable"),
        ("no author", sealed(by=""), "unusable"),
        ("another size", sealed(2048), "unusable"),
    ]
    return {
        "identity": reader.encode(),
        "key": KEY.encode(),
        "expected": expected,
        "cases": [{"why": why, "sealed": encode_raw(one), "outcome": outcome} for why, one, outcome in cases],
        "explained": _explained(),
    }


def sheets() -> Json:
    body = sheet_body()
    line, signature, _ = body.split(b"\n")
    fields = dict(Fields.parse(line)._fields)
    smaller = sheet_body(officers=sheet().officers[:1]).split(b"\n")[0]
    cases = [
        ("as signed", body, "good"),
        ("nobody on it", sheet_body(officers=(), recovery=None, parent="tinh"), "good"),
        ("a changed letter", body.replace(b"duty", b"dutx"), "tampered"),
        ("an officer taken away", smaller + b"\n" + signature + b"\n", "tampered"),
        ("another authority's", sign_sheet(sheet(), signer("forger")), "tampered"),
        ("not signed", line, "tampered"),
        ("something after it", body + b" ", "tampered"),
        ("an unknown version", sign_fields(fields | {"v": 2}, AUTHORITY), "unusable"),
        ("a field more", sign_fields(fields | {"more": 1}, AUTHORITY), "unusable"),
        ("a life over 90 days", sign_fields(fields | {"expires": AT + 90 * 86400}, AUTHORITY), "unusable"),
        ("one serial twice", sign_fields(fields | {"officers": [*fields["officers"]] * 2}, AUTHORITY), "unusable"),
        ("n as text", sign_fields(fields | {"n": "3"}, AUTHORITY), "unusable"),
        ("a name that hides", sign_fields(fields | {"name": "phường\x1b[8m"}, AUTHORITY), "unusable"),
        ("a name that turns round", sign_fields(fields | {"name": "\u202ephường"}, AUTHORITY), "unusable"),
        ("a name with a space of another width", sign_fields(fields | {"name": "a\u00a0b"}, AUTHORITY), "unusable"),
        *_merged_sheets(fields),
    ]
    return {
        "authority": encode_raw(AUTHORITY.verify_key),
        "seed": encode_raw(AUTHORITY.seed),
        "site": SITE,
        "unit": UNIT,
        "sheet": _sheet_json(sheet()),
        "cases": [{"why": why, "body": encode_raw(one), "outcome": outcome} for why, one, outcome in cases],
        "newest": _newest(),
        "merged": {
            "of_old": encode_raw(sheet_body(unit="xa-cu", n=9)),
            "of_another": encode_raw(sheet_body(unit="khac")),
        },
    }


def _merged_sheets(fields: dict[str, object]) -> list[tuple[str, bytes, str]]:
    """Sheets that go on for others: one that may, and what none may say."""
    bad: list[tuple[str, Json]] = [
        ("going on for others in the old form", {"goes_on_for": ["xa-cu"]}),
        ("going on for nobody", {"v": 2, "goes_on_for": []}),
        ("going on for itself", {"v": 2, "goes_on_for": ["xa-cu", UNIT]}),
        ("going on for one twice", {"v": 2, "goes_on_for": ["xa-cu", "xa-cu"]}),
        ("under one it goes on for", {"v": 2, "goes_on_for": ["xa-cu"], "parent": "xa-cu"}),
        ("going on for a number", {"v": 2, "goes_on_for": [7]}),
        ("going on for a word", {"v": 2, "goes_on_for": "xa-cu"}),
        ("going on for an empty one", {"v": 2, "goes_on_for": [""]}),
        ("going on for one that hides", {"v": 2, "goes_on_for": ["xa\u202ecu"]}),
        ("of a form to come", {"v": 3, "goes_on_for": ["xa-cu"]}),
    ]
    good = ("going on for others", sheet_body(goes_on_for=("xa-cu", "xa-xưa"), parent="tinh"), "good")
    return [good, *((why, sign_fields(fields | changes, AUTHORITY), "unusable") for why, changes in bad)]


EXPLAINED: list[tuple[str, str, list[str], bool]] = [
    ("the unit's own", UNIT, [], True),
    ("one's that it goes on for", "xa-moi", ["xa-cu", UNIT], True),
    ("one's that it does not go on for", "xa-moi", ["xa-cu"], False),
    ("another's", "xa-moi", [], False),
]
"""Why, the reader's unit, whom it goes on for, and whether what was sealed for `UNIT` is his to read."""


def _explained() -> list[Json]:
    return [{"why": why, "unit": unit, "goes_on_for": olds, "good": good} for why, unit, olds, good in EXPLAINED]


def _sheet_json(one: Sheet) -> Json:
    officers = [asdict(line) | {"signing_key": encode_raw(line.signing_key)} for line in one.officers]
    return asdict(one) | {"officers": officers}


def _newest() -> list[Json]:
    second, third, foreign = sheet_body(n=2), sheet_body(), sheet_body(unit="khac", officers=())
    forged = sign_sheet(sheet(n=9), signer("forger"))
    cases = [
        ("the highest number", [second, third], 0, 3),
        ("as high as already used", [third, second], 3, 3),
        ("older than already used", [second], 3, None),
        ("none", [], 0, None),
        ("another unit's among them", [third, foreign], 0, None),
        ("a forged one among them", [third, forged], 0, None),
    ]
    return [
        {"why": why, "bodies": [encode_raw(body) for body in bodies], "at_least": at_least, "n": n}
        for why, bodies, at_least, n in cases
    ]


def _add(sealed: list[bytes], kind: str, text: str, serial: str = "s-1", **changes: object) -> bytes:
    thread = open_thread(sealed, KEY, VERIFY.get, site=SITE, tip=TIP, unit=UNIT)
    author = signer("duty" if serial == "s-1" else "chief")
    return seal_entry(officer_entry(replace(next_place(thread), **changes), kind, text, serial), author, KEY.recipient)


def threads() -> Json:
    begun = begin()
    blob, photo = sealed_photo(begun)
    whole = list(tip("Đêm qua ở ngõ 5", photo, begun=begun).entries)
    whole.append(_add(whole, "question", "Lúc mấy giờ?"))
    whole.append(_add(whole, "state", "verify", "s-2"))
    texts = [None, "Đêm qua ở ngõ 5", None, "Lúc mấy giờ?", "verify"]
    other = [*whole[:4], _add(whole[:4], "state", "closed")]
    forged = replace(next_place(open_thread(whole[:3], KEY, VERIFY.get, site=SITE, tip=TIP, unit=UNIT)), prev=bytes(32))
    cases = [
        ("whole", whole, True, 5),
        ("only its beginning", whole[:2], True, 2),
        ("nothing", [], False, 0),
        ("the opening dropped", whole[1:], False, 0),
        ("one dropped", [*whole[:2], *whole[3:]], False, 2),
        ("two swapped", [*whole[:3], whole[4], whole[3]], False, 3),
        ("one doubled", [*whole[:2], whole[1], *whole[2:]], False, 2),
        ("one sealed again", [whole[0], tip("Đêm qua ở ngõ 5").entries[1], *whole[2:]], False, 1),
        ("one cut", [*whole[:4], whole[4][:-1]], False, 4),
        ("one under another serial", [*whole[:3], _swapped(whole[:3])], False, 3),
        ("one on another head", [*whole[:3], _by_duty(forged)], False, 3),
        ("one of another tip", [*whole, _add(whole, "answer", "x", tip=bytes(16))], False, 5),
    ]
    pool = list(dict.fromkeys(one for _, sealed, _, _ in cases for one in sealed))
    return {
        "identity": KEY.encode(),
        "site": SITE,
        "tip": encode_raw(TIP),
        "unit": UNIT,
        "sealed": [encode_raw(one) for one in pool],
        "verify": {serial: encode_raw(key) for serial, key in VERIFY.items()},
        "texts": texts,
        "explained": _explained(),
        "cases": [
            {"why": why, "entries": [pool.index(one) for one in sealed], "whole": good, "sound": sound}
            for why, sealed, good, sound in cases
        ],
        "seen": [
            {"why": "as before", "entries": 5, "count": 5, "head": encode_raw(digest(whole[4])), "whole": True},
            {"why": "grown since", "entries": 5, "count": 3, "head": encode_raw(digest(whole[2])), "whole": True},
            {"why": "shorter", "entries": 4, "count": 5, "head": encode_raw(digest(whole[4])), "whole": False},
            {"why": "another end", "entries": 5, "count": 5, "head": encode_raw(digest(other[4])), "whole": False},
        ],
        "media": _media(blob),
    }


def _by_duty(place: Place) -> bytes:
    return seal_entry(officer_entry(place, "answer", "x"), signer("duty"), KEY.recipient)


def _swapped(sealed: list[bytes]) -> bytes:
    thread = open_thread(sealed, KEY, VERIFY.get, site=SITE, tip=TIP, unit=UNIT)
    return seal_entry(officer_entry(next_place(thread), "answer", "x", "s-2"), signer("duty"), KEY.recipient)


def _media(blob: bytes) -> Json:
    long = b"".join(seal_media([PHOTO], len(PHOTO), identity("other").recipient))
    return {
        "plain_sha256": encode_raw(hashlib.sha256(PHOTO).digest()),
        "cases": [
            {"why": "as sealed", "blob": encode_raw(blob), "bytes": len(PHOTO), "outcome": "good"},
            {"why": "another length", "blob": encode_raw(blob), "bytes": len(PHOTO) - 1, "outcome": "unusable"},
            {"why": "for another tip", "blob": encode_raw(long), "bytes": len(PHOTO), "outcome": "unusable"},
        ],
    }


def entries() -> Json:
    place = Place(SITE, TIP, 1, secret("prev"))
    fields: Json = {"v": 1, "site": SITE, "tip": encode_raw(TIP), "seq": 1, "prev": encode_raw(place.prev)}
    fields |= {"kind": "text", "by": "reporter", "day": DAY, "text": "Đêm qua ở ngõ 5"}

    def sealed(**changes: object) -> bytes:
        return seal_fields(fields | changes, REPORTER_SIGNER, KEY.recipient)

    good = seal_entry(Entry(place, "text", "reporter", day=DAY, text="Đêm qua ở ngõ 5"), REPORTER_SIGNER, KEY.recipient)
    plain = open_(good, KEY) or b""
    cases = [
        ("as written", good, "good"),
        ("signed by somebody else", seal_fields(fields, signer("forger"), KEY.recipient), "tampered"),
        ("for another tip's key", seal(plain, [identity("other").recipient]), "none"),
        (
            "a changed word, the old signature",
            seal(plain.replace(b"ng\xc3\xb5 5", b"ng\xc3\xb5 6"), [KEY.recipient]),
            "tampered",
        ),
        ("a line more", seal(plain[:-2] + b"x\n", [KEY.recipient]), "unusable"),
        ("zeros for spaces", seal(plain.rstrip(b" ").ljust(4096, b"\0"), [KEY.recipient]), "unusable"),
        ("another size class", seal(plain + b" " * 4096, [KEY.recipient]), "unusable"),
        ("no filling", seal(plain.rstrip(b" "), [KEY.recipient]), "unusable"),
        *((why, sealed(**changes), "unusable") for why, changes in _BAD_FIELDS.items()),
    ]
    return {
        "identity": KEY.encode(),
        "verify": encode_raw(REPORTER_SIGNER.verify_key),
        "fields": fields,
        "cases": [{"why": why, "sealed": encode_raw(one), "outcome": outcome} for why, one, outcome in cases],
        "explained": _explained(),
        "contents": _contents({name: value for name, value in fields.items() if name != "text"}),
        "abouts": _abouts(fields),
        "takes": _takes({name: value for name, value in fields.items() if name not in ("kind", "by", "day", "text")}),
    }


def _abouts(fields: Json) -> list[Json]:
    """The question that a part answers: `about` is what a reader finds, null for a word it does not know."""
    text = {name: value for name, value in fields.items() if name != "text"}
    officer = {name: value for name, value in fields.items() if name != "day"} | {"by": "s-1", "at": AT}
    good: list[tuple[str, Json, str | None]] = [
        *((f"text on {about}", fields | {"about": about}, about) for about in ("cat", "what", "where", "when", "who")),
        ("text on a question of later", fields | {"about": "why"}, None),
        ("text on nothing", fields | {"about": ""}, None),
        ("photo on what", text | {"kind": "photo", "media": _BLOB, "about": "what"}, "what"),
        ("place on where", text | {"kind": "place", "place": _PLACE, "about": "where"}, "where"),
    ]
    bad: list[tuple[str, Json]] = [
        ("null", fields | {"about": None}),
        ("a number", fields | {"about": 2}),
        ("a list", fields | {"about": ["when"]}),
        ("on an officer's question", officer | {"kind": "question", "about": "when"}),
        ("on an officer's answer", officer | {"kind": "answer", "about": "when"}),
    ]
    return [
        *({"why": why, "sealed": _by_reporter(line), "outcome": "good", "about": about} for why, line, about in good),
        *({"why": why, "sealed": _by_reporter(line), "outcome": "unusable", "about": None} for why, line in bad),
    ]


def _by_reporter(line: Json) -> str:
    return encode_raw(seal_fields(line, REPORTER_SIGNER, KEY.recipient))


def _takes(common: Json) -> Json:
    """An officer's word that he takes a tip, or takes it over and why. `verify` is that officer's key."""
    take = common | {"kind": "take", "by": "s-1", "at": AT - AT % 60, "text": ""}
    over = "Đồng chí Bình nghỉ ốm"
    reporters = {name: value for name, value in take.items() if name != "at"} | {"by": "reporter", "day": DAY}
    good = [("a tip nobody had", take, ""), ("over from a colleague", take | {"text": over}, over)]
    bad: list[tuple[str, Json]] = [
        ("by the reporter", reporters),
        ("without its words", {name: value for name, value in take.items() if name != "text"}),
        ("with a word that is none", take | {"text": None}),
        ("with the second", take | {"at": AT - AT % 60 + 1}),
        ("with a day", take | {"day": DAY}),
        ("at the beginning of a thread", take | {"seq": 0}),
        ("with whom it was taken from", take | {"from": "s-2"}),
        ("on a question", take | {"about": "who"}),
    ]

    def sealed(line: Json, author: str = "duty") -> str:
        return encode_raw(seal_fields(line, signer(author), KEY.recipient))

    return {
        "verify": encode_raw(signer("duty").verify_key),
        "cases": [
            *({"why": why, "sealed": sealed(line), "outcome": "good", "text": text} for why, line, text in good),
            {"why": "signed by a colleague", "sealed": sealed(take, "chief"), "outcome": "tampered", "text": None},
            *({"why": why, "sealed": sealed(line), "outcome": "unusable", "text": None} for why, line in bad),
        ],
    }


_BLOB: Json = {"mime": "audio/ogg", "bytes": 3, "blob": "ab", "sha256": encode_raw(bytes(32))}
_VOICE: Json = _BLOB | {"seconds": 38}
_RAW: Json = _BLOB | {"cleaned": False}
_PLACE: Json = {"latitude": "18.52000", "longitude": "-105.70000"}


def _contents(common: Json) -> list[Json]:
    """Media and places: `content` is what a reader finds in the good ones."""

    def sealed(kind: str, name: str, value: Json) -> str:
        return encode_raw(seal_fields(common | {"kind": kind, name: value}, REPORTER_SIGNER, KEY.recipient))

    found = {"seconds": None, "cleaned": True}
    good = [
        ("photo", "as written", "media", _BLOB, _BLOB | found),
        ("photo", "not cleaned", "media", _RAW, _RAW | {"seconds": None}),
        ("voice", "as written", "media", _VOICE, _VOICE | {"cleaned": True}),
        ("video", "of unknown length", "media", _VOICE | {"seconds": 0}, _VOICE | {"seconds": 0, "cleaned": True}),
        ("file", "as written", "media", _BLOB, _BLOB | found),
        ("file", "not cleaned", "media", _RAW, _RAW | {"seconds": None}),
        ("place", "as written", "place", _PLACE, _PLACE),
        (
            "place",
            "at the end of the earth",
            "place",
            _END,
            _END,
        ),
    ]
    bad = [(kind, why, name, value) for (kind, name), cases in _BAD_CONTENTS.items() for why, value in cases.items()]
    return [
        *(
            {"why": why, "kind": kind, "sealed": sealed(kind, name, value), "outcome": "good", "content": content}
            for kind, why, name, value, content in good
        ),
        *(
            {"why": why, "kind": kind, "sealed": sealed(kind, name, value), "outcome": "unusable", "content": None}
            for kind, why, name, value in bad
        ),
    ]


def _place(latitude: object, longitude: object) -> Json:
    return {"latitude": latitude, "longitude": longitude}


_END = _place("-90.00000", "180.00000")
_BAD_CONTENTS: dict[tuple[str, str], dict[str, Json]] = {
    ("photo", "media"): {"with seconds": _VOICE, "said to be cleaned": _BLOB | {"cleaned": True}},
    ("voice", "media"): {
        "without seconds": _BLOB,
        "with half seconds": _VOICE | {"seconds": 1.5},
        "with its name": _VOICE | {"name": "ghi-am.ogg"},
        "without its digest": {name: value for name, value in _VOICE.items() if name != "sha256"},
    },
    ("video", "media"): {"without seconds": _BLOB, "with seconds below zero": _VOICE | {"seconds": -1}},
    ("file", "media"): {"with seconds": _VOICE, "cleaned as a word": _BLOB | {"cleaned": "no"}},
    ("file", "text"): {"in words": {}},
    ("text", "place"): {"as a text": _PLACE},
    ("place", "media"): {"as media": _BLOB},
    ("place", "place"): {
        "beyond the pole": _place("90.00001", "0.00000"),
        "beyond the date line": _place("0.00000", "-180.00001"),
        "as numbers": _place(18.52, -105.7),
        "with four digits": _place("18.5200", "-105.70000"),
        "with six digits": _place("18.520000", "-105.70000"),
        "with a needless zero": _place("018.52000", "-105.70000"),
        "below zero and nothing": _place("-0.00000", "0.00000"),
        "with an end of line": _place("18.52000\n", "-105.70000"),
        "in other digits": _place("١٨.52000", "-105.70000"),
        "with its accuracy": _PLACE | {"accuracy": "5"},
        "half": {"latitude": "18.52000"},
    },
}


_BAD_FIELDS: dict[str, Json] = {
    "an unknown version": {"v": 2},
    "no version": {"v": None},
    "a field more": {"more": 1},
    "an unknown kind": {"kind": "song"},
    "a reporter's question": {"kind": "question"},
    "an officer's text": {"by": "s-1"},
    "seq as text": {"seq": "1"},
    "seq below zero": {"seq": -1},
    "seq beyond whole numbers": {"seq": 2**53},
    "a text at the beginning": {"seq": 0},
    "a short tip id": {"tip": "AAAA"},
    "standard base64": {"prev": "+" * 43},
    "a day that is none": {"day": "2026-02-30"},
    "a day of another form": {"day": "22/11/2026"},
    "no text": {"text": None},
    "a minute too": {"at": 60},
}


def logins() -> Json:
    """What the server would keep of an officer, worked out here without any of the pages' code."""
    phrase, salt = "Đèn ấm-áp công ruộng hoa", secret("officer salt")[:16]
    argon2 = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=64 * 1024)
    stretched = argon2.derive(normal_passphrase(phrase).encode())
    bound = HMAC(secret("device"), SHA256())
    bound.update(stretched)
    lock = derive(bound.finalize(), "-", "lock")
    line = encode_line({"v": 1, "identity": KEY.encode(), "signing": encode_raw(secret("duty signer"))})
    nonce = secret("nonce")[:12]
    locked = b"\1" + nonce + AESGCM(lock).encrypt(nonce, line, b"hopthu/v1/officer-keys")
    by_passkey = AESGCM(derive(secret("passkey"), "-", "passkey-lock"))
    return {
        "passkey": encode_raw(secret("passkey")),
        "locked_for_passkey": encode_raw(b"\1" + nonce + by_passkey.encrypt(nonce, line, b"hopthu/v1/officer-keys")),
        "passphrase": phrase,
        "typed": "den am ap CONG ruong hoa",
        "salt": encode_raw(salt),
        "stretched": encode_raw(stretched),
        "auth": encode_raw(derive(stretched, "-", "login")),
        "device_words": recovery_words(secret("device")),
        "locked": encode_raw(locked),
        "identity": KEY.encode(),
        "recipient": KEY.recipient,
        "signing_key": encode_raw(signer("duty").verify_key),
    }


def authority_keys() -> Json:
    """A locked key as another program would write it, and files that no passphrase opens."""
    phrase, salt, nonce = "Đèn ấm-áp công ruộng hoa", secret("authority salt")[:16], secret("authority nonce")[:12]
    argon2 = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=64 * 1024)
    lock = derive(argon2.derive(normal_passphrase(phrase).encode()), "-", "authority-lock")
    sealed = AESGCM(lock).encrypt(nonce, secret("authority"), b"hopthu/v1/authority-key")
    good = b"\1" + salt + nonce + sealed
    bad = {
        "another salt": (good[:1] + bytes(16) + good[17:], "none"),
        "a changed byte": (good[:-1] + bytes([good[-1] ^ 1]), "none"),
        "an unknown format": (b"\2" + good[1:], "unusable"),
        "cut off": (good[:-1], "unusable"),
        "an open key": (secret("authority"), "unusable"),
    }
    return {
        "passphrase": phrase,
        "typed": "den am ap CONG ruong hoa",
        "locked": encode_raw(good),
        "seed": encode_raw(secret("authority")),
        "bad": [{"why": why, "locked": encode_raw(body), "outcome": told} for why, (body, told) in bad.items()],
    }


def families() -> dict[str, Json]:
    """Every file by name."""
    return {
        "receipts": receipts(),
        "fingerprints": fingerprints(),
        "recovery": recovery(),
        "files": files(),
        "grants": grants(),
        "sheets": sheets(),
        "entries": entries(),
        "threads": threads(),
        "forwardings": forwardings(),
        "rekeys": rekeys(),
        "recovered": recovered(),
        "cases": cases(),
        "logins": logins(),
        "authority_keys": authority_keys(),
        "audit": audit(),
        "acknowledgements": acknowledgements(),
    }
