"""Where the catalogues lie, for tests that speak the product's words."""

from pathlib import Path

LOCALES = Path(__file__).resolve().parents[1] / "locales"
