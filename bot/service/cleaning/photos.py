"""Photos without their hidden information: decoded and drawn anew, in memory, nothing carried over but the picture."""

from __future__ import annotations

import io
import struct
import warnings
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from pillow_heif import register_heif_opener

from bot.service.cleaning.outcome import PHOTO_MIME, Bounded, Cleaned, broken

MAX_PIXELS, MAX_JPEG_PIXELS = 51_000_000, 120_000_000
"""Larger pictures are refused before they are decoded (a small file can claim a huge picture). 51 million pixels of
WebP take 850 MB here; JPEG is decoded at half its size if need be, so the largest of telephones are taken."""
MAX_SIDE = 4096
"""Longest side kept, in pixels: enough to read a number plate, a quarter of the bytes of a full sensor."""
QUALITY = 88
"""JPEG quality of the new picture."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
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
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What a decoder raises for bytes that are no picture, or a damaged one."""


Image.init()
register_heif_opener(thumbnails=False)  # every decoder is here before the first byte of a file is looked at


def clean_photo(raw: io.BytesIO) -> Cleaned:
    """A JPEG showing the same picture, upright, with no metadata.

    Raises:
        NotAccepted: `media-bad` if it is no picture that can be read here, or a huge one.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what was odd in a file that could be read; huge ones are refused below
            return Cleaned(PHOTO_MIME, _redrawn(raw))
    except BROKEN:
        raise broken() from None


def _redrawn(raw: io.BytesIO) -> bytes:
    with Image.open(raw, formats=FORMATS) as picture:
        jpeg = isinstance(picture, JpegImageFile)
        if picture.width * picture.height > (MAX_JPEG_PIXELS if jpeg else MAX_PIXELS):
            raise broken()
        picture.draft(None, _fitting(picture.size))
        pixels = picture if picture.mode in PLAIN else picture.convert("RGBA")
        pixels.thumbnail((MAX_SIDE, MAX_SIDE))
        upright = ImageOps.exif_transpose(pixels).convert("RGBA")
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(upright, mask=upright.getchannel("A"))
    out = Bounded(raw)
    canvas.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size it is kept in."""
    longest = max(*size, MAX_SIDE)
    return size[0] * MAX_SIDE // longest, size[1] * MAX_SIDE // longest
