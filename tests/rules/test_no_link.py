"""Rule 3: what ties a chat to anything dies with its epoch key, and until then points to a pseudonym.

What stays true and is shown here: while a row of both sides lives, PostgreSQL's `xmin` names the transaction that wrote
them together, and so which pseudonym filed which tip. Without the epoch key no pseudonym can be traced to a chat id;
with it (the running machine itself, for three days) it can. After three days one side of the join is gone.
"""

from __future__ import annotations

import hashlib
import hmac
import shutil
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import postgres_server
import pytest
import pytest_asyncio
from installation import START, TELEGRAM, Installation, Page, Telegram, open_installation, receipt_in, words_in
from rules.marks import Marks
from rules.night import small_photo
from rules.thief import Rows, all_rows
from unit.service.recordings import film, sound

from bot.service.arrivals import Arrival
from bot.service.intake import Noted
from bot.service.keyring import OPENS_FOR
from crypto.epochs import EpochKey
from crypto.errors import Unusable
from crypto.labels import derive

CHATS = ("conversations", "draft_parts", "inbox", "outbox", "traces")
"""Tables of what ties a chat to anything."""
TIPS = ("tips", "entries", "grants", "mailboxes", "tip_blobs", "notices")
"""Tables of what outlives it."""
COUNTERS = 1 << 20
"""Numbers below this count something: places in a thread, epochs, sizes. They say nothing of who or when."""
PIECE = 8
FIRST_CHAT = 4_171_829_400_000_123
MINUTE, HOUR = 60, 3600


@dataclass
class Town:
    """An installation where some chats filed tips, with the receipt of each tip."""

    box: Installation
    receipts: list[str]
    people: list[Page | Telegram]
    told: set[object] = field(default_factory=set)
    """What the chats' side held at any time, as a log or a freed page may hold it still."""

    @property
    def chats(self) -> list[tuple[str, str]]:
        return [(person.bot, person.chat) for person in self.people]

    async def rows(self) -> Rows:
        return await self.box.ground.database.read(all_rows)


KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=KINDS)
async def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town to be looked at."""
    async with _founded(request.param, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest_asyncio.fixture(loop_scope="module", params=KINDS)
async def old_town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    """A town that may grow old."""
    async with _founded(request.param, tmp_path) as town:
        yield town


@asynccontextmanager
async def _founded(kind: str, folder: Path) -> AsyncIterator[Town]:
    url, name = None, ""
    if kind == "postgres":
        name = postgres_server.shared_server().create_database(postgres_server.template())
        url = postgres_server.shared_server().url(name)
    async with open_installation(folder / "data", url=url) as box:
        yield await _lived_in(box)
    if name:
        postgres_server.shared_server().drop_database(name)


async def _lived_in(box: Installation) -> Town:
    people = [person for n in range(4) for person in (Page(box), Telegram(box, FIRST_CHAT + n))]
    town = Town(box, [], people)
    receive = box.intake.receive

    async def watched(arrival: Arrival) -> Noted:
        noted = await receive(arrival)
        rows = await town.rows()
        town.told |= {value for name in CHATS for row in rows[name] for value in row}
        return noted

    box.intake.receive = watched
    for n, person in enumerate((*people, *people)):
        photo = small_photo() if n % 8 == 0 else None
        town.receipts.append(await person.file_tip(f"Tin số {n}: xe tải đổ rác.", photo=photo, urgent=n % 3 == 0))
        box.clock.advance(97)
    for person in people[:2]:
        await _sends_every_kind(person)
        await person.text("1")
        town.receipts.append(receipt_in(await person.text("1")))
    await people[0].text("Còn đang viết.")
    await people[0].photo(small_photo())
    await _sends_every_kind(people[0])
    await people[1].code(town.receipts[1])
    return town


async def _sends_every_kind(person: Page | Telegram) -> None:
    """A recording, a film, a file, one that cannot be cleaned, and a place, as parts of one draft."""
    await person.file("voice", sound("ogg", "libopus"), "audio/ogg")
    await person.file("video", film("mp4", "libx264", "aac"), "video/mp4")
    await person.file("file", b"Bien so 38A.", "text/plain")
    await person.file("file", b"AC1027" + bytes(range(256)), "image/vnd.dwg")
    await person.text("1")
    await person.place("18.5", "105.7")


async def test_no_value_stands_on_both_sides(town: Town) -> None:
    rows = await town.rows()
    assert all(rows[name] for name in (*CHATS, *TIPS))
    stays = {value for name in TIPS for row in rows[name] for value in row}
    assert set(_telling(town.told)) & set(_telling(stays)) == set()


def _telling(values: Iterable[object]) -> Iterator[object]:
    """What could join: large numbers, and every piece of ids and names; of sealed things the beginning."""
    for value in values:
        if isinstance(value, int) and value >= COUNTERS:
            yield value
        if isinstance(value, str) and (raw := _unhexed(value)) is not None:
            yield from _pieces(raw)
        if isinstance(value, bytes):
            yield from _pieces(value[:64].removeprefix(b"age-encryption.org/v1\n-> mlkem768x25519 "))


def _pieces(raw: bytes) -> Iterator[bytes]:
    return (raw[start : start + PIECE] for start in range(len(raw) - PIECE + 1))


def _unhexed(text: str) -> bytes | None:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


async def test_a_tip_s_times_are_too_coarse_to_join(town: Town) -> None:
    rows = await town.rows()
    assert any(row.due % MINUTE for row in rows["outbox"]), "the chats' side knows the second"
    for tip in rows["tips"]:
        assert tip.received % (MINUTE if tip.urgent else HOUR) == 0
        assert tip.visible_from == tip.received
    assert [row.due for row in rows["notices"] if row.due % MINUTE] == []


async def test_an_hour_later_nothing_but_the_hour_is_known_of_a_tip(old_town: Town) -> None:
    """A notice names a tip and its quarter of an hour; bells need it for minutes. Of an urgent tip the minute stays."""
    town = old_town
    rows = await town.rows()
    urgent = {tip.id for tip in rows["tips"] if tip.urgent}
    assert any(row.due % HOUR for row in rows["notices"] if row.tip not in urgent), "while bells need it, the quarter"
    town.box.clock.advance(HOUR)
    await town.box.housekeeping.expire()
    rows = await town.rows()
    moments = [(name, row, value) for name in TIPS for row in rows[name] for value in row if _is_moment(value)]
    assert {name for name, _, _ in moments} == {"tips"}
    assert [value for _, tip, value in moments if value % (MINUTE if tip.urgent else HOUR)] == []


def _is_moment(value: object) -> bool:
    return isinstance(value, int) and value >= COUNTERS


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
async def test_the_order_of_rows_is_not_the_order_of_filing(town: Town) -> None:
    """SQLite. On PostgreSQL a heap keeps the order, as `xmin` does: see the join below."""
    made = await town.box.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'")
    assert {name for name, sql in made} >= {*CHATS, *TIPS}
    for name, sql in made:
        assert "WITHOUT ROWID" in sql, name
        assert "AUTOINCREMENT" not in sql, name
    for name, key in (("tips", "id"), ("conversations", "key"), ("inbox", "key"), ("mailboxes", "lookup")):
        found = [row[0] for row in await town.box.rows(f"SELECT {key}, * FROM {name} NOT INDEXED")]
        assert found == sorted(found), name


async def test_no_column_can_be_made_from_a_chat_id(town: Town) -> None:
    rows = await town.rows()
    known = {piece for name in rows for row in rows[name] for piece in _ids(row)}
    keys = _known_keys(town.box)
    assert {guess for bot, chat in town.chats for guess in _guesses(bot, chat, keys)} & known == set()


async def test_with_the_living_key_it_can(town: Town) -> None:
    """The machine that runs sees what passes through it, for three days; the same guesses find every chat."""
    rows = await town.rows()
    living = [key.secret for key in town.box.ring.living(int(town.box.clock()))]
    guesses = {guess for bot, chat in town.chats for guess in _guesses(bot, chat, living)}
    assert {row.key for row in rows["conversations"]} <= guesses
    assert {row.lane for row in rows["outbox"]} <= guesses


async def test_numbers_of_messages_open_for_the_living_key_alone(town: Town) -> None:
    """They would lead into a chat for whoever has the bot's token; without the key nobody learns one of them."""
    rows = await town.rows()
    written = {number for person in town.people if isinstance(person, Telegram) for number in person.written}
    assert {number for number in written if any(number.encode() in value for value in _bytes(rows))} == set()
    assert len({len(trace.blob) for trace in rows["traces"]}) == 1
    key, stolen = town.box.ring.living(int(town.box.clock()))[0], _known_keys(town.box)
    others = [
        EpochKey(key.number, 0, secret, site) for secret in stolen if len(secret) == 32 for site in ("-", key.site)
    ]
    opened = {one: [_opened(one, trace) for trace in rows["traces"]] for one in (key, *others)}
    assert {number.decode() for plain in opened[key] if plain for number in plain[9:].split(b",")} == written
    assert {plain for one in others for plain in opened[one]} == {None}


