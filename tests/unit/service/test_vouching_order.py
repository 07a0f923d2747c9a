"""What was done with a tip that moved and moved again stands in order, and an erasure is asked whether it could be."""

from __future__ import annotations

import pytest

from bot.service.vouching.chains import Told, in_order
from bot.service.vouching.rows import may_go
from crypto.acts import Act, Value

TIP = bytes(16)


def told(unit: str, act: str, hour: int, **detail: Value) -> Told:
    return Told(Act("site", unit, 0, bytes(32), "officer", act, hour * 3600, tip=TIP, detail=tuple(detail.items())))


def test_after_a_merger_who_goes_on_comes_last() -> None:
    """A passed it to B, B became C: C's acts name no entry it was passed on at."""
    a = [told("A", "take", 1, seq=1), told("A", "forward", 2, seq=2)]
    b = [told("B", "forwarded", 2, seq=2), told("B", "case", 3, seq=3, case="classified")]
    c = [told("C", "case", 4, seq=4, case="handled")]
    assert in_order([c, a, b]) == [*a, *b, *c]


def test_a_unit_that_has_it_again_goes_on_after_the_other() -> None:
    """A passed it to B, and B became part of A: one list of A's holds what came before and after B."""
    before, after = [told("A", "forward", 2, seq=2)], [told("A", "case", 5, seq=4, case="handled")]
    between = [told("B", "forwarded", 2, seq=2), told("B", "case", 3, seq=3, case="classified")]
    assert in_order([[*before, *after], between]) == [*before, *between, *after]


@pytest.mark.parametrize(
    ("acts", "may"),
    [
        ((), False),
        (("classified",), False),
        (("classified", "handled"), True),
        (("classified", "handled", "hold"), False),
        (("classified", "handled", "hold", "release"), True),
        (("classified", "handled", "verifying"), False),
    ],
)
def test_only_what_was_decided_and_is_not_held_may_be_erased(acts: tuple[str, ...], may: bool) -> None:
    done = [told("A", "case", 1, seq=seq, case=act) for seq, act in enumerate(acts, 1)]
    assert may_go(done) is may
