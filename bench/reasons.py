"""Why a figure falls short of its goal, by benchmark and key. Said only where it does fall short."""

from __future__ import annotations

REASONS: dict[tuple[str, str], str] = {
    ("intake", "ratio"): (
        "a message takes about 1.3 ms of processor time, the echo's 0.9, all behind one interpreter lock."
    ),
    ("intake", "inline_ratio"): (
        "the echo that answers in its response neither keeps nor sends anything. Held to one core the intake takes an "
        "eighth more: threads that wake each other on two cores cost that much."
    ),
    ("tips", "ratio"): (
        "beside one stretching a tip costs more than as much again in the page's chat, sealing and commits."
    ),
    ("tips", "tips_per_s"): ("the residents' side of the run takes its share of the same two cores; see the ratio."),
    ("footprint", "ready_ratio"): (
        "some 300 modules of ours with their record classes, and the 33 routes of the desk's API, 12 of them the "
        "organisation's, are made at each start; routes are worked out once, frames when first used."
    ),
}
"""One sentence or two each; DECISIONS.md has the whole."""
