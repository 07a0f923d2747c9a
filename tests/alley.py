"""A drawing that stands for a photo: an alley at nightfall with a lamp. No people, no place that exists."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1280, 960)
HORIZON = (700, 470)
"""Where the alley ends, as x and y."""
SKY = ((38, 52, 84), (214, 142, 104))
WALLS = ((196, 172, 128), (142, 158, 150), (178, 132, 104), (120, 128, 140))

Colour = tuple[int, int, int]


def draw_alley(path: Path, *, maker: str = "PHONE-OF-A-NEIGHBOUR") -> Path:
    """Write the drawing as a JPEG that names its device, as phones do."""
    picture = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(picture)
    _sky(pen)
    _ground(pen)
    _end(pen)
    for side in (-1, 1):
        for depth in (0.166, 0.3025, 0.55, 1.0):
            _house(pen, side, depth)
    _wires(pen)
    picture = _lamp(picture.filter(ImageFilter.GaussianBlur(0.8)))
    picture = _grain(picture)
    exif = Image.Exif()
    exif[0x010F] = maker
    picture.save(path, quality=88, exif=exif)
    return path


def _between(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _sky(pen: ImageDraw.ImageDraw) -> None:
    for y in range(HORIZON[1] + 20):
        pen.line([(0, y), (SIZE[0], y)], fill=_between(*SKY, (y / HORIZON[1]) ** 1.6))


def _ground(pen: ImageDraw.ImageDraw) -> None:
    x, y = HORIZON
    for row in range(y, SIZE[1]):
        share = (row - y) / (SIZE[1] - y)
        pen.line([(0, row), (SIZE[0], row)], fill=_between((92, 84, 84), (54, 52, 58), share))
    for share in (0.2, 0.45, 0.72):
        row = y + share * (SIZE[1] - y)
        pen.line([(x - 620 * share, row), (x + 520 * share, row)], fill=(70, 66, 70), width=2 + round(4 * share))


def _end(pen: ImageDraw.ImageDraw) -> None:
    """The house across the far end."""
    x, y = HORIZON
    pen.rectangle((x - 130, y - 62, x + 130, y + 58), fill=(92, 80, 84))
    pen.polygon([(x - 140, y - 60), (x, y - 100), (x + 140, y - 60)], fill=(84, 50, 46))
    pen.rectangle((x - 40, y - 24, x - 12, y + 2), fill=(255, 206, 122), outline=(40, 36, 40))
    pen.rectangle((x + 14, y - 20, x + 40, y + 58), fill=(52, 58, 60), outline=(40, 36, 40))


def _house(pen: ImageDraw.ImageDraw, side: int, near: float) -> None:
    """One front along the alley: `near` 1.0 stands beside the camera, 0.1 far away."""
    far = near * 0.55
    edges = [_front(side, depth) for depth in (far, near)]
    (x1, top1, foot1), (x2, top2, foot2) = edges
    wall = WALLS[round(near * 10 + side) % len(WALLS)]
    shade = _between(wall, (34, 36, 48), 0.5 - 0.15 * near)
    pen.polygon([(x1, top1), (x2, top2), (x2, foot2), (x1, foot1)], fill=shade)
    pen.polygon([(x1, top1 - 14 * near), (x2, top2 - 46 * near), (x2, top2 + 8), (x1, top1 + 4)], fill=(96, 54, 46))
    _opening(pen, edges, (0.18, 0.42), (0.34, 0.62), _between((255, 206, 122), shade, 0.15 if side > 0 else 0.75))
    _opening(pen, edges, (0.58, 0.84), (0.4, 1.0), _between((46, 62, 58), shade, 0.2))


def _front(side: int, near: float) -> tuple[float, float, float]:
    x, y = HORIZON
    return x + side * (60 + 640 * near), y - 40 - 330 * near, y + 20 + 420 * near


def _opening(
    pen: ImageDraw.ImageDraw,
    edges: list[tuple[float, float, float]],
    across: tuple[float, float],
    down: tuple[float, float],
    fill: Colour,
) -> None:
    """A window or a door, as shares of the front."""
    (x1, top1, foot1), (x2, top2, foot2) = edges
    corners = []
    for share, heights in ((across[0], down), (across[1], down[::-1])):
        x, top, foot = (a + (b - a) * share for a, b in ((x1, x2), (top1, top2), (foot1, foot2)))
        corners += [(x, top + (foot - top) * height) for height in heights]
    pen.polygon(corners, fill=fill, outline=(40, 36, 40))


def _wires(pen: ImageDraw.ImageDraw) -> None:
    pen.line([(930, 120), (930, 760)], fill=(48, 46, 50), width=14)
    pen.line([(930, 150), (850, 150)], fill=(48, 46, 50), width=7)
    for left, right in (((240, 204), (1280, 96)), ((268, 222), (1280, 120)), ((410, 306), (1280, 150))):
        for start, end in ((left, (930, 150)), ((930, 150), right)):
            pen.line(_sagging(start, end), fill=(30, 32, 40), width=2, joint="curve")


def _sagging(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """A wire between two points."""
    (x1, y1), (x2, y2) = start, end
    shares = [step / 20 for step in range(21)]
    return [(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t + 150 * t * (1 - t)) for t in shares]


def _lamp(picture: Image.Image) -> Image.Image:
    """The light of the street lamp over everything."""
    glow = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(glow)
    pen.polygon([(850, 165), (610, 860), (1060, 860)], fill=70)
    pen.ellipse((790, 105, 910, 225), fill=190)
    glow = glow.filter(ImageFilter.GaussianBlur(46))
    lit = Image.composite(Image.new("RGB", SIZE, (255, 222, 150)), picture, glow)
    ImageDraw.Draw(lit).ellipse((834, 152, 866, 176), fill=(255, 244, 214))
    return lit


def _grain(picture: Image.Image) -> Image.Image:
    """A little noise, as a phone's camera leaves at night; always the same."""
    noise = Image.frombytes("L", SIZE, random.Random(4).randbytes(SIZE[0] * SIZE[1])).convert("RGB")
    return Image.blend(picture, noise, 0.035)
