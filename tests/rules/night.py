"""A busy night at a real installation: the product as a process, people on the web and on Telegram, one officer.

Everything anybody writes, is shown, is called or comes from is marked. `Night.marks` are what must lie nowhere;
`Night.ties` (pseudonyms, lookup ids, tip ids) may lie in the database but in no log.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from acts import Hand, named, whole
from fake_bot_api import FakeBotApi, Fault
from installation import BOX, OfficerKeys
from PIL import Image
from product import Product
from rules.marks import Marks
from unit.service.pictures import SECRET
from unit.service.recordings import SPOT, film, sound
from websockets.asyncio.client import ClientConnection, connect

from bot.edge.http.frames import base64url, unbase64
from bot.run.keyfile import FileRing
from bot.service.chats import BURST
from bot.service.cleaning.photos import clean_photo
from crypto.acts import Detail
from crypto.entries import Entry, seal_entry
from crypto.grants import open_grant
from crypto.receipts import Stretched, grouped, recognise, reporter_identity, reporter_signer, stretch
from crypto.tips import Thread, next_place, open_thread
from storage.database import open_database
from storage.repositories import outbox

ADDRESS = "127.183.161.229"
"""Where the residents of this night connect from: any address of the loopback network will do."""
FORWARDED = "2001:db8:7e57:ca11::4171:8294"
CHAT = 63_657 << 36
"""Telegram ids of this night begin here: 16 digits, within the 52 bits a chat id may have."""
API = "/api/v1/desk"
PATIENCE = 120.0
"""Seconds an answer may take where two hundred people write at once on a small machine."""


@dataclass
class Night:
    """What happened: the installation's folder, the marks, and how many tips were filed."""

    folder: Path
    product: Product
    api: FakeBotApi
    marks: Marks = field(default_factory=Marks)
    ties: Marks = field(default_factory=Marks)
    chats: dict[str, list[str]] = field(default_factory=lambda: {"web": [], "telegram-42": []})
    replays: list[tuple[str, str]] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    salt: bytes = b""
    site: str = ""
    tips: int = 0

    def mark(self, what: str) -> str:
        """A new mark for something of this night. No digits: an officer's words with long numbers are withheld."""
        value = "dauvet" + "".join(chr(ord("a") + byte % 26) for byte in os.urandom(16))
        self.marks.add(what, value)
        return value

    def mark_receipts(self) -> None:
        """Of every receipt given out the digits and whatever they stand for are marks; its lookup id is a tie."""
        with ThreadPoolExecutor(2) as threads:
            for code, stretched in zip(
                self.receipts, threads.map(lambda code: stretch(code, self.salt), self.receipts), strict=True
            ):
                self._mark_receipt(code, stretched)

    def _mark_receipt(self, code: str, stretched: Stretched) -> None:
        self.marks.add("receipt", code)
        self.marks.add("receipt as shown", grouped(code))
        self.marks.add("receipt's seed", stretched.seed)
        self.marks.add("reporter's key", reporter_identity(stretched.seed, self.site).encode())
        self.marks.add("reporter's signing key", reporter_signer(stretched.seed, self.site).seed)
        self.ties.add("lookup id", stretched.lookup)

    @property
    def data(self) -> Path:
        return self.folder / "data"


@dataclass
class WebPage:
    """One page of the web chat over a real socket. It never says that it shows anything: all of it stays queued."""

    night: Night
    socket: ClientConnection
    session: str
    said: list[dict[str, Any]] = field(default_factory=list)

    async def act(self, **frame: object) -> dict[str, Any]:
        """Send a frame; what the box noted, or its error."""
        name = os.urandom(9).hex()
        self.night.replays.append(("web", f"{self.session}:{name}"))
        await self.socket.send(json.dumps({"id": name, **frame}))
        return await self._until(lambda answer: answer.get("id") == name and answer["t"] in ("noted", "error"))

    async def text(self, words: str) -> dict[str, Any]:
        return await self.act(t="text", text=words)

    async def photo(self, picture: bytes, **headers: str) -> int:
        """Send a photo as the page does; the status."""
        sent = {"x-hopthu-session": self.session, "x-hopthu-id": os.urandom(9).hex(), "x-hopthu-kind": "photo"}
        sent |= {"content-type": "image/jpeg"}
        async with _client(self.night) as client:
            path = "/api/v1/chat/media"
            answer = await client.post(path, content=picture, headers={**_traces(self.night), **sent, **headers})
        return answer.status_code

    async def send_off(self) -> None:
        """Send what was written; wait for the receipt."""
        before = len(self._codes())
        await self.text("1")
        await self.text("1")
        if len(self._codes()) == before:
            await self._until(lambda _: len(self._codes()) > before)
        self.night.receipts.append(self._codes()[-1])
        self.night.tips += 1

    def _codes(self) -> list[str]:
        return [said["text"][0].replace(" ", "") for said in self.said if said["kind"] == "code"]

    async def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            async with asyncio.timeout(PATIENCE):
                frame = json.loads(await self.socket.recv())
            if frame["t"] == "say":
                self.said.append(frame)
            if wanted(frame):
                return frame


