"""Whoever enrols in a demonstration is on a sheet at once: its server signs, and the history says whom it let in.

Owns what stands in for the authority's machine there. No real installation has the key that is used here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.desk import sheetwork
from bot.service.desk.audit import Ledger
from bot.service.desk.observing import Observed
from bot.service.organisation.arranging import Filed, arrange, digest_of, note
from bot.service.site import SheetBook, Site
from crypto.sheets import sign_sheet
from crypto.signing import Signer
from storage.repositories.officers import Officer


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Signs the unit's next sheet for whoever just asked to be on it."""

    authority: Signer
    book: SheetBook
    site: Site
    ledger: Ledger

    def let_in(self, connection: Connection, asked: Officer, now: int) -> None:
        """Put this officer on his unit's sheet and take it in, as `now` says (UTC seconds)."""
        done = arrange(connection, ("officers",), lambda: self._sign(connection, asked, now))
        change = digest_of(done.changed)
        observed = Observed("arrange", detail=(("list", "officers"), ("change", change)))
        record = self.ledger.observe(connection, asked.unit, observed, now=now)
        note(connection, [(one, Filed(record, change)) for one in done.changed], by=None, now=now)

    def _sign(self, connection: Connection, asked: Officer, now: int) -> None:
        approved = frozenset({asked.serial})
        sheet = sheetwork.proposal(connection, self.book, self.site, asked.unit, approved=approved, now=now)
        signed = sheetwork.take_in(connection, self.book, sign_sheet(sheet, self.authority), now)
        self.ledger.observe(connection, signed.unit, Observed("sheet", detail=(("sheet", signed.n),)), now=now)
