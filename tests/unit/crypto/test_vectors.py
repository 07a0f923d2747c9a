"""The shared vectors, read by Python. `web/tests/crypto/vectors.test.ts` reads the same files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from unit.crypto.audit_cases import audit

from crypto.age import Identity, open_, open_stream
from crypto.entries import Entry, open_entry
from crypto.errors import SealError, Tampered, Unusable
from crypto.fingerprint import fingerprint
from crypto.grants import open_grant
from crypto.keylock import unlock_seed
from crypto.passphrases import normal_passphrase, recovery_words, secret_from_words, words
from crypto.receipts import Good, Mistyped, grouped, recognise, reporter_identity, reporter_signer, stretch
from crypto.sheets import newest_sheet, read_draft, sign_sheet, verify_sheet
from crypto.signing import Signer
from crypto.tips import Seen, open_media, open_thread
from crypto.wire import decode_raw as raw
from crypto.wire import encode_raw

VECTORS = Path(__file__).resolve().parents[3] / "crypto" / "vectors"
Vector = dict[str, Any]


def _read(name: str) -> Vector:
    read: Vector = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return read


def _cases(name: str, key: str = "cases") -> list[Any]:
    return [pytest.param(case, id=case.get("why")) for case in _read(name)[key]]


def _outcome(work: Callable[[], object]) -> str:
    try:
        return "none" if work() is None else "good"
    except Unusable:
        return "unusable"
    except Tampered:
        return "tampered"


@pytest.mark.parametrize("case", _cases("receipts", "recognise"))
def test_recognised(case: Vector) -> None:
    found = recognise(case["text"])
    wanted = case["found"]
    assert (wanted is None) == (found is None)
    assert not isinstance(found, Good) or found.code == wanted["code"]
    assert not isinstance(found, Mistyped) or found.count == wanted["count"]


def test_stretched_and_shown() -> None:
    for case in _read("receipts")["stretch"]:
        stretched = stretch(case["code"], raw(case["salt"]))
        assert (stretched.lookup, stretched.seed) == (raw(case["lookup"]), raw(case["seed"]))
    for case in _read("receipts")["grouped"]:
        assert grouped(case["code"]) == case["shown"]


@pytest.mark.parametrize("case", _cases("receipts", "reporter"))
def test_reporter_keys(case: Vector) -> None:
    own = reporter_identity(raw(case["seed"]), case["site"])
    assert (own.encode(), own.recipient) == (case["identity"], case["recipient"])
    assert reporter_signer(raw(case["seed"]), case["site"]).verify_key == raw(case["verify"])


@pytest.mark.parametrize("case", _cases("fingerprints"))
def test_fingerprints(case: Vector) -> None:
    said = {name: case[name] for name in ("recipient", "officer", "unit", "role", "site")}
    assert fingerprint(signing_key=raw(case["signing_key"]), **said) == case["fingerprint"]


def test_a_locked_authority_key() -> None:
    case = _read("authority_keys")
    locked = raw(case["locked"])
    assert [unlock_seed(locked, case[how]) for how in ("passphrase", "typed")] == [raw(case["seed"])] * 2
    assert unlock_seed(locked, "den am ap cong ruong la") is None


@pytest.mark.parametrize("case", _cases("authority_keys", "bad"))
def test_a_locked_authority_key_that_is_wrong(case: Vector) -> None:
    passphrase = _read("authority_keys")["passphrase"]
    assert _outcome(lambda: unlock_seed(raw(case["locked"]), passphrase)) == case["outcome"]


def test_recovery_words() -> None:
    vectors = _read("recovery")
    assert hashlib.sha256("\n".join(words()).encode()).hexdigest() == vectors["list_sha256"]
    for case in vectors["good"]:
        assert recovery_words(raw(case["secret"])) == case["words"]
    for case in (*vectors["good"], vectors["unmarked"]):
        assert secret_from_words(case["words"]) == raw(case["secret"])
    for case in vectors["bad"]:
        with pytest.raises(Unusable):
            secret_from_words(case["words"])
    for case in vectors["normal"]:
        assert normal_passphrase(case["typed"]) == case["normal"]


@pytest.mark.parametrize("case", _cases("files"))
def test_files_whole_and_chunked(case: Vector) -> None:
    identity, sealed = Identity.parse(_read("files")["identity"]), raw(case["sealed"])
    pieces = [sealed[at : at + 11] for at in range(0, len(sealed), 11)]
    assert _outcome(lambda: open_(sealed, identity)) == case["outcome"]
    chunked = _outcome(lambda: b"".join(open_stream(pieces, identity)))
    assert chunked == ("good" if case["outcome"] == "good" else "unusable")
    if case["outcome"] == "good":
        assert hashlib.sha256(open_(sealed, identity) or b"").digest() == raw(case["sha256"])


@pytest.mark.parametrize("case", _cases("grants"))
def test_grants(case: Vector) -> None:
    vectors = _read("grants")
    expected = vectors["expected"] | {"tip": raw(vectors["expected"]["tip"])}
    reader, sealed = Identity.parse(vectors["identity"]), raw(case["sealed"])
    assert _outcome(lambda: open_grant(sealed, reader, **expected)) == case["outcome"]
    if case["outcome"] == "good":
        assert open_grant(sealed, reader, **expected) == Identity.parse(vectors["key"])


@pytest.mark.parametrize("case", _cases("grants", "explained"))
def test_grants_of_units_that_merged(case: Vector) -> None:
    vectors = _read("grants")
    place = {"unit": case["unit"], "goes_on_for": case["goes_on_for"], "tip": raw(vectors["expected"]["tip"])}
    reader, sealed = Identity.parse(vectors["identity"]), raw(vectors["cases"][0]["sealed"])
    outcome = _outcome(lambda: open_grant(sealed, reader, **vectors["expected"] | place))
    assert outcome == ("good" if case["good"] else "unusable")


@pytest.mark.parametrize("case", _cases("threads", "explained"))
def test_threads_of_units_that_merged(case: Vector) -> None:
    vectors = _read("threads")
    keys = {serial: raw(key) for serial, key in vectors["verify"].items()}
    where = {"site": vectors["site"], "tip": raw(vectors["tip"]), "unit": case["unit"]}
    sealed, identity = [raw(one) for one in vectors["sealed"][:5]], Identity.parse(vectors["identity"])
    outcome = _outcome(lambda: open_thread(sealed, identity, keys.get, **where, goes_on_for=case["goes_on_for"]))
    assert outcome == ("good" if case["good"] else "tampered")


@pytest.mark.parametrize("case", _cases("sheets"))
def test_sheets(case: Vector) -> None:
    authority = raw(_read("sheets")["authority"])
    assert _outcome(lambda: verify_sheet(raw(case["body"]), authority)) == case["outcome"]


def test_sheets_are_signed_as_the_page_signs_them() -> None:
    vectors = _read("sheets")
    signer = Signer.from_seed(raw(vectors["seed"]))
    for body in (raw(case["body"]) for case in vectors["cases"] if case["outcome"] == "good"):
        assert sign_sheet(read_draft(body.split(b"\n")[0]), signer) == body


@pytest.mark.parametrize("case", _cases("sheets", "newest"))
def test_newest_sheet(case: Vector) -> None:
    vectors = _read("sheets")
    bodies = [raw(body) for body in case["bodies"]]
    where = {"site": vectors["site"], "unit": vectors["unit"], "at_least": case["at_least"]}
    if case["n"] is None:
        with pytest.raises(Tampered):
            newest_sheet(bodies, raw(vectors["authority"]), **where)
    else:
        assert newest_sheet(bodies, raw(vectors["authority"]), **where).n == case["n"]


@pytest.mark.parametrize("case", _cases("entries"))
def test_entries(case: Vector) -> None:
    vectors = _read("entries")

    def verified() -> object:
        opened = open_entry(raw(case["sealed"]), Identity.parse(vectors["identity"]))
        return opened and opened.verified(raw(vectors["verify"]))

    assert _outcome(verified) == case["outcome"]


@pytest.mark.parametrize("case", _cases("entries", "contents"))
def test_media_and_places(case: Vector) -> None:
    vectors = _read("entries")

    def verified() -> object:
        opened = open_entry(raw(case["sealed"]), Identity.parse(vectors["identity"]))
        return opened and opened.verified(raw(vectors["verify"]))

    assert _outcome(verified) == case["outcome"]
    if case["outcome"] == "good":
        entry = verified()
        assert isinstance(entry, Entry)
        assert entry.kind == case["kind"]
        assert _content(entry) == case["content"]


@pytest.mark.parametrize("case", _cases("entries", "abouts"))
def test_what_a_part_answers(case: Vector) -> None:
    vectors = _read("entries")

    def verified() -> object:
        opened = open_entry(raw(case["sealed"]), Identity.parse(vectors["identity"]))
        return opened and opened.verified(raw(vectors["verify"]))

    assert _outcome(verified) == case["outcome"]
    if case["outcome"] == "good":
        entry = verified()
        assert isinstance(entry, Entry)
        assert entry.about == case["about"]


TAKES = _read("entries")["takes"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in TAKES["cases"]])
def test_taking_a_tip(case: Vector) -> None:
    def verified() -> object:
        opened = open_entry(raw(case["sealed"]), Identity.parse(_read("entries")["identity"]))
        return opened and opened.verified(raw(TAKES["verify"]))

    assert _outcome(verified) == case["outcome"]
    if case["outcome"] == "good":
        entry = verified()
        assert isinstance(entry, Entry)
        assert (entry.kind, entry.by, entry.text) == ("take", "s-1", case["text"])


def _content(entry: Entry) -> Vector:
    if entry.media is None:
        assert entry.coordinates is not None
        return asdict(entry.coordinates)
    found = asdict(entry.media)
    size = found.pop("size")
    return found | {"bytes": size, "sha256": encode_raw(entry.media.sha256)}


def _thread(vectors: Vector, sealed: list[bytes], seen: Seen | None = None) -> Any:
    keys = {serial: raw(key) for serial, key in vectors["verify"].items()}
    where = {"site": vectors["site"], "tip": raw(vectors["tip"]), "unit": vectors["unit"]}
    return open_thread(sealed, Identity.parse(vectors["identity"]), keys.get, **where, seen=seen)


@pytest.mark.parametrize("case", _cases("threads"))
def test_threads(case: Vector) -> None:
    vectors = _read("threads")
    sealed = [raw(vectors["sealed"][at]) for at in case["entries"]]
    if case["whole"]:
        entries = _thread(vectors, sealed).entries
        assert [entry.text for entry in entries] == vectors["texts"][: len(entries)]
        assert len(entries) == case["sound"]
    else:
        with pytest.raises(SealError):
            _thread(vectors, sealed)


@pytest.mark.parametrize("case", _cases("threads", "seen"))
def test_threads_against_what_was_seen(case: Vector) -> None:
    vectors = _read("threads")
    sealed = [raw(one) for one in vectors["sealed"][: case["entries"]]]
    seen = Seen(case["count"], raw(case["head"]))
    if case["whole"]:
        assert len(_thread(vectors, sealed, seen).entries) == case["entries"]
    else:
        with pytest.raises(Tampered):
            _thread(vectors, sealed, seen)


def test_media() -> None:
    vectors = _read("threads")
    identity, media = Identity.parse(vectors["identity"]), vectors["media"]
    for case in media["cases"]:
        blob = raw(case["blob"])
        size = case["bytes"]
        assert _outcome(lambda blob=blob, size=size: b"".join(open_media([blob], size, identity))) == case["outcome"]
    good = b"".join(open_media([raw(media["cases"][0]["blob"])], media["cases"][0]["bytes"], identity))
    assert hashlib.sha256(good).digest() == raw(media["plain_sha256"])


def test_what_the_pages_sealed() -> None:
    vectors = _read("pages")
    where = {"site": vectors["site"], "tip": raw(vectors["tip"]), "unit": vectors["unit"]}
    reader = Identity.parse(vectors["reader"])
    key = open_grant(raw(vectors["grant"]), reader, officer=vectors["officer"], serial=vectors["serial"], **where)
    assert key == Identity.parse(vectors["identity"])
    sealed = [raw(one) for one in vectors["entries"]]
    thread = open_thread(sealed, key, {vectors["serial"]: raw(vectors["verify"])}.get, **where)
    assert [entry.text for entry in thread.entries] == vectors["texts"]
    assert [entry.at for entry in thread.entries] == [*[None] * 7, 1_795_300_020, 1_795_300_080]


def test_the_audit_chain_is_written_as_ever() -> None:
    """Nothing in it is random, so the whole file is compared."""
    assert json.loads(json.dumps(audit())) == _read("audit")
