"""A province of eighty communes, brought by the commands: every link leads to its unit, every tip to who may read it.

The communes differ as they do in life: with officers, with a sheet that ran out, with none, with the recovery identity
alone; some came after others. A border post and an inspectorate receive what is theirs.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

import httpx
import pytest
from installation import Clock, Installation, Telegram, open_installation, receipt_in, words_in
from integration.served import ChatPage, Served, serve_product
from integration.shell import Shell
from sqlalchemy import Connection

from bench.communes import INSPECTORATE, NAME, POST, PROVINCE, WHOLE, Tables, former, made_up
from bot.run.foundation import open_keys
from bot.service.authority.keys import open_signer
from bot.service.site import find_desk
from crypto.hybrid import Identity
from crypto.sheets import LIFETIME, Officer, Sheet, sign_sheet
from crypto.signing import Signer
from storage.repositories import sheets, units

PAPERS = ("officers", "officers", "expired", "none", "recovery")
"""What the sheet of a commune is like, in turn."""
TIP = "tối qua ở chợ có người phá khóa"
BRIBE = "ong cong an xa nhan tien cua quan karaoke nen khong ai dam noi"
DAY = 86_400
CHATS, TIPS = 5_000_000, 6_000_000
"""Where chats begin that open a link, and those that send a tip."""
AT_ONCE = 100
SOCKETS = 20
"""Pages that are open at once."""


@dataclass
class Province:
    """The installation as the commands left it, and what stands on its sheets."""

    shell: Shell
    tables: Tables
    now: int = field(default_factory=lambda: int(time.time()))
    papers: dict[str, str] = field(default_factory=dict)

    @property
    def communes(self) -> list[str]:
        return sorted(set(self.tables.links.values()))

    def receiver(self, commune: str) -> str:
        """Who receives its tips: itself where an officer is on a valid sheet, else the province."""
        return commune if self.papers[commune] == "officers" else PROVINCE


@pytest.fixture(scope="module")
def tables() -> Tables:
    return made_up(WHOLE)


@pytest.fixture
def province(shell: Shell, tables: Tables) -> Province:
    """Brought by the commands, and its sheets signed by the authority that the installation trusts."""
    public = re.search(r"[0-9a-f]{64}", shell.says("authority", "create", "usb", "--open"))
    assert public is not None
    shell.says(
        "init", "--authority", public[0], "--unit", PROVINCE, "--name-vi", NAME, "--name-en", "Bạch Đàn province",
        "--contact", "0200 000 0000", "--wording-approved",
    )  # fmt: skip
    for name in ("unit", "hamlet", "box", "officer"):
        body = {"unit": tables.units, "hamlet": tables.hamlets, "box": tables.boxes, "officer": tables.officers}[name]
        (shell.folder / f"{name}.csv").write_bytes(body)
    assert "102 new, 0 changed, 1 as" in shell.says("unit", "import", "unit.csv")
    assert "1200 new" in shell.says("hamlet", "import", "hamlet.csv")
    assert "1200 new" in shell.says("box", "import", "box.csv")
    assert "Invited: 400." in shell.says("officer", "import", "officer.csv", "--out", "links.csv")
    made = Province(shell, tables)
    for place, commune in enumerate(made.communes):
        made.papers[commune] = PAPERS[place % len(PAPERS)]
    return made


@pytest.fixture
def signed(province: Province) -> Province:
    """With the routes that the province says, and the sheets in the store."""
    for kind, target in (("drug", POST), ("staff", INSPECTORATE)):
        province.shell.says("unit", "route", PROVINCE, kind, "--to", target)
    return province


@dataclass(frozen=True)
class Keys:
    """One pair for all officers of this province: what matters is on whose sheet it stands."""

    identity: Identity = field(default_factory=Identity.generate)
    verify: bytes = field(default_factory=lambda: Signer.generate().verify_key)


def sign_all(province: Province, site: str, keys: Keys) -> Callable[[Connection], None]:
    """Every unit's sheet as its commune has it, by the authority's own key."""
    authority = open_signer(province.shell.folder / "usb")

    def sheet_of(unit: units.Unit, paper: str) -> Sheet:
        recipient, since = keys.identity.recipient, province.now - 80 * DAY
        officers = tuple(
            Officer(f"{unit.code}{n}", f"cb{unit.code}{n}", role, recipient, keys.verify, since, None)
            for n, role in enumerate(("chief", "duty", "duty", "duty", "duty"))
        )
        until = province.now - 1 if paper == "expired" else since + LIFETIME
        kept, recovery = ((), recipient) if paper == "recovery" else (officers, None)
        return Sheet(site, False, unit.code, unit.name_vi, unit.parent, 1, since, until, kept, recovery)

    def work(connection: Connection) -> None:
        for unit in units.every_unit(connection):
            paper = province.papers.get(unit.code, "officers" if unit.valid_to is None else "none")
            if paper != "none":
                body = sign_sheet(sheet_of(unit, paper), authority)
                sheets.add(connection, sheets.StoredSheet(unit.code, 1, body))

    return work


def running(province: Province, work: Callable[[Installation], Awaitable[None]]) -> None:
    """Run the installation inside this process, with its sheets, for the length of this work."""

    async def run() -> None:
        async with open_installation(province.shell.data, clock=Clock(float(province.now))) as box:
            await box.run(sign_all(province, box.ground.keys.site.id, Keys()))
            await work(box)

    asyncio.run(run())


async def _every_link(province: Province, box: Installation) -> None:
    names = {unit.code: unit.name_vi for unit in await box.run(units.every_unit)}
    links = list(province.tables.links.items())

    async def asked(place: int, link: str) -> str:
        return words_in(await Telegram(box, CHATS + place).text(f"/start {link}"))

    for first in range(0, len(links), AT_ONCE):
        few = links[first : first + AT_ONCE]
        every = await asyncio.gather(*(asked(first + place, link) for place, (link, _) in enumerate(few)))
        for said, (link, commune) in zip(every, few, strict=True):
            assert f"Công an {names[commune]}." in said, link


async def _every_door(province: Province, box: Installation) -> None:
    book, now = box.ground.book, province.now

    def work(connection: Connection) -> None:
        for link, commune in province.tables.links.items():
            desk = find_desk(connection, book, now, box=link, unit=None)
            assert (desk.unit, desk.receiver) == (commune, province.receiver(commune)), link
            sheet = book.newest(connection, desk.receiver, now)
            assert sheet is not None
            assert sheet.readers(now)
            assert dict(desk.elsewhere)["drug"].unit == POST
            own = desk.receiver == commune
            over = (desk.above and desk.above.unit, desk.inspectorate and desk.inspectorate.unit)
            assert over == ((PROVINCE, INSPECTORATE) if own else (None, None)), link
        for commune in filter(former, province.communes):
            desk = find_desk(connection, book, now, box=None, unit=former(commune))
            assert (desk.unit, desk.receiver) == (commune, province.receiver(commune))

    await box.run(work)


def test_every_link_leads_to_its_unit_and_every_tip_to_who_may_read_it(signed: Province) -> None:
    async def story(box: Installation) -> None:
        await _every_link(signed, box)
        await _every_door(signed, box)
        await _sorts(signed, box)

    running(signed, story)


def test_links_of_every_unit_open_its_page_and_its_chat_on_the_web(signed: Province) -> None:
    """Three boxes of each commune: the page that a code leads to, and a socket of its chat."""
    luck = Random(7)
    links = sorted(signed.tables.links.items())
    some = [one for code in signed.communes for one in luck.sample([one for one in links if one[1] == code], 3)]

    async def story() -> None:
        async with serve_product(signed.shell.data, clock=Clock(float(signed.now))) as served:
            site = open_keys(served.config).site.id
            await served.run(sign_all(signed, site, Keys()))
            names = {unit.code: unit.name_vi for unit in await served.run(units.every_unit)}
            await _every_page(served, {link: names[code] for link, code in some})

    asyncio.run(story())


async def _every_page(served: Served, links: dict[str, str]) -> None:
    gate = asyncio.Semaphore(SOCKETS)

    async def visit(client: httpx.AsyncClient, link: str, name: str) -> None:
        async with gate:
            page = await client.get(f"/h/{link}")
            assert (page.status_code, name in page.text) == (200, True), link
            async with ChatPage(served, box=link) as chat:
                assert f"Công an {name}." in "\n".join(line for said in chat.said for line in said["text"]), link

    async with httpx.AsyncClient(base_url=served.address) as client, asyncio.TaskGroup() as visits:
        for link, name in links.items():
            visits.create_task(visit(client, link, name))


async def _sorts(province: Province, box: Installation) -> None:
    communes = province.communes[: len(PAPERS)]
    for place, commune in enumerate(communes):
        person = await _at(box, TIPS + place, commune)
        await person.text(TIP)
        await _send(person)
    own = next(commune for commune in communes if province.receiver(commune) == commune)
    drugs = await _at(box, TIPS + 20, own)
    await drugs.text("nó bán ma túy sau chợ")
    for answer in ("3", "0", "0", "1", "0"):
        await drugs.text(answer)
    await _send(drugs, asked=True)
    for place, choice in ((21, "1"), (22, "2"), (23, "3")):
        accusing = await _at(box, TIPS + place, own)
        await accusing.text(BRIBE)
        await accusing.text(choice)
        await _send(accusing)
    rows = await box.rows("SELECT unit_id, count(*) FROM tips GROUP BY unit_id")
    wanted = [*map(province.receiver, communes), POST, PROVINCE, INSPECTORATE, own]
    assert dict(rows) == {unit: wanted.count(unit) for unit in wanted}
    grants = await box.rows("SELECT t.unit_id, g.recipient FROM grants g JOIN tips t ON t.id = g.tip")
    assert all(recipient.startswith(unit) or recipient == "reporter" for unit, recipient in grants)


async def _at(box: Installation, chat: int, commune: str) -> Telegram:
    person = Telegram(box, chat)
    await person.text(f"/start h-{commune}-2")
    return person


async def _send(person: Telegram, *, asked: bool = False) -> None:
    if not asked:
        await person.text("1")
    assert len(receipt_in(await person.text("1"))) == 24


def test_the_commands_give_back_what_they_took(province: Province) -> None:
    for name in ("unit", "hamlet", "box"):
        province.shell.says(name, "export", f"{name}-again.csv")
        assert " 0 changed" in province.shell.says(name, "import", f"{name}-again.csv")
    assert len(json.loads(province.shell.says("unit", "list", "--json"))) == len(province.communes) + 3
