"""The documents say what the code is: diagram, commands, settings, links, and nothing of whoever wrote them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from bot.run import main
from bot.run.app import ROLES
from bot.run.config import Config
from handlers.table import diagram

ROOT = Path(__file__).parents[2]
ROOT_PAGES = ("README.md", "ARCHITECTURE.md", "THREAT-MODEL.md", "DECISIONS.md", "CHANGELOG.md")
PAGES = (*ROOT_PAGES, "deploy/RUNBOOK.md", "crypto/FORMAT.md")
UNITS = tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "deploy").glob("*.service")))
WRITTEN = (*PAGES, *UNITS, "deploy/nginx.conf")
LONGEST = {"ARCHITECTURE.md": 1_350, "THREAT-MODEL.md": 2_220, "DECISIONS.md": 3_410}
"""Words of two pages, and of a page with a table or a list on top."""
ENTRY_LINES = 5
"""Lines of one decision."""

FOREIGN = {
    "a machine's path": re.compile(r"(?<![\w.])/(?:(?:home|root|Users|mnt)\b|tmp/)|\b[A-Z]:\\"),
    "a foreign host": re.compile(
        r"https?://(?!127\.0\.0\.1|localhost|t\.me/|[\w.-]*example|hopthu_)[\w.-]+",
        re.IGNORECASE,
    ),
    "an issue's number": re.compile(r"(?<![\w&/])#\d+\b|\b(?:issues?|pull|PR|MR)[ /#]+\d+", re.IGNORECASE),
    "a session's number": re.compile(r"\b(?:session|agent|task)[ #-]*\d+\b", re.IGNORECASE),
}
"""What no document may hold, by name."""
FENCE = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^ *```\w*\n(.*?)^ *```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(?:\bas_|(?<![\w=/.-]))hopthu ([a-z]+)(?: ([a-z]+))?((?:[^\n`]*\\\n)*[^\n`]*)")
LINK = re.compile(r"\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"")
NAMED_TEST = re.compile(r"\[(test_\w+)\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def drawn(page: str) -> str:
    """What stands between the diagram's markers, without its fence."""
    inside = page.split("<!-- diagram -->\n```mermaid\n")[1]
    return inside.split("```\n<!-- /diagram -->")[0]


def coded(page: str) -> Iterator[str]:
    """Everything set as code, in blocks and in lines."""
    yield from (block or inline for block, inline in CODE.findall(page))


def targets(page: str) -> list[str]:
    """Where links and pictures lead, code aside."""
    return [link or picture for link, picture in LINK.findall(FENCE.sub("", page))]


def anchors(page: str) -> set[str]:
    """The headings of a page as links name them."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


def broken(name: str, page: str) -> list[str]:
    """Links of this page that lead nowhere in the project."""
    found = []
    for target in targets(page):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            found.append(target)
    return found


def settings_named(text: str) -> set[str]:
    return set(re.findall(r"\bHOPTHU_[A-Z_]*[A-Z]\b", text))


def settings_tabled(page: str) -> list[str]:
    return re.findall(r"^\| `(HOPTHU_[A-Z_]+)` \|", page, re.MULTILINE)


@cache
def commands() -> dict[str, set[str]]:
    """Every command by its words, with its options."""
    found: dict[str, set[str]] = {}

    def walk(words: str, command: object) -> None:
        inner = getattr(command, "commands", {})
        if not inner:
            found[words] = {option for param in command.params for option in (*param.opts, "--help")}
        bare = getattr(command, "bare", None)
        if bare:
            found[words] = {option for param in inner[bare].params for option in param.opts}
        for name, one in inner.items():
            if name != bare:
                walk(f"{words} {name}".strip(), one)

    assert isinstance(main.app, typer.Typer)
    walk("", get_command(main.app))
    return found


def unknown_commands(page: str) -> list[str]:
    """Commands in code that the product does not have, and options that a command does not take."""
    found = []
    for first, second, rest in (one for code in coded(page) for one in COMMAND.findall(code)):
        third = f"{first} {second} {rest.split()[0] if rest.split() else ''}"
        words = next((one for one in (third, f"{first} {second}", first) if one in commands()), first)
        if words not in commands():
            found.append(f"{first} {second}".strip())
        else:
            options = re.findall(r"(?<![\w-])--[a-z-]+", f"{second}{rest}".split("&&")[0])
            found += [f"{words} {option}" for option in options if option not in commands()[words]]
    return found


def foreign(text: str) -> list[tuple[str, str]]:
    return [(what, match.group()) for what, pattern in FOREIGN.items() for match in pattern.finditer(text)]


def decisions(page: str) -> list[tuple[str, str]]:
    """Each decision's heading and text."""
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))


def test_the_diagram_is_the_tables() -> None:
    assert drawn(read("ARCHITECTURE.md")) == diagram()


