"""Tips as the console's API tells them: clear facts, sealed bytes, and what may be done. Bytes as base64url."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from bot.edge.http.frames import base64url, unbase64
from bot.service.desk.casework import Listed, Page, Reread, ThreadView
from bot.service.errors import NotAccepted
from handlers.cases import public

TIP_ID = 16
"""Bytes of a tip's id."""
TipId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$")]


def tip_id(tip: str) -> bytes:
    """The bytes of a tip's id. Raises NotAccepted for what is none."""
    found = unbase64(tip)
    if not isinstance(found, bytes) or len(found) != TIP_ID:
        raise NotAccepted("desk-no-tip", status=404)
    return found


def page_of(page: Page) -> dict[str, Any]:
    """A page of the list."""
    return {"total": page.total, "unopened": page.unopened, "tips": [shown_row(row) for row in page.tips]}


def thread_of(found: ThreadView) -> dict[str, Any]:
    """A whole thread, and what its reader may do with it."""
    readers = [{"recipient": reader.recipient, "opened": reader.opened} for reader in found.readers]
    state = found.row.tip.state
    acts = [
        {"act": act, "chief": rule.chief, "reason": rule.reason, "state": public(act, state)}
        for act, rule in found.acts.items()
    ]
    entries = [base64url(entry) for entry in found.entries]
    return {"tip": shown_row(found.row), "entries": entries, "readers": readers, "acts": acts}


def reread_of(found: Reread) -> dict[str, Any]:
    """The first entry of each thread stands in its row."""
    threads = [
        {"tip": shown_row(row), "rest": [base64url(entry) for entry in entries[1:]]} for row, entries in found.threads
    ]
    return {"total": found.total, "threads": threads}


def shown_row(row: Listed) -> dict[str, Any]:
    """One tip of the list."""
    tip = row.tip
    return {
        "id": base64url(tip.id),
        "unit": tip.unit,
        "urgent": tip.urgent,
        "state": tip.state,
        "visible_from": tip.visible_from,
        "received": tip.received,
        "answerable": tip.answerable,
        "news": tip.news,
        "entries": tip.entries,
        "register": tip.register,
        "year": tip.year,
        "status": tip.status,
        "due": tip.due,
        "clock": tip.clock,
        "held": tip.held,
        "erases": tip.erases,
        "opened": row.opened,
        "unopened": row.unopened,
        "grant": base64url(row.grant) if row.grant else None,
        "former": [base64url(one) for one in row.former],
        "opening": base64url(row.opening),
    }
