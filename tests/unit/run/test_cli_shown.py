"""What a terminal shows of names that others chose: no name hides or imitates the digits that are compared."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner
from unit.crypto.sealing_world import AT, officer, sheet

from bot.edge.cli.authority import commands
from bot.edge.cli.shown import WIDEST, shown
from bot.service.authority.keys import make_authority
from bot.service.authority.requests import digits_of, request_file

FALSE = "12345 67890 12345 67890"


def test_nothing_unprintable_reaches_the_terminal() -> None:
    assert shown("duty\x1b[8m\u202e\u200b") == r"duty\x1b[8m\u202e\u200b"
    assert shown("a\r\n  b\tc") == "a b c"
    assert len(shown("x" * 100)) == WIDEST
    assert shown("phường Nam Hồng Lĩnh") == "phường Nam Hồng Lĩnh"


def test_false_digits_in_a_name_stand_in_no_place_of_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: AT)
    make_authority(tmp_path)
    line = replace(officer("s-1", "duty", "duty"), officer=f"trucban1{' ' * 12}duty     {FALSE}{' ' * 60}{FALSE}")
    asked = sheet(officers=(line,), recovery=None)
    (tmp_path / "request").write_bytes(request_file(asked))
    arguments = ["sign", str(tmp_path / "request"), "--key", str(tmp_path), "--out", str(tmp_path / "sheet")]
    result = CliRunner().invoke(commands(lambda key, _: key, lambda: tmp_path), arguments, input="n\n")
    lines = result.stdout.splitlines()
    assert f"     {digits_of(asked, line)}" in lines
    assert not any(one.strip().startswith(FALSE) or one.rstrip().endswith(FALSE) for one in lines)
    assert max(map(len, lines[:-1])) < 80
    assert not (tmp_path / "sheet").exists()
