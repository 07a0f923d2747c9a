"""The power goes at every point of a rotation of the master key; one of them is in `make test`."""

from __future__ import annotations

import pytest
from unit.run import conftest, test_rotating
from unit.run.test_rotating import STEPS

folder, old = conftest.folder, test_rotating.old


@pytest.mark.parametrize(
    ("step", "when"), [*((step, "after") for step in STEPS), *(("last", "before"), (STEPS[0], "before"))]
)
async def test_whenever_the_power_goes_the_next_try_goes_on(old: bytes, step: str, when: str) -> None:
    await test_rotating.goes_on_after(step, when)
