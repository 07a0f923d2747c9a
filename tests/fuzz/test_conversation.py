"""Conversations made up by chance against the real engine, on both channels, with an officer at his desk."""

from __future__ import annotations

import asyncio
import os
import shutil
import unicodedata
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from fuzz.conftest import EXAMPLES
from fuzz.model import Ledger
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from installation import BOX, Clock, Officer, Page, Person, Telegram, open_installation
from rules.marks import Marks
from rules.night import small_photo

from bot.service.arrivals import Arrival, CodeGiven, Gone, Incoming, PageOpened, PartCross, Place, Pressed, Text
from crypto.receipts import grouped, new_receipt, recognise, stretch
from handlers.folding import clean
from handlers.intake import split

STEPS = 40
MARK = "dauvetbimatcuamaythu"
WORDS = (
    "menu", "start", "/start", "gửi", "gui", "xóa", "xoa", "hủy", "dừng", "dung", "quên tôi", "quen toi", "113",
    "english", "tiếng việt", "help", "chuyển sang web", "số điện thoại công an", "ai biết tôi là ai?", "stop",
    "forget me", "có", "ok", "", " ", "\u200b", "\u202e", "?", "...", "0", "00", "Hà Tĩnh", "Nam Hồng Lĩnh",
    "0912 345 678", "4821 0937 5562", "4821 0937 5562 1804 7719 3086", "cứu với nó đang cầm dao",
    "tôi là Nguyễn Văn An", "công an phường ăn tiền", "cháu bị bố đánh", "một", "hai", "\ud800", "\0",
)  # fmt: skip
TELLING = st.integers(1, 9_999).map(lambda n: f"{MARK} ở ngõ {n} tối qua thấy người lạ")
LONG = st.integers(1, 15_000).map(lambda n: (f"{MARK} " * 800)[:n])
TEXTS = st.one_of(
    TELLING,
    TELLING,
    st.integers(0, 9).map(str),
    st.integers(0, 9).map(str),
    st.sampled_from(WORDS),
    st.text(max_size=30),
    LONG,
    TELLING.map(lambda text: unicodedata.normalize("NFD", text)),
)
WHO = st.integers(0, 4)
PHOTO = small_photo()
DRAWING = b"AC1027" + bytes(range(256)) + MARK.encode()
FILES = {
    "photo": (PHOTO, "image/jpeg"),
    "file": (f"Bien so {MARK}".encode(), "text/plain"),
    "raw": (DRAWING, "image/vnd.dwg"),
}


