"""The residents' pages as plain HTML, whole without script: start page, hotline board, what is kept, shell of the chat.

Owns the views, their templates and the headers pages need. Must not know routes, the database or a person's words:
nothing anyone wrote ever enters a page made here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

Language = Literal["vi", "en"]
Say = Callable[..., str]
"""`say(key, **placeables)` in one language."""

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Content-Security-Policy of every answer that does not say otherwise."""

CHAT_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY.replace("img-src 'self' data:", "img-src 'self' blob: data:; media-src blob:"),
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(self)",
}
"""Of the start page and the chat, which are one document: what a person attaches is seen and heard there before it is
sent, and microphone and place may be asked for, by us alone."""

BOARD_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY.replace("trusted-types 'none'", "trusted-types board-copy"),
}
"""Of the hotline board: it may make one policy, which knows one address: that of the worker that keeps its copy."""

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Headers of every page and asset. The board alone has `BOARD_CACHE` in place of `no-store`."""

BOARD_CACHE = "public, max-age=86400, stale-while-revalidate=2592000"
"""Cache-Control of `/so/{unit}` and its stylesheet (`/assets/page-*.css`): the numbers must open without network."""


class PagesNotBuilt(RuntimeError):
    """The browser side was not built: run `make setup`."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Built files of one page, as absolute paths on this site."""

    scripts: tuple[str, ...]
    preloads: tuple[str, ...]
    styles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What the browser side's build left: `chat` (start page and chat), `page` (the others), the console's page."""

    chat: Bundle
    page: Bundle
    desk: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What every resident page shares.

    `label` is the short name in the bar ("Nam Hồng Lĩnh"), empty where no unit is known; `exit` the neutral page quick
    exit leads to; `here` the path of this page, without query; `large` the large-text switch.
    """

    language: Language
    label: str
    exit: str
    here: str
    demo: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class StartView:
    """Start page of a box, a unit, or (`unit` None) of no unit.

    `unit` is the name as said ("phường Nam Hồng Lĩnh"), `former` an older name still in use, `box` the link code and
    `box_label` its place, `board` the path of the hotline board, `channel` how the person came, `web` this site's
    address; `zalo` and `telegram` are links, None where there is none.
    """

    shell: Shell
    unit: str | None
    web: str
    board: str
    privacy: str
    box: str | None = None
    box_label: str | None = None
    former: str | None = None
    channel: Literal["web", "tor"] = "web"
    zalo: str | None = None
    telegram: str | None = None


@dataclass(frozen=True, slots=True)
class Dial:
    """One line of a board: who answers, the number as shown, the hours (may be empty), the address that a tap calls.

    `paid`: calling it costs more than a call.
    """

    role: str
    number: str
    hours: str
    tel: str
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Numbers of one unit above, under its name."""

    unit: str
    lines: tuple[Dial, ...]


@dataclass(frozen=True, slots=True)
class BoardView:
    """Hotline board. `tiles` are the country's short numbers, four at most; `national_lines` its others.

    `unit_lines` are the unit's own, `above` those of the units above it, the nearest first. `checked` is the day the
    numbers were last checked ("02/05") or None; `day` today, shown on a cached copy; `keep` is False where the address
    names no unit: nothing is kept under it.
    """

    shell: Shell
    unit: str
    home: str
    day: str
    tiles: tuple[Dial, ...] = ()
    unit_lines: tuple[Dial, ...] = ()
    above: tuple[Section, ...] = ()
    national_lines: tuple[Dial, ...] = ()
    checked: str | None = None
    keep: bool = True


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """What the box keeps and does not keep. `contact` is where to ask or complain."""

    shell: Shell
    unit: str
    contact: str
    web: str
    home: str
    channel: Literal["web", "tor"] = "web"


@dataclass(frozen=True, slots=True)
class ErrorView:
    """Instead of a page: there is none of that name, or (`lost` False) it cannot be shown now."""

    shell: Shell
    home: str
    lost: bool


@dataclass(frozen=True, slots=True)
class ChatView:
    """Shell of the web chat. `box` is the link code the person came with; `board` is for those without script."""

    shell: Shell
    board: str
    unit: str | None = None
    box: str | None = None


def read_built(dist: Path) -> Built:
    """The build's manifest and the console's page under `dist`. Raises `PagesNotBuilt` where there is none."""
    try:
        manifest = json.loads((dist / "manifest.json").read_text("utf-8"))
        desk = (dist / "desk.html").read_text("utf-8")
    except FileNotFoundError as error:
        raise PagesNotBuilt("the browser side is not built") from error
    return Built(chat=_bundle(manifest, "chat.html"), page=_bundle(manifest, "src/page/main.ts"), desk=desk)


def chat_path(box: str | None, shell: Shell) -> str:
    """Path of the chat, with the box the person came by."""
    return carry(f"/chat?{urlencode({'h': box})}" if box else "/chat", shell)


def carry(path: str, shell: Shell) -> str:
    """A path of ours that goes on in this page's language and text size; the defaults are left out."""
    asked = {"lang": "en"} if shell.language == "en" else {}
    asked |= {"chu": "to"} if shell.large else {}
    return f"{path}{'&' if '?' in path else '?'}{urlencode(asked)}" if asked else path


