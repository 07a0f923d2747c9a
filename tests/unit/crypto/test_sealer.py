"""A file sealed piece by piece is the file sealed whole."""

from __future__ import annotations

import pytest

from crypto.age import Identity, open_
from crypto.errors import Unusable
from crypto.payload import CHUNK
from crypto.sealer import Sealer

KEY = Identity.generate()


def sealed(*pieces: bytes) -> bytes:
    sealer = Sealer([KEY.recipient])
    return b"".join([*(sealer.update(piece) for piece in pieces), sealer.finish()])


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
@pytest.mark.parametrize("piece", [1 << 20, 1000])
def test_whatever_the_pieces_it_opens(length: int, piece: int) -> None:
    plain = bytes(at % 251 for at in range(length))
    pieces = [plain[at : at + piece] for at in range(0, length, piece)]
    assert open_(sealed(*pieces), KEY) == plain


def test_a_file_without_its_end_does_not_open() -> None:
    whole = sealed(b"x" * (CHUNK + 5))
    for length in (len(whole) - 1, len(whole) - 21):
        with pytest.raises(Unusable):
            open_(whole[:length], KEY)


def test_nothing_is_kept_back_for_long() -> None:
    sealer = Sealer([KEY.recipient])
    early = sealer.update(b"x" * 10 * CHUNK)
    assert len(early) > 9 * CHUNK


def test_a_recipient_that_is_none_is_refused() -> None:
    with pytest.raises(Unusable):
        Sealer(["age1nothing"])
