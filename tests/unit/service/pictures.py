"""Pictures with secrets in them, for what cleans them."""

from __future__ import annotations

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pillow_heif import register_heif_opener

register_heif_opener()

SECRET = "Nguyen Van Bi Mat"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
LEFT, RIGHT = (220, 30, 30), (30, 30, 220)


def marked(size: tuple[int, int] = (64, 32), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right: it shows which way up it is."""
    picture = Image.new("RGB", size, LEFT)
    picture.paste(RIGHT, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def written(picture: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Who took it, where, and how the camera was held."""
    found = Image.Exif()
    found[ORIENTATION] = orientation
    found[MAKE] = SECRET
    found.get_ifd(GPS).update({1: "N", 2: (18.0, 31.0, 5.0), 3: "E", 4: (105.0, 42.0, 7.0)})
    return found


def with_secrets(kind: str, orientation: int = 1) -> bytes:
    """A picture of this kind with everything hidden in it that the kind can hold."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><who>{SECRET}</who></x:xmpmeta>".encode()
    more: dict[str, object] = {"exif": exif(orientation)}
    if kind in {"JPEG", "WEBP"}:
        more |= {"xmp": xmp}
    if kind == "JPEG":
        more |= {"comment": SECRET.encode(), "quality": 95}
    if kind == "TIFF":
        more |= {"tiffinfo": {270: SECRET, 274: orientation, 315: SECRET, 700: xmp}}
    if kind == "PNG":
        texts = PngInfo()
        texts.add_text("Author", SECRET)
        texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
        more |= {"pnginfo": texts}
    return written(marked(), kind, **more) + (SECRET.encode() if kind in {"JPEG", "PNG"} else b"")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))
