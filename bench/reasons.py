"""Why a figure falls short of its goal, by benchmark and key. Said only where it does fall short."""

from __future__ import annotations

REASONS: dict[tuple[str, str], str] = {}
"""One sentence or two each; DECISIONS.md has the whole."""
