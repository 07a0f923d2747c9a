"""What is known to go wrong ends in one plain line."""

from __future__ import annotations

import pytest

from bot.edge.http.pages import PagesNotBuilt
from bot.run.plain import plainly
from bot.service.errors import NotAccepted, OurFault, OutsideFailed
from crypto.errors import Tampered
from storage.errors import Full


@pytest.mark.parametrize(
    ("error", "family", "said"),
    [
        (Full(), OutsideFailed, "disk full"),
        (Tampered("sheet: signature"), OurFault, "sheet: signature"),
        (PagesNotBuilt("not built"), OutsideFailed, "run make setup"),
        (FileNotFoundError(2, "No such file or directory", "/x/y"), OutsideFailed, "no such file or directory: /x/y"),
        (OSError(), OutsideFailed, "the system refused"),
    ],
)
def test_the_family_of_a_failure(error: Exception, family: type[Exception], said: str) -> None:
    with pytest.raises(family, match=said), plainly():
        raise error


def test_what_is_plain_already_and_what_is_not_known_pass_through() -> None:
    for error in (NotAccepted("said"), ZeroDivisionError()):
        with pytest.raises(type(error)), plainly():
            raise error
    with plainly():
        pass
