"""Plain text files: read in whatever encoding they came, written anew as UTF-8, piece by piece."""

from __future__ import annotations

import codecs
import io
import re

from bot.service.cleaning.outcome import WORDS_MIME, Bounded, Cleaned, Strange

OLD = "cp1258"
"""Encoding of Vietnamese text files from before Unicode was everywhere."""
PIECE = 1 << 20
"""Bytes read at a time: as letters in memory they take up to four times as much."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")

for _name in ("utf-8", "utf-8-sig", "utf-16", OLD):
    codecs.lookup(_name)  # later no file of the library can be opened any more


def clean_words(raw: io.BytesIO) -> Cleaned:
    """The same text in UTF-8 with plain line ends. Raises Strange where it is no text."""
    start = raw.read(len(codecs.BOM_UTF8))
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", OLD):
        raw.seek(0)
        try:
            return Cleaned(WORDS_MIME, _anew(raw, encoding))
        except UnicodeError:
            continue
    raise Strange


def _anew(raw: io.BytesIO, encoding: str) -> memoryview:
    out = Bounded(raw)
    letters = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    while True:
        piece = raw.read(PIECE)
        text = letters.decode(piece, final=not piece)
        if _NOT_TEXT.search(text):
            raise Strange
        out.write(text.encode())
        if not piece:
            return out.getbuffer()