@pytest.mark.parametrize("name", PAGES)
def test_the_makefile_has_every_target_named(name: str) -> None:
    made = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = {target for code in coded(read(name)) for target in re.findall(r"\bmake ([a-z]+)", code)}
    assert named <= made
    if name == "README.md":
        assert {"run", "test"} <= named


@pytest.mark.parametrize("name", PAGES)
def test_the_product_has_every_command_named(name: str) -> None:
    assert unknown_commands(read(name)) == []


def test_the_readme_names_every_command() -> None:
    text = " ".join(coded(read("README.md")))
    assert [words for words in commands() if f"hopthu {words}" not in text] == []


def test_the_readme_tables_every_setting_and_no_other() -> None:
    assert settings_tabled(read("README.md")) == [f"HOPTHU_{name.upper()}" for name in Config.model_fields]


@pytest.mark.parametrize("name", WRITTEN)
def test_no_setting_is_invented(name: str) -> None:
    assert settings_named(read(name)) <= {f"HOPTHU_{field.upper()}" for field in Config.model_fields}


def test_the_settings_named_have_the_defaults_they_have() -> None:
    for name, field in Config.model_fields.items():
        if isinstance(field.default, str | int) and not isinstance(field.default, bool) and "://" not in str(field):
            assert f"| `HOPTHU_{name.upper()}` | `{field.default}` |" in read("README.md")


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    assert broken(name, read(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_test_named_is_in_its_file(name: str) -> None:
    named = NAMED_TEST.findall(read(name))
    assert [one for one, file in named if f"def {one}(" not in read(file)] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_no_document_tells_of_its_making(name: str) -> None:
    assert foreign(read(name)) == []


@pytest.mark.parametrize(("name", "most"), LONGEST.items())
def test_a_page_stays_short(name: str, most: int) -> None:
    assert len(FENCE.sub("", read(name)).split()) <= most


def test_decisions_are_dated_and_short() -> None:
    found = decisions(read("DECISIONS.md"))
    days = [heading[:10] for heading, _ in found]
    assert found
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2} · .+", heading) for heading, _ in found)
    assert days == sorted(days)
    assert [heading for heading, text in found if not 0 < len(text.splitlines()) <= ENTRY_LINES] == []


def test_the_changelog_begins_with_this_version_and_its_security() -> None:
    page, project = read("CHANGELOG.md"), tomllib.loads(read("pyproject.toml"))["project"]
    assert re.findall(r"^## (\S+)", page, re.MULTILINE)[0] == project["version"]
    assert re.findall(r"^### (.+)", page, re.MULTILINE)[0] == "Security"


def test_the_threat_model_ends_with_what_does_not_hold() -> None:
    assert re.findall(r"^## (.+)", read("THREAT-MODEL.md"), re.MULTILINE)[-1] == "Known limitations"


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_role_that_there_is_and_keeps_it_in_memory(name: str) -> None:
    unit, role = read(name), re.search(r"hopthu-(\w+)\.service", name)
    assert role is not None
    assert role[1] in ROLES
    assert re.search(rf"^ExecStart=\S+ up --role {role[1]} ", unit, re.MULTILINE)
    assert {"LimitCORE=0", "MemorySwapMax=0", "UMask=0077"} <= set(unit.splitlines())


def test_the_proxy_keeps_no_address() -> None:
    lines = {line.strip() for line in read("deploy/nginx.conf").splitlines()}
    assert {"access_log off;", "error_log stderr emerg;", 'proxy_set_header X-Forwarded-For "";'} <= lines
    assert {"proxy_request_buffering off;", "proxy_buffering off;", "client_body_temp_path /run/nginx-body;"} <= lines
    assert not re.search(r"\$remote_addr|\$proxy_add_x_forwarded_for|log_format", read("deploy/nginx.conf"))


@pytest.mark.parametrize(
    "text",
    [
        "see /home/builder/bot",
        "in /home/someone/x",
        "from https://packages.invalid/simple",
        "fixes #12",
        "see issues/7",
        "session 3 wrote it",
    ],
)
def test_what_does_not_belong_is_seen(text: str) -> None:
    assert foreign(text)


@pytest.mark.parametrize("text", ["/desk#enrol=", "/opt/hopthu", "a page's session ends", "#/ is no number", "&#39;"])
def test_what_belongs_is_let_be(text: str) -> None:
    assert foreign(text) == []


def test_a_broken_link_and_a_missing_anchor_are_seen() -> None:
    page = "[a](README.md) [b](nowhere.md) [c](README.md#settings) [d](README.md#none) [e](https://example.org)"
    assert broken("README.md", page + '<img src="none.png">') == ["nowhere.md", "README.md#none", "none.png"]


def test_an_unknown_command_and_option_are_seen() -> None:
    page = (
        "`hopthu up --port 1` `hopthu fly` `hopthu officer invite --role duty` `hopthu officer sing` `hopthu up --loud`"
    )
    assert unknown_commands(page) == ["fly", "officer sing", "up --loud"]