class Talking(RuleBasedStateMachine):
    """People write whatever they like, while hours pass; the ledger says what must hold."""

    template: Path
    folder: Path

    @initialize()
    def begin(self) -> None:
        self.runner, self.open = asyncio.Runner(), AsyncExitStack()
        self.data = self.folder / os.urandom(6).hex()
        shutil.copytree(self.template, self.data)
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        self.box = await self.open.enter_async_context(open_installation(self.data, clock=Clock()))
        self.officer = await Officer.enrol(self.box)
        self.people: list[Person] = [Page(self.box), Page(self.box), *(Telegram(self.box, 700 + n) for n in range(3))]
        self.ledger = Ledger(self.box)

    @rule(who=WHO, text=TEXTS)
    def writes(self, who: int, text: str) -> None:
        person = self.people[who]
        foreseen = () if recognise(text) else split(clean(text))
        self._does(person, self._arrival(person, Text(text)), foreseen if clean(text).strip() else ())

    @rule(who=WHO, back=st.integers(0, 3), number=st.integers(0, 6))
    def presses(self, who: int, back: int, number: int) -> None:
        """A button of the newest menu, or of an older one."""
        person = self.people[who]
        serials = self.menus.get(who, [""])
        self._does(person, self._arrival(person, Pressed(serials[-1 - min(back, len(serials) - 1)], number)))

    @rule(who=WHO)
    def sends_off(self, who: int) -> None:
        """Writes something and sends it, as far as the conversation lets him."""
        for text in (f"{MARK} thấy xe tải đổ rác", "gửi", "1"):
            self._write(who, text)

    def _write(self, who: int, text: str) -> None:
        person = self.people[who]
        self._does(person, self._arrival(person, Text(text)), split(text))

    @rule(who=WHO, kind=st.sampled_from(sorted(FILES)), caption=st.sampled_from(("", f"chú thích {MARK}")))
    def sends_a_file(self, who: int, kind: str, caption: str) -> None:
        content, mime = FILES[kind]

        async def fetch():
            yield content

        person, sort = self.people[who], "photo" if kind == "photo" else "file"
        incoming = Incoming(sort, len(content), caption, answer=True, mime=mime, seconds=None, fetch=fetch)
        self._does(person, self._arrival(person, incoming), (sort, *((caption,) if caption else ())))

    @rule(who=WHO, latitude=st.sampled_from(("18.5", "-90", "91", "x", "0.00001")))
    def shares_a_place(self, who: int, latitude: str) -> None:
        person = self.people[who]
        self._does(person, self._arrival(person, Place(latitude, "105.7")), ("place",))

    @rule(who=WHO, choice=st.integers(0, 99), whose=st.sampled_from(("a tip", "none", "half")))
    def types_a_receipt(self, who: int, choice: int, whose: str) -> None:
        """His own or someone else's, one of nobody, half of one. A page sends what the digits stand for."""
        receipts = [tip.receipt for tip in self.ledger.tips] or [new_receipt()]
        code = new_receipt() if whose == "none" else receipts[choice % len(receipts)]
        person = self.people[who]
        if whose == "half":
            return self._write(who, grouped(code)[:14])
        if isinstance(person, Telegram):
            return self._does(person, self._arrival(person, Text(f"Mã: {grouped(code)}")))
        found = stretch(code, self.box.ground.keys.site.salt)
        return self._does(person, self._arrival(person, CodeGiven(found.lookup, found.seed)))

    @rule(who=WHO, part=st.integers(0, 60))
    def removes_a_part(self, who: int, part: int) -> None:
        person = self.people[who]
        known = sorted(self.ledger.noted) or [bytes(16)]
        self._does(person, self._arrival(person, PartCross(known[part % len(known)])))

    @rule(who=WHO)
    def leaves(self, who: int) -> None:
        """Quick exit, or blocking the bot."""
        self._does(self.people[who], self._arrival(self.people[who], Gone()))

    @rule(who=st.integers(0, 1), reloaded=st.booleans())
    def opens_the_page(self, who: int, reloaded: bool) -> None:
        person = self.people[who]
        self._does(person, self._arrival(person, PageOpened(BOX, "vi", reloaded)))

    @rule(choice=st.integers(0, 999))
    def repeats(self, choice: int) -> None:
        self.runner.run(self.ledger.repeats(choice))

    @rule(seconds=st.sampled_from((1, 60, 1_000, 3_700, 8 * 3_600, 25 * 3_600)))
    def time_passes(self, seconds: int) -> None:
        """Within the days for which repeats are remembered; what they were forgotten with is forgotten here too."""
        self.box.clock.advance(seconds)
        if seconds > 3_600:
            self.ledger.arrivals.clear()
        self.runner.run(self._nightly())

    async def _nightly(self) -> None:
        await self.box.housekeeping.expire()
        await self.box.housekeeping.end_silences()
        await self.box.deliver()
        for person in self.people:
            await person.news()

    @rule(choice=st.integers(0, 99), kind=st.sampled_from(("question", "answer")))
    def the_officer_writes(self, choice: int, kind: str) -> None:
        self.runner.run(self._officer(choice, kind))

    async def _officer(self, choice: int, kind: str) -> None:
        if tips := sorted(await self.officer.tips()):
            await self.officer.write(tips[choice % len(tips)], kind, f"{MARK} xe màu gì?")

    @property
    def menus(self) -> dict[int, list[str]]:
        return self.__dict__.setdefault("_menus", {})

    def _arrival(self, person: Person, content: object) -> Arrival:
        if isinstance(person, Page):
            return person.arrival(content)
        assert isinstance(person, Telegram)
        made = person.update(text="x")
        return Arrival(made.bot, made.channel, made.chat, made.update, content, made.message)

    def _does(self, person: Person, arrival: Arrival, content: tuple[str, ...] = ()) -> None:
        said = self.runner.run(self.ledger.does(person, arrival, content))
        serials = [out.shown.serial for out in said if out.shown.choices]
        self.menus.setdefault(self.people.index(person), [""]).extend(serials)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.runner.run(self.ledger.judge(self.officer))
            self.runner.run(self.open.aclose())
            self.runner.close()
            marks = Marks()
            marks.add("words", MARK)
            assert marks.found(self.data) == set()
            shutil.rmtree(self.data)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A fresh installation to copy."""

    async def make() -> None:
        async with open_installation(tmp_path / "template"):
            pass

    asyncio.run(make())
    return tmp_path / "template"


def test_whatever_is_said_nothing_acknowledged_is_lost(
    tmp_path: Path, template: Path, request: pytest.FixtureRequest
) -> None:
    examples = int(request.config.getoption("--examples"))
    machine = type("Talking", (Talking,), {"template": template, "folder": tmp_path})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=examples <= EXAMPLES,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