class Pages:
    """Renders views. `words(language)` gives the catalogue of a language."""

    def __init__(self, built: Built, words: Callable[[Language], Say]) -> None:
        self._built = built
        self._words = words
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(capital=_capital, lines=str.splitlines)
        self._templates.globals.update(switch=_switch, chat_path=chat_path, carry=carry)

    def start_page(self, view: StartView) -> str:
        """`/` and `/h/{box}`."""
        return self._render("start.html", view.shell, self._built.chat, view)

    def board_page(self, view: BoardView) -> str:
        """`/so/{unit}`."""
        return self._render("board.html", view.shell, self._built.page, view)

    def privacy_page(self, view: PrivacyView) -> str:
        """What is kept and what is not."""
        return self._render("privacy.html", view.shell, self._built.page, view)

    def chat_page(self, view: ChatView) -> str:
        """`/chat`."""
        return self._render("chat.html", view.shell, self._built.chat, view)

    def error_page(self, view: ErrorView) -> str:
        """No such page, or none now."""
        return self._render("error.html", view.shell, self._built.page, view)

    def desk_page(self) -> str:
        """`/desk`: the console's page as built."""
        return self._built.desk

    def _render(self, template: str, shell: Shell, bundle: Bundle, view: object) -> str:
        say = self._words(shell.language)
        return self._templates.get_template(template).render(view=view, shell=shell, bundle=bundle, say=say)


def _bundle(manifest: Mapping[str, Mapping[str, object]], entry: str) -> Bundle:
    chunks = _reached(manifest, entry)
    files = [f"/{chunk['file']}" for chunk in chunks]
    styles = [f"/{style}" for chunk in chunks for style in _names(chunk, "css")]
    return Bundle(scripts=(files[0],), preloads=tuple(files[1:]), styles=tuple(dict.fromkeys(styles)))


def _reached(manifest: Mapping[str, Mapping[str, object]], entry: str) -> list[Mapping[str, object]]:
    """The entry's chunk and all it imports at once, each once, the entry first."""
    order = [entry]
    for name in order:
        order.extend(other for other in _names(manifest[name], "imports") if other not in order)
    return [manifest[name] for name in order]


def _names(chunk: Mapping[str, object], field: str) -> list[str]:
    found = chunk.get(field, [])
    return [str(name) for name in found] if isinstance(found, list) else []


def _capital(name: str) -> str:
    """A name as it begins a line ("phường Nam Hồng Lĩnh" said in a sentence is "Phường …" in a heading)."""
    return name[:1].upper() + name[1:]


def _switch(shell: Shell, *, language: Language | None = None, large: bool | None = None) -> str:
    """This page's path with another language or text size."""
    other = replace(shell, language=language or shell.language, large=shell.large if large is None else large)
    return carry(shell.here, other)