async def open_page(night: Night, session: str | None = None, box: str | None = BOX) -> WebPage:
    """Open the chat from a box's code, or without one."""
    session = session or base64url(os.urandom(16))
    night.marks.add("web session", session)
    night.chats["web"].append(session)
    night.replays.append(("web", f"{session}:open"))
    address = night.product.address.replace("http", "ws") + "/chat/ws"
    agent = night.mark("user agent")
    socket = await connect(
        address, local_addr=(ADDRESS, 0), user_agent_header=agent, additional_headers=_traces(night), max_size=2**22
    )
    page = WebPage(night, socket, session)
    await socket.send(json.dumps({"t": "hello", "session": session, "seen": 0, "box": box, "lang": "vi", "open": True}))
    await page._until(lambda frame: frame.get("id") == "open")
    return page


async def web_resident(night: Night, tips: int) -> None:
    """Files some tips from one page."""
    page = await open_page(night)
    async with page.socket:
        for _ in range(tips):
            await page.text(f"Thấy người lạ mang bao tải, {night.mark('text of a tip')}.")
            await page.text(f"Nhà cuối ngõ 4. {night.mark('second part of a tip')}")
            await page.send_off()


async def telegram_resident(night: Night, number: int, tips: int) -> None:
    """Files some tips from one Telegram chat, under a name. The first asks for all that is kept for longer."""
    chat, asks = await _somebody(night, number), number == 0
    for done in range(tips):
        await _says(night, chat, text=f"Xe tải đổ rác xuống sông, {night.mark('text of a tip')}")
        await _sends_off(night, chat, done + 1, told=asks)
    if asks:
        await _keeps(night, chat)


async def _keeps(night: Night, chat: dict[str, Any]) -> None:
    """A button that keeps access, and the ordinary notice."""
    await _says(night, chat, text="2")
    await night.api.until(lambda: bool(_openers(night, chat)), seconds=60)
    token = _openers(night, chat)[0].removeprefix("k:")
    night.marks.add("button's token", bytes.fromhex(token))
    await _says(night, chat, text="menu")
    await _says(night, chat, text="4")
    await night.api.until(
        lambda: any("tin tuyên truyền của" in said for said in night.api.texts(chat["id"])), seconds=60
    )


def _openers(night: Night, chat: dict[str, Any]) -> list[str]:
    sent = [one for one in night.api.sent if one.chat == str(chat["id"])]
    return [button.press for one in sent for button in one.buttons if button.press.startswith("k:")]


async def _somebody(night: Night, number: int) -> dict[str, Any]:
    chat = CHAT + number
    night.marks.add_number("Telegram id", chat)
    night.chats["telegram-42"].append(str(chat))
    names = {name: night.mark(f"sender's {name}") for name in ("first_name", "last_name", "username")}
    return {"id": chat, "type": "private", **names}


async def _says(night: Night, chat: dict[str, Any], **content: Any) -> int:
    sender = {**{key: value for key, value in chat.items() if key != "type"}, "is_bot": False, "language_code": "vi"}
    update = await night.api.push(
        {"message": {**night.api.message(chat["id"], **content), "from": sender, "chat": chat}}
    )
    night.replays.append(("telegram-42", str(update)))
    return update


async def _sends_off(night: Night, chat: dict[str, Any], receipts: int, *, told: bool = False) -> str:
    await _says(night, chat, text="1")
    await _says(night, chat, text="2" if told else "1")
    await night.api.until(lambda: len(_codes(night, chat)) >= receipts, seconds=60)
    code = _codes(night, chat)[-1]
    night.receipts.append(code)
    night.tips += 1
    return code


def _codes(night: Night, chat: dict[str, Any]) -> list[str]:
    return [text.replace(" ", "") for text in night.api.texts(chat["id"]) if recognise(text) and len(text) == 29]


