"""The residents' pages as HTML: whole without script, nothing inline, nothing of a person in an address."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource

from bot.edge.http import pages
from bot.edge.http.pages import (
    BoardView,
    Built,
    Bundle,
    ChatView,
    Dial,
    ErrorView,
    Pages,
    PrivacyView,
    Section,
    Shell,
    StartView,
)
from bot.service.bodies import functions

LOCALES = Path(__file__).parents[2] / "locales"
BUNDLE = Bundle(("/assets/chat-1.js",), ("/assets/words-1.js",), ("/assets/chat-1.css",))


def words(language: str):
    bundle = FluentBundle([language], functions=functions(language), use_isolating=False)
    bundle.add_resource(FluentResource((LOCALES / f"{language}.ftl").read_text("utf-8")))

    def say(key: str, **args: object) -> str:
        text, errors = bundle.format_pattern(bundle.get_message(key).value, args)
        assert errors == [], (key, errors)
        return text

    return say


site = Pages(Built(BUNDLE, BUNDLE, "<!doctype html>desk"), words)


def shell(language: str = "vi", **more: object) -> Shell:
    return Shell(language, "Nam Hồng Lĩnh", "/so/nhl", "/h/tdp4", **more)


def start(language: str = "vi", **more: object) -> str:
    view = {"unit": "phường Nam Hồng Lĩnh", "web": "https://x", "board": "/so/nhl", "privacy": "/giu-gi", "box": "tdp4"}
    return site.start_page(StartView(shell(language), **(view | more)))


TILES = tuple(
    Dial(role, n, "24/24", f"tel:{n}")
    for role, n in (("Công an", "113"), ("Cháy", "114"), ("Cấp cứu", "115"), ("Trẻ em", "111"))
)


def board(**more: object) -> str:
    return site.board_page(BoardView(shell(), "Phường Nam Hồng Lĩnh", "/", "21/11", **more))


def every_page(language: str) -> list[str]:
    privacy = PrivacyView(shell(language), "phường Nam Hồng Lĩnh", "0239 000 0000", "https://x", "/")
    lines = (Dial("Trực ban", "0239 000 0000", "24/24", "tel:+842390000000"),)
    above = (Section("tỉnh Hà Tĩnh", lines),)
    numbers = BoardView(shell(language), "Phường Nam Hồng Lĩnh", "/", "21/11", TILES, lines, above, lines, "02/05")
    return [
        start(language, zalo="https://zalo.me/1", telegram="https://t.me/x", former="xã Cũ", box_label="Tổ 4"),
        start(language, unit=None, box=None),
        site.privacy_page(privacy),
        site.board_page(numbers),
        site.chat_page(ChatView(shell(language, demo=True), "/so/nhl", box="tdp4")),
        site.error_page(ErrorView(shell(language), "/", lost=True)),
        site.error_page(ErrorView(shell(language), "/", lost=False)),
    ]


class Seen(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_whole_and_holds_nothing_inline(language: str) -> None:
    for html in every_page(language):
        seen = Seen(html)
        assert all(attrs.get("src") for tag, attrs in seen.tags if tag == "script")
        assert "style" not in {tag for tag, _ in seen.tags}
        assert not [name for _, attrs in seen.tags for name in attrs if name == "style" or name.startswith("on")]
        assert ("html", {"lang": language, "translate": "no"}) in seen.tags


def test_quick_exit_is_the_first_link_and_works_without_script() -> None:
    for html in every_page("vi"):
        first = next(attrs for tag, attrs in Seen(html).tags if tag == "a")
        assert (first["class"], first["href"], first["rel"]) == ("skip", "/so/nhl", "noreferrer")


def test_the_field_of_the_start_page_can_put_nothing_into_an_address() -> None:
    seen = Seen(start("en")).tags
    assert [attrs.get("name") for tag, attrs in seen if tag == "textarea"] == [None]
    assert {attrs["name"]: attrs["value"] for tag, attrs in seen if tag == "input"} == {"h": "tdp4", "lang": "en"}


def test_the_start_page_tells_the_truth_of_the_way_the_person_came() -> None:
    assert "Nhà mạng vẫn biết máy này có mở trang" in start()
    assert "máy chủ không thấy địa chỉ mạng" in start(channel="tor")


def test_without_a_unit_the_start_page_still_opens() -> None:
    html = start(unit=None, box=None)
    assert "Hòm thư tố giác tội phạm" in html
    assert 'name="h"' not in html


def test_names_are_escaped() -> None:
    html = start(unit='"><script>x</script>', box_label="<b>")
    assert "<script>x" not in html
    assert "&lt;b&gt;" in html


def test_a_tap_on_a_number_of_the_board_calls_it() -> None:
    html = board(unit_lines=(Dial("Trực ban", "0239 000 0000", "24/24", "tel:+842390000000"),), checked="02/05")
    assert 'href="tel:+842390000000"' in html
    assert "02/05" in html


def test_what_a_unit_above_put_up_stands_under_its_name_and_a_paid_call_is_said_so() -> None:
    html = board(above=(Section("tỉnh Hà Tĩnh", (Dial("Trực ban", "1900 0000", "", "tel:19000000", paid=True),)),))
    assert (
        html.index("chưa đăng số riêng") < html.index("Tỉnh Hà Tĩnh") < html.index("1900 0000") < html.index("mất phí")
    )
    assert 'href="tel:19000000"' in html
    assert "mất phí" not in board()


def test_an_empty_board_says_so_and_still_shows_the_countrys_numbers() -> None:
    html = board(tiles=TILES)
    assert "chưa đăng số riêng" in html
    assert re.findall(r"tel:(\d+)", html)[:4] == ["113", "114", "115", "111"]


def test_switches_keep_each_other() -> None:
    html = site.start_page(StartView(shell("en", large=True), "x", "https://x", "/so/nhl", "/giu-gi", channel="web"))
    assert 'href="/h/tdp4?lang=en"' in html
    assert 'href="/h/tdp4?chu=to"' in html
    assert 'class="large"' in html


def test_language_and_size_go_along_to_every_page_of_ours() -> None:
    html = site.start_page(StartView(shell("en", large=True), "x", "https://x", "/so/nhl", "/giu-gi", box="t"))
    ours = {attrs["href"] for tag, attrs in Seen(html).tags if tag == "a" and str(attrs["href"]).startswith("/")}
    assert {"/chat?h=t&lang=en&chu=to", "/so/nhl?lang=en&chu=to", "/giu-gi?lang=en&chu=to"} <= ours


def test_the_chat_shell_names_its_box_and_where_to_leave_to() -> None:
    root = next(
        a for t, a in Seen(site.chat_page(ChatView(shell("en"), "/so/nhl", box="t"))).tags if a.get("id") == "chat"
    )
    assert root == {
        "id": "chat", "data-lang": "en", "data-exit": "/so/nhl", "data-label": "Nam Hồng Lĩnh",
        "data-demo": "", "data-box": "t", "data-chat": "/chat?h=t&lang=en",
    }  # fmt: skip


def test_built_files_are_found_through_the_manifest(tmp_path: Path) -> None:
    chunk = {"file": "assets/c.js", "imports": ["_w.js"], "css": ["assets/c.css"]}
    manifest = {
        "chat.html": chunk,
        "src/page/main.ts": {"file": "assets/p.js", "imports": ["_w.js"]},
        "_w.js": {"file": "assets/w.js", "imports": ["_w.js"], "css": ["assets/c.css"]},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "desk.html").write_text("desk")
    built = pages.read_built(tmp_path)
    assert built.chat == Bundle(("/assets/c.js",), ("/assets/w.js",), ("/assets/c.css",))
    assert built.page.scripts == ("/assets/p.js",)
    assert Pages(built, words).desk_page() == "desk"


def test_a_missing_build_is_said(tmp_path: Path) -> None:
    with pytest.raises(pages.PagesNotBuilt):
        pages.read_built(tmp_path)


def test_the_policy_allows_no_inline_script_and_no_markup_from_strings() -> None:
    assert "unsafe-inline" not in pages.POLICY
    assert "'unsafe-eval'" not in pages.POLICY
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in pages.POLICY
    assert pages.PAGE_HEADERS["Cache-Control"] == "no-store"


def test_microphone_and_place_are_asked_for_by_the_chats_document_alone() -> None:
    assert pages.CHAT_HEADERS["Permissions-Policy"] == "camera=(), geolocation=(self), microphone=(self)"
    assert pages.PAGE_HEADERS["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert "blob:" in pages.CHAT_HEADERS["Content-Security-Policy"]
    assert "blob:" not in pages.POLICY + pages.BOARD_HEADERS["Content-Security-Policy"]
