"""The audit chain: nothing in it can be rewritten, taken away, moved or put in without its being found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.crypto.audit_cases import (
    CHECKS,
    HOUR,
    MERGED,
    SERVER,
    SIGNERS,
    WHOLE,
    Chain,
    _badly_written,
    _spoilt,
    file_of,
    gap,
    rechained,
    withheld,
)
from unit.crypto.sealing_world import AUTHORITY, SITE, UNIT, sheet, sheet_body, signer

from crypto import audit
from crypto.acts import DETAILS, DIGESTS, NUMBERS, PEOPLE, UNITS, WORDS, Act, digest, read_record, sign_act, verified
from crypto.audit import Mark, Misfit, Point, beginning, follow, short, verify_chain, withhold
from crypto.audit_file import read_file, verify_file, write_file
from crypto.errors import Tampered, Unusable
from crypto.sheets import sign_sheet
from crypto.wire import encode_raw

EXAMPLES = 200
SERVERS = (SERVER.verify_key,)


def mark(n: int) -> Mark:
    """What somebody notes of the whole chain's record `n`."""
    return Mark(short(digest(WHOLE[n - 1])).replace(" ", ""), n)


def holds(records: Sequence[bytes]) -> bool:
    """True where somebody who noted the whole chain's end takes these records for it."""
    return verify_chain(records, CHECKS, seen=mark(len(WHOLE))).fault is None


def test_a_whole_chain_holds_to_its_end() -> None:
    verdict = verify_chain(WHOLE, CHECKS)
    assert (verdict.fault, verdict.point.n, verdict.point.head) == (None, len(WHOLE), digest(WHOLE[-1]))
    assert holds(WHOLE)


def test_it_holds_every_act_there_is() -> None:
    told = {(act.kind, act.act) for act in (read_record(body).act for body in WHOLE)}
    assert told == {(kind, act) for kind, acts in DETAILS.items() for act in acts}


@pytest.mark.parametrize(("records", "n", "fault"), [case[1:] for case in _spoilt()], ids=[c[0] for c in _spoilt()])
def test_the_first_that_does_not_fit_is_named(records: list[bytes], n: int, fault: str | None) -> None:
    verdict = verify_chain(records, CHECKS)
    assert verdict.point.n == n
    assert (verdict.fault and verdict.fault.why) == fault
    assert verdict.fault is None or verdict.fault.n == n + 1


@pytest.mark.parametrize(("records", "n", "fault"), [case[1:] for case in withheld()], ids=[c[0] for c in withheld()])
def test_a_merged_units_chain_holds_though_some_of_it_is_not_shown(
    records: list[bytes], n: int, fault: str | None
) -> None:
    verdict = verify_chain(records, MERGED)
    assert (verdict.point.n, verdict.fault and verdict.fault.why) == (n, fault)
    whole = verify_chain(WHOLE, MERGED).point
    assert fault or verdict.point.head == whole.head


def test_what_is_not_shown_says_nothing_but_its_digest() -> None:
    assert gap(5) == b'{"v":1,"n":5,"withheld":"%s"}\n\n' % encode_raw(digest(WHOLE[4])).encode()


@pytest.mark.parametrize(("olds", "why"), [(("cu",), None), ((), "withheld")])
def test_a_file_with_digests_alone_holds_where_its_newest_sheet_tells_of_a_merger(
    olds: tuple[str, ...], why: str | None
) -> None:
    newest = sign_sheet(replace(sheet(), n=sheet().n + 1, goes_on_for=olds), AUTHORITY)
    file = read_file(file_of([*WHOLE[:4], gap(5), *WHOLE[5:]], sheets=(sheet_body(), newest)))
    verdict = verify_file(file, authority=AUTHORITY.verify_key, server=SERVERS)
    assert (verdict.fault and verdict.fault.why) == why
    assert len(verdict.point.withheld) == (0 if why else 1)


@pytest.mark.parametrize("body", [body for _, body in _badly_written()], ids=[why for why, _ in _badly_written()])
def test_a_record_written_otherwise_is_none(body: bytes) -> None:
    with pytest.raises(Unusable):
        read_record(body)


def test_it_is_followed_from_any_point() -> None:
    half = verify_chain(WHOLE[:7], CHECKS).point
    assert verify_chain(WHOLE[7:], CHECKS, start=half) == verify_chain(WHOLE, CHECKS)
    with pytest.raises(Misfit, match="number"):
        follow(half, WHOLE[8], CHECKS)


@pytest.mark.parametrize(
    ("records", "seen", "fault"),
    [
        (WHOLE, mark(5), None),
        (WHOLE, replace(mark(5), n=None), None),
        (WHOLE, replace(mark(5), digits=digest(WHOLE[4]).hex()), None),
        (WHOLE[:4], mark(5), (5, "shorter")),
        (WHOLE[:4], replace(mark(5), n=None), (0, "elsewhere")),
        (WHOLE, replace(mark(6), n=5), (5, "differs")),
        (WHOLE, Mark("0" * 64), (0, "elsewhere")),
        (WHOLE, replace(mark(5), digits=digest(WHOLE[4]).hex()[:-1] + "x"), (5, "differs")),
        ((), Mark(beginning(SITE, UNIT).head.hex(), 0), None),
    ],
)
def test_a_noted_head_is_kept_to(records: Sequence[bytes], seen: Mark, fault: tuple[int, str] | None) -> None:
    found = verify_chain(records, CHECKS, seen=seen).fault
    assert (found and (found.n, found.why)) == fault


