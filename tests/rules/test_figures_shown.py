"""The README shows the figures that were measured last, and nothing better."""

from __future__ import annotations

import json

from bench import readme


def test_the_readme_shows_the_figures_kept() -> None:
    page, found = readme.README.read_text("utf-8"), json.loads(readme.FIGURES.read_text("utf-8"))
    assert readme.written(page, found) == page, "write it anew: .venv/bin/python -m bench.readme"
