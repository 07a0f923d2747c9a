"""The public test vectors of the age format (`cctv-age`): every one that is neither armoured nor by passphrase."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import count

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from unit.crypto.node_world import run_node
from unit.crypto.x25519_reader import open_any, parse_any

from crypto.age import open_, open_stream, payload_key
from crypto.errors import Unusable
from crypto.header import read_header
from crypto.hybrid import Identity
from crypto.payload import CHUNK, TAG
from crypto.reader import ByteReader

_DUMP = """
import * as kit from "cctv-age";
const coded = Object.entries(kit).map(([name, file]) => [name, Buffer.from(file).toString("base64")]);
process.stdout.write(JSON.stringify(Object.fromEntries(coded)));
"""
_NOTHING = hashlib.sha256(b"").hexdigest()
ALL, ARMOURED, BY_PASSPHRASE, BOTH = 143, 33, 26, 1
SPLITS: dict[str, Callable[[bytes], Iterable[bytes]]] = {
    "whole": lambda body: [body],
    "by seven": lambda body: (body[at : at + 7] for at in range(0, len(body), 7)),
    "with empty chunks": lambda body: (
        part for at in range(0, len(body), 65_537) for part in (b"", body[at : at + 65_537])
    ),
}


@dataclass(frozen=True)
class Vector:
    name: str
    meta: list[tuple[str, str]]
    body: bytes

    def one(self, key: str) -> str | None:
        return next((value for name, value in self.meta if name == key), None)

    @property
    def identities(self) -> list[str]:
        return [value for name, value in self.meta if name == "identity"]


def _vector(name: str, file: bytes) -> Vector:
    head, _, body = file.partition(b"\n\n")
    pairs = [line.partition(": ") for line in head.decode().split("\n")]
    vector = Vector(name, [(key, value) for key, _, value in pairs], body)
    return Vector(name, vector.meta, zlib.decompress(body)) if vector.one("compressed") == "zlib" else vector


@cache
def all_vectors() -> dict[str, Vector]:
    dumped = run_node(_DUMP, None, "cctv-age")
    assert isinstance(dumped, dict)
    return {name: _vector(name, b64decode(coded)) for name, coded in dumped.items()}


@cache
def relevant() -> list[Vector]:
    return [one for one in all_vectors().values() if not one.one("armored") and not one.one("passphrase")]


def _judge(vector: Vector, chunks: Iterable[bytes]) -> tuple[str, bytes]:
    """What became of it, and all that was handed out."""
    given = bytearray()
    try:
        plain = open_any(chunks, [parse_any(text) for text in vector.identities])
        if plain is None:
            return "no match", b""
        for chunk in plain:
            given += chunk
    except Unusable:
        return "failure", bytes(given)
    return "success", bytes(given)


def _verifiable(vector: Vector) -> bytes:
    """All chunks that verify as last or not last, up to the first that does neither: what the vector's digest is of."""
    reader = ByteReader([vector.body])
    read_header(reader)
    cipher = ChaCha20Poly1305(payload_key(bytes.fromhex(vector.one("file key") or ""), reader.read(16)))
    given = bytearray()
    for counter in count():
        sealed = reader.read(CHUNK + TAG)
        plain = _either(cipher, counter, sealed)
        if plain is None or (counter and not plain[0]):
            return bytes(given)
        given += plain[0]
        if plain[1] or reader.ended:
            return bytes(given)
    raise AssertionError


def _either(cipher: ChaCha20Poly1305, counter: int, sealed: bytes) -> tuple[bytes, bool] | None:
    for last in (False, True) if len(sealed) == CHUNK + TAG else (True,):
        with suppress(InvalidTag):
            nonce = counter.to_bytes(11, "big") + bytes([last])
            return cipher.decrypt(nonce, sealed, None), last
    return None


def _agrees(vector: Vector, outcome: str, given: bytes) -> bool:
    """A wrong file may give less than its digest covers (we look ahead), never anything else."""
    expected = vector.one("expect") or ""
    if outcome != (expected if expected in ("success", "no match") else "failure"):
        return False
    if expected != "payload failure":
        return hashlib.sha256(given).hexdigest() == (vector.one("payload") or _NOTHING)
    most = _verifiable(vector)
    return hashlib.sha256(most).hexdigest() == vector.one("payload") and most.startswith(given)


def test_nothing_is_skipped_unseen() -> None:
    vectors = all_vectors().values()
    armoured = sum(bool(one.one("armored")) for one in vectors)
    by_passphrase = sum(bool(one.one("passphrase")) for one in vectors)
    assert (len(vectors), armoured, by_passphrase) == (ALL, ARMOURED, BY_PASSPHRASE)
    assert len(relevant()) == ALL - ARMOURED - BY_PASSPHRASE + BOTH
    assert sum("PQ" in "".join(one.identities) for one in relevant()) >= 16


@pytest.mark.parametrize("split", SPLITS)
def test_every_relevant_vector_ends_as_its_header_says(split: str) -> None:
    judged = [(vector, *_judge(vector, SPLITS[split](vector.body))) for vector in relevant()]
    assert [vector.name for vector, outcome, given in judged if not _agrees(vector, outcome, given)] == []


def _hybrid_only() -> list[Vector]:
    return [one for one in relevant() if len(one.identities) == 1 and "PQ" in one.identities[0]]


def test_the_product_s_own_reader_agrees_on_hybrid_files() -> None:
    for vector in _hybrid_only():
        identity, expected = Identity.parse(vector.identities[0]), vector.one("expect")
        if expected == "success":
            assert hashlib.sha256(open_(vector.body, identity) or b"").hexdigest() == vector.one("payload")
            assert b"".join(open_stream([vector.body], identity)) == open_(vector.body, identity)
        elif expected == "no match":
            assert open_(vector.body, identity) is None
        else:
            with pytest.raises(Unusable):
                open_(vector.body, identity)


def test_classic_files_are_not_addressed_to_a_hybrid_key() -> None:
    identity = Identity.generate()
    classic = all_vectors()["x25519"]
    assert open_(classic.body, identity) is None
    with pytest.raises(Unusable):
        b"".join(open_stream([classic.body], identity))
