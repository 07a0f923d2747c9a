"""Backups: what lasts comes back elsewhere, nothing of a chat goes along, and a false one changes nothing."""

from __future__ import annotations

import asyncio
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import postgres_server
import pytest
from installation import Installation, Officer, Page, Telegram, open_installation, sheet_of
from rules.marks import Marks
from rules.thief import all_rows
from unit.service.pictures import with_secrets

from bot.run import backing, restoring
from bot.run.config import load_config
from bot.run.foundation import erased_file, known_audit_keys, make_site, open_subscriptions, restore_begun, site_file
from bot.run.keyfile import FileErasedIds, FileFloors, write_private
from bot.run.start import up
from bot.service.addresses import Address
from bot.service.auditing import Trust, verify_export
from bot.service.backup import restoring as service
from bot.service.errors import NotAccepted
from bot.service.subscriptions import Subscriptions
from crypto.age import open_, seal
from crypto.hybrid import Identity
from crypto.signing import Signer
from storage import copies
from storage.migrate import head, upgrade
from storage.repositories import passkeys
from storage.tables import metadata

WORDS = "Có người bán ma túy ở đầu xóm"
KEY = Identity.generate()
OTHER = Identity.generate()
CHATS = ("4171829400000123", "4171829400000124")


@dataclass
class Kept:
    """A backup, and what must come back from it."""

    file: Path
    master: Path
    receipt: str
    officer: Officer
    tip: bytes
    authority: str
    rows: dict[str, list[object]]
    marks: Marks
    floors: dict[str, int]
    url: str | None

    def restore(self, **changes: object) -> service.Restored:
        wanted = {"authority": self.authority, "master": self.master, "report": lambda *_: None, **changes}
        key = str(wanted.pop("key", KEY.encode()))
        file = wanted.pop("file", self.file)
        return restoring.restore(file, key, **wanted)  # type: ignore[arg-type] # changes by name


def durable(rows: dict[str, list[object]]) -> dict[str, list[object]]:
    return {name: sorted(map(tuple, rows[name]), key=str) for name in copies.DURABLE}  # type: ignore[arg-type] # rows of any table


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_url(request: pytest.FixtureRequest) -> Iterator[Callable[[], str | None]]:
    """Gives an empty database at every call."""
    if request.param == "sqlite":
        yield lambda: None
        return
    server, made = postgres_server.shared_server(), list[str]()

    def make() -> str:
        made.append(server.create_database())
        return server.url(made[-1])

    yield make
    for name in made:
        server.drop_database(name)


@pytest.fixture
async def kept(
    folder: Path, tmp_path: Path, new_url: Callable[[], str | None], monkeypatch: pytest.MonkeyPatch
) -> Kept:
    """A demonstration with a tip, chats that go on and a queue, backed up; then this machine is another, empty one."""
    url = new_url()
    if url:
        monkeypatch.setenv("HOPTHU_DATABASE_URL", url)
    async with open_installation(folder, url=url) as box:
        officer = await Officer.enrol(box)
        page = Page(box)
        await page.open()
        receipt = await page.file_tip(WORDS, photo=with_secrets("JPEG"))
        (tip,) = await officer.tips()
        await officer.write(tip, "question", "Mấy giờ?")
        await Page(box).text("chưa gửi")
        await Telegram(box, 4711).text("chưa gửi")
        await subscribe(box)
        passkey = passkeys.Passkey(os.urandom(32), officer.me.officer.serial, os.urandom(77), 0, 0, 0, os.urandom(64))
        await box.run(lambda connection: passkeys.add(connection, passkey))
        rows = await box.ground.database.read(all_rows)
        marks = fleeting_marks(box, rows)
        sheet = await sheet_of(box)
        authority = box.ground.keys.site.authority.hex()
    file, master = tmp_path / "today.hopthu", tmp_path / "master.hopthu"
    await asyncio.to_thread(backing.back_up, file, KEY.recipient, lambda *_: None)
    await asyncio.to_thread(backing.back_up_master, master, None)
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(tmp_path / "new"))
    if url:
        monkeypatch.setenv("HOPTHU_DATABASE_URL", str(new_url()))
    return Kept(file, master, receipt, officer, tip, authority, rows, marks, {sheet.unit: sheet.n}, url)


