"""`hopthu export register`: the book as a file, and the unit's log told of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from integration.shell import Shell, one_line

UNIT = "18118"
BOOK = ("export", "register", UNIT, "2026", "--for", "inspection")


@pytest.mark.parametrize(("name", "begins"), [("so.xlsx", b"PK"), ("so.pdf", b"%PDF")])
def test_a_book_is_written_and_noted(real: Shell, tmp_path: Path, name: str, begins: bytes) -> None:
    told = real.says(*BOOK, "--out", str(tmp_path / name))
    assert told.strip().endswith("0 line(s). The unit's log tells of it.")
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*BOOK, "--out", "so.doc"), "must end with .xlsx or .pdf"),
        (("export", "register", "99999", "2026", "--for", "file", "--out", "so.pdf"), "there is no such unit here"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_line(real: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in one_line(real.run(*words))
