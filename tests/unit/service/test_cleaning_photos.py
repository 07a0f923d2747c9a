"""A clean photo shows the same picture and tells nothing else."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from PIL import Image
from unit.service.pictures import LEFT, RIGHT, SECRET, marked, opened, with_secrets, written

from bot.service.cleaning import photos
from bot.service.cleaning.outcome import PHOTO_MIME
from bot.service.cleaning.photos import MAX_PIXELS, MAX_SIDE
from bot.service.errors import NotAccepted

KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF")
TURNED = ("JPEG", "PNG", "WEBP", "TIFF")
"""Kinds whose orientation stands in their properties; HEIF and AVIF turn the picture itself."""


def clean_photo(raw: bytes) -> bytes:
    cleaned = photos.clean_photo(io.BytesIO(raw))
    assert (cleaned.mime, cleaned.seconds, cleaned.cleaned) == (PHOTO_MIME, None, True)
    return bytes(cleaned.content)


def close(seen: object, wanted: tuple[int, int, int]) -> bool:
    return isinstance(seen, tuple) and all(abs(one - other) < 40 for one, other in zip(seen, wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_hidden_is_left(kind: str) -> None:
    raw = with_secrets(kind)
    assert SECRET.encode() in raw
    clean = clean_photo(raw)
    picture = opened(clean)
    assert SECRET.encode() not in clean
    assert b"Exif" not in clean
    assert b"xmpmeta" not in clean
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", [*KINDS, "GIF", "BMP"])
def test_the_picture_is_the_same(kind: str) -> None:
    picture = opened(clean_photo(written(marked(), kind)))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (64, 32))
    assert close(picture.getpixel((8, 16)), LEFT)
    assert close(picture.getpixel((56, 16)), RIGHT)


@pytest.mark.parametrize("kind", TURNED)
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (64, 32), (8, 16)), (3, (64, 32), (56, 16)), (6, (32, 64), (16, 8)), (8, (32, 64), (16, 56))],
)
def test_it_stands_upright(kind: str, orientation: int, size: tuple[int, int], red: tuple[int, int]) -> None:
    picture = opened(clean_photo(with_secrets(kind, orientation)))
    assert picture.size == size
    assert close(picture.getpixel(red), LEFT)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "YCbCr", "I;16", "F"])
def test_every_kind_of_pixel(mode: str) -> None:
    picture = Image.new(mode, (20, 10))
    assert opened(clean_photo(written(picture, "TIFF"))).size == (20, 10)


def test_what_is_transparent_becomes_white() -> None:
    picture = opened(clean_photo(written(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")))
    assert close(picture.getpixel((4, 4)), (255, 255, 255))


def test_a_moving_picture_stands_still() -> None:
    moving = written(marked(), "GIF", save_all=True, append_images=[Image.new("RGB", (64, 32))])
    picture = opened(clean_photo(moving))
    assert close(picture.getpixel((8, 16)), LEFT)
    assert getattr(picture, "n_frames", 1) == 1


def test_only_the_first_of_very_many_pictures_is_read() -> None:
    moving = written(marked(), "GIF", save_all=True, append_images=[Image.new("RGB", (64, 32))], duration=100)
    first = moving.index(b"\x21\xf9", 16)
    second = moving.index(b"\x21\xf9", first + 8)
    many = moving[:second] + moving[second:-1] * 100_000 + moving[-1:]
    assert close(opened(clean_photo(many)).getpixel((8, 16)), LEFT)


def test_a_large_picture_is_made_smaller() -> None:
    picture = opened(clean_photo(written(Image.new("RGB", (2 * MAX_SIDE, 100)), "PNG")))
    assert picture.size == (MAX_SIDE, 50)


def test_a_telephones_largest_photo_is_taken_at_half_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MAX_PIXELS", 200 * 100 - 1)
    monkeypatch.setattr(photos, "MAX_SIDE", 64)
    large = marked((200, 100))
    assert opened(clean_photo(written(large, "JPEG"))).size == (64, 32)
    with pytest.raises(NotAccepted):
        clean_photo(written(large, "PNG"))
    monkeypatch.setattr(photos, "MAX_JPEG_PIXELS", 200 * 100 - 1)
    with pytest.raises(NotAccepted):
        clean_photo(written(large, "JPEG"))


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that claim a huge picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [int(MAX_PIXELS**0.5) + 1, 10_000, 60_000])
def test_a_bomb_is_refused_before_it_is_decoded(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_: pytest.fail("decoded"))
    with pytest.raises(NotAccepted) as refused:
        clean_photo(png_claiming(side, side))
    assert (refused.value.key, refused.value.status) == ("media-bad", 422)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"%PDF-1.7 not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        written(marked(), "JPEG")[:200],
        written(marked(), "PNG")[:60],
        png_claiming(100, 100),
    ],
    ids=["empty", "words", "pdf", "svg", "half a jpeg", "half a png", "too few pixels"],
)
def test_what_is_no_whole_picture_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAccepted) as refused:
        clean_photo(raw)
    assert refused.value.key == "media-bad"
    assert refused.value.__cause__ is None


def test_a_kind_not_taken_is_refused() -> None:
    with pytest.raises(NotAccepted):
        clean_photo(written(marked(), "PPM"))


def test_damaged_files_are_cleaned_or_refused_and_nothing_else() -> None:
    chance = random.Random(20)
    seeds = [with_secrets(kind, 6) for kind in KINDS] + [written(marked(), kind) for kind in ("GIF", "BMP")]
    for _ in range(1500):
        raw = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 3, 20))):
            raw[chance.randrange(min(len(raw), chance.choice((64, 400, 10**9))))] = chance.randrange(256)
        try:
            clean = clean_photo(bytes(raw[: chance.randrange(len(raw))] if chance.random() < 0.2 else raw))
        except NotAccepted:
            continue
        assert SECRET.encode() not in clean