async def odd_things(night: Night) -> None:
    """What drivers must drop: contacts, places, files with names, groups, forwarded posts."""
    chat = await _somebody(night, 900)
    await _says(night, chat, contact={"phone_number": night.mark("phone number"), "first_name": night.mark("contact")})
    await _says(night, chat, venue={"title": night.mark("place"), "location": {"latitude": 18.5, "longitude": 105.7}})
    await _says(
        night, chat, voice={"file_id": night.mark("file id"), "duration": 3}, caption=night.mark("voice caption")
    )
    origin = {"type": "user", "sender_user": {"id": 1, "first_name": night.mark("forwarded name")}}
    await _says(night, chat, text=f"Xem tin này, {night.mark('text of a draft')}", forward_origin=origin)
    name = night.mark("file name")
    file = night.api.file(small_photo(), path=f"documents/{name}.jpg")
    document = {"file_id": file, "file_name": f"{name}.jpg", "mime_type": "image/jpeg", "file_size": 9}
    await _says(night, chat, document=document, caption=f"Ảnh chụp, {night.mark('caption')}")
    night.chats["telegram-42"].append(str(-CHAT))
    group = {"id": -CHAT, "type": "supergroup", "title": night.mark("group's title")}
    await night.api.until_confirmed(await _says(night, {**group}, text=night.mark("words in a group")))


async def every_kind(night: Night) -> None:
    """Recordings, films, files and a place from one chat: once sent off, once left in a draft."""
    chat = await _somebody(night, 903)
    await _says(night, chat, text=f"Xe tải đổ rác xuống sông, {night.mark('text of a tip')}")
    await _sends_every_kind(night, chat)
    await _sends_off(night, chat, 1)
    await _says(night, chat, text=f"Chưa gửi phần này, {night.mark('text of a draft')}")
    await _sends_every_kind(night, chat)


async def _sends_every_kind(night: Night, chat: dict[str, Any]) -> None:
    voice, video = sound("wav", "pcm_s16le"), film("mp4", "libx264", "aac")
    night.marks.add("name in a recording", SECRET)
    night.marks.add("place in a film", SPOT)
    words, drawing = night.mark("words of a file"), night.mark("words of a file that cannot be cleaned")
    for name, content, kind in (
        ("ghi-am.wav", voice, {"voice": {"duration": 2, "mime_type": "audio/x-wav"}}),
        ("phim.mp4", video, {"video": {"duration": 2, "mime_type": "video/mp4"}}),
        ("giay.txt", f"Bien so {words}".encode(), {"document": {"mime_type": "text/plain"}}),
        ("nha.dwg", b"AC1027" + bytes(range(256)) + drawing.encode(), {"document": {"mime_type": "image/vnd.dwg"}}),
    ):
        file = night.api.file(content, path=f"documents/{night.mark('file path')}.bin")
        ((what, about),) = kind.items()
        named = {"file_id": file, "file_name": f"{night.mark('file name')}-{name}", "file_size": len(content)}
        await _says(night, chat, **{what: {**about, **named}}, caption=f"Xem, {night.mark('caption')}")
    said = night.api.texts(chat["id"])
    await night.api.until(lambda: any("Vẫn gửi?" in text for text in night.api.texts(chat["id"])[len(said) :]), 120)
    await _says(night, chat, text="1")
    latitude, longitude = (f"{at}.{int.from_bytes(os.urandom(3)) % 90_000 + 10_000}" for at in (18, 105))
    for between in (" ", '","longitude":"'):
        night.marks.add("place", f"{latitude}{between}{longitude}")
    before = len(night.api.texts(chat["id"]))
    await _says(night, chat, location={"latitude": float(latitude), "longitude": float(longitude)})
    await night.api.until(lambda: len(night.api.texts(chat["id"])) > before, 60)


