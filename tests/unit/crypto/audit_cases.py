"""A made-up audit chain with fixed keys, the ways to spoil it, and the cases behind `crypto/vectors/audit.json`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from unit.crypto.sealing_world import AUTHORITY, SITE, UNIT, secret, sheet, sheet_body, signer

from crypto.acts import LABELS, OF_A_TIP, Act, Detail, Own, digest, read_record, sign_act
from crypto.audit import Checks, Point, beginning, follow, short, verify_chain, withhold
from crypto.audit_file import AuditFile, write_file
from crypto.signing import Signer
from crypto.wire import Fields, encode_line, encode_raw, signed

Json = dict[str, object]
SERVER = signer("server audit")
HOUR = 1_795_298_400
TIP = secret("tip")[:16]
NAMES = {"s-1": "duty", "s-2": "chief"}
LINES = {line.serial: line for line in sheet().officers}
CHECKS = Checks(SITE, UNIT, LINES.get, (SERVER.verify_key,))
MERGED = replace(CHECKS, withholds=True)
"""As its sheet says, the unit goes on for others."""
ENTRY: Detail = (("seq", 2), ("entry", secret("sealed entry")))
TABLE: Detail = (("list", "boxes"), ("change", secret("table")))


class Chain:
    """A chain that grows by acts."""

    def __init__(self) -> None:
        self.point: Point = beginning(SITE, UNIT)
        self.records: list[bytes] = []

    def officer(self, act: str, detail: Detail = (), serial: str = "s-1", **changes: object) -> Chain:
        """One officer's act, signed as his browser does, or spoilt in some fields."""
        said = self.next(act, detail=detail, serial=serial)
        return self.add(sign_act(replace(said, **changes), signer(NAMES[serial])))

    def observed(self, act: str, detail: Detail = (), serial: str | None = "s-1") -> Chain:
        """One act the server saw."""
        tip = TIP if act in OF_A_TIP else None
        said = replace(self.next(act, detail=detail, serial=serial), kind="observed", tip=tip, own=None)
        return self.add(sign_act(said, SERVER))

    def next(self, act: str, *, detail: Detail = (), serial: str | None = "s-1") -> Act:
        """What the next record would say."""
        return Act(
            site=SITE,
            unit=UNIT,
            n=self.point.n + 1,
            head=self.point.head,
            kind="officer",
            act=act,
            hour=HOUR + 3600 * (self.point.n // 3),
            officer=NAMES[serial] if serial else None,
            serial=serial,
            tip=TIP,
            detail=detail,
            own=self.point.own.get(serial or ""),
        )

    def add(self, body: bytes) -> Chain:
        self.records.append(body)
        self.point = follow(self.point, body, CHECKS)
        return self


def whole() -> Chain:
    """Every act there is, once at least, by two officers and the server."""
    chain = Chain().observed("sheet", (("sheet", 3),), None).observed("enrol").observed("login").officer("open")
    chain.officer("take", ENTRY).observed("login-failed", (("count", 3),), "s-2").observed("login", serial="s-2")
    chain.officer("question", ENTRY).officer("take-over", (*ENTRY, ("reason", "shift")), "s-2")
    chain.officer("ask-identity", ENTRY, "s-2").officer("answer", ENTRY, "s-2")
    chain.officer("state", (*ENTRY, ("state", "verify")), "s-2").observed("invite", serial=None)
    chain.observed("remove").observed("keys", (("file", "master"),), None).officer("open", serial="s-2")
    chain.observed("logout", serial="s-2").officer("arrange", TABLE, "s-2", tip=None)
    chain.observed("arrange", (("list", "roster"), ("change", secret("rows"))), None)
    chain.officer("forward", (*ENTRY, ("to", "xa-ben"), ("grants", secret("grants"))))
    chain.observed("forwarded", (*ENTRY, ("from", "xa-ben")), None)
    _hands(chain)
    chain.observed("acknowledged", (("count", 2),), "s-2").observed("passed-duty", (("count", 1),))
    for case in ("classified", "extend", "hold"):
        chain.officer("case", (*ENTRY, ("case", case)), "s-2")
    chain.observed("register", (("year", 2026), ("purpose", "inspection")), "s-2")
    chain.officer("export", (("purpose", "file"), ("manifest", secret("manifest"))), "s-2")
    chain.observed("link").observed("unlink").observed("erased", (("count", 4),), None)
    return chain.observed("merge", (("into", "xa-moi"),), None)


def _hands(chain: Chain) -> None:
    """Keys change hands."""
    keys = ("grants", secret("grants"))
    chain.officer("give", (("reader", "s-2"), keys)).officer("take-back", (("reader", "s-2"),))
    chain.officer("hand-over", (("reader", "s-2"), keys, ("count", 200)), tip=None)
    chain.officer("rekey", (*ENTRY, keys))
    recovered = (("count", 40), keys, ("recovery", secret("recovery recipient")))
    chain.officer("recovered", recovered, "s-2", tip=None).observed("passkey").observed("passkey-off")


WHOLE = tuple(whole().records)
SIGNERS = {"s-1": signer("duty"), "s-2": signer("chief")}


def resigned(body: bytes, key: Signer, **changes: object) -> bytes:
    """The record with fields changed, signed by somebody as its own kind."""
    act = replace(read_record(body).act, **changes)
    return sign_act(act, key)


def rechained(records: Sequence[bytes], first: int, keys: dict[str, Signer]) -> list[bytes]:
    """Records numbered and chained anew from place `first` on, signed again by whoever of `keys` can."""
    done = list(records[:first])
    point = verify_chain(done, CHECKS).point
    n, head, own = point.n, point.head, dict(point.own)
    for body in records[first:]:
        record = read_record(body)
        serial = record.act.serial or ""
        mine = own.get(serial) if record.act.kind == "officer" else None
        act = replace(record.act, n=n + 1, head=head, own=mine)
        key = keys.get(serial) if act.kind == "officer" else keys.get("server")
        made = sign_act(act, key) if key else _unsigned(act, record.signature)
        n, head = n + 1, digest(made)
        if act.kind == "officer":
            own[serial] = Own(n, head)
        done.append(made)
    return done


def _unsigned(act: Act, signature: bytes) -> bytes:
    """The changed line under its old signature: all that somebody without the key can make."""
    return signed(read_record(sign_act(act, signer("nobody"))).line, signature)


def gap(n: int, record: bytes | None = None) -> bytes:
    """Record `n` as it stands before somebody who may not know it; or another one's digest in its place."""
    return withhold(n, digest(WHOLE[n - 1] if record is None else record))


def withheld() -> list[tuple[str, list[bytes], int, str | None]]:
    """Why, records of a merged unit's chain as one officer is shown it, the last number that holds, the fault."""
    w, last = list(WHOLE), len(WHOLE)
    named_other = resigned(w[7], SIGNERS["s-1"], own=Own(5, digest(w[3])))
    named_older = resigned(w[11], SIGNERS["s-2"], own=Own(9, digest(w[8])))
    tips = [gap(n) if read_record(one).act.tip else one for n, one in enumerate(w, 1)]
    return [
        ("one withheld that an own act names later", [*w[:4], gap(5), *w[5:]], last, None),
        ("all of tips", tips, last, None),
        ("everything", [gap(n) for n in range(1, last + 1)], last, None),
        ("the digest of another", [*w[:4], gap(5, w[3]), *w[5:]], 5, "head"),
        ("of another number", [*w[:4], gap(6), *w[5:]], 4, "number"),
        ("an own act that names another in its place", [*w[:4], gap(5), *w[5:7], named_other, *w[8:]], 7, "own"),
        ("an own act that names one before the last shown", [*w[:8], gap(9), *w[9:11], named_older], 11, "own"),
        ("something after it", [*w[:4], gap(5) + b" ", *w[5:]], 4, "shape"),
        ("a short digest", [*w[:4], gap(5).replace(encode_raw(digest(w[4])).encode(), b"AAAA"), *w[5:]], 4, "shape"),
    ]


def _spoilt() -> list[tuple[str, list[bytes], int, str | None]]:
    """Why, records, the last number that holds, the fault."""
    w, last = list(WHOLE), len(WHOLE)
    server = {"server": SERVER}
    other = resigned(w[3], signer("forger"))
    fork = replace(read_record(w[8]).act, own=Own(4, digest(w[3])))
    stranger = resigned(w[3], signer("duty"), serial="s-9")
    return [
        ("whole", w, last, None),
        ("nothing", [], 0, None),
        ("only its beginning", w[:5], 5, None),
        ("the first taken away", w[1:], 0, "number"),
        ("one taken away", [*w[:4], *w[5:]], 4, "number"),
        ("two swapped", [*w[:4], w[5], w[4], *w[6:]], 4, "number"),
        ("one doubled", [*w[:5], w[4], *w[5:]], 5, "number"),
        ("one under a stranger's signature", [*w[:3], other, *w[4:]], 3, "signature"),
        ("an observed one changed and signed again", [*w[:1], resigned(w[1], SERVER, act="logout"), *w[2:]], 2, "head"),
        ("an officer's act signed by the server", [*w[:3], resigned(w[3], SERVER), *w[4:]], 3, "signature"),
        ("an observed act signed by an officer", [*w[:1], resigned(w[1], signer("duty")), *w[2:]], 1, "signature"),
        ("one taken away, the rest chained anew by the server", rechained([*w[:2], *w[3:]], 2, server), 2, "signature"),
        ("an officer's first act forgotten by all but him", rechained([*w[:3], *w[4:]], 3, server), 3, "signature"),
        ("another own act before", [*w[:8], sign_act(fork, signer("chief"))], 8, "own"),
        ("an own act denied", [*w[:9], sign_act(replace(read_record(w[9]).act, own=None), signer("chief"))], 9, "own"),
        ("another unit's", [resigned(w[0], SERVER, unit="khac")], 0, "place"),
        ("another site's", [resigned(w[0], SERVER, site="khac")], 0, "place"),
        ("a serial on no sheet", [*w[:3], stranger], 3, "signer"),
        ("an account of another name", [*w[:3], resigned(w[3], signer("duty"), officer="chief")], 3, "signer"),
        ("something after a record", [*w[:3], w[3] + b" "], 3, "shape"),
        ("no record", [b"words"], 0, "shape"),
        ("one withheld where no unit ended", [*w[:4], gap(5), *w[5:]], 4, "withheld"),
    ]  # fmt: skip


def _badly_written() -> list[tuple[str, bytes]]:
    line = read_record(WHOLE[7]).line
    fields = dict(Fields.parse(line)._fields)

    def made(**changes: object) -> bytes:
        return _signed_line(encode_line(fields | changes))

    seq: Json = {"seq": 2, "entry": encode_raw(secret("sealed entry"))}
    many: Json = {"reader": "s-2", "grants": seq["entry"]}
    gone: Json = {**seq, "to": "xa-ben", "grants": seq["entry"]}
    came: Json = {"kind": "observed", "act": "forwarded", "detail": {**seq, "from": "xa-ben"}}
    arranged, table = {"act": "arrange", "tip": None}, {"list": "boxes", "change": encode_raw(secret("table"))}
    return [
        ("an unknown version", made(v=2)),
        ("a field more", made(words="x")),
        ("an unknown act", made(act="read")),
        ("an unknown kind", made(kind="reporter")),
        ("an observed act as an officer's", made(act="login", detail={})),
        ("a minute", made(hour=HOUR + 60)),
        ("number nought", made(n=0)),
        ("no tip", made(tip=None)),
        ("a short tip", made(tip="AAAA")),
        ("no serial", made(serial=None)),
        ("an empty serial", made(serial="")),
        ("words in the detail", made(detail={**seq, "text": "x"})),
        ("a detail less", made(detail={"seq": 2})),
        ("an unknown reason", made(act="take-over", detail={**seq, "reason": "bí mật"})),
        ("an unknown state", made(act="state", detail={**seq, "state": "lost"})),
        ("an arranging act with a tip", made(act="arrange", detail=table)),
        ("an unknown list", made(**arranged, detail={**table, "list": "tips"})),
        ("a change that is no digest", made(**arranged, detail={**table, "change": "AAAA"})),
        ("a name that hides", made(officer="duty\x1b[8m")),
        ("given to nobody", made(act="give", detail={"reader": "", "grants": seq["entry"]})),
        ("given to who hides", made(act="give", detail={"reader": "s\u200b", "grants": seq["entry"]})),
        ("many handed over with a tip", made(act="hand-over", detail={**many, "count": 2})),
        ("many handed over, who knows how many", made(act="hand-over", tip=None, detail=many)),
        ("taken back without a tip", made(act="take-back", tip=None, detail={"reader": "s-2"})),
        ("an act of a case that is none", made(act="case", detail={**seq, "case": "forgotten"})),
        ("an act of a case about no tip", made(act="case", tip=None, detail={**seq, "case": "closed"})),
        ("a register for no purpose", made(kind="observed", act="register", tip=None, detail={"year": 2026})),
        ("taken out for no purpose", made(act="export", detail={"manifest": seq["entry"]})),
        ("taken out, all of them", made(act="export", tip=None, detail={"purpose": "file", "manifest": seq["entry"]})),
        ("a new key without its grants", made(act="rekey", detail=seq)),
        ("passed on without its keys", made(act="forward", detail={**seq, "to": "xa-ben"})),
        ("passed on to no unit", made(act="forward", detail={**gone, "to": ""})),
        (
            "passed on to a unit that hides",
            made(act="forward", detail={**seq, "to": "xa\u200b", "grants": seq["entry"]}),
        ),
        ("an observed act with a tip", made(kind="observed", act="login", detail={}, own=None)),
        ("come from elsewhere without a tip", made(**came, tip=None)),
        ("come from elsewhere with an own act", made(**came, own={"n": 1, "record": seq["entry"]})),
        ("fields in another order", _signed_line(encode_line(dict(reversed(fields.items()))))),
        ("a space", _signed_line(line.replace(b'"v":1', b'"v": 1'))),
        ("an escape", _signed_line(line.replace(b"question", b"\\u0071uestion"))),
        ("a field twice", _signed_line(line.replace(b'"v":1', b'"v":1,"v":1'))),
        ("a fraction", _signed_line(line.replace(b'"v":1', b'"v":1.0'))),
    ]


def _signed_line(line: bytes) -> bytes:
    return signed(line, signer("duty").sign(LABELS["officer"] + line))


def audit() -> Json:
    """Chains and records as the pages read them too."""
    pool = list(dict.fromkeys(one for _, records, _, _ in (*_spoilt(), *withheld()) for one in records))
    points = [beginning(SITE, UNIT)]
    for body in WHOLE:
        points.append(follow(points[-1], body, CHECKS))
    return {
        "site": SITE,
        "unit": UNIT,
        "server": encode_raw(SERVER.verify_key),
        "authority": encode_raw(AUTHORITY.verify_key),
        "sheet": encode_raw(sheet_body()),
        "tip": encode_raw(TIP),
        "entry": encode_raw(secret("sealed entry")),
        "hour": HOUR,
        "beginning": encode_raw(points[0].head),
        "short": [short(point.head) for point in points],
        "seeds": {serial: encode_raw(key.seed) for serial, key in SIGNERS.items()},
        "pool": [encode_raw(one) for one in pool],
        "cases": [
            {"why": why, "records": [pool.index(one) for one in records], "n": n, "fault": fault}
            for why, records, n, fault in _spoilt()
        ],
        "withheld": [
            {"why": why, "records": [pool.index(one) for one in records], "n": n, "fault": fault}
            for why, records, n, fault in withheld()
        ],
        "bad": [{"why": why, "body": encode_raw(body)} for why, body in _badly_written()],
        "file": encode_raw(file_of(WHOLE)),
    }


def file_of(records: Sequence[bytes], **changes: object) -> bytes:
    """The chain as it leaves the desk."""
    file = AuditFile(SITE, UNIT, AUTHORITY.verify_key, (SERVER.verify_key,), (sheet_body(),), tuple(records))
    return write_file(replace(file, **changes))
