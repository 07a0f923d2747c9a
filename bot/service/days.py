"""Days of the calendar as people write them in tables and commands."""

from __future__ import annotations

import re
from datetime import date

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", re.ASCII),
    re.compile(r"(?P<day>\d\d?)[/-](?P<month>\d\d?)[/-](?P<year>\d{4})", re.ASCII),
)


def read_day(said: str) -> date | None:
    """The day: 2026-11-23, 23/11/2026 or 23-11-2026; None where it says none."""
    found = next(filter(None, (form.fullmatch(said.strip()) for form in _FORMS)), None)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
