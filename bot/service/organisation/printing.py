"""Which posters an officer may have printed, how many at once, and how a refusal is worded for him."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.service.desk.staffing import LastKey
from bot.service.errors import NotAccepted
from bot.service.organisation.looking import Look
from bot.service.posters.content import Poster, boxes_of, of_boxes
from bot.service.posters.sizes import Size
from bot.service.tables import RowsRefused
from storage.repositories import units

MOST_POSTERS = 200
"""Posters of one answer: a ward's, several times."""


@dataclass(frozen=True, slots=True)
class Printing:
    """Which posters: of this box, else of all that hang in the unit and in those under it."""

    unit: str
    box: str | None
    size: Size
    bilingual: bool


def posters_of(look: Look, wanted: Printing) -> tuple[Poster, ...]:
    """What stands on the posters that are wanted. They are counted before any is made up.

    Raises:
        NotAccepted: the unit or the box is not his to see, nothing hangs there, or too much does.
    """
    boxes = _hanging(look, wanted)
    if len(boxes) > MOST_POSTERS:
        raise NotAccepted("org-many-posters", status=422)
    with said_as("org-bad-posters"):
        return of_boxes(look.connection, look.book, look.links, boxes, now=look.now)


def _hanging(look: Look, wanted: Printing) -> list[str]:
    """Codes of the boxes whose posters are wanted."""
    if wanted.box is not None:
        look.scope.within(wanted.unit)
        require_box(look, wanted.box)
        return [wanted.box]
    codes = [code for code in sorted(look.scope.within(wanted.unit)) if look.scope.of.today(code) == code]
    with said_as("org-bad-posters"):
        return boxes_of(look.connection, codes, now=look.now)


def require_box(look: Look, code: str) -> None:
    """Let a box pass that is his.

    Raises:
        NotAccepted: there is no such box, or it is not.
    """
    found = units.find_box(look.connection, code)
    if found is None or found.code != code or found.unit not in look.scope.codes:
        raise NotAccepted("org-no-row", status=404)


@contextmanager
def said_as(key: str) -> Iterator[None]:
    """What an act refuses in words for a terminal, as the console's own sentence; rows and last keys tell their own."""
    try:
        yield
    except (RowsRefused, LastKey):
        raise
    except NotAccepted as error:
        raise NotAccepted(key, status=422) from error
