"""A ward's days at its desks as its audit chain tells them: every kind of act there is, each by the product itself.

Two acts are told apart: what no part of the product does any more (`OVER`) is signed here as it once was.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from acts import named
from authenticator import ORIGIN, Authenticator
from installation import UNIT, Officer, Page, sheet_of
from phones import OfficersMessenger
from sqlalchemy import Connection
from unit.service.organisation_world import OTHER, PROVINCE, Country, open_country
from unit.service.test_handing import Desk

from bot.run.app import open_ledger
from bot.run.desks import open_keydesk
from bot.run.foundation import known_audit_keys, notes_key
from bot.service import tree
from bot.service.auditing import Trust
from bot.service.desk.audit import Deed, Signed
from bot.service.desk.casework import NewEntry, Taking
from bot.service.desk.observing import Notebook, Observed
from bot.service.desk.operator import Operator
from bot.service.desk.passkeys import name_of
from bot.service.desk.recovering import Recovered
from bot.service.desk.retention import Said, set_term
from bot.service.errors import NotAccepted
from bot.service.organisation.acts import Feast
from bot.service.registers.book import observed_of
from crypto.acts import Detail, read_record
from crypto.audit_file import read_file
from crypto.entries import Entry, Kind, seal_entry
from crypto.recovery import recipient_digest, recovered_digest, rewrap
from crypto.sheets import LIFETIME, sign_sheet
from crypto.tips import next_place
from handlers.deadlines import HOUR
from handlers.retention import LEAST, WARNING
from handlers.timeline import DAY

ENDED = "18121"
"""A ward that the province goes on for, in the end."""
BUSY: Final = frozenset({"acknowledged", "passed-duty"})
OVER: Final = frozenset({"state"})
"""Acts of officers that older consoles signed and chains of then hold."""
COMMANDS: Final[dict[str, Detail]] = {
    "acknowledged": (("count", 2),),
    "passed-duty": (("count", 1),),
    "keys": (("file", "master"),),
}
"""What processes without the audit key note, and the desk chains: noted here as they do."""


@dataclass
class Lived:
    """What is left of it: the data folder, each unit's exported chain, who is believed."""

    folder: Path
    trust: Trust
    files: dict[str, bytes] = field(default_factory=dict)

    def kinds(self) -> set[tuple[str, str]]:
        """Every act told in the chains, with who vouches for it."""
        acts = (read_record(one).act for file in self.files.values() for one in read_file(file).records)
        return {(act.kind, act.act) for act in acts}


async def live(folder: Path) -> Lived:
    """A few days of ward, neighbour and province, in a data folder that commands can be run on afterwards."""
    async with open_country(folder) as country:
        box = country.box
        days = Days(country)
        await days.of_tips()
        await days.of_people()
        await days.of_keys()
        await days.of_lists()
        await days.of_commands()
        await days.forward_and_back()
        await days.merges()
        await days.of_retention()
        lived = Lived(folder, Trust(box.ground.keys.site.authority, known_audit_keys(box.config)))
        for account, unit in (("truong", UNIT), ("truong2", OTHER), ("tinh", PROVINCE)):
            lived.files[unit] = await box.counter.audit_file(country[account].officer.me)
        lived.files[ENDED] = await days.operator.audit_file(ENDED)
        return lived


