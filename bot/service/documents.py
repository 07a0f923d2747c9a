"""A document of one layout: its content into Typst as JSON, our own fonts alone, a PDF out. Writes no file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from bot.service.errors import OurFault


def laid_out(layout: Path, content: Mapping[str, object]) -> bytes:
    """The document as a PDF.

    Raises:
        OurFault: the layout cannot take this content.
    """
    import fontpkg_be_vietnam_pro as fonts  # noqa: PLC0415 - what prints is loaded when something is printed
    import typst  # noqa: PLC0415 - as above

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.ROOT / "files"])
    compiler = typst.Compiler(layout, font_paths=found, ignore_system_fonts=True)
    try:
        made = compiler.compile(sys_inputs={"content": json.dumps(content, ensure_ascii=False)}, format="pdf")
    except typst.TypstError as error:
        raise OurFault(f"{layout.name} does not take what stands in it") from error
    return made[0] if isinstance(made, list) else made or b""
