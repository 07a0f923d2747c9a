"""Photos without their hidden information: decoded and drawn anew, in memory, nothing carried over but the picture.

Runs as a program of its own (`python -m bot.service.cleaning`): one photo in, one picture out, on pipes. A file made to
break a decoder then breaks a process that holds no key, no token and nobody else's photo. `bot.service.cleaner` starts
it.
"""

from __future__ import annotations

import io
import resource
import struct
import sys
import warnings
import zlib
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.service.errors import NotAccepted

MAX_PIXELS = 64_000_000
"""Larger pictures are refused before they are decoded (a small file can claim a huge picture)."""
MAX_SIDE = 4096
"""Longest side kept, in pixels: enough to read a number plate, a quarter of the bytes of a full sensor."""
QUALITY = 88
"""JPEG quality of the new picture."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "MPO")
MIME = "image/jpeg"
PLAIN = frozenset({"RGB", "RGBA", "L", "LA", "CMYK", "YCbCr"})
"""Pixel modes that can be made smaller as they are; others are turned into colours first."""
BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    MemoryError,
    AttributeError,
    struct.error,
    zlib.error,
)
"""What a decoder raises for bytes that are no picture, or a damaged one."""


def clean_photo(raw: bytes) -> bytes:
    """A JPEG showing the same picture, upright, with no metadata.

    Raises:
        NotAccepted: `media-bad` if it is no picture that can be read here, or a huge one.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what was odd in a file that could be read; huge ones are refused below
            return _redrawn(raw)
    except BROKEN:
        raise NotAccepted("media-bad", status=422) from None


def _redrawn(raw: bytes) -> bytes:
    with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise NotAccepted("media-bad", status=422)
        pixels = picture if picture.mode in PLAIN else picture.convert("RGBA")
        pixels.thumbnail((MAX_SIDE, MAX_SIDE))
        upright = ImageOps.exif_transpose(pixels).convert("RGBA")
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


REFUSED = 3
"""Exit code for what is no picture that can be read here."""
LIMITS = {
    resource.RLIMIT_AS: 1536 * 1024 * 1024,
    resource.RLIMIT_CPU: 60,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
"""What the program may take: memory for the largest picture and its copy, a minute of work, no file, no core dump."""


def serve_one(source: BinaryIO, out: BinaryIO) -> int:
    """Clean the photo on `source` onto `out`; the exit code."""
    try:
        clean = clean_photo(source.read())
    except NotAccepted:
        return REFUSED
    out.write(clean)
    out.flush()
    return 0


def limit() -> None:
    """Bind this process to `LIMITS`; nothing can lift them again."""
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    limit()
    sys.exit(serve_one(sys.stdin.buffer, sys.stdout.buffer))