def test_a_long_chain_with_much_withheld_costs_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a point holds is put together once, not again with every record."""
    held: list[int] = []

    def counted(*fields: object) -> Point:
        made = Point(*fields)  # type: ignore[arg-type] # as it is called
        held.append(len(made.own) + len(made.withheld))
        return made

    monkeypatch.setattr(audit, "Point", counted)
    length = 500
    links = (withhold(n, digest(b"%d" % n)) for n in range(1, length + 1))
    found = verify_chain(links, MERGED)
    assert (found.fault, found.point.n, len(found.point.withheld)) == (None, length, length)
    assert sum(held) <= length


def test_the_end_cut_off_shows_at_the_next_act_of_the_same_officer() -> None:
    """He signed 10; it was taken away; he signs again on what he is shown. Whoever has the chain sees the gap."""
    cut = Chain()
    for body in WHOLE[:9]:
        cut.add(body)
    said = replace(cut.next("open", serial="s-2"), own=verify_chain(WHOLE[:10], CHECKS).point.own["s-2"])
    forked = verify_chain([*WHOLE[:9], sign_act(said, SIGNERS["s-2"])], CHECKS)
    assert forked.fault is not None
    assert (forked.fault.n, forked.fault.why) == (10, "own")


def test_what_the_server_saw_is_no_officers_word() -> None:
    act = replace(Chain().next("login"), kind="observed", tip=None)
    with pytest.raises(Tampered):
        verified(sign_act(act, SERVER), SIGNERS["s-1"].verify_key)
    assert verified(sign_act(act, SERVER), SERVER.verify_key) == act
    one, other = sign_act(act, SIGNERS["s-1"]), read_record(sign_act(act, SIGNERS["s-1"]))
    assert read_record(one) == other
    assert not other.signed_by(SERVER.verify_key)


def test_nobody_signs_what_no_record_may_say() -> None:
    act = Chain().next("open")
    wrong: list[dict[str, object]] = [
        {"hour": HOUR + 60},
        {"n": 0},
        {"tip": None},
        {"serial": None},
        {"serial": None, "officer": None},
        {"detail": (("text", "words"),)},
        {"act": "login"},
        {"kind": "observed"},
        {"kind": "observed", "act": "login"},
        {"officer": "duty\n"},
        {"head": b"short"},
    ]
    for changes in wrong:
        with pytest.raises(Unusable):
            sign_act(replace(act, **changes), SIGNERS["s-1"])


def test_a_record_has_no_room_for_words_or_minutes() -> None:
    """Details are numbers, digests, codes of units and words of short fixed lists; the only time is a whole hour."""
    fields = {name for acts in DETAILS.values() for names in acts.values() for name in names}
    assert fields == {*NUMBERS, *DIGESTS, *UNITS, *PEOPLE, *WORDS}
    assert {*DIGESTS, *UNITS} == {"entry", "change", "grants", "recovery", "manifest", "to", "from", "into"}
    assert all(len(word) <= 13 and word.isascii() for words in WORDS.values() for word in words)
    assert {read_record(body).act.hour % 3600 for body in WHOLE} == {0}
    assert {name for name in Act.__slots__ if "at" in name.split("_") or "time" in name} == set()
    assert not {"tip", "message", "text", "submit", "add"} & {act for acts in DETAILS.values() for act in acts}


def test_the_beginning_is_the_units_own() -> None:
    heads = {beginning(site, unit).head for site in (SITE, "khac") for unit in (UNIT, "khac")}
    assert len(heads) == 4


def test_a_short_head_is_read_aloud_in_fours() -> None:
    assert short(bytes(range(32))) == "0001 0203 0405 0607"


# Whatever is done to rows.


@given(st.integers(0, len(WHOLE) - 1), st.data())
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
def test_no_changed_byte_goes_unseen(which: int, data: st.DataObject) -> None:
    changed = bytearray(WHOLE[which])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    assert not holds([*WHOLE[:which], bytes(changed), *WHOLE[which + 1 :]])


def _deleted(rows: list[bytes], one: int, _other: int) -> list[bytes]:
    return [*rows[:one], *rows[one + 1 :]]


def _moved(rows: list[bytes], one: int, other: int) -> list[bytes]:
    rest = _deleted(rows, one, other)
    return [*rest[:other], rows[one], *rest[other:]]


def _inserted(rows: list[bytes], one: int, other: int) -> list[bytes]:
    return [*rows[:other], rows[one], *rows[other:]]


def _overwritten(rows: list[bytes], one: int, other: int) -> list[bytes]:
    return [*rows[:one], rows[other], *rows[one + 1 :]]


def _cut(rows: list[bytes], one: int, _other: int) -> list[bytes]:
    return rows[:one]


def _rewritten(rows: list[bytes], one: int, _other: int) -> list[bytes]:
    """The server alone leaves one out and signs again whatever it can."""
    return rechained(_deleted(rows, one, one), one, {"server": SERVER})


def _rewritten_by(serial: str) -> Callable[[list[bytes], int, int], list[bytes]]:
    def operation(rows: list[bytes], one: int, _other: int) -> list[bytes]:
        """The server and one of two officers together."""
        return rechained(_deleted(rows, one, one), one, {"server": SERVER, serial: SIGNERS[serial]})

    return operation


OPERATIONS = (_deleted, _moved, _inserted, _overwritten, _cut, _rewritten, _rewritten_by("s-1"), _rewritten_by("s-2"))


@given(st.sampled_from(OPERATIONS), st.integers(0, len(WHOLE) - 1), st.integers(0, len(WHOLE) - 1))
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
def test_no_row_is_changed_unseen(
    operation: Callable[[list[bytes], int, int], list[bytes]], one: int, other: int
) -> None:
    rows = operation(list(WHOLE), one, other)
    assert rows == list(WHOLE) or not holds(rows)


# The file.


def test_a_file_comes_back_whole() -> None:
    content = file_of(WHOLE)
    file = read_file(content)
    assert (write_file(file), file.records) == (content, WHOLE)
    verdict = verify_file(file, authority=AUTHORITY.verify_key, server=SERVERS)
    assert (verdict.fault, verdict.point.n) == (None, len(WHOLE))


def test_an_empty_chain_has_a_file_too() -> None:
    verdict = verify_file(read_file(file_of(())), authority=AUTHORITY.verify_key, server=SERVERS)
    assert (verdict.fault, verdict.point.n) == (None, 0)


def test_the_digest_that_stands_for_a_last_record_cannot_be_another() -> None:
    """No record comes after it that names it as its head."""
    newest = sign_sheet(replace(sheet(), n=sheet().n + 1, goes_on_for=("cu",)), AUTHORITY)
    content = file_of([*WHOLE[:-1], gap(len(WHOLE))], sheets=(sheet_body(), newest))
    written = encode_raw(digest(WHOLE[-1])).encode()
    forged = content.replace(written, encode_raw(digest(b"another")).encode())
    assert forged != content
    for body, why in ((content, None), (forged, "digest")):
        fault = verify_file(read_file(body), authority=AUTHORITY.verify_key, server=SERVERS).fault
        assert (fault and fault.why) == why


@given(st.data())
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
def test_no_changed_byte_of_a_file_goes_unseen(data: st.DataObject) -> None:
    content = bytearray(file_of(WHOLE))
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        file = read_file(bytes(content))
    except Unusable:
        return
    assert verify_file(file, authority=AUTHORITY.verify_key, server=SERVERS).fault is not None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (file_of(WHOLE, authority=signer("forger").verify_key), "keys"),
        (file_of(WHOLE, server=(signer("forger").verify_key,)), "keys"),
        (file_of(WHOLE, sheets=(sign_sheet(sheet(), signer("forger")),)), "sheet"),
        (file_of(WHOLE, sheets=(sheet_body(unit="khac"),)), "sheet"),
        (file_of(WHOLE, sheets=()), "signer"),
        (file_of(WHOLE, site="khac", sheets=()), "place"),
    ],
)
def test_what_a_file_claims_is_not_believed(content: bytes, why: str) -> None:
    fault = verify_file(read_file(content), authority=AUTHORITY.verify_key, server=SERVERS).fault
    assert fault is not None
    assert fault.why == why


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"words",
        file_of(WHOLE)[:-1],
        file_of(WHOLE) + b"\n",
        b"{}\n",
        file_of(WHOLE).replace(b'"hopthu-audit"', b'"hopthu-backup"'),
        file_of(WHOLE).replace(b'"v":2', b'"v": 2', 1),
        file_of(WHOLE).replace(b'"v":2', b'"v":1', 1),
        file_of(WHOLE)[:-44],
        file_of(WHOLE) + file_of(WHOLE)[-44:],
    ],
)
def test_what_is_no_file_is_refused(content: bytes) -> None:
    with pytest.raises(Unusable):
        read_file(content)


def test_older_server_keys_are_believed_where_they_are_known() -> None:
    old = signer("server before")
    records = rechained(WHOLE, 0, {"server": old, **SIGNERS})
    content = file_of(records, server=(old.verify_key, SERVER.verify_key))
    both = (old.verify_key, SERVER.verify_key)
    assert verify_file(read_file(content), authority=AUTHORITY.verify_key, server=both).fault is None
    fault = verify_file(read_file(content), authority=AUTHORITY.verify_key, server=SERVERS).fault
    assert fault is not None
    assert fault.why == "keys"
