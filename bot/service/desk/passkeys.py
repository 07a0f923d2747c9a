"""Passkeys (WebAuthn): a public key opens the session, and what the passkey alone derives opens the officer's keys.

Owns which answer of an authenticator counts: to a challenge of ours, not old, not answered before, from this desk's own
pages, by somebody whom the device has verified. The library is loaded with the first answer: few starts need it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.service.errors import NotAccepted
from crypto.wire import encode_raw

CHALLENGE_LIVES = 3 * 60_000
"""Milliseconds within which a challenge is answered: as long as somebody looks for his security key."""
NONCE, MARK, TIME = 16, 32, 8
MOST = 10
"""Passkeys of an officer."""
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What the library lets through besides its own errors, for bytes that are no answer of an authenticator."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks, as browsers see it: the host that passkeys are bound to, and the pages' whole origin."""

    host: str
    origin: str


def party_of(address: str) -> Party | None:
    """The party of an installation's address; None where browsers make no passkey: a bare number, or no https."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        secure = parts.scheme == "https" or host == "localhost"
        return Party(host, f"{parts.scheme}://{parts.netloc}") if host and secure else None
    return None


@dataclass(frozen=True, slots=True)
class Challenges:
    """Issues what is to be answered. Nothing is kept of one before its answer: whoever asks for many fills nothing."""

    key: bytes
    entropy: Callable[[int], bytes]

    def issue(self, purpose: str, now: int) -> bytes:
        """One for this purpose at this moment (milliseconds)."""
        told = now.to_bytes(TIME, "big") + self.entropy(NONCE)
        return told + self._mark(purpose, told)

    def issued(self, purpose: str, challenge: bytes, now: int) -> int:
        """When it was issued (milliseconds).

        Raises:
            NotAccepted: it was not, for this purpose; or too long ago.
        """
        told, mark = challenge[: TIME + NONCE], challenge[TIME + NONCE :]
        at = int.from_bytes(told[:TIME], "big")
        if not hmac.compare_digest(mark, self._mark(purpose, told)) or not 0 <= now - at <= CHALLENGE_LIVES:
            raise bad()
        return at

    def _mark(self, purpose: str, told: bytes) -> bytes:
        return hmac.digest(self.key, purpose.encode() + b"\n" + told, "sha256")


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey as the authenticator describes it; fields as the browser gives them."""

    challenge: bytes
    id: bytes
    client_data: bytes
    attestation: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """An authenticator's answer at log-in."""

    challenge: bytes
    id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes


def name_of(credential: bytes) -> bytes:
    """What a credential is kept under: SHA-256 of its id, which has no length of its own."""
    return hashlib.sha256(credential).digest()


def bad() -> NotAccepted:
    """One sentence for whatever is wrong with an answer."""
    return NotAccepted("passkey-bad", status=403)


def verified_new(made: Made, party: Party) -> tuple[bytes, int]:
    """The public key and the counter of a new passkey.

    Raises:
        NotAccepted: it was not made for this challenge, on this desk's pages, by somebody whom the device verified.
    """
    from webauthn import verify_registration_response  # noqa: PLC0415 - see above
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 - see above

    response = {"clientDataJSON": _written(made.client_data), "attestationObject": _written(made.attestation)}
    try:
        found = verify_registration_response(
            credential=_credential(made.id, response),
            expected_challenge=made.challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, *MALFORMED):
        raise bad() from None
    if found.credential_id != made.id:
        raise bad()
    return found.credential_public_key, found.sign_count


def verified_answer(answer: Answer, party: Party, *, public_key: bytes, counter: int) -> int:
    """The counter after this answer.

    Raises:
        NotAccepted: it is not by this passkey, for this challenge, on this desk's pages, by somebody whom the device
            verified; or its counter went back.
    """
    from webauthn import verify_authentication_response  # noqa: PLC0415 - see above
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 - see above

    response = {
        "clientDataJSON": _written(answer.client_data),
        "authenticatorData": _written(answer.authenticator_data),
        "signature": _written(answer.signature),
    }
    try:
        found = verify_authentication_response(
            credential=_credential(answer.id, response),
            expected_challenge=answer.challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=counter,
            require_user_verification=True,
        )
    except (WebAuthnException, *MALFORMED):
        raise bad() from None
    return found.new_sign_count


def _credential(id_: bytes, response: Mapping[str, str]) -> dict[str, Any]:
    written = _written(id_)
    return {"id": written, "rawId": written, "type": "public-key", "response": dict(response)}


def _written(raw: bytes) -> str:
    return encode_raw(raw)