async def subscribe(box: Installation) -> None:
    key = open_subscriptions(box.config, box.ground.keys.site)
    erased = FileErasedIds(erased_file(box.config))
    subscriptions = Subscriptions(database=box.ground.database, key=key, erased=erased, entropy=os.urandom)
    for chat in CHATS:
        await subscriptions.add(Address("telegram-42", "telegram", chat, "vi"))


def fleeting_marks(box: Installation, rows: dict[str, list[object]]) -> Marks:
    marks = Marks()
    for table in copies.FLEETING:
        for row in rows[table]:
            for value in row:  # type: ignore[attr-defined] # a row of any table
                if isinstance(value, bytes) and table not in ("notices", "news"):
                    marks.add(table, value)
    for path in lying(box.config.ephemeral):
        if path.is_file():
            marks.add("epoch key", path.read_bytes())
    for chat in CHATS:
        marks.add("a subscriber", chat)
    marks.add("subscriptions' key", (box.config.keys / "subscriptions.key").read_bytes()[4:])
    marks.add("phones' key", (box.config.keys / "phones.key").read_bytes()[4:])
    marks.add("master key", box.config.master_key.read_bytes())
    marks.add("words", WORDS)
    return marks


async def test_everything_that_lasts_comes_back_elsewhere(kept: Kept, tmp_path: Path) -> None:
    found = await asyncio.to_thread(kept.restore)
    config = load_config()
    assert (found.blobs, found.lost, found.sheets) == (1, 0, kept.floors)
    assert config.keys.parent == tmp_path / "new"
    async with open_installation(config.data_dir, url=config.database_url) as box:
        rows = await box.ground.database.read(all_rows)
        assert durable(rows) == durable(kept.rows)
        assert [name for name in copies.FLEETING - {"enrolments"} if rows[name]] == []
        page = Page(box)
        await page.open()
        assert any("Mấy giờ?" in str(said) for said in await page.code(kept.receipt))
        officer = Officer(box, kept.officer.keys, kept.officer.me)
        opened = await officer.open(kept.tip)
        assert [entry.text for entry in opened.thread.entries if entry.kind == "text"] == [WORDS]
        assert box.ground.book.floor("18118") == kept.floors["18118"]
        trust = Trust(box.ground.keys.site.authority, known_audit_keys(config))
        assert verify_export(await box.counter.audit_file(officer.me), trust).holds


async def test_the_public_audit_keys_come_along(kept: Kept, folder: Path) -> None:
    keys = known_audit_keys(load_config().model_copy(update={"data_dir": folder}))
    await asyncio.to_thread(kept.restore)
    assert known_audit_keys(load_config()) == keys != ()


