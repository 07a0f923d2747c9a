"""A clean document shows the same pages and tells nothing else."""

from __future__ import annotations

import io

import pytest
from pikepdf import Encryption, Pdf
from unit.service.papers import NOTE, WORDS, laid_open, paper
from unit.service.pictures import SECRET, marked, opened, with_secrets, written

from bot.service.cleaning import papers
from bot.service.cleaning.outcome import PAPER_MIME
from bot.service.cleaning.papers import clean_paper, without_boxes, without_segments
from bot.service.errors import NotAccepted

GONE = (
    b"Author", b"Metadata", b"PieceInfo", b"LastModified", b"JavaScript", b"EmbeddedFile", b"Outlines", b"OpenAction",
    b"/AA", b"/Thumb", b"/URI", b"Exif", b"xmpmeta", b"D:2026", SECRET.encode(), SECRET.encode("utf-16-be"),
)  # fmt: skip


def clean(raw: bytes) -> bytes:
    cleaned = clean_paper(io.BytesIO(raw))
    assert (cleaned.mime, cleaned.seconds, cleaned.cleaned) == (PAPER_MIME, None, True)
    return bytes(cleaned.content)


def test_nothing_hidden_is_left() -> None:
    before, after = laid_open(paper()), laid_open(clean(paper()))
    assert [mark for mark in GONE[:-1] if mark not in before] == []
    assert [mark for mark in GONE if mark in after] == []


def test_the_pages_are_the_same() -> None:
    after = clean(paper())
    assert WORDS in laid_open(after)
    with Pdf.open(io.BytesIO(after)) as pdf:
        page = pdf.pages[0]
        assert [float(edge) for edge in page.mediabox] == [0, 0, 200, 200]
        photo = opened(page.obj.Resources.XObject.Im.read_raw_bytes())
        assert (photo.size, photo.getexif()) == ((64, 32), {})
        assert "/Info" not in pdf.trailer
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert pdf.is_linearized


def test_notes_keep_their_words_and_marks_become_part_of_the_page() -> None:
    with Pdf.open(io.BytesIO(clean(paper()))) as pdf:
        (note,) = pdf.pages[0].obj.Annots
        assert str(note.Contents) == NOTE
        assert set(note.keys()) == {"/Type", "/Subtype", "/Rect", "/Contents", "/F"}
        assert len(pdf.pages[0].obj.Contents) == 3


def test_the_id_tells_neither_the_old_one_nor_the_time() -> None:
    with Pdf.open(io.BytesIO(paper())) as before, Pdf.open(io.BytesIO(clean(paper()))) as after:
        assert bytes(before.trailer.ID[0]) not in (bytes(one) for one in after.trailer.ID)
    assert clean(clean(paper())) == clean(clean(paper()))


@pytest.mark.parametrize("password", ["", "x"])
def test_an_encrypted_document_is_refused(password: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        clean(paper(Encryption(owner="owner", user=password)))
    assert refused.value.key == "media-bad"


@pytest.mark.parametrize(
    "raw",
    [b"%PDF-1.7\n", b"%PDF-1.7 nothing else", paper()[:400], b""],
    ids=["head", "words", "half", "empty"],
)
def test_what_is_no_document_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAccepted) as refused:
        clean(raw)
    assert (refused.value.key, refused.value.__cause__) == ("media-bad", None)


def test_a_document_of_very_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "MOST_PAGES", 0)
    with pytest.raises(NotAccepted):
        clean(paper())


def test_a_document_whose_pages_lead_in_a_circle_is_refused() -> None:
    looped = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    looped += b"2 0 obj\n<< /Type /Pages /Count 9 /Kids [ 2 0 R ] >>\nendobj\ntrailer << /Root 1 0 R >>\n"
    with pytest.raises(NotAccepted):
        clean(looped)


def test_a_jpeg_loses_its_properties_and_no_pixel() -> None:
    raw = with_secrets("JPEG")
    bare = without_segments(raw.removesuffix(SECRET.encode()))
    assert SECRET.encode() not in bare
    assert b"Exif" not in bare
    assert opened(bare).tobytes() == opened(raw).tobytes()
    assert without_segments(b"\xff\xd8\xff") == b"\xff\xd8\xff"


def test_a_jpeg_2000_loses_its_words() -> None:
    whole = written(marked(), "JPEG2000")
    end = whole.index(b"jp2c") - 4
    words = (8 + len(SECRET)).to_bytes(4, "big") + b"xml " + SECRET.encode()
    assert without_boxes(whole[:end] + words + whole[end:]) == whole
    assert without_boxes(b"\xff\x4f bare") == b"\xff\x4f bare"
