"""One day's key, and everything that ties a chat to anything: pseudonyms, states, draft parts, messages, their traces.

Owns the subkeys and the associated data; must not decide which epoch is used, nor keep a key anywhere. A key is random,
seals for 24 h, opens until 72 h after its birth, and is then destroyed by whoever holds it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.errors import Unusable
from crypto.labels import derive
from crypto.payload import TAG, PayloadSealer, open_payload, seal_payload
from crypto.reader import ByteReader
from crypto.tail import cut_tail, tail, with_tail
from crypto.wire import ENTRY_BUCKET, bucket

FORMAT = b"\x01"
"""First byte of everything sealed under an epoch key."""
_NUMBER, _NONCE, _SALT, _LENGTH, _KEY = 4, 12, 16, 4, 32
_HEAD = len(FORMAT) + _NUMBER
TRACE = 128
"""Bytes of a sealed trace."""
MOST_IN_TRACE = TRACE - _HEAD - _NONCE - TAG - _LENGTH
"""Bytes a trace can hold."""


def epoch_of(sealed: bytes) -> int:
    """The number of the key that sealed this. Raises Unusable for an unknown format."""
    if len(sealed) < _HEAD or not sealed.startswith(FORMAT):
        raise Unusable("epoch: unknown format")
    return int.from_bytes(sealed[len(FORMAT) : _HEAD], "big")


class PartSealer:
    """Seals one draft part's photo or film while it comes: `add` every piece, then `end`. Constant memory."""

    def __init__(self, head: bytes, key: bytes) -> None:
        self._head = head
        self._payload = PayloadSealer(key)
        self.length = 0
        """Clear bytes added so far."""

    def add(self, plain: bytes) -> bytes:
        """What is sealed by now and was not given out yet, maybe nothing."""
        self.length += len(plain)
        return self._sealed(plain)

    def _sealed(self, plain: bytes) -> bytes:
        head, self._head = self._head, b""
        return head + self._payload.add(plain)

    def end(self) -> Iterator[bytes]:
        """The rest, with the filling; nothing may be added after it."""
        for piece in tail(self.length):
            yield self._sealed(piece)
        yield self._payload.end()


