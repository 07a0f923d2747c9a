"""Plain text files: read in whatever encoding they came, written anew as UTF-8."""

from __future__ import annotations

import codecs
import io
import re

from bot.service.cleaning.outcome import WORDS_MIME, Cleaned, Strange

OLD = "cp1258"
"""Encoding of Vietnamese text files from before Unicode was everywhere."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_ENDINGS = re.compile("\r\n?")

for _name in ("utf-8", "utf-8-sig", "utf-16", OLD):
    codecs.lookup(_name)  # later no file of the library can be opened any more


def clean_words(raw: io.BytesIO) -> Cleaned:
    """The same text in UTF-8 with plain line ends. Raises Strange where it is no text."""
    text = _read(raw.getvalue())
    if _NOT_TEXT.search(text):
        raise Strange
    return Cleaned(WORDS_MIME, _ENDINGS.sub("\n", text).encode())


def _read(content: bytes) -> str:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", OLD):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise Strange
