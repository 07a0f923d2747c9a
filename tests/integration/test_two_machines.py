"""The whole road between the server and the authority's machine, which share nothing but the files carried over."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from dataclasses import dataclass

import pytest
from integration.shell import Shell, applied, one_line


@dataclass
class Road:
    """The two machines; `carry` takes a file from one to the other. The key's words are on paper."""

    server: Shell
    authority: Shell
    words: str = ""

    def carry(self, name: str, *, back: bool = False) -> None:
        source, target = (self.authority, self.server) if back else (self.server, self.authority)
        shutil.copyfile(source.folder / name, target.folder / name)

    def sign(self, request: str, sheet: str) -> str:
        """What the authority sees while it signs; the sheet is then in force on the server."""
        self.carry(request)
        seen = self.authority.says(
            "authority", "sign", request, "--key", "key", "--out", sheet, "--yes", typed=self.words
        )
        self.carry(sheet, back=True)
        self.server.says("unit", "sheet", sheet)
        return seen


@pytest.fixture
def road(shell: Shell) -> Road:
    server, authority = [
        Shell(shell.folder / name, shell.capsys, shell.monkeypatch) for name in ("server", "authority")
    ]
    for machine in (server, authority):
        machine.folder.mkdir()
    return Road(server, authority)


def test_from_two_empty_machines_to_an_officer_and_back(road: Road) -> None:
    made = road.authority.says("authority", "create", "key")
    public, words = re.search(r"[0-9a-f]{64}", made), re.search(r"shown only now:  (.+)", made)
    assert public is not None
    assert words is not None
    road.words = f"{words[1]}\n"
    said = road.server.says(
        "init", "--authority", public[0], "--unit", "18118", "--name-vi", "phường Nam Hồng Lĩnh", "--name-en", "ward",
        "--contact", "0239 000 0000", "--wording-approved", "--out", "first.json",
    )  # fmt: skip
    assert "hopthu authority sign first.json --key FOLDER" in said
    road.authority.says("authority", "recovery", "key", "18118")
    assert "sheet number 1" in road.sign("first.json", "sheet-1.txt")
    link = road.server.says("officer", "invite", "18118", "Đ/c A", "--role", "duty").strip()
    asyncio.run(applied(road.server, link.rpartition("=")[2]))
    (listed,) = json.loads(road.server.says("officer", "list", "--json"))
    approved = road.server.says("officer", "approve", listed["serial"], "--out", "second.json")
    assert re.search(r"read aloud: (\d{5} ){3}\d{5}$", approved, re.MULTILINE)
    assert listed["digits"] in road.sign("second.json", "sheet-2.txt")
    assert json.loads(road.server.says("officer", "list", "--json"))[0]["status"] == "active"
    road.server.says("officer", "remove", listed["serial"], "--out", "third.json")
    assert listed["digits"] not in road.sign("third.json", "sheet-3.txt")
    assert "in force already" in one_line(road.server.run("unit", "sheet", "sheet-2.txt"))
    carried = {path.name for path in road.authority.folder.iterdir()}
    assert carried == {"key", "first.json", "second.json", "third.json", "sheet-1.txt", "sheet-2.txt", "sheet-3.txt"}
    assert not any("authority.key" in path.name for path in road.server.folder.rglob("*"))
