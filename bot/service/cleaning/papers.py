"""PDF documents with what is on the pages and nothing else.

The catalogue and every page keep a short list of entries; whatever is not on it (properties, XMP, attachments, scripts,
actions, forms, bookmarks, signatures, thumbnails, old versions) is not reached any more and so not written. Marks drawn
on a page become part of it; notes keep their words, without who wrote them and when.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from bot.service.cleaning.outcome import PAPER_MIME, Bounded, Cleaned, broken

MOST_PAGES = 5_000
MOST_NOTED = 1_000_000
"""Letters of all notes together: many notes may share one text in the file, and each becomes a text of its own."""
CATALOGUE = frozenset({"/Type", "/Pages", "/OCProperties"})
PAGE = frozenset({
    "/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group",
})  # fmt: skip
ANYWHERE = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/AA", "/OpenAction", "/JS", "/Thumb", "/OPI", "/StructParents",
    "/StructParent", "/Measure", "/PtData", "/CreatorInfo", "/Usage", "/Alternates", "/Creator", "/Author", "/Producer",
)  # fmt: skip
"""Entries dropped wherever they stand: pictures, layers, fonts and forms carry properties of their own."""
BOX = tuple[float, float, float, float]
_JPEG, _JPX = Name.DCTDecode, Name.JPXDecode
_CARRIED = re.compile(rb"\xff(?:[\xc0-\xcf\xda-\xdd\xee\xe0])")
"""JPEG segments that make the picture; APP14 says how its colours are meant. Others are properties."""
_BOX_HEAD = 8
_JPX_WORDS = (b"xml ", b"uuid", b"uinf", b"url ", b"asoc", b"nlst", b"lbl ")
BROKEN = (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, LookupError, AttributeError, RuntimeError)
"""What the library raises for a document that is damaged or not as the standard has it."""


def clean_paper(raw: io.BytesIO) -> Cleaned:
    """The same pages.

    Raises:
        NotAccepted: `media-bad`, also for an encrypted document.
    """
    try:
        with Pdf.open(raw, suppress_warnings=True) as paper:
            if paper.is_encrypted or not 0 < len(paper.pages) <= MOST_PAGES:
                raise broken()
            return Cleaned(PAPER_MIME, _anew(paper, Bounded(raw)))
    except (*BROKEN, MemoryError, RecursionError):
        raise broken() from None


def _anew(paper: Pdf, out: Bounded) -> memoryview:
    notes = [list(_notes(page)) for page in paper.pages]
    if sum(len(text) for page in notes for _, text in page) > MOST_NOTED:
        raise broken()
    paper.flatten_annotations("all")
    for page, words in zip(paper.pages, notes, strict=True):
        _only(page.obj, PAGE)
        if words:
            page.obj.Annots = Array([paper.make_indirect(_note(box, text)) for box, text in words])
    _only(paper.Root, CATALOGUE)
    for name in set(paper.trailer.keys()) - {"/Root", "/Size"}:
        del paper.trailer[name]
    for thing in paper.objects:
        _strip(thing)
    paper.save(out, linearize=True, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getbuffer()


def _only(thing: Object, wanted: frozenset[str]) -> None:
    for name in set(thing.keys()) - wanted:
        del thing[name]


def _notes(page: Page) -> Iterator[tuple[BOX, str]]:
    """Words of notes that are not drawn on the page, and where they are pinned."""
    for one in page.obj.get("/Annots", Array()):
        words = one.get("/Contents")
        if isinstance(words, String) and str(words).strip() and one.get("/Subtype") not in (Name.FreeText, Name.Widget):
            left, low, right, high = (float(edge) for edge in one.Rect)
            yield (left, low, right, high), str(words)


def _note(box: BOX, text: str) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array(box), Contents=String(text), F=4)


def _strip(thing: Object) -> None:
    """Without its properties: the object itself, and what lies in it directly."""
    for one in _inside(thing):
        for name in ANYWHERE:
            if name in one:
                del one[name]
    if isinstance(thing, Stream):
        _strip_picture(thing)


def _inside(thing: Object) -> Iterator[Object]:
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary | Stream):
            yield one
            waiting += [value for value in one.values() if _is_direct(value)]
        elif isinstance(one, Array):
            waiting += [value for value in one if _is_direct(value)]


def _is_direct(value: object) -> bool:
    return isinstance(value, Object) and not value.is_indirect


def _strip_picture(stream: Stream) -> None:
    how = stream.get("/Filter")
    if isinstance(how, Array) and len(how) == 1:
        how = how[0]
    if how == _JPEG:
        how_exactly = stream.get("/DecodeParms")
        stream.write(without_segments(stream.read_raw_bytes()), filter=_JPEG)
        if how_exactly is not None:
            stream.DecodeParms = how_exactly
    elif how == _JPX:
        stream.write(without_boxes(stream.read_raw_bytes()), filter=_JPX)


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without its properties (Exif, XMP, comments), its picture untouched (ITU T.81, annex B)."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] not in (b"", b"\xda"):
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if _CARRIED.match(jpeg, at) and end <= len(jpeg):
            kept.append(jpeg[at:end])
        at = end
    return b"".join(kept) + jpeg[at:]


def without_boxes(picture: bytes) -> bytes:
    """A JPEG 2000 file without its boxes of words (ISO 15444-1, annex I); a bare code stream as it is."""
    kept, at = [], 0
    while picture[4:8] == b"jP  " and at + _BOX_HEAD <= len(picture):
        length = int.from_bytes(picture[at : at + 4], "big")
        end = len(picture) if length < _BOX_HEAD else at + length
        if picture[at + 4 : at + 8] not in _JPX_WORDS:
            kept.append(picture[at:end])
        at = end
    return b"".join(kept) or picture
