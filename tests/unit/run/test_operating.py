"""Links that commands print: to the desk as set, else to where it was last started."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.run.config import Config
from bot.run.foundation import address_file
from bot.run.operating import _address


@pytest.mark.parametrize(
    ("public", "noted", "expected"),
    [
        (None, None, "http://127.0.0.1:8080"),
        (None, "http://127.0.0.1:21977\n", "http://127.0.0.1:21977"),
        ("https://desk.example.gov.vn/", "http://127.0.0.1:21977\n", "https://desk.example.gov.vn"),
    ],
)
def test_links_lead_to_the_running_desk(tmp_path: Path, public: str | None, noted: str | None, expected: str) -> None:
    config = Config(data_dir=tmp_path, public_url=public)
    if noted is not None:
        address_file(config).write_text(noted)
    assert _address(config) == expected