def _opened(key: EpochKey, trace: Any) -> bytes | None:
    try:
        return key.open_trace(trace.lane, trace.id, trace.blob)
    except Unusable:
        return None


def _bytes(rows: Rows) -> Iterator[bytes]:
    return (value for name in rows for row in rows[name] for value in row if isinstance(value, bytes))


def _ids(row: Iterable[object]) -> Iterator[bytes]:
    for value in row:
        raw = _unhexed(value) if isinstance(value, str) else value
        if isinstance(raw, bytes) and len(raw) <= 64:
            yield raw
            yield raw[:16]


def _known_keys(box: Installation) -> list[bytes]:
    """Whatever lies outside the ephemeral folder and could have served as a key."""
    site, files = box.ground.keys.site, sorted(box.config.keys.iterdir())
    found = [b"", b"hopthu", site.salt, site.id.encode(), bytes.fromhex(site.id), site.authority]
    found += [path.read_bytes() for path in files]
    uses = ("pseudonym", "replay", "subscriptions", "epoch", "chat")
    return found + [derive(key, site.id, use) for key in found if len(key) == 32 for use in uses]


def _guesses(bot: str, chat: str, keys: Iterable[bytes]) -> Iterator[bytes]:
    """Plausible keys of a chat's row: plain hashes, and HMACs under every key the thief has."""
    for spelt in _spellings(bot, chat):
        for name in ("sha256", "sha1", "md5", "sha512", "sha3_256", "blake2b", "blake2s"):
            yield hashlib.new(name, spelt).digest()
            yield hashlib.new(name, spelt).digest()[:16]
            yield hashlib.new(name, spelt).digest()[:32]
        for key in keys:
            yield hmac.digest(key, spelt, "sha256")
            yield hmac.digest(key, spelt, "sha256")[:16]
    for key in keys:
        if len(key) == 32:
            yield EpochKey(0, 0, key).pseudonym(bot, chat)
            yield EpochKey(0, 0, key).replay(bot, chat)


def _spellings(bot: str, chat: str) -> Iterator[bytes]:
    for name in (
        chat,
        *(f"{one}{mark}{chat}" for one in (bot, "telegram", "web") for mark in ("", ":", "/", "|", " ")),
    ):
        yield name.encode()
    if chat.isdecimal():
        yield int(chat).to_bytes(8, "big")
        yield int(chat).to_bytes(8, "little")


@pytest.mark.postgres
@pytest.mark.parametrize("town", ["postgres"], indirect=True)
async def test_what_a_live_join_by_transaction_shows(town: Town) -> None:
    """It shows which pseudonym filed which tip, and that is all it shows."""
    joined = await _joined(town)
    assert len({tip for tip, _ in joined}) == len(town.receipts)
    keys = _known_keys(town.box)
    assert {lane for _, lane in joined}.isdisjoint(guess for one in town.chats for guess in _guesses(*one, keys))
    key = town.box.ring.living(int(town.box.clock()))[0]
    assert {lane for _, lane in joined} == {key.pseudonym(bot, chat) for bot, chat in town.chats}


