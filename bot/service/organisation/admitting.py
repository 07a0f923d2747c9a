"""Who comes onto a signed sheet, from the console: digits compared, requests made, sheets taken in.

Owns what an officer may do of it. Nobody is let in here: only what the authority signed does that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.service.bundles import packed
from bot.service.desk import sheetbatches, staffing
from bot.service.desk.counter import Me
from bot.service.desk.observing import Observed
from bot.service.desk.sheetbatches import Taken
from bot.service.desk.sheetwork import SheetRefused
from bot.service.errors import NotAccepted
from bot.service.organisation import sheetlist
from bot.service.organisation.acts import Doing
from bot.service.organisation.lists import NAMES
from bot.service.organisation.looking import Look
from bot.service.queues import Queue
from bot.service.site import SheetBook, Site
from bot.service.tables import Fault, refuse
from crypto.sheets import Sheet
from storage.repositories import officers

if TYPE_CHECKING:
    from bot.service.organisation.desk import OrganisationDesk, Sent


@dataclass(frozen=True, slots=True)
class Heard:
    """The digits that somebody read aloud who waits under this serial."""

    serial: str
    digits: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A signed sheet, and how many open tips may be left by it to nobody who is let in."""

    body: bytes
    tips: int = 0


class Admission:
    """The road onto a sheet, as far as it leads over the console. `slow`: where digits are made, beside the loop."""

    def __init__(self, desk: OrganisationDesk, book: SheetBook, site: Site, slow: Queue) -> None:
        self._desk = desk
        self._book = book
        self._site = site
        self._slow = slow

    async def approve(self, me: Me, heard: Heard, sent: Sent) -> None:
        """Note that somebody's digits were compared: he is on his unit's next request.

        Raises:
            NotAccepted: he may not, nobody waits so, the digits are others, or the record does not fit.
        """
        waits = await self._desk.look(me, lambda look: self._waiting(look, heard.serial))
        digits = await self._slow.run(lambda: staffing.digits_of(waits))
        if not staffing.fits(heard.digits, digits):
            raise NotAccepted("org-other-digits", status=422)

        def act(doing: Doing) -> None:
            doing.scope.within(waits.unit)
            staffing.approve(doing.connection, heard.serial, waits)

        await self._desk.change(me, "officers", sent, act)

    def _waiting(self, look: Look, serial: str) -> staffing.Waiting:
        look.scope.changing()
        found = officers.by_serial(look.connection, serial)
        if found is None or found.status != "requested" or found.unit not in look.scope.codes:
            raise NotAccepted("org-no-row", status=404)
        return staffing.waiting_as(found, self._site.id)

    async def requests(self, me: Me, unit: str, *, only: bool) -> bytes:
        """Requests for the authority in one archive: of this unit `only`, else of it and those under it that need one.

        Raises:
            NotAccepted: he may not, the unit is not his, or there is nothing to ask for.
        """

        def work(look: Look) -> list[sheetbatches.Asked]:
            look.scope.changing()
            need = sheetlist.need_of(look.scope.within(unit), *([unit] if only else ()))
            return sheetbatches.requests(look.connection, self._book, self._site, need=need, now=look.now)

        found = [one for one in await self._desk.look(me, work) if one.body]
        if not found:
            raise NotAccepted("org-no-requests", status=404)
        return packed({one.file: one.body for one in found})

    async def past(self, me: Me, unit: str) -> tuple[sheetlist.Past, ...]:
        """Every sheet signed for a unit of his."""

        def work(look: Look) -> tuple[sheetlist.Past, ...]:
            look.scope.list_of("sheets")
            look.scope.within(unit)
            return sheetlist.past(look, unit)

        return await self._desk.look(me, work)

    async def take_in(self, me: Me, brought: Brought, sent: Sent) -> Taken:
        """Take a signed sheet in: who is on it is let in, who is on it no more is out.

        Raises:
            RowsRefused: the sheet is not taken, and why.
            NotAccepted: it is not his to take in, or the record does not fit.
        """
        known = self._book.verified(brought.body)
        names = NAMES if known is not None and known.goes_on_for else ("officers",)
        done = await self._desk.change(me, "officers", sent, self._taking(brought), names=names, signed=True)
        taken, sheet = done.result
        if sheet is not None:
            self._book.take_in(sheet)
        return taken

    def _taking(self, brought: Brought) -> Callable[[Doing], tuple[Taken, Sheet | None]]:
        def act(doing: Doing) -> tuple[Taken, Sheet | None]:
            self._his(doing, brought.body)
            try:
                told, sheet = sheetbatches.take_in(
                    doing.connection, self._book, ("", brought.body), now=doing.now, tips=brought.tips
                )
            except SheetRefused as error:
                refuse([Fault(0, error.why, args={"tips": error.tips})])
                raise
            if sheet is not None:
                doing.seen(told.unit, Observed("sheet", detail=(("sheet", told.n),)))
            for code in told.ended:
                doing.seen(code, Observed("merge", detail=(("into", told.unit),)))
            return told, sheet

        return act

    def _his(self, doing: Doing, body: bytes) -> None:
        """Let a sheet pass that is of units of his, and that does not leave out or move whoever brings it.

        Raises:
            NotAccepted: it is not his.
            RowsRefused: he would be out by it before his act is signed.
        """
        sheet, mine = self._book.verified(body), doing.me.officer
        if sheet is None:
            return
        for code in (sheet.unit, *sheet.goes_on_for):
            doing.scope.within(code)
        stays = any(line.serial == mine.serial for line in sheet.officers)
        if mine.unit in sheet.goes_on_for or (mine.unit == sheet.unit and not stays):
            refuse([Fault(0, "row-sheet-self")])
