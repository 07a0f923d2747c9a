"""`hopthu audit …` as an operator and as an outsider use it: 0 holds, 1 does not, 2 cannot be checked."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from installation import UNIT, Officer, Page, open_installation
from integration.shell import Done, Shell

from bot.service.arrivals import CodeGiven
from bot.service.outgoing import Outgoing
from crypto.acts import digest, read_record
from crypto.audit import short
from crypto.audit_file import read_file
from crypto.receipts import stretch


async def _busy(data: Path) -> list[bytes]:
    """A tip is opened and asked about; the chain then."""
    async with open_installation(data) as box:
        officer = await Officer.enrol(box)
        await Page(box).file_tip("Có người bán ma túy ở đầu xóm")
        (tip,) = await officer.tips()
        await officer.write(tip, "question", "Mấy giờ?")
        return await officer.chain()


@pytest.fixture
def marks(shell: Shell) -> list[str]:
    """An exported chain in `audit.txt`; the short head after each record."""
    records = asyncio.run(_busy(shell.data))
    assert "hopthu audit verify audit.txt" in shell.says("audit", "export", "--unit", UNIT, "audit.txt")
    return [short(digest(record)) for record in records]


def keys(shell: Shell) -> tuple[str, str]:
    """The two public keys as printed."""
    authority, server = re.findall(r"[0-9a-f]{64}", shell.says("audit", "key"))
    return authority, server


def test_here_it_holds(shell: Shell, marks: list[str]) -> None:
    said = shell.says("audit", "verify", "audit.txt")
    assert said == f"The chain of unit {UNIT} holds up to number {len(marks)}, mark {marks[-1]}.\n"
    told = json.loads(shell.says("audit", "verify", "audit.txt", "--json", "--seen", f"3:{marks[2]}"))
    assert {name: told[name] for name in ("holds", "unit", "records", "head", "at", "why")} == {
        "holds": True, "unit": UNIT, "records": len(marks), "head": marks[-1], "at": None, "why": None,
    }  # fmt: skip


def test_elsewhere_two_keys_are_enough(shell: Shell, marks: list[str], tmp_path: Path) -> None:
    authority, server = keys(shell)
    elsewhere = Shell(tmp_path / "other", shell.capsys, shell.monkeypatch)
    elsewhere.folder.mkdir()
    (elsewhere.folder / "audit.txt").write_bytes((tmp_path / "audit.txt").read_bytes())
    assert "holds" in elsewhere.says("audit", "verify", "audit.txt", "--authority", authority, "--server", server)
    assert _unusable(elsewhere.run("audit", "verify", "audit.txt", "--authority", authority)).startswith(
        "hopthu: there"
    )
    assert not elsewhere.data.exists()


async def _goes_on(data: Path) -> None:
    """Another officer comes, and reads what is sent then."""
    async with open_installation(data) as box:
        officer = await Officer.enrol(box, "trucban2")
        await Page(box).file_tip("Xe tải đổ rác xuống sông")
        (tip, *_) = await officer.tips()
        await officer.open(tip)


def test_over_a_new_master_key_old_and_new_records_hold(shell: Shell, marks: list[str]) -> None:
    _, old = keys(shell)
    shell.says("keys", "rotate", "--yes")
    asyncio.run(_goes_on(shell.data))
    shell.says("audit", "export", "--unit", UNIT, "after.txt")
    told = json.loads(shell.says("audit", "verify", "after.txt", "--json", "--seen", f"{len(marks)}:{marks[-1]}"))
    assert (told["holds"], told["records"]) == (True, len(marks) + 6)
    authority, *both = re.findall(r"[0-9a-f]{64}", shell.says("audit", "key"))
    new = both[-1]
    assert both == [old, new]
    trust = ("audit", "verify", "after.txt", "--json", "--authority", authority)
    outside = shell.says(*trust, "--server", old, "--server", new)
    assert json.loads(outside)["head"] == told["head"]
    assert json.loads(shell.run(*trust, "--server", old).stdout)["why"] == "keys"
    assert json.loads(shell.run(*trust, "--server", new).stdout)["why"] == "keys"
    acts = [read_record(record).act for record in read_file((shell.folder / "after.txt").read_bytes()).records]
    observed = [(act.act, dict(act.detail).get("file")) for act in acts[len(marks) :] if act.kind == "observed"]
    assert observed[:2] == [("keys", "audit"), ("keys", "master")]
    assert "holds" in shell.says("audit", "verify", "audit.txt"), "what was exported before"


def test_what_was_changed_is_named(shell: Shell, marks: list[str], tmp_path: Path) -> None:
    path = tmp_path / "audit.txt"
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"act":"question"', b'"act":"answer"'))
    done = shell.run("audit", "verify", "audit.txt")
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    assert "does not hold at number 5: it is not signed by whom it names" in done.stdout
    told = shell.run("audit", "verify", "audit.txt", "--json")
    assert (told.returncode, json.loads(told.stdout)["why"]) == (1, "signature")


def test_a_noted_mark_is_kept_to(shell: Shell, marks: list[str]) -> None:
    for noted, why in ((f"9:{marks[0]}", "ends before the mark"), (f"2:{marks[0]}", "not the one whose mark")):
        done = shell.run("audit", "verify", "audit.txt", "--seen", noted)
        assert done.returncode == 1
        assert why in done.stdout


def test_a_checkpoint_is_printed_and_a_file_goes_on_from_it(shell: Shell, marks: list[str]) -> None:
    said = shell.says("audit", "checkpoint", "--unit", UNIT, "niem.pdf")
    assert said == f"Written to niem.pdf: number {len(marks)}, {marks[-1]}.\n"
    assert (shell.folder / "niem.pdf").read_bytes().startswith(b"%PDF-")
    assert "holds" in shell.says("audit", "verify", "audit.txt", "--checkpoint", f"{len(marks)}:{marks[-1]}")
    assert "holds" in shell.says("audit", "verify", "audit.txt", "--checkpoint", marks[-1])
    done = shell.run("audit", "verify", "audit.txt", "--checkpoint", f"hopthu:99999:4:{'0' * 64}")
    assert "another unit" in _unusable(done)
    assert shell.run("audit", "checkpoint", "--unit", "99999", "niem.pdf").returncode == 1


def test_a_file_or_here(shell: Shell, marks: list[str]) -> None:
    for words in ((), ("audit.txt", "--here")):
        assert "a file, or --here" in _unusable(shell.run("audit", "verify", *words))


def test_another_authoritys_word_does_not_count(shell: Shell, marks: list[str]) -> None:
    done = shell.run("audit", "verify", "audit.txt", "--authority", "ab" * 32)
    assert done.returncode == 1
    assert "cannot be believed" in done.stdout


def test_what_cannot_be_checked(shell: Shell, marks: list[str], tmp_path: Path) -> None:
    (tmp_path / "cut.txt").write_bytes((tmp_path / "audit.txt").read_bytes()[:-9])
    assert "no whole audit export" in _unusable(shell.run("audit", "verify", "cut.txt"))
    assert "no such file" in _unusable(shell.run("audit", "verify", "nowhere.txt"))
    assert "64 characters" in _unusable(shell.run("audit", "verify", "audit.txt", "--server", "ab"))
    assert "noted mark" in _unusable(shell.run("audit", "verify", "audit.txt", "--seen", "words"))


def test_a_unit_that_is_not_here_has_no_chain(shell: Shell, marks: list[str]) -> None:
    done = shell.run("audit", "export", "--unit", "99999", "other.txt")
    assert (done.returncode, done.stderr) == (1, "hopthu: there is no such unit here\n")


async def _taken(data: Path) -> Outgoing:
    """A tip is sent, and its acknowledgement taken."""
    async with open_installation(data) as box:
        page = Page(box)
        found = stretch(await page.file_tip("Có người bán ma túy ở đầu xóm"), box.ground.keys.site.salt)
        await page.receive(page.arrival(CodeGiven(found.lookup, found.seed)))
        paper, after = [*await page.text("2"), *await page.text("1")][-2:]
        await page.receive(page.arrival(CodeGiven(found.lookup, found.seed)))
        return replace(paper, shown=replace(paper.shown, lines=(*paper.shown.lines, after.shown.lines[0])))


@pytest.fixture
def number(shell: Shell) -> str:
    """An acknowledgement in `giay.html`; the number of its tip as its reporter was told it."""
    *_, armour, told = asyncio.run(_taken(shell.data)).shown.lines
    (shell.folder / "giay.html").write_text(f"<!doctype html>\n<pre>{armour}</pre>\n", encoding="utf-8")
    (found,) = re.findall(r"(?:[0-9a-f]{4} ?){8}", told)
    return found


PROVED = re.compile(
    r"In a demonstration, a tip with fingerprint (?:[0-9a-f]{4} ){3}[0-9a-f]{4} was received by (.+) \(18118\) on "
    r"\d{4}-\d{2}-\d{2}\."
)


def test_an_acknowledgement_holds_here(shell: Shell, number: str) -> None:
    said = shell.says("audit", "acknowledgement", "giay.html")
    (name,) = PROVED.findall(said)
    told = json.loads(shell.says("audit", "acknowledgement", "giay.html", "--json", "--number", number))
    assert {key: told[key] for key in ("holds", "unit", "name", "demo", "own", "why")} == {
        "holds": True, "unit": UNIT, "name": name, "demo": True, "own": True, "why": None,
    }  # fmt: skip
    assert told["sentence"].endswith("Whoever said the number sent it, or has its code.")
    assert PROVED.match(told["sentence"])


def test_an_acknowledgement_holds_elsewhere_by_one_key(shell: Shell, number: str, tmp_path: Path) -> None:
    _, server = keys(shell)
    elsewhere = Shell(tmp_path / "other", shell.capsys, shell.monkeypatch)
    elsewhere.folder.mkdir()
    (elsewhere.folder / "giay.html").write_bytes((tmp_path / "giay.html").read_bytes())
    assert PROVED.match(elsewhere.says("audit", "acknowledgement", "giay.html", "--server", server))
    done = elsewhere.run("audit", "acknowledgement", "giay.html", "--server", "ab" * 32)
    assert (done.returncode, done.stdout) == (
        1,
        "This acknowledgement does not hold: no audit key of the server that you trust vouches for it.\n",
    )
    assert not elsewhere.data.exists()


def test_an_acknowledgement_outlives_the_master_key(shell: Shell, number: str) -> None:
    shell.says("audit", "key")
    shell.says("keys", "rotate", "--yes")
    assert PROVED.match(shell.says("audit", "acknowledgement", "giay.html", "--number", number))


def test_another_number_is_another_tips(shell: Shell, number: str) -> None:
    wrong = ("0" if number[0] != "0" else "1") + number[1:]
    done = shell.run("audit", "acknowledgement", "giay.html", "--number", wrong, "--json")
    assert (done.returncode, json.loads(done.stdout)["why"], json.loads(done.stdout)["own"]) == (1, "number", False)


def test_an_acknowledgement_that_cannot_be_checked(shell: Shell, number: str) -> None:
    path = shell.folder / "giay.html"
    (shell.folder / "cut.html").write_bytes(path.read_bytes()[:-60])
    assert "no whole acknowledgement" in _unusable(shell.run("audit", "acknowledgement", "cut.html"))
    assert "no such file" in _unusable(shell.run("audit", "acknowledgement", "nowhere.html"))
    assert "32 letters" in _unusable(shell.run("audit", "acknowledgement", "giay.html", "--number", "42"))
    assert "64 characters" in _unusable(shell.run("audit", "acknowledgement", "giay.html", "--server", "ab"))


def _unusable(done: Done) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    return done.stderr