class Days:
    """What happens, in the order of its methods."""

    def __init__(self, country: Country) -> None:
        self.country, self.box = country, country.box
        self.duty, self.chief = country["truc"].officer, country["truong"].officer
        ground = self.box.ground
        self.notes = Notebook(ground.keys.site.id, notes_key(self.box.config), os.urandom)
        self.operator = Operator(
            database=ground.database,
            site=ground.keys.site,
            book=ground.book,
            clock=self.box.clock,
            entropy=os.urandom,
            web=ORIGIN,
            audit_keys=known_audit_keys(self.box.config),
            notes=self.notes,
            texts="5ea1",
        )

    async def tip(self, words: str) -> tuple[bytes, Page, str]:
        """One more tip; its id, the page it came from, its receipt."""
        page, before = Page(self.box), set(await self.duty.tips())
        await page.open()
        receipt = await page.file_tip(words)
        (tip,) = set(await self.duty.tips()) - before
        return tip, page, receipt

    async def of_tips(self) -> None:
        tip, _, _ = await self.tip("Có người bán ma túy ở đầu xóm")
        await self.duty.open(tip)
        await self.duty.write(tip, "question", "Mấy giờ?")
        await self.duty.write(tip, "answer", "Đã rõ")
        await self.duty.file(tip, await self._entry(tip, "question", "Bà con cho biết tên?"), "ask-identity")
        await self.box.forge("UPDATE tips SET answerable = ? WHERE id = ?", self.chief.me.officer.serial, tip)
        await self._takes(tip, self.duty, "absent")
        await self._takes(tip, self.duty)
        for case in ("classified", "complex", "verifying", "notify", "handled"):
            await self.duty.act_on(tip, case)
        taken = (("purpose", "file"), ("manifest", os.urandom(32)))
        record = await self.duty.sign("export", tip, taken)
        await self.box.counter.export(self.duty.me, tip, "file", record)
        other, _, _ = await self.tip("Xe tải đổ rác xuống sông")
        await self.duty.act_on(other, "duplicate", "Đã có tin này")

    async def _takes(self, tip: bytes, officer: Officer, reason: str | None = None) -> None:
        view = await officer.view(tip)
        await officer.take(tip, Taking(await self._entry(tip, "take", ""), view.row.tip.answerable), reason)

    async def _entry(self, tip: bytes, kind: Kind, text: str) -> NewEntry:
        found, by = await self.duty.open(tip), self.duty.me.officer.serial
        entry = Entry(next_place(found.thread), kind, by, at=int(self.box.clock()) // 60 * 60, text=text)
        return NewEntry(entry.place.seq, seal_entry(entry, self.duty.keys.signer, found.identity.recipient))

    async def of_keys(self) -> None:
        await self._recovers()
        tip, page, receipt = await self.tip("Đánh bạc ở nhà văn hóa")
        late = (await self.country.staff("truc2", "duty")).officer
        desk = Desk(self.box, self.box.counter.hands, self.duty, self.chief, late, page, receipt, tip)
        await desk.give(self.duty, late)
        await desk.take_back(self.chief, late.me.officer.serial)
        await desk.rekey(self.duty, await desk.rekeyed(self.duty, self.duty, self.chief))
        given, page, receipt = await self.tip("Trộm xe máy ở chợ")
        await self.box.forge("DELETE FROM grants WHERE tip = ? AND recipient = ?", given, late.me.officer.serial)
        one = Desk(self.box, self.box.counter.hands, self.duty, self.chief, late, page, receipt, given)
        await one.give(self.duty, late)
        await desk.hand_over(self.duty, late, await desk.sealed(self.duty, late))
        last, page, receipt = await self.tip("Bán hàng giả")
        away = Desk(self.box, self.box.counter.hands, self.duty, self.chief, late, page, receipt, last)
        await away.take_back(self.chief, late.me.officer.serial)

    async def _recovers(self) -> None:
        """A tip that the chief has no key to comes back by the recovery sheets."""
        tip, _, _ = await self.tip("Cháy kho vải")
        await self.box.forge("DELETE FROM grants WHERE tip = ? AND recipient = ?", tip, self.chief.me.officer.serial)
        keys, backup = open_keydesk(self.box.ground, open_ledger(self.box.ground)), self.box.ground.keys.recovery
        assert backup is not None
        asked = await keys.shut_tips(self.chief.me)
        made = rewrap(asked, backup, await sheet_of(self.box), int(self.box.clock()))
        found = Recovered(recipient_digest(backup.recipient), {tip: each for tip, each in made if each})
        named = (
            ("count", len(found.grants)), ("grants", recovered_digest(found.grants)), ("recovery", found.recovery),
        )  # fmt: skip
        await keys.recover(self.chief.me, found, await self.chief.sign("recovered", None, named))

    async def of_people(self) -> None:
        ground = replace(self.box.ground, config=self.box.ground.config.model_copy(update={"public_url": ORIGIN}))
        keys, device = open_keydesk(ground, open_ledger(ground)), Authenticator(counter=1)
        made = device.make(keys.new_challenge(self.chief.me))
        await keys.add_passkey(self.chief.me, made, locked=b"locked", auth=self.chief.keys.proof())
        await keys.remove_passkey(self.chief.me, name_of(device.id))
        for _ in range(3):
            self.box.clock.advance(60)
            with contextlib.suppress(NotAccepted):
                await self.box.counter.login("truc", os.urandom(32))
        self.box.clock.advance(60)
        again = await self.box.counter.login("truc", self.duty.keys.proof())
        await self.box.counter.logout(again)
        messenger = OfficersMessenger(self.box)
        await messenger.linked(self.duty, 7)
        await messenger.desk.unlink(self.duty.me)
        leaver = (await self.country.staff("truc3", "duty")).officer
        await self.country["quantri"].invites(UNIT)
        await self.country["truong"].removes(leaver.me.officer.serial)

    async def of_lists(self) -> None:
        chief = self.country["truong"]
        today = datetime.fromtimestamp(self.box.clock(), UTC).date()
        await chief.does(Feast(UNIT, today + timedelta(days=3), today + timedelta(days=4), "Ngày hội"))
        await chief.brings("boxes", "unit,label_vi,code", f"{UNIT},Nhà văn hóa tổ 2,nvh-2")
        await chief.brings("boxes", "unit,label_vi,code", f"{UNIT},Nhà văn hóa tổ hai,nvh-2")

    async def of_commands(self) -> None:
        now = int(self.box.clock())

        def noted(connection: Connection) -> None:
            for act, detail in COMMANDS.items():
                seen = Observed(act, self.duty.me.officer if act in BUSY else None, detail)
                self.notes.leave(connection, UNIT, seen, now=now)
            self.notes.leave(connection, UNIT, observed_of(2026, "report"), now=now)

        await self.box.run(noted)
        tip, _, _ = await self.tip("Đốt rơm rạ")
        record = await self.duty.sign(
            "state", tip, (*named(0, (await self.duty.open(tip)).view.entries[0]), ("state", "verify"))
        )
        signed = Signed(record, open_ledger(self.box.ground), now)
        await self.box.run(lambda c: signed.take_in(c, self.duty.me.officer, Deed(("state",), tip)))

    async def forward_and_back(self) -> None:
        tip, _, _ = await self.tip("Lấn chiếm lòng đường")
        await self.duty.forward(tip, await self.duty.sealed_to(tip, OTHER))
        neighbour = self.country["truong2"].officer
        await neighbour.forward(tip, await neighbour.sealed_to(tip, UNIT))
        await self.duty.act_on(tip, "classified")
        away, _, _ = await self.tip("Gây ồn ào ban đêm")
        await self.duty.act_on(away, "report")
        await self.duty.forward(away, await self.duty.sealed_to(away, OTHER))

    async def of_retention(self) -> None:
        """One tip is kept for long enough; another one, which would be too, is held."""
        ((held,),) = await self.box.rows("SELECT id FROM tips WHERE status = 'duplicate'")
        await self.chief.act_on(bytes(held), "hold", "Viện kiểm sát yêu cầu")
        over, _, _ = await self.tip("Tin thử")
        await self.duty.act_on(over, "abusive", "Quấy rối")
        await self.operator.act(lambda c, _now: set_term(c, UNIT, Said(named=True, days=LEAST, hold=None)))
        self.box.clock.advance(LEAST * DAY - WARNING)
        for _ in range(WARNING // HOUR + 2):
            await self.box.retaining.look()
            self.box.clock.advance(HOUR)
        await self.chief.chain()

    async def merges(self) -> None:
        """The province goes on for a ward, by its newest sheet."""
        box, now, authority = self.box, int(self.box.clock()), self.box.ground.keys.authority
        assert authority is not None
        await box.run(
            lambda connection: tree.add(connection, tree.Sketch(ENDED, "xã cũ", "old commune", PROVINCE), now)
        )
        newest = await sheet_of(box, PROVINCE)
        after = replace(newest, n=newest.n + 1, issued=now, expires=now + LIFETIME, goes_on_for=(ENDED,))
        await self.operator.take_in(sign_sheet(after, authority))
        await self.country["tinh"].officer.chain()
