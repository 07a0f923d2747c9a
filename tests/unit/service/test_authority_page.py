"""The authority's page: what it is held to, its file, and the archives it leaves beside the key."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from installation import START
from unit.service import authority_cases
from unit.service.papers_of_authority import DAY, FIRST, OTHER, SECOND, UNIT, case_of, open_office, sheet_of

from bot.service.authority.kept import FOLDER
from bot.service.authority.page import write_page
from bot.service.authority.signing import chosen
from bot.service.bundles import write_bundle
from bot.service.errors import NotAccepted


def test_the_page_is_held_to_what_the_command_does() -> None:
    assert json.loads(authority_cases.FILE.read_text("utf-8")) == json.loads(authority_cases.written())


def test_the_page_is_written_with_its_digest(tmp_path: Path) -> None:
    (tmp_path / "authority.html").write_bytes(b"<!doctype html>")
    out = tmp_path / "stick.html"
    assert write_page(tmp_path, out) == hashlib.sha256(out.read_bytes()).hexdigest()
    with pytest.raises(NotAccepted, match="is there already"):
        write_page(tmp_path, out)


def test_a_page_that_is_not_built_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotAccepted, match="not built"):
        write_page(tmp_path, tmp_path / "stick.html")
    assert not (tmp_path / "stick.html").exists()


def archive(folder: Path, *sheets: tuple[str, bytes], unpacked: bool = False) -> None:
    """As the page hands them out, saved beside the key; or as that archive is unpacked there."""
    if unpacked:
        write_bundle(folder / "sheets-2026-11-23-0815", dict(sheets))
        return
    with zipfile.ZipFile(folder / "sheets-2026-11-23-0815.zip", "w") as packed:
        for name, body in sheets:
            packed.writestr(name, body)


@pytest.mark.parametrize("unpacked", [False, True])
def test_who_was_compared_on_the_page_is_known_to_the_command(tmp_path: Path, *, unpacked: bool) -> None:
    office = open_office(tmp_path)
    asked = (sheet_of(FIRST), sheet_of(FIRST, SECOND, n=2, at=START + DAY), sheet_of(SECOND, unit=OTHER))
    made = [office.sign(sheet) for sheet in asked]
    shutil.rmtree(tmp_path / FOLDER)
    archive(tmp_path, *((office.file_of(one), one.body) for one in made), unpacked=unpacked)
    later = open_office(tmp_path, START + 2 * DAY)
    assert [(sheet.unit, sheet.n) for sheet in chosen(later, [])] == [(UNIT, 2), (OTHER, 1)]
    assert case_of(later, sheet_of(FIRST, SECOND, n=3, at=START + 2 * DAY)).new == ()


@pytest.mark.parametrize("unpacked", [False, True])
def test_an_archive_of_somebody_elses_sheets_stops_everything(tmp_path: Path, *, unpacked: bool) -> None:
    elsewhere, here = tmp_path / "elsewhere", tmp_path / "here"
    for folder in (elsewhere, here):
        folder.mkdir()
        open_office(folder)
    office = open_office(elsewhere)
    foreign = office.sign(replace(sheet_of(FIRST), n=7))
    archive(here, (office.file_of(foreign), foreign.body), unpacked=unpacked)
    with pytest.raises(NotAccepted, match=r"sheets-[^/]*/sheet-18118-7\.txt beside the key is no sheet"):
        open_office(here)
