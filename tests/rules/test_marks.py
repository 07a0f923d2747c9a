"""The search for marks finds them in every form, at every place, and nothing else."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import pytest
from rules.marks import Found, Marks

SECRET = "dau-vet-4171829400"


@pytest.fixture
def marks() -> Marks:
    marks = Marks()
    marks.add("the mark", SECRET)
    marks.add_number("the chat", 4_171_829_400_000_123)
    return marks


HIDDEN = {
    "plain": SECRET.encode(),
    "UTF-16LE": SECRET.encode("utf-16-le"),
    "UTF-16BE": SECRET.encode("utf-16-be"),
    "hex": SECRET.encode().hex().encode(),
    "HEX": SECRET.encode().hex().upper().encode(),
    "base64 at 0": base64.b64encode(SECRET.encode() + b"!!"),
    "base64 at 1": base64.b64encode(b"?" + SECRET.encode() + b"!"),
    "base64 at 2": base64.b64encode(b"??" + SECRET.encode()),
}


@pytest.mark.parametrize("offset", range(9))
@pytest.mark.parametrize("form", HIDDEN)
def test_a_mark_is_found_in_every_form_at_every_place(marks: Marks, form: str, offset: int) -> None:
    noise = random.Random(offset).randbytes(4096)
    found = marks.found_in(noise[: 1000 + offset] + HIDDEN[form] + noise[1000:], "here")
    assert Found("the mark", form, "here") in found
    assert {hit.mark for hit in found} == {"the mark"}


@pytest.mark.parametrize("order", ["little", "big"])
def test_a_number_is_found_in_binary(marks: Marks, order: str) -> None:
    content = b"---" + (4_171_829_400_000_123).to_bytes(8, "little" if order == "little" else "big") + b"--"
    assert {hit.mark for hit in marks.found_in(content, "here")} == {"the chat"}


def test_what_only_begins_alike_is_not_found(marks: Marks) -> None:
    assert marks.found_in(SECRET.encode()[:-1] * 40, "here") == set()


def test_files_are_read_wherever_they_lie_and_so_are_their_names(marks: Marks, tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "deep").write_bytes(HIDDEN["hex"])
    (tmp_path / "a" / f"{SECRET}.jpg").touch()
    (tmp_path / "passed").write_bytes(HIDDEN["plain"])
    found = marks.found(tmp_path, but=[tmp_path / "passed"])
    assert {(hit.form, Path(hit.place.removeprefix("name of ")).name) for hit in found} == {
        ("hex", "deep"),
        ("plain", f"{SECRET}.jpg"),
    }


def test_a_mark_too_short_to_be_found_is_refused() -> None:
    with pytest.raises(AssertionError, match="too short"):
        Marks().add("a word", "short")