async def test_who_was_forgotten_since_stays_forgotten(
    kept: Kept, folder: Path, new_url: Callable[[], str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = [row.id for row in kept.rows["subscriptions"]]  # type: ignore[attr-defined] # rows of this table
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(folder))
    FileErasedIds(erased_file(load_config())).add(first)
    if url := new_url():
        monkeypatch.setenv("HOPTHU_DATABASE_URL", url)
    for path in lying(folder):
        if path.name.startswith("hopthu.sqlite3"):
            path.unlink()
    await asyncio.to_thread(kept.restore)
    async with open_installation(folder, url=load_config().database_url) as box:
        assert [row.id for row in (await box.ground.database.read(all_rows))["subscriptions"]] == [second]
        key = open_subscriptions(box.config, box.ground.keys.site)
        shelf = Subscriptions(
            database=box.ground.database, key=key, erased=FileErasedIds(erased_file(box.config)), entropy=os.urandom
        )
        assert {address.chat for _, address in await shelf.every()} < set(CHATS)


async def test_the_list_of_the_forgotten_goes_along(
    kept: Kept, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "again.hopthu").unlink(missing_ok=True)
    with monkeypatch.context() as patch:
        patch.setenv("HOPTHU_DATA_DIR", str(folder))
        patch.delenv("HOPTHU_DATABASE_URL", raising=False)
        if kept.url:
            patch.setenv("HOPTHU_DATABASE_URL", kept.url)
        FileErasedIds(erased_file(load_config())).add(b"e" * 16)
        await asyncio.to_thread(backing.back_up, tmp_path / "again.hopthu", None, lambda *_: None)
    await asyncio.to_thread(lambda: kept.restore(file=tmp_path / "again.hopthu"))
    assert FileErasedIds(erased_file(load_config())).every() == (b"e" * 16,)


async def test_a_backup_holds_nothing_of_chats_and_no_key(kept: Kept) -> None:
    assert {name for name in copies.FLEETING if kept.rows[name]} >= {"conversations", "draft_parts", "inbox", "outbox"}
    plain = open_(kept.file.read_bytes(), KEY)
    assert plain is not None
    assert kept.marks.found_in(plain, "backup") == set()
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        members = archive.getmembers()
    tables = {member.name.split("/")[1] for member in members if member.name.startswith("rows/")}
    assert tables == set(copies.DURABLE)
    assert {(member.mtime, member.uid, member.gid, member.mode) for member in members} == {(0, 0, 0, 0o600)}
    assert kept.file.stat().st_mode & 0o077 == 0


async def test_rows_come_in_the_order_of_their_keys(kept: Kept) -> None:
    plain = open_(kept.file.read_bytes(), KEY)
    assert plain is not None
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        member = archive.extractfile("rows/mailboxes/000000.jsonl")
        assert member is not None
        lines = member.read().splitlines()
    assert lines == sorted(lines)


def test_every_table_is_said_to_last_or_not() -> None:
    assert set(copies.DURABLE) | copies.FLEETING == set(metadata.tables)
    assert copies.FLEETING.isdisjoint(copies.DURABLE)


def lying(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def tampered(content: bytes) -> Iterator[bytes]:
    yield content[:-1]
    yield content[: len(content) // 2]
    yield content[:1000]
    yield b""
    for at in (10, 2000, len(content) // 2, len(content) - 5):
        yield content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    yield content + b"x"


async def test_a_damaged_backup_changes_nothing(kept: Kept, tmp_path: Path) -> None:
    before = lying(tmp_path)
    for bad in tampered(kept.file.read_bytes()):
        kept.file.write_bytes(bad)
        with pytest.raises(NotAccepted, match="damaged, cut off, or not sealed"):
            await asyncio.to_thread(kept.restore)
    assert lying(tmp_path) == before


def replaced(content: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """A backup as somebody with the public key makes it: one member changed or left out."""
    plain = open_(content, KEY)
    assert plain is not None
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(plain)) as source, tarfile.open(fileobj=out, mode="w") as target:
        for member in source:
            found = source.extractfile(member)
            assert found is not None
            body = change(found.read()) if member.name == name else found.read()
            if body is not None:
                member.size = len(body)
                target.addfile(member, io.BytesIO(body))
    return seal(out.getvalue(), [KEY.recipient])


def without(columns: set[str], lines: bytes) -> bytes:
    """Rows without some of their columns."""
    rows = [
        {name: value for name, value in json.loads(line).items() if name not in columns} for line in lines.splitlines()
    ]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


CASE = {"year", "status", "since", "reported", "notified", "complex", "extended", "ended", "due", "clock"}
CASE |= {"held", "waits", "erases"}
"""Columns of a tip that came with the workflow, and with retention."""


def of_old(content: bytes) -> bytes:
    """The backup as the first revision's code would have made it."""
    later = {"subscriptions", "audit", "audit_waiting", "changes", "hamlets", "register", "figures"}
    later |= {"duties", "duty_swaps", "holidays", "routes", "stale_keys", "former_keys", "recoveries", "rungs"}
    for table in later:
        content = replaced(content, f"rows/{table}/000000.jsonl", lambda _: None)
    for table, columns in (
        ("boxes", {"hamlet", "contact_role", "contact_reach"}),
        ("hotlines", {"kind", "source"}),
        ("units", {"profile", "retention", "hold"}),
        ("mailboxes", {"until"}),
        ("officers", {"approved"}),
        ("tips", CASE),
    ):
        content = replaced(content, f"rows/{table}/000000.jsonl", partial(without, columns))

    def fewer(body: bytes) -> bytes:
        counted = json.loads(body)
        rows = {name: n for name, n in counted["rows"].items() if name not in later}
        return json.dumps({**counted, "rows": rows}).encode()

    content = replaced(content, "end.json", fewer)
    return replaced(content, "hopthu-backup.json", lambda body: body.replace(head().encode(), b"0001"))


async def test_a_backup_of_older_code_is_brought_up_to_date(kept: Kept) -> None:
    kept.file.write_bytes(of_old(kept.file.read_bytes()))
    await asyncio.to_thread(kept.restore)
    async with open_installation(load_config().data_dir, url=load_config().database_url) as box:
        await box.housekeeping.reckon()
        await box.forge("UPDATE tips SET year = 2026, waits = 'question'")  # older code noted neither
        rows = await box.ground.database.read(all_rows)
        assert await box.ground.database.read(copies.revision) == head()
    assert durable(rows)["tips"] == durable(kept.rows)["tips"]
    assert rows["subscriptions"] == []


async def test_it_does_not_go_into_newer_tables(kept: Kept) -> None:
    kept.file.write_bytes(of_old(kept.file.read_bytes()))
    await asyncio.to_thread(upgrade, load_config().database)
    with pytest.raises(NotAccepted, match="tables of another version"):
        await asyncio.to_thread(kept.restore)


FALSE = {
    "rows left out": ("rows/tips/000000.jsonl", lambda _: None, "damaged"),
    "rows that are none": ("rows/tips/000000.jsonl", lambda _: b"[]\n", "damaged"),
    "no site": ("keys/site.json", lambda _: None, "does not say what installation"),
    "no end": ("end.json", lambda _: None, "damaged"),
    "no sheet of ours": ("rows/sheets/000000.jsonl", lambda b: b.replace(b'"b64":"', b'"b64":"AAAA'), "did not sign"),
    "another form": ("hopthu-backup.json", lambda b: b.replace(b'"v": 1', b'"v": 2'), "of another version"),
    "a newer one": (
        "hopthu-backup.json",
        lambda b: b.replace(b'"revision": "0', b'"revision": "9'),
        "by a newer version",
    ),
    "floors that are none": ("keys/sheet-numbers.json", lambda _: b'{"18118": "x"}', "damaged"),
}


@pytest.mark.parametrize("name", FALSE)
async def test_a_false_backup_changes_nothing(kept: Kept, tmp_path: Path, name: str) -> None:
    member, change, said = FALSE[name]
    kept.file.write_bytes(replaced(kept.file.read_bytes(), member, change))
    before = lying(tmp_path)
    with pytest.raises(NotAccepted, match=said):
        await asyncio.to_thread(kept.restore)
    assert lying(tmp_path) == before


async def test_who_restores_names_key_authority_and_master_key(kept: Kept, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_bytes(seal(b"short", [KEY.recipient]))
    for changes, said in (
        ({"key": OTHER.encode()}, "not sealed to this key"),
        ({"key": "paper"}, "no private key"),
        ({"authority": None}, "name the authority"),
        ({"authority": "00" * 32}, "of another authority"),
        ({"master": None}, "no master key"),
        ({"master": kept.file}, "no master key sealed"),
        ({"master": wrong}, "no master key sealed"),
    ):
        with pytest.raises(NotAccepted, match=said):
            await asyncio.to_thread(lambda changes=changes: kept.restore(**changes))
    assert not load_config().data_dir.exists()


async def test_a_place_that_is_not_empty_is_left_alone(kept: Kept) -> None:
    await asyncio.to_thread(kept.restore)
    with pytest.raises(NotAccepted, match="needs an empty one"):
        await asyncio.to_thread(kept.restore)


async def test_another_installation_in_the_folder_is_left_alone(kept: Kept) -> None:
    make_site(load_config(), Signer.generate().verify_key, demo=False)
    with pytest.raises(NotAccepted, match="holds another installation"):
        await asyncio.to_thread(kept.restore)


async def test_a_lost_database_comes_back_beside_its_keys(
    kept: Kept, folder: Path, new_url: Callable[[], str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(folder))
    if url := new_url():
        monkeypatch.setenv("HOPTHU_DATABASE_URL", url)
    for path in lying(folder):
        if path.name.startswith("hopthu.sqlite3"):
            path.unlink()
    FileFloors(folder / "keys" / "sheet-numbers.json").raise_to("18118", 9)
    await asyncio.to_thread(lambda: kept.restore(authority=None, master=None))
    assert FileFloors(folder / "keys" / "sheet-numbers.json").floor("18118") == 9


async def test_one_that_was_broken_off_begins_anew(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_finish", stop)
        with pytest.raises(KeyboardInterrupt):
            await asyncio.to_thread(kept.restore)
    assert not site_file(load_config()).exists()
    with pytest.raises(NotAccepted, match="restore was stopped"):
        up("all", None, 0)
    await asyncio.to_thread(kept.restore)
    assert not restore_begun(load_config()).exists()
    async with open_installation(load_config().data_dir, url=load_config().database_url) as box:
        assert durable(await box.ground.database.read(all_rows)) == durable(kept.rows)


async def test_a_lost_attachment_is_told_and_the_rest_is_saved(
    kept: Kept, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(folder))
    if load_config().database_url:
        pytest.skip("the same on either database")
    (name,) = [row.name for row in kept.rows["tip_blobs"]]  # type: ignore[attr-defined] # rows of this table
    (folder / "blobs" / name).unlink()
    counts = await asyncio.to_thread(backing.back_up, tmp_path / "again", None, lambda *_: None)
    assert counts.lost == [name]
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(tmp_path / "new"))
    assert (await asyncio.to_thread(lambda: kept.restore(file=tmp_path / "again"))).lost == 1


def test_a_backup_is_of_an_installation(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAccepted, match="there is no installation"):
        backing.back_up(tmp_path / "x", KEY.recipient, lambda *_: None)
    assert not folder.exists()


def test_a_key_pair_is_made_once(tmp_path: Path) -> None:
    private, public = backing.make_key(tmp_path / "usb")
    assert restoring.read_identity((tmp_path / "usb" / "backup.key").read_text()).recipient == public
    assert (tmp_path / "usb" / "backup.key").stat().st_mode & 0o077 == 0
    assert restoring.read_identity(private.lower()).recipient == public
    with pytest.raises(NotAccepted, match="holds a backup key already"):
        backing.make_key(tmp_path / "usb")


def test_where_to_must_be_known(folder: Path, tmp_path: Path) -> None:
    make_site(load_config(), Signer.generate().verify_key, demo=False)
    upgrade(load_config().database)
    with pytest.raises(NotAccepted, match="no key to seal to is known"):
        backing.back_up(tmp_path / "x", None, lambda *_: None)
    write_private(tmp_path / "no.pub", b"age1nothing\n")
    for wrong in ("age1nothing", str(tmp_path / "no.pub")):
        with pytest.raises(NotAccepted, match="no public key"):
            backing.back_up(tmp_path / "x", wrong, lambda *_: None)
    assert not (tmp_path / "x").exists()
