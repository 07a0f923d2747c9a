"""The ward's officer at work while the power comes and goes: answers every tip he opens, and changes states.

Where an answer was lost he looks first whether his act is there, as his browser does.
"""

from __future__ import annotations

import asyncio
import random
from http import HTTPStatus
from typing import Any

import httpx
from crash.accounts import Accounts, Tip
from integration.served import DeskBrowser, Frame, OpenedTip, Served, unb64

from crypto.acts import digest
from crypto.entries import Kind
from handlers.cases import Act

PAUSE, THINKS = 0.1, 0.05
NEXT: dict[str, Act] = {
    "received": "classified",
    "classified": "verifying",
    "verifying": "suspended",
    "suspended": "verifying",
}
"""What he does next with a tip, by its status: there is always something."""
CHANGES = 0.4
"""How often he changes the state of a tip that he has answered."""
LOOKS_AT = 12
"""Tips of the list's first page that he chooses among."""


class Away(httpx.HTTPError):
    """The desk said in a sentence that its database is away."""


class Browser(DeskBrowser):
    """Keeps the chain it saw, as an officer's browser does, and believes none that is other."""

    def __init__(self, served: Served) -> None:
        super().__init__(served)
        self.refused = 0
        self._records: list[bytes] = []

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return self._understood(await super().get(path, **params))

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return self._understood(await super().post(path, **body))

    def _understood(self, answer: httpx.Response) -> httpx.Response:
        """Raises Away; anything worse is a fault of ours that no officer may see."""
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            self.refused += 1
            raise Away(answer.text)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, answer.text
        return answer

    async def chain(self) -> list[bytes]:
        while True:
            found = (await self.get("audit", first=max(1, len(self._records)))).json()
            records = [unb64(record) for record in found["records"]]
            if self._records:
                assert records, "the chain is shorter than it was"
                assert digest(records[0]) == digest(self._records[-1]), "the chain is another than it was"
                records = records[1:]
            self._records += records
            if len(self._records) >= found["n"]:
                return self._records


class Officer:
    """He alone, at one browser. `doing`: what he is at."""

    def __init__(self, browser: Browser, accounts: Accounts, chance: random.Random) -> None:
        self.doing = "thinking"
        self.browser = browser
        self._accounts = accounts
        self._chance = chance
        self._acts = 0

    async def run(self) -> None:
        while not self._accounts.closing:
            self.doing = "thinking"
            await asyncio.sleep(self._chance.random() * THINKS)
            row = await self._chooses()
            if row is not None:
                await self._works_on(row["id"])
        self.doing = "done"

    async def _chooses(self) -> Frame | None:
        self.doing = "the officer reads the list"
        while True:
            try:
                rows = await self.browser.tips()
            except httpx.HTTPError:
                await asyncio.sleep(PAUSE)
            else:
                self._accounts.steps += 1
                return self._chance.choice(rows[:LOOKS_AT]) if rows else None

    async def _works_on(self, tip: str) -> None:
        self._acts += 1
        self.doing = "the officer opens a tip"
        found = await self._opens(tip)
        self.doing = "the officer asks"
        kind: Kind = self._chance.choice(("question", "answer"))
        words = f"Cán bộ nói lần {self._acts}"
        await self._files(tip, kind, words)
        self._known(found).said.append(words)
        self._accounts.acts[kind] += 1
        if self._chance.random() < CHANGES:
            self.doing = "the officer changes a state"
            await self._changes_state(tip)
            self._accounts.acts["case"] += 1

    async def _opens(self, tip: str) -> OpenedTip:
        while True:
            try:
                found = await self.browser.open(tip)
            except (httpx.HTTPError, KeyError):  # gone, or told that the chain went on meanwhile
                await asyncio.sleep(PAUSE)
            else:
                self._accounts.steps += 1
                return found

    def _known(self, found: OpenedTip) -> Tip:
        first = next(entry.text for entry in found.thread.entries if entry.kind == "text")
        return self._accounts.tips[first]

    async def _files(self, tip: str, kind: Kind, words: str) -> None:
        """Words of his, until they are there: once."""
        while True:
            found = await self._opens(tip)
            if any(entry.text == words for entry in found.thread.entries):
                return
            if await self._filed(tip, found, kind, words):
                return

    async def _changes_state(self, tip: str) -> None:
        """One act further in the workflow; the number of such entries says whether it is done."""
        found = await self._opens(tip)
        before = len(cases_of(found))
        act = NEXT[found.row["status"]]
        while len(cases_of(found)) == before:
            if await self._filed(tip, found, "case", "drug" if act == "classified" else "", act):
                return
            found = await self._opens(tip)

    async def _filed(self, tip: str, found: OpenedTip, kind: Kind, words: str, case: Act | None = None) -> bool:
        """True if the desk says so; False if it is not known, or it asks to try again."""
        try:
            answer = await self.browser.file(tip, found, kind, words, case)
        except httpx.HTTPError:
            await asyncio.sleep(PAUSE)
            return False
        if not answer.is_success:
            assert answer.status_code == HTTPStatus.CONFLICT, answer.text
        return answer.is_success


def cases_of(found: OpenedTip) -> list[str]:
    return [entry.case for entry in found.thread.entries if entry.case is not None]
