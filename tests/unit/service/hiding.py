"""Hiding places that telephones, programs and people use, filled with a secret, for what cleans them."""

from __future__ import annotations

import io
from functools import cache

import av
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from unit.service.pictures import SECRET, marked, written
from unit.service.recordings import film, sound

MARK = SECRET.encode()
ARCHIVE = b"PK\x03\x04" + MARK
"""What follows the end of a file: the film of a moving photo, a second file of another make."""


def icc() -> bytes:
    """A colour profile whose name is the secret (ICC.1, `desc`): a maker, a screen, a person."""
    named = b"desc" + bytes(4) + (len(MARK) + 1).to_bytes(4, "big") + MARK + bytes(1)
    table = (1).to_bytes(4, "big") + b"desc" + (144).to_bytes(4, "big") + len(named).to_bytes(4, "big")
    head = (
        (144 + len(named)).to_bytes(4, "big") + b"lcms" + bytes(4) + b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(88)
    )
    return head + table + named


def moving_photo() -> bytes:
    """A JPEG with a profile, a preview and a film behind it."""
    preview = b"Exif\0\0II*\0" + (8).to_bytes(4, "little") + bytes(6) + written(marked(), "JPEG", comment=MARK)
    return written(marked(), "JPEG", icc_profile=icc(), exif=preview) + film("mp4", "libx264")


def box(name: bytes, content: bytes) -> bytes:
    """A box of the MP4 family (ISO 14496-12)."""
    return (8 + len(content)).to_bytes(4, "big") + name + content


@cache
def boxed() -> bytes:
    """A film with places and words in boxes of every kind: `loci`, `©xyz`, `uuid` (XMP), `meta`, `free`, a trailer."""
    mp4 = film("mp4", "libx264", "aac")
    at = mp4.index(b"moov") - 4
    size = int.from_bytes(mp4[at : at + 4], "big")
    loci = box(b"loci", bytes(4) + b"\x15\xc7" + MARK + b"\0\0" + bytes(12) + b"earth\0\0")
    inside = box(b"udta", loci + box(b"\xa9xyz", b"\0\x12\x15\xc7" + MARK)) + box(b"uuid", bytes(16) + MARK)
    moov = (size + len(inside)).to_bytes(4, "big") + mp4[at + 4 : at + size] + inside
    around = box(b"uuid", b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac" + MARK)
    return mp4[:at] + moov + mp4[at + size :] + around + box(b"free", MARK) + box(b"meta", bytes(4) + MARK) + ARCHIVE


@cache
def with_words() -> bytes:
    """A film with words under it, as a drone or a car's camera notes where it is."""
    out, said = io.BytesIO(), f"1\n00:00:00,100 --> 00:00:01,900\n{SECRET}\n".encode()
    with (
        av.open(out, "w", format="matroska") as target,
        av.open(io.BytesIO(film("mp4", "libx264"))) as pictures,
        av.open(io.BytesIO(said), format="srt") as words,
    ):
        sources = (pictures, words)
        tracks = [target.add_stream_from_template(source.streams[0], opaque=True) for source in sources]
        for source, track in zip(sources, tracks, strict=True):
            for packet in source.demux(source.streams[0]):
                if packet.size:
                    packet.stream = track
                    target.mux(packet)
    return out.getvalue()


def with_cover() -> bytes:
    """A song with a picture of somebody (ID3v2.3, APIC)."""
    picture = b"\0image/jpeg\0\3" + MARK + b"\0" + written(marked(), "JPEG", comment=MARK)
    frame = b"APIC" + len(picture).to_bytes(4, "big") + bytes(2) + picture
    size = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + frame + sound("mp3", "libmp3lame", tags=False) + b"TAG" + MARK.ljust(125, b"\0")


def harmful_paper() -> bytes:
    """A document that would start a program, ask for a form, fetch a page and show a film."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    program = Dictionary(S=Name.Launch, F=String(SECRET), Win=Dictionary(F=String(SECRET)))
    film_ = pdf.make_indirect(Stream(pdf, MARK, Type=Name.EmbeddedFile))
    here = Array([0, 0, 20, 20])
    pdf.Root.OpenAction = program
    pdf.Root.AA = Dictionary(WC=program)
    pdf.Root.URI = Dictionary(Base=String(f"http://{SECRET}"))
    field = {"FT": Name.Tx, "T": String(SECRET), "TU": String(SECRET), "AA": Dictionary(K=program)}
    widget = pdf.make_indirect(Dictionary(Subtype=Name.Widget, Rect=here, **field))
    form = pdf.make_indirect(Stream(pdf, b"<xdp>" + MARK))
    pdf.Root.AcroForm = Dictionary(XFA=form, Fields=Array([widget]))
    pdf.pages[0].obj.Annots = Array([
        widget,
        Dictionary(Subtype=Name.RichMedia, Rect=here, RichMediaContent=Dictionary(Assets=film_)),
        Dictionary(Subtype=Name.FileAttachment, Rect=here, FS=Dictionary(EF=Dictionary(F=film_))),
        Dictionary(Subtype=Name.Screen, Rect=here, A=Dictionary(S=Name.Rendition, R=film_)),
        Dictionary(Subtype=Name.Movie, Rect=here, Movie=film_),
        Dictionary(Subtype=Name.Link, Rect=here, A=Dictionary(S=Name.SubmitForm, F=String(SECRET))),
    ])  # fmt: skip
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    return MARK + b"\n" + out.getvalue() + ARCHIVE
