"""An authenticator in software, as a device and its browser answer together; it can be told to answer wrongly."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from bot.service.desk.passkeys import Answer, Made
from crypto.wire import encode_raw

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
HOST, ORIGIN = "localhost", "http://localhost:8080"


@dataclass
class Authenticator:
    """One passkey. Everything a browser or a thief may vary is a field."""

    host: str = HOST
    origin: str = ORIGIN
    verified: bool = True
    counter: int = 0
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def _client_data(self, kind: str, challenge: bytes) -> bytes:
        said = {"type": kind, "challenge": encode_raw(challenge), "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, flags: int, rest: bytes = b"") -> bytes:
        flags |= PRESENT | (VERIFIED if self.verified else 0)
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big") + rest

    def make(self, challenge: bytes) -> Made:
        """What comes of making it."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        whole = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED, attested)}
        return Made(challenge, self.id, self._client_data("webauthn.create", challenge), cbor2.dumps(whole))

    def answer(self, challenge: bytes, *, kind: str = "webauthn.get") -> Answer:
        """Its answer to a challenge; the counter goes on, if it counts at all."""
        self.counter += 1 if self.counter else 0
        client_data, data = self._client_data(kind, challenge), self._data(0)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ECDSA(SHA256()))
        return Answer(challenge, self.id, client_data, data, signature)
