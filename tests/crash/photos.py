"""Photos of one colour each, by which they are known again after they were drawn anew."""

from __future__ import annotations

import io
import random

from PIL import Image

SIZE = (64, 48)
NEAR = 12
"""How far a channel of a colour may be off: JPEG keeps them nearly."""
Colour = tuple[int, int, int]


def some_colour(chance: random.Random) -> Colour:
    return (chance.randrange(256), chance.randrange(256), chance.randrange(256))


def taken(colour: Colour) -> bytes:
    """A photo, as a telephone sends it."""
    out = io.BytesIO()
    Image.new("RGB", SIZE, colour).save(out, "JPEG", quality=95)
    return out.getvalue()


def shows(content: bytes, colour: Colour) -> bool:
    """True if this is the photo of that colour."""
    with Image.open(io.BytesIO(content)) as image:
        if image.size != SIZE:
            return False
        found = image.convert("RGB").getpixel((SIZE[0] // 2, SIZE[1] // 2))
    assert isinstance(found, tuple)
    return all(abs(one - other) <= NEAR for one, other in zip(found, colour, strict=True))
