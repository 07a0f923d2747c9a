"""Audit chains of units that are over: read by the chief of the one that goes on for them. What theirs tells stays."""

from __future__ import annotations

from bot.service.organisation.looking import Look
from bot.service.organisation.scope import refused
from storage.repositories.units import UnitName


def former(look: Look) -> tuple[UnitName, ...]:
    """The units that the officer's own goes on for by its signed sheet, by code; none for whoever is no chief there."""
    if look.scope.role != "chief":
        return ()
    every = look.scope.of.units
    codes = look.book.goes_on_for(look.connection, look.scope.unit)
    return tuple(every[code] for code in sorted(codes) if code in every)


def require_former(look: Look, unit: str) -> None:
    """Let a unit pass whose chain he may read besides his own.

    Raises:
        NotAccepted: it is not.
    """
    if unit not in {one.code for one in former(look)}:
        raise refused()
