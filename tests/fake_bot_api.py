"""A Bot API server on loopback for tests: keeps to Telegram's documented limits, and is as sloppy as asked.

Speaks getMe, getUpdates, setWebhook, deleteWebhook, getWebhookInfo, sendMessage, deleteMessages, deleteMessage,
answerCallbackQuery, leaveChat, getFile and file downloads. Tests push what people do and read what the bot did; nothing
leaves the machine.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Self

from aiohttp import ClientSession, web
from fake_chats import Button, FakeChats, Sent

TOKEN = "42:fake-token-for-tests"
USERNAME = "hopthu_fake_bot"
Raw = dict[str, Any]


@dataclass
class Sloppy:
    """How careless this server is. Everything off: a tidy one."""

    null_results: bool = False
    """Answers `result: null` to what it did."""
    missing_fields: bool = False
    """Leaves out whatever a reader can do without."""
    millisecond_dates: bool = False
    string_ids: bool = False
    junk: bool = False
    """Fields and updates nobody has heard of."""
    reordered: bool = False
    repeated: bool = False
    """Every update twice in each answer."""
    keeps_confirmed: bool = False
    """Ignores the offset and sends everything again and again."""
    no_batches: bool = False
    """Has never heard of deleteMessages, as an old server."""
    false_deletes: bool = False
    """Answers false to every deleting, whatever became of it."""
    no_secret: bool = False
    """Posts to the webhook without its secret."""


@dataclass(frozen=True)
class Fault:
    """One failed answer. `status` 0 drops the connection; `done` fails only after having done what was asked."""

    status: int
    description: str = "Fault asked for"
    retry_after: int | None = None
    body: str | None = None
    done: bool = False


class FakeBotApi:
    """`async with FakeBotApi() as api:` serves at `api.url` for the bot with `api.token`."""

    def __init__(self, *, token: str = TOKEN, sloppy: Sloppy | None = None, hold: float = 0.05) -> None:
        self.token = token
        self.sloppy = sloppy or Sloppy()
        self.hold = hold
        self.sent: list[Sent] = []
        self.chats = FakeChats()
        self.calls: list[tuple[str, Raw]] = []
        self.answered: list[str] = []
        self.left: list[str] = []
        self.blocked: set[str] = set()
        self.webhook: Raw = {}
        self.confirmed = 0
        self.url = ""
        self._updates: list[Raw] = []
        self._files: dict[str, bytes] = {}
        self._paths: dict[str, str] = {}
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._numbers = {name: count(start) for name, start in (("update", 1000), ("message", 1), ("press", 1))}
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    # What people do.

    async def text(self, chat: int, text: str, **more: Any) -> int:
        """Somebody writes; the number of the update."""
        return await self.push({"message": self.message(chat, text=text, **more)})

    async def edit(self, chat: int, text: str) -> int:
        return await self.push({"edited_message": self.message(chat, text=text, edit_date=self._date())})

    async def photo(self, chat: int, picture: bytes, caption: str = "", **more: Any) -> int:
        """Somebody sends a photo; the number of the update."""
        return await self.push({"message": self.photo_message(chat, picture, caption, **more)})

    def photo_message(self, chat: int, picture: bytes, caption: str = "", **more: Any) -> Raw:
        """A photo, in two sizes as Telegram has them."""
        small, large = self.file(b"thumbnail"), self.file(picture)
        sizes = [{"file_id": small, "width": 90, "height": 60}, {"file_id": large, "width": 1280, "height": 960}]
        for size, content in zip(sizes, (b"thumbnail", picture), strict=True):
            size |= {"file_unique_id": f"u{size['file_id']}", "file_size": len(content)}
        content = {"photo": sizes, **({"caption": caption} if caption else {})}
        return self.message(chat, **content, **more)

    async def press(self, chat: int, number: int) -> int:
        """Somebody presses the button of that number under the chat's newest message with buttons."""
        message = next(sent for sent in reversed(self.to(chat)) if sent.buttons and sent.buttons[0].press)
        button = next(button for button in message.buttons if button.label.startswith(f"{number}."))
        return await self.press_data(chat, button.press)

    async def press_data(self, chat: int, data: str) -> int:
        press = str(next(self._numbers["press"]))
        message = self.message(chat, text="with buttons")
        query = {"id": press, "from": self._person(chat), "chat_instance": "1", "message": message, "data": data}
        return await self.push({"callback_query": query})

    async def block(self, chat: int) -> int:
        """Somebody blocks the bot."""
        self.blocked.add(str(chat))
        return await self.membership(chat, "private", "kicked")

    async def membership(self, chat: int, kind: str, status: str) -> int:
        me = {"user": {"id": 42, "is_bot": True, "first_name": "Box"}}
        change = {
            "chat": {"id": chat, "type": kind, "title": "Xóm 4"},
            "from": self._person(7),
            "date": self._date(),
            "old_chat_member": {**me, "status": "member"},
            "new_chat_member": {**me, "status": status, "until_date": 0},
        }
        return await self.push({"my_chat_member": change})

    async def push(self, update: Raw) -> int:
        """Queue a raw update; it gets a number unless it has one."""
        numbered = {"update_id": next(self._numbers["update"]), **update}
        self.chats.take(update.get("message") or update.get("edited_message"))
        async with self._changed:
            self._updates.append(self._soiled(numbered))
            self._changed.notify_all()
        return int(numbered["update_id"])

    def message(self, chat: int, **content: Any) -> Raw:
        """A message in a chat: private above zero, a supergroup below."""
        place = {
            "id": chat,
            "type": "private" if chat > 0 else "supergroup",
            "first_name": "Bí Mật",
            "username": "bimat",
        }
        head = {"message_id": next(self._numbers["message"]), "date": self._date(), "chat": place}
        return {**head, "from": self._person(abs(chat)), **content}

    def file(self, content: bytes, *, path: str | None = None) -> str:
        """Put a file where getFile finds it; its id."""
        name = f"file{len(self._files)}"
        self._files[path or f"photos/{name}.jpg"] = content
        self._paths[name] = path or f"photos/{name}.jpg"
        return name

    # What the bot did.

    def to(self, chat: int) -> list[Sent]:
        """What the bot sent to one chat."""
        return [sent for sent in self.sent if sent.chat == str(chat)]

    def texts(self, chat: int) -> list[str]:
        return [sent.text for sent in self.to(chat)]

    async def until(self, holds: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until something holds, looked at after every call of the bot."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(holds)

    async def until_sent(self, chat: int, messages: int) -> list[Sent]:
        await self.until(lambda: len(self.to(chat)) >= messages)
        return self.to(chat)

    async def until_confirmed(self, update: int) -> None:
        """Wait until the bot has confirmed everything up to this update."""
        await self.until(lambda: self.confirmed > update)

    # What goes wrong.

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of `method` ("file" for downloads) fail like this, one each."""
        self._faults[method.lower()].extend(faults)

    async def deliver(self, tries: int = 3) -> list[int]:
        """Post the waiting updates to the webhook, each until it is taken or `tries` are over; the statuses."""
        secret = None if self.sloppy.no_secret else self.webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        waiting, self._updates, statuses = self._updates, [], []
        async with ClientSession(headers=headers) as client:
            for update in waiting:
                for _ in range(tries):
                    async with client.post(self.webhook["url"], json=update) as answer:
                        statuses.append(answer.status)
                    if answer.ok:
                        break
        return statuses

    # The server.

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        if request.match_info["token"] != self.token:
            return _failed(Fault(401, "Unauthorized"))
        form = dict(request.query) | await _fields(request)
        self.calls.append((method, form))
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault is not None and not fault.done:
            return self._faulty(request, fault)
        serve = getattr(self, f"_do_{method}", None)
        outcome = await serve(form) if serve else Fault(404, "Not Found")
        async with self._changed:
            self._changed.notify_all()
        if fault is not None:
            return self._faulty(request, fault)
        if isinstance(outcome, Fault):
            return _failed(outcome)
        nothing = self.sloppy.null_results and method not in ("getupdates", "getfile", "getme")
        return web.json_response({"ok": True, "result": None if nothing else outcome})

    def _faulty(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.status == 0 and request.transport is not None:
            request.transport.abort()
        return _failed(fault)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if self._faults["file"]:
            return self._faulty(request, self._faults["file"].popleft())
        content = self._files.get(request.match_info["path"])
        known = content is not None and request.match_info["token"] == self.token
        return web.Response(body=content) if known else _failed(Fault(404, "Not Found"))

    async def _do_getme(self, _form: Raw) -> Raw:
        me = {"id": 42, "is_bot": True, "first_name": "Box"}
        return me if self.sloppy.missing_fields else {**me, "username": USERNAME, "can_join_groups": True}

    async def _do_getupdates(self, form: Raw) -> list[Raw] | Fault:
        if self.webhook:
            return Fault(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(form.get("offset", 0))
        if offset > self.confirmed:
            self.confirmed = offset
            if not self.sloppy.keeps_confirmed:
                self._updates = [raw for raw in self._updates if _number(raw) is None or _number(raw) >= offset]
        if not self._updates:
            await self._hold(float(form.get("timeout", 0)))
        found = [*self._updates][:100]
        found = found[::-1] if self.sloppy.reordered else found
        return [raw for raw in found for _ in range(2)] if self.sloppy.repeated else found

    async def _hold(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(min(seconds, self.hold)), self._changed:
                await self._changed.wait_for(lambda: bool(self._updates))
        except TimeoutError:
            return

    async def _do_sendmessage(self, form: Raw) -> Raw | Fault:
        chat, text = form.get("chat_id", ""), form.get("text", "")
        if chat in self.blocked:
            return Fault(403, "Forbidden: bot was blocked by the user")
        if not text.strip():
            return Fault(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            return Fault(400, "Bad Request: message is too long")
        rows = json.loads(form.get("reply_markup", "{}")).get("inline_keyboard", [])
        buttons = tuple(Button.of(button) for row in rows for button in row)
        if any(not 1 <= len((button.press or button.copies).encode()) <= 64 for button in buttons):
            return Fault(400, "Bad Request: BUTTON_DATA_INVALID")
        self.sent.append(Sent(chat, text, buttons, form))
        message = self.message(int(chat), text=text)
        self.chats.stand(chat, message["message_id"], text)
        return self._soiled(message)

    async def _do_deletemessages(self, form: Raw) -> bool | Fault:
        chat, numbers = form["chat_id"], json.loads(form["message_ids"])
        if self.sloppy.no_batches:
            return Fault(404, "Not Found: method not found")
        if chat in self.blocked:
            return Fault(403, "Forbidden: bot was blocked by the user")
        if not 1 <= len(numbers) <= 100:
            return Fault(400, "Bad Request: wrong number of message identifiers")
        if self.chats.stuck & set(numbers) and not self.sloppy.false_deletes:
            return Fault(400, "Bad Request: message can't be deleted")
        return self.chats.delete(chat, numbers) and not self.sloppy.false_deletes

    async def _do_deletemessage(self, form: Raw) -> bool | Fault:
        chat, number = form["chat_id"], int(form["message_id"])
        if chat in self.blocked:
            return Fault(403, "Forbidden: bot was blocked by the user")
        if not self.chats.holds(chat, number):
            return Fault(400, "Bad Request: message to delete not found")
        if not self.chats.delete(chat, [number]):
            return Fault(400, "Bad Request: message can't be deleted for everyone")
        return not self.sloppy.false_deletes

    async def _do_answercallbackquery(self, form: Raw) -> bool:
        self.answered.append(form["callback_query_id"])
        return True

    async def _do_leavechat(self, form: Raw) -> bool | Fault:
        if form["chat_id"] in self.left:
            return Fault(403, "Forbidden: bot is not a member of the supergroup chat")
        self.left.append(form["chat_id"])
        return True

    async def _do_getfile(self, form: Raw) -> Raw | Fault:
        path = self._paths.get(form.get("file_id", ""))
        if path is None:
            return Fault(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(self._files[path]) > 20 * 1024 * 1024:
            return Fault(400, "Bad Request: file is too big")
        return {"file_id": form["file_id"], "file_path": path}

    async def _do_setwebhook(self, form: Raw) -> bool:
        self.webhook = dict(form)
        return True

    async def _do_deletewebhook(self, _form: Raw) -> bool:
        self.webhook = {}
        return True

    async def _do_getwebhookinfo(self, _form: Raw) -> Raw:
        return {"url": self.webhook.get("url", ""), "pending_update_count": len(self._updates)}

    def _date(self) -> int:
        return int(time.time() * (1000 if self.sloppy.millisecond_dates else 1))

    def _person(self, number: int) -> Raw:
        return {"id": number, "is_bot": False, "first_name": "Bí Mật", "username": "bimat", "language_code": "vi"}

    def _soiled(self, raw: Raw) -> Raw:
        found = _without(raw) if self.sloppy.missing_fields else raw
        found = _stringed(found) if self.sloppy.string_ids else found
        return {**found, "x_unheard_of": {"deep": [1, None]}} if self.sloppy.junk else found


async def _fields(request: web.Request) -> Raw:
    """What was posted, in whichever of the two forms, as the words of a form."""
    if request.content_type == "application/json":
        posted = await request.json()
        return {key: value if isinstance(value, str) else json.dumps(value) for key, value in posted.items()}
    return {key: str(value) for key, value in (await request.post()).items()}


def _failed(fault: Fault) -> web.Response:
    if fault.body is not None:
        return web.Response(status=fault.status or 500, text=fault.body)
    body: Raw = {"ok": False, "error_code": fault.status, "description": fault.description}
    if fault.retry_after is not None:
        body["parameters"] = {"retry_after": fault.retry_after}
    return web.json_response(body, status=fault.status or 500)


def _number(raw: Raw) -> int:
    return int(raw.get("update_id", 2**62))


OPTIONAL = {"from", "date", "message_id", "type", "chat_instance", "file_unique_id", "is_bot", "first_name", "username"}


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items() if key not in OPTIONAL}
    return [_without(item) for item in value] if isinstance(value, list) else value


def _stringed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: str(item) if _is_id(key, item) else _stringed(item) for key, item in value.items()}
    return [_stringed(item) for item in value] if isinstance(value, list) else value


def _is_id(key: str, item: object) -> bool:
    return isinstance(item, int) and (key == "id" or key.endswith("_id"))
