"""The end of a chapter: acknowledged = stored = read by receipt and by the officer = told; nothing twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crash.accounts import Accounts, Tip
from crash.officer import Browser
from crash.photos import shows
from crash.residents import Page, open_mail
from crash.store import Store
from crash.tally import Tally
from integration.served import Frame, OpenedTip, Served, unb64

from bot.run.foundation import known_audit_keys, open_keys
from bot.service.auditing import Trust, verify_export
from crypto.acts import read_record
from crypto.entries import digest
from crypto.tips import open_media

OFFICERS = ("question", "answer", "case")


@dataclass
class Reckoning:
    """Compares what everybody was told with what is there, and counts it."""

    accounts: Accounts
    tally: Tally
    served: Served
    browser: Browser
    store: Store

    async def all(self) -> None:
        tally, accounts = self.tally, self.accounts
        acknowledged = accounts.acknowledged()
        tally.acknowledged += len(acknowledged)
        tally.read_meanwhile += accounts.read
        tally.additions += accounts.additions
        tally.asked_again += accounts.asked_again + self.browser.refused
        tally.unseen += accounts.unseen
        rows = await self._rows()
        opened = {str(row["id"]): await self.browser.open(row["id"]) for row in rows}
        self._tips(opened.values())
        await self._photos(opened.values())
        await self._notices(opened)
        await self._acts(opened)
        await self._queues()
        for tip in acknowledged:
            await self._by_receipt(tip)

    async def _rows(self) -> list[Frame]:
        found: list[Frame] = []
        while True:
            answer = (await self.browser.get("tips", state="all", offset=len(found))).json()
            found += answer["tips"]
            if len(found) >= answer["total"] or not answer["tips"]:
                return found

    def _tips(self, opened: Iterable[OpenedTip]) -> None:
        """Every tip once, with its reporter's words and the officer's, each once and in order."""
        seen: Counter[str] = Counter()
        for found in opened:
            texts = [entry.text for entry in found.thread.entries if entry.kind == "text"]
            said = [entry.text for entry in found.thread.entries if entry.kind in ("question", "answer")]
            tip = self.accounts.tips[texts[0]]
            seen[texts[0]] += 1
            self.tally.stored += 1
            self.tally.by_officer += 1
            self._same("words of a reporter", sorted(texts), sorted(tip.texts))
            self._same("words of the officer", said, tip.said)
        self.tally.doubled += [f"tip {words[:40]!r}" for words, n in seen.items() if n > 1]
        self._same("tips", sorted(seen), sorted(tip.texts[0] for tip in self.accounts.acknowledged()))

    async def _photos(self, opened: Iterable[OpenedTip]) -> None:
        """Each photo once in its own tip, and whole in the officer's browser."""
        for found in opened:
            entries = found.thread.entries
            tip = self.accounts.tips[next(entry.text for entry in entries if entry.kind == "text")]
            wanted = [] if tip.photo is None else [tip.photo]
            kept = [entry.media for entry in entries if entry.media is not None]
            self._same("photos of a tip", ["photo"] * len(kept), ["photo"] * len(wanted))
            self.tally.photos += len(wanted)
            for media, colour in zip(kept, wanted, strict=False):
                sealed = (await self.browser.get(f"blobs/{media.blob}")).content
                whole = hashlib.sha256(sealed).digest() == media.sha256
                if whole and shows(b"".join(open_media([sealed], media.size, found.identity)), colour):
                    self.tally.seen += 1
                else:
                    self.tally.lost.append("a photo is another than was sent")

    async def _notices(self, opened: dict[str, OpenedTip]) -> None:
        """One notice a tip, and one an addition."""
        rows = await self.store.rows("SELECT tip, kind FROM notices")
        tips = Counter(bytes(tip) for tip, kind in rows if kind == "tip")
        self.tally.notices += len(tips)
        self._same("notices of tips", sorted(tips.elements()), sorted(map(unb64, opened)))
        told, added = sum(kind == "news" for _, kind in rows), self.accounts.additions
        self._same("notices of additions", ["news"] * told, ["news"] * added)

    async def _acts(self, opened: dict[str, OpenedTip]) -> None:
        """The chain holds, and tells each of the officer's acts once; each is in its thread."""
        trust = Trust(open_keys(self.served.config).site.authority, known_audit_keys(self.served.config))
        file = await self.browser.get("audit/file")
        if not verify_export(file.content, trust).holds:
            self.tally.lost.append("the chain does not hold")
        acts = [record.act for record in map(read_record, await self.browser.chain()) if record.act.kind == "officer"]
        told = Counter((act.tip, act.detail[1][1]) for act in acts if act.act in OFFICERS)
        filed: Counter[tuple[bytes, object]] = Counter()
        for tip, found in opened.items():
            pairs = zip(found.thread.entries, await self._sealed(tip), strict=True)
            filed.update((unb64(tip), digest(sealed)) for entry, sealed in pairs if entry.kind in OFFICERS)
        self.tally.in_chain += sum(told.values())
        self.tally.acts += (taken := sum(self.accounts.acts.values()))
        self._same("acts of the chain", sorted(told.elements()), sorted(filed.elements()))
        self._same("acts taken", ["act"] * sum(filed.values()), ["act"] * taken)
        opening = Counter(act.tip for act in acts if act.act == "open")
        self._same("openings", sorted(opening.elements()), sorted(map(unb64, opened)))

    async def _sealed(self, tip: str) -> list[bytes]:
        return [unb64(entry) for entry in (await self.browser.thread(tip)).json()["entries"]]

    async def _queues(self) -> None:
        """Everything said to a chat has left, and nothing was given up."""
        ((left,),) = await self.store.rows("SELECT count(*) FROM outbox WHERE driver = 'telegram' AND state = 'failed'")
        self.tally.lost += ["a message to Telegram was given up"] * left

    async def _by_receipt(self, tip: Tip) -> None:
        async with Page(self.served, self.accounts) as page:
            await open_mail(page, tip, open_keys(self.served.config).site.salt)
            self.tally.by_receipt += 1
            if not tip.added_to:
                self.tally.unseen += [words for words in tip.said if words not in page.words()]

    def _same(self, what: str, found: list[object], wanted: list[object]) -> None:
        """Count what is wanted and not found as lost, what is found and not wanted as doubled."""
        there, due = Counter(map(repr, found)), Counter(map(repr, wanted))
        self.tally.lost += [f"{what}: {one[:60]}" for one in (due - there).elements()]
        self.tally.doubled += [f"{what}: {one[:60]}" for one in (there - due).elements()]
        if not due - there and not there - due and list(map(repr, found)) != list(map(repr, wanted)):
            self.tally.lost.append(f"{what}: their order")