async def _joined(town: Town) -> set[tuple[bytes, bytes]]:
    found = await town.box.rows(
        "SELECT DISTINCT tips.id, outbox.lane FROM tips JOIN outbox ON tips.xmin::text = outbox.xmin::text"
    )
    return {(tip, lane) for tip, lane in found}


async def test_after_three_days_only_tips_are_left(old_town: Town) -> None:
    """So the join above has one side."""
    town = old_town
    before = await town.rows()
    (path,) = town.box.config.ephemeral.glob("*.epoch")
    await _after(town, -1)
    assert {name for name in CHATS if (await town.rows())[name]} == set(CHATS), "a key opens for 72 hours"
    with path.open("rb") as held:
        await _after(town, 0)
        assert held.read().strip(b"\0") == b"", "overwritten, not only unlinked"
    assert not path.exists()
    after = await town.rows()
    assert {name for name in CHATS if after[name]} == set()
    assert {name for name in TIPS if after[name] != before[name]} == {"notices"}
    assert after["notices"] == []
    drafts = {row.media for row in before["draft_parts"] if row.media}
    assert drafts
    assert drafts & set(town.box.ground.blobs.names()) == set()


@pytest.mark.parametrize("old_town", ["sqlite"], indirect=True)
async def test_after_three_days_no_pseudonym_lies_in_the_file(old_town: Town) -> None:
    """SQLite. A server's dead rows wait for its vacuum; the key they lay under is gone."""
    town = old_town
    rows, ties = await town.rows(), Marks()
    for name in CHATS:
        for row in rows[name]:
            for value in (value for value in row if isinstance(value, bytes)):
                ties.add(name, value[:64])
    files = [path for path in town.box.config.data_dir.iterdir() if path.name.startswith("hopthu.sqlite3")]
    assert {hit.mark for hit in ties.found(*files)} == set(CHATS)
    await _after(town, 0)
    await town.box.housekeeping.checkpoint()
    assert ties.found(*files) == set()


async def _after(town: Town, seconds: int) -> None:
    """Some seconds after the first epoch key's time is over, when the fixed job runs."""
    town.box.clock.now = START + OPENS_FOR + seconds
    await town.box.housekeeping.expire()


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
async def test_a_copy_without_the_ephemeral_folder_knows_no_chat(town: Town, tmp_path: Path) -> None:
    """What a backup taken at the worst moment holds: rows of both sides, written together, and no key."""
    stolen = shutil.copytree(town.box.config.data_dir, tmp_path / "stolen", ignore=shutil.ignore_patterns("ephemeral"))
    assert (stolen / "hopthu.sqlite3-wal").stat().st_size
    async with open_installation(stolen, clock=town.box.clock) as thief:
        for bot, chat in town.chats:
            assert await thief.queued(bot, chat) == []
            assert "đang ghi dở" not in words_in(await _same_person(thief, bot, chat).text("xin chào"))


def _same_person(box: Installation, bot: str, chat: str) -> Page | Telegram:
    return Telegram(box, int(chat)) if bot == TELEGRAM else Page(box, chat)


async def test_a_tip_outlives_the_chat_and_who_comes_back_is_a_stranger(old_town: Town) -> None:
    town = old_town
    before = {row.key for row in (await town.rows())["conversations"]}
    await _after(town, 0)
    for bot, chat in town.chats:
        await _same_person(town.box, bot, chat).text("xin chào")
    after = {row.key for row in (await town.rows())["conversations"]}
    assert len(after) == len(town.chats)
    assert before & after == set()
    for receipt in town.receipts:
        assert "Tin gửi ngày 22/11" in words_in(await Page(town.box).code(receipt))
