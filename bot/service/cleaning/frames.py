"""MP3 frames alone (ISO 11172-3, 2.4.1): what stands behind or between them is tags, or a second file."""

from __future__ import annotations

import re

_HEAD = re.compile(rb"\xff([\xe2\xe3\xf2\xf3\xfa\xfb])([\x10-\xeb])", re.DOTALL)
"""A frame's first bits: layer III of MPEG-2.5, 2 or 1; the indices of its bits and samples a second."""
_FIRST, _SECOND = b"\xfa\xfb", 0xF0
"""Second bytes of MPEG-1; where those of MPEG-2 begin."""
_KILOBITS = (
    (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
"""Bits a second by index from 1: MPEG-1, then the others."""
_RATES = {0xF: (44_100, 48_000, 32_000), 0xE: (11_025, 12_000, 8_000)}
"""Samples a second by index: MPEG-1, half of them MPEG-2, then MPEG-2.5."""


def frames_of(content: bytes) -> bytes:
    """The whole frames that `content` begins with."""
    at = 0
    while (length := _length(content, at)) and at + length <= len(content):
        at += length
    return content[:at]


def _length(content: bytes, at: int) -> int:
    """Bytes of the frame that begins there; 0 if none does."""
    head = _HEAD.match(content, at)
    if head is None:
        return 0
    version, indices = head[1][0], head[2][0]
    first, rates = head[1] in _FIRST, _RATES[version >> 4]
    if (rate := indices >> 2 & 3) == len(rates):
        return 0
    samples = rates[rate] if first or version < _SECOND else rates[rate] // 2
    kilobits = _KILOBITS[0 if first else 1][(indices >> 4) - 1]
    return (144 if first else 72) * 1000 * kilobits // samples + (indices >> 1 & 1)
