"""How large the year is, and where its story goes."""

from __future__ import annotations

from pathlib import Path

import pytest

WARDS, TIPS, KILLS, SEED = 8, 300, 10, 20261123


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--wards", type=int, default=WARDS, help="wards of the province")
    parser.addoption("--tips", type=int, default=TIPS, help="tips of the year")
    parser.addoption("--kills", type=int, default=KILLS, help="how often the process is killed on the way")
    parser.addoption("--seed", type=int, default=SEED, help="what is drawn from")
    parser.addoption("--page", type=Path, help="write the page of figures to this file")
    parser.addoption("--story", type=Path, help="write one ward's weeks to this file")
