"""Catalogue messages become lines a messenger can show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource

from bot.service import texts
from bot.service.bodies import functions
from bot.service.errors import OurFault
from bot.service.texts import Catalogue, Shown, ShownChoice
from handlers.values import Choice, Language, Menu, Message, Name, line
from handlers.wishes import RECEIPT

LOCALES = Path(__file__).parents[3] / "locales"
TEXTS = Catalogue(LOCALES)
WARD = Name("phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward")


@pytest.fixture
def small(tmp_path: Path) -> Catalogue:
    for language in ("vi", "en"):
        lines = (f"hello = {language} {{ $who }}", f"bare = {language}", "hollow =", "    .attribute = only", "")
        (tmp_path / f"{language}.ftl").write_text("\n".join(lines))
    return Catalogue(tmp_path)


def test_a_text_in_each_language(small: Catalogue) -> None:
    assert small.say("vi", "hello", {"who": "A"}) == "vi A"
    assert small.say("en", "hello", {"who": "A"}) == "en A"


def test_no_isolation_marks_around_placeables() -> None:
    shown = TEXTS.say("vi", "start-back", {"unit": WARD})
    assert "\u2068" not in shown
    assert WARD.vi in shown


@pytest.mark.parametrize("key", ["nowhere", "hollow"])
def test_a_missing_text_is_our_fault(small: Catalogue, key: str) -> None:
    with pytest.raises(OurFault, match="missing"):
        small.say("vi", key)


def test_a_text_without_its_value_is_our_fault(small: Catalogue) -> None:
    with pytest.raises(OurFault, match="lacks a value"):
        small.say("vi", "hello")


def test_names_follow_the_language() -> None:
    assert WARD.vi in TEXTS.say("vi", "start-back", {"unit": WARD})
    assert WARD.en in TEXTS.say("en", "start-back", {"unit": WARD})


def test_a_sentence_begins_with_a_capital_though_a_ward_does_not() -> None:
    message = Message((line("route-none", unit=WARD, target=line("btn-ward", unit=WARD)),))
    (said,) = TEXTS.show("vi", message).lines
    assert said.startswith(WARD.vi[:1].upper() + WARD.vi[1:])
    assert said.count(WARD.vi) == 1


def test_lines_stand_in_lines(small: Catalogue) -> None:
    assert small.line("en", line("hello", who=line("bare"))) == "en en"


def test_the_receipt_takes_its_place() -> None:
    message = Message((line("code-line", code=RECEIPT),), kind="code")
    shown = TEXTS.show("vi", message, "1234 5678")
    assert shown == Shown(("1234 5678",), (), "", "code", "Chép mã")


def test_a_menu_is_shown_with_its_serial() -> None:
    menu = Menu("ab12", (Choice(1, line("btn-tip"), "tip"), Choice(0, line("btn-back"), "back")))
    shown = TEXTS.show("en", Message((line("menu-ask"),), menu))
    assert shown.serial == "ab12"
    assert shown.choices == (
        ShownChoice(1, TEXTS.say("en", "btn-tip"), "tip"),
        ShownChoice(0, TEXTS.say("en", "btn-back"), "back"),
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_message_parsed_when_it_is_said_is_the_one_of_the_whole_catalogue(language: Language) -> None:
    source = (LOCALES / f"{language}.ftl").read_text("utf-8")
    whole = FluentBundle([language], functions=functions(language), use_isolating=False)
    whole.add_resource(FluentResource(source))
    lazily = texts._Texts(source, language)
    keys = re.findall(r"^([\w-]+) *=", source, re.MULTILINE)
    assert [key for key in keys if not lazily.has_message(key)] == []
    for key in keys:
        mine, theirs = lazily.get_message(key), whole.get_message(key)
        values = dict.fromkeys(re.findall(r"\$([\w-]+)", source), "x")
        assert lazily.format_pattern(mine.value, values) == tuple(whole.format_pattern(theirs.value, values))
