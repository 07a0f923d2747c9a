"""PDF documents with secrets in them, for what cleans them."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, OutlineItem, Pdf, Stream, String
from unit.service.pictures import SECRET, with_secrets

NOTE, WORDS = "words of a note", b"(Hello) Tj"
_CONTENT = b"q 100 0 0 100 50 50 cm /Im Do Q BT /F 12 Tf 10 10 Td " + WORDS + b" ET"
_SCRIPT = {"S": Name.JavaScript, "JS": String(f"app.alert('{SECRET}')")}


def paper(encryption: Encryption | None = None) -> bytes:
    """One page with a photo and a note, and everything around it that tells who, with what, and when."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    _page(pdf)
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [SECRET]
    pdf.docinfo["/Author"] = SECRET
    pdf.attachments["a.txt"] = SECRET.encode()
    pdf.Root.OpenAction = Dictionary(**_SCRIPT)
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("x"), Dictionary(**_SCRIPT)]))
    pdf.Root.PieceInfo = Dictionary(Maker=Dictionary(Private=String(SECRET)))
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(SECRET, 0))
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, encryption=encryption)
    return out.getvalue()


def _page(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(XObject=Dictionary(Im=pdf.make_indirect(_photo(pdf))), Font=Dictionary(F=font))
    page.Contents = Stream(pdf, _CONTENT)
    page.PieceInfo = Dictionary(Maker=Dictionary(Private=String(SECRET)))
    page.LastModified = String("D:20261122010203Z")
    page.AA = Dictionary(O=Dictionary(**_SCRIPT))
    page.Thumb = pdf.make_indirect(_photo(pdf))
    look = Stream(pdf, b"1 0 0 rg 0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))
    here = Array([10, 10, 20, 20])
    written = {"T": String(SECRET), "M": String("D:20261122010203Z"), "NM": String(SECRET)}
    page.Annots = Array([
        Dictionary(Subtype=Name.Text, Rect=here, Contents=String(NOTE), AP=Dictionary(N=look), **written),
        Dictionary(Subtype=Name.Link, Rect=here, A=Dictionary(S=Name.URI, URI=String(f"http://x/{SECRET}"))),
    ])  # fmt: skip


def _photo(pdf: Pdf) -> Stream:
    about = Stream(pdf, SECRET.encode(), Type=Name.Metadata, Subtype=Name.XML)
    photo = Stream(pdf, with_secrets("JPEG").removesuffix(SECRET.encode()))
    photo.Type, photo.Subtype, photo.Width, photo.Height = Name.XObject, Name.Image, 64, 32
    photo.ColorSpace, photo.BitsPerComponent, photo.Filter = Name.DeviceRGB, 8, Name.DCTDecode
    photo.Metadata = pdf.make_indirect(about)
    return photo


def laid_open(pdf: bytes) -> bytes:
    """The document with nothing packed, to look for words in it."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()
