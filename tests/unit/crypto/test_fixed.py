"""Values of one size."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crypto.errors import Unusable
from crypto.fixed import NONCE, open_fixed, seal_fixed

KEY, ROOM = bytes(32), 20


@pytest.mark.parametrize("plain", [b"", b"a", b"\0\0", b"x" * (ROOM - 2)])
def test_what_went_in_comes_out(plain: bytes) -> None:
    sealed = seal_fixed(KEY, plain, bound=b"row", room=ROOM)
    assert open_fixed(KEY, sealed, bound=b"row", room=ROOM) == plain


def test_another_room_or_row_opens_nothing() -> None:
    sealed = seal_fixed(KEY, b"a", bound=b"row", room=ROOM)
    for bound, room in ((b"other", ROOM), (b"row", ROOM + 1)):
        with pytest.raises(Unusable):
            open_fixed(KEY, sealed, bound=bound, room=room)


def test_a_length_beyond_the_room_is_refused() -> None:
    """Only who holds the key could have written it."""
    nonce = bytes(NONCE)
    forged = nonce + ChaCha20Poly1305(KEY).encrypt(nonce, b"\xff\xff" + bytes(ROOM - 2), b"row")
    with pytest.raises(Unusable):
        open_fixed(KEY, forged, bound=b"row", room=ROOM)