async def big_photo(night: Night) -> None:
    """A photo of over a mebibyte with hidden information, sent off; another that stays in a draft; bad ones."""
    hidden = night.mark("EXIF")
    picture = large_photo(hidden)
    for name, content in (("photo as sent", picture), ("photo as cleaned", clean_photo(io.BytesIO(picture)).content)):
        for place in range(4096, len(content) - 64, len(content) // 5):
            night.marks.add(name, content[place : place + 48])
    page = await open_page(night)
    async with page.socket:
        named = f'attachment; filename="{night.mark("file name")}.jpg"'
        assert await page.photo(picture, **{"content-disposition": named}) == 204
        await page.text(f"Biển số trong ảnh, {night.mark('text beside a photo')}")
        await page.send_off()
        assert await page.photo(picture) == 204
        await page.text(f"Chưa gửi phần này, {night.mark('text of a draft')}")
        form = f'--b\r\nContent-Disposition: form-data; name="f"; filename="{night.mark("form file")}"\r\n\r\n'
        whole = form.encode() + picture + b"\r\n--b--\r\n"
        await page.photo(whole, **{"content-type": "multipart/form-data; boundary=b"})
        for odd in ("nonsense", "typo", "press"):
            await page.socket.send(json.dumps({"t": odd, "id": "12345678", "n": night.mark("malformed frame")}))
        await page.socket.send(night.mark("no frame at all"))
        await page.text(f"Thêm phần này, {night.mark('text of a draft')}")


async def officer(night: Night) -> None:
    """Enrols, mistypes his passphrase as his name, asks a reporter, who reads it."""
    chat, text = await _somebody(night, 901), night.mark("text of a tip")
    keys = OfficerKeys(passphrase=" ".join(night.mark("passphrase") for _ in range(2)))
    async with httpx.AsyncClient(base_url=night.product.address, headers={"x-hopthu": "1"}, timeout=PATIENCE) as desk:
        await _enrol(night, desk, keys)
        await _says(night, chat, text=f"Có sới bạc, {text}")
        code = await _sends_off(night, chat, 1)
        await _ask(night, desk, keys, text)
    await _says(night, chat, text=f"Mã của tôi: {grouped(code)}")
    await night.api.until(lambda: any("Cán bộ hỏi" in said for said in night.api.texts(chat["id"])), seconds=30)


async def _enrol(night: Night, desk: httpx.AsyncClient, keys: OfficerKeys) -> None:
    token = night.product.enrolment_link().partition("enrol=")[2]
    filed = keys.application("trucban1")
    night.marks.add("enrolment token", token)
    for name, value in (
        ("passphrase", keys.passphrase),
        ("device secret", keys.device),
        ("officer's key", keys.identity.encode()),
        ("officer's signing key", keys.signer.seed),
        ("stretched passphrase", keys.stretched()),
        ("proof", keys.proof()),
        ("lock", keys.lock()),
    ):
        night.marks.add(name, value)
    body = {name: base64url(getattr(filed, name)) for name in ("salt", "auth", "locked", "signing_key")}
    answer = await desk.post(
        f"{API}/enrolment", json={"token": token, "account": filed.account, "recipient": filed.recipient, **body}
    )
    assert answer.json()["state"] == "active"
    for account in (keys.passphrase, "trucban1"):
        assert (await desk.post(f"{API}/login/start", json={"account": account})).status_code == 200
        assert (await desk.post(f"{API}/login", json={"account": account, "auth": "x"})).status_code == 422
    entered = await desk.post(f"{API}/login", json={"account": "trucban1", "auth": body["auth"]})
    assert entered.status_code == 200
    night.marks.add("session", desk.cookies["hopthu_desk"])


async def _ask(night: Night, desk: httpx.AsyncClient, keys: OfficerKeys, text: str) -> None:
    me = (await desk.get(f"{API}/me")).json()
    for row in (await desk.get(f"{API}/tips")).json()["tips"]:
        opening = await _signed(night, desk, keys, ("open", row["id"], ()))
        found = (await desk.post(f"{API}/tips/{row['id']}/open", json={"record": opening})).json()
        identity, thread = _opened(night, keys, me, found)
        night.marks.add("tip's key", identity.encode())
        if any(text in (entry.text or "") for entry in thread.entries):
            question = f"Xe màu gì? {night.mark('question')}"
            entry = Entry(next_place(thread), "question", me["serial"], at=int(time.time()) // 60 * 60, text=question)
            sealed = base64url(seal_entry(entry, keys.signer, identity.recipient))
            detail = named(entry.place.seq, _bytes(sealed))
            record = await _signed(night, desk, keys, ("ask-identity", row["id"], detail))
            body = {"seq": entry.place.seq, "sealed": sealed, "act": "question", "record": record}
            assert (await desk.post(f"{API}/tips/{row['id']}/entries", json=body)).status_code == 200
            await _take(night, desk, keys, row)
            return
    raise AssertionError("the tip is not in the inbox")


async def _take(night: Night, desk: httpx.AsyncClient, keys: OfficerKeys, row: dict[str, Any]) -> None:
    me = (await desk.get(f"{API}/me")).json()
    identity, thread = _opened(night, keys, me, (await desk.get(f"{API}/tips/{row['id']}")).json())
    reason = f"Hết ca, {night.mark('reason')}"
    entry = Entry(next_place(thread), "take", me["serial"], at=int(time.time()) // 60 * 60, text=reason)
    sealed = base64url(seal_entry(entry, keys.signer, identity.recipient))
    record = await _signed(night, desk, keys, ("take", row["id"], named(entry.place.seq, _bytes(sealed))))
    body = {"seq": entry.place.seq, "sealed": sealed, "held_by": row["answerable"], "record": record}
    assert (await desk.post(f"{API}/tips/{row['id']}/take", json=body)).status_code == 200


async def _signed(night: Night, desk: httpx.AsyncClient, keys: OfficerKeys, deed: tuple[str, str, Detail]) -> str:
    """An act of the officer, signed on top of the chain as it is."""
    me = (await desk.get(f"{API}/me")).json()
    hand = Hand(night.site, me["unit"]["code"], me["officer"], me["serial"], keys.signer)

    async def read(first: int) -> tuple[int, list[bytes]]:
        told = (await desk.get(f"{API}/audit", params={"first": first})).json()
        return told["n"], [_bytes(record) for record in told["records"]]

    act, tip, detail = deed
    return base64url(hand.sign(await whole(read), act, _bytes(tip), detail=detail, now=time.time()))


def _opened(night: Night, keys: OfficerKeys, me: dict[str, Any], found: dict[str, Any]) -> tuple[Any, Thread]:
    tip, unit = _bytes(found["tip"]["id"]), me["unit"]["code"]
    who = {"officer": me["officer"], "serial": me["serial"]}
    identity = open_grant(_bytes(found["tip"]["grant"]), keys.identity, site=night.site, tip=tip, unit=unit, **who)
    assert identity is not None
    sealed = [_bytes(entry) for entry in found["entries"]]
    return identity, open_thread(
        sealed, identity, {me["serial"]: keys.signer.verify_key}.get, site=night.site, tip=tip, unit=unit
    )


async def undelivered(night: Night) -> None:
    """From now on Telegram takes nothing: what is said stays in the outbox, a receipt among it."""
    night.api.fail("sendMessage", *[Fault(429, retry_after=3600)] * 100)
    chat = await _somebody(night, 902)
    await _says(night, chat, text=f"Có người đốt pháo, {night.mark('text of a tip')}")
    await _says(night, chat, text="1")
    await night.api.until_confirmed(await _says(night, chat, text="1"))
    night.tips += 1


async def collide(night: Night, url: str) -> None:
    """Somebody writes while the database holds what it is about to write already."""
    session, now = base64url(os.urandom(16)), int(time.time())
    page = await open_page(night, session)
    greeting = page.said[-1] if page.said else await page._until(lambda frame: frame["t"] == "say")
    key = FileRing(night.data / "ephemeral", os.urandom).living(now)[0]
    lane = key.pseudonym("web", session)
    numbers = (greeting["n"] + 1, *(at * BURST for at in range(greeting["n"] // BURST + 1, now + 120)))
    taken = [outbox.Outgoing(lane, n, key.number, "web", b"", due=now) for n in numbers]
    database = open_database(url)
    await database.run(lambda connection: outbox.add(connection, taken))
    await database.close()
    async with page.socket:
        answer = await page.text(f"Không ghi được lúc này, {night.mark('text that met a taken key')}")
    assert answer["t"] == "error"
    again = await open_page(night, session)
    async with again.socket:
        await again._until(lambda frame: frame["t"] == "say")  # and what nobody can open was looked at


def small_photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG")
    return out.getvalue()


def large_photo(hidden: str) -> bytes:
    """A photo that stays above a mebibyte when it is drawn anew, with `hidden` in its EXIF and its comment."""
    exif = Image.Exif()
    exif[0x010F] = hidden
    exif.get_ifd(0x8769)[0x9286] = hidden.encode()
    out = io.BytesIO()
    noise = Image.frombytes("RGB", (1900, 1400), os.urandom(3 * 1900 * 1400))
    noise.save(out, "JPEG", quality=90, exif=exif, comment=hidden.encode())
    assert len(clean_photo(out).content) > 1 << 20
    return out.getvalue()


def _client(night: Night) -> httpx.AsyncClient:
    transport = httpx.AsyncHTTPTransport(local_address=ADDRESS)
    return httpx.AsyncClient(base_url=night.product.address, transport=transport, timeout=PATIENCE)


def _traces(night: Night) -> dict[str, str]:
    """What a proxy and a browser tell about somebody."""
    forwarded = dict.fromkeys(("x-forwarded-for", "x-real-ip", "cf-connecting-ip"), FORWARDED)
    return {**forwarded, "forwarded": f'for="[{FORWARDED}]"', "cookie": f"other={night.mark('cookie')}"}


def _bytes(text: str) -> bytes:
    found = unbase64(text)
    assert isinstance(found, bytes)
    return found