@dataclass(frozen=True, slots=True)
class EpochKey:
    """One epoch: its number (0 to 2^32 - 1), its birth in UTC seconds, and 32 random bytes that are never printed.

    `site` only sets keys of different sites apart; the secret is random anyway. Subkeys, once derived, stay with the
    key and go with it.
    """

    number: int
    born: int
    secret: bytes = field(repr=False)
    site: str = "-"
    _subkeys: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuses a key of a wrong length."""
        if len(self.secret) != _KEY or not 0 <= self.number < 1 << 8 * _NUMBER:
            raise Unusable("epoch: key")

    @classmethod
    def new(cls, number: int, born: int, site: str = "-") -> EpochKey:
        """A new epoch with a random secret."""
        return cls(number, born, os.urandom(_KEY), site)

    def pseudonym(self, channel: str, chat: str) -> bytes:
        """The 32 bytes under which this epoch knows a chat."""
        return self._digest("pseudonym", channel, chat)

    def replay(self, bot: str, update: str) -> bytes:
        """The 32 bytes under which this epoch remembers an inbound message."""
        return self._digest("replay", bot, update)

    def seal_state(self, pseudonym: bytes, plain: bytes) -> bytes:
        """A conversation's state: 4 KiB whatever it holds (8 KiB, 16 KiB … for one that does not fit)."""
        return self._seal("state", pseudonym + self._number, plain)

    def open_state(self, pseudonym: bytes, sealed: bytes) -> bytes:
        """The reverse. Raises Unusable for another key, another chat or a changed byte."""
        return self._open("state", pseudonym + self._number, sealed)

    def seal_part(self, draft: bytes, part: bytes, plain: bytes) -> bytes:
        """The words of one draft part, filled to 4 KiB × 2^k. Ids are 16 bytes each."""
        return self._seal("draft", self._number + draft + part, plain)

    def open_part(self, draft: bytes, part: bytes, sealed: bytes) -> bytes:
        """The reverse. Raises Unusable for another key, draft or part, or a changed byte."""
        return self._open("draft", self._number + draft + part, sealed)

    def seal_outgoing(self, lane: bytes, n: int, plain: bytes) -> bytes:
        """A message waiting to be sent, filled to 4 KiB × 2^k. `n` is its place in its lane."""
        return self._seal("outbox", self._number + lane + n.to_bytes(8, "big"), plain)

    def open_outgoing(self, lane: bytes, n: int, sealed: bytes) -> bytes:
        """The reverse. Raises Unusable for another key, lane or place, or a changed byte."""
        return self._open("outbox", self._number + lane + n.to_bytes(8, "big"), sealed)

    def trace_id(self, lane: bytes, n: int, place: int) -> bytes:
        """The 16 bytes that name trace number `place` of what stands at `n` in a lane."""
        mac = HMAC(self._subkey("trace-id"), SHA256())
        mac.update(lane + n.to_bytes(8, "big") + place.to_bytes(4, "big"))
        return mac.finalize()[:16]

    def seal_trace(self, lane: bytes, name: bytes, plain: bytes) -> bytes:
        """Which messages stand in a chat: `TRACE` bytes, whatever it holds. Raises Unusable above `MOST_IN_TRACE`."""
        if len(plain) > MOST_IN_TRACE:
            raise Unusable("epoch: too long for a trace")
        return self._seal("trace", self._number + lane + name, plain, smallest=TRACE)

    def open_trace(self, lane: bytes, name: bytes, sealed: bytes) -> bytes:
        """The reverse. Raises Unusable for another key, lane or name, or a changed byte."""
        return self._open("trace", self._number + lane + name, sealed)

    def seal_part_stream(self, draft: bytes, part: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The media of a draft's part, in constant memory: STREAM chunks, filled to 64 KiB × 2^k."""
        salt = os.urandom(_SALT)
        yield FORMAT + self._number + salt
        yield from seal_payload(self._stream_key(draft, part, salt), with_tail(chunks))

    def part_sealer(self, draft: bytes, part: bytes) -> PartSealer:
        """The same for bytes that are pushed in as they come."""
        salt = os.urandom(_SALT)
        return PartSealer(FORMAT + self._number + salt, self._stream_key(draft, part, salt))

    def open_part_stream(self, draft: bytes, part: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The reverse. Raises Unusable as `open_part` does; use nothing of it before the iterator has ended."""
        reader = ByteReader(chunks)
        self._check_head(reader.read(_HEAD))
        key = self._stream_key(draft, part, reader.read(_SALT))
        yield from cut_tail(open_payload(key, reader))

    @property
    def _number(self) -> bytes:
        return self.number.to_bytes(_NUMBER, "big")

    def _subkey(self, use: str) -> bytes:
        found = self._subkeys.get(use)
        if found is None:
            found = self._subkeys[use] = derive(self.secret, self.site, use)
        return found

    def _digest(self, use: str, first: str, second: str) -> bytes:
        mac = HMAC(self._subkey(use), SHA256())
        for text in (first.encode(), second.encode()):
            mac.update(len(text).to_bytes(4, "big") + text)
        return mac.finalize()

    def _stream_key(self, draft: bytes, part: bytes, salt: bytes) -> bytes:
        info = self._number + draft + part
        return HKDF(algorithm=SHA256(), length=_KEY, salt=salt, info=info).derive(self._subkey("draft-stream"))

    def _check_head(self, sealed: bytes) -> None:
        if epoch_of(sealed) != self.number:
            raise Unusable("epoch: another key")

    def _seal(self, use: str, bound: bytes, plain: bytes, smallest: int = ENTRY_BUCKET) -> bytes:
        around = _HEAD + _NONCE + TAG
        size = bucket(around + _LENGTH + len(plain), smallest) - around
        nonce = os.urandom(_NONCE)
        filled = (len(plain).to_bytes(_LENGTH, "big") + plain).ljust(size, b"\0")
        cipher = ChaCha20Poly1305(self._subkey(use))
        return FORMAT + self._number + nonce + cipher.encrypt(nonce, filled, bound)

    def _open(self, use: str, bound: bytes, sealed: bytes) -> bytes:
        self._check_head(sealed)
        nonce, body = sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
        cipher = ChaCha20Poly1305(self._subkey(use))
        try:
            filled = cipher.decrypt(nonce, body, bound)
        except (InvalidTag, ValueError) as error:
            raise Unusable("epoch: does not verify") from error
        length = int.from_bytes(filled[:_LENGTH], "big")
        if length > len(filled) - _LENGTH:
            raise Unusable("epoch: length")
        return filled[_LENGTH : _LENGTH + length]
