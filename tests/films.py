"""Small films and papers as people have them, made for the tests."""

from __future__ import annotations

from pathlib import Path

import av
import pikepdf
from PIL import Image


def write_film(path: Path, seconds: int = 1) -> Path:
    """A silent film of grey pictures, with a title that names somebody."""
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as film:
        film.metadata["title"] = "Nha ong Binh"
        stream = film.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for n in range(10 * seconds):
            grey = (20 * (n % 10),) * 3
            film.mux(stream.encode(av.VideoFrame.from_image(Image.new("RGB", (160, 120), grey))))
        film.mux(stream.encode())
    return path


def write_paper(path: Path) -> Path:
    """One empty page with an author."""
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.docinfo["/Author"] = "Nguyen Van Binh"
        paper.save(path)
    return path
