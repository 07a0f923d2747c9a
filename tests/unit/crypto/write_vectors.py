"""Writes `crypto/vectors/*.json`, the contract between Python and the pages.

Run it (`python tests/unit/crypto/write_vectors.py entries`) for the families whose format changes, and only then:
sealed bytes are random, so every run writes other files. Without names it writes all.

Outcomes are `good`, `none` (not addressed to this key), `unusable` and `tampered`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from unit.crypto import vector_cases  # noqa: E402 - the two folders must be on the path first


def main() -> None:
    """One file for each family of cases, or for those named."""
    families = vector_cases.families()
    for name in sys.argv[1:] or families:
        cases = families[name]
        path = ROOT / "crypto" / "vectors" / f"{name}.json"
        path.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
