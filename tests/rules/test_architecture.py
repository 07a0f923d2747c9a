"""What no file may do, as small checks of the source; each check is shown to find what it is for."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rules.source import PACKAGES, ROOT, broken, found, imported

from bot.run.logs import SHOWN
from storage.tables import metadata

# Nothing a person sends is spooled to a disk by a library.

SPOOLERS = {
    "UploadFile",
    "File",
    "Form",
    "FormParser",
    "MultiPartParser",
    "tempfile",
    "NamedTemporaryFile",
    "SpooledTemporaryFile",
    "TemporaryFile",
    "mkstemp",
    "mkdtemp",
    "shelve",
    "multipart",
    "python_multipart",
}


def spooling(module: ast.Module) -> Iterator[str]:
    """Form parsers and temporary files."""
    for node in ast.walk(module):
        names = imported(node)
        match node:
            case ast.Attribute(attr=attr):
                names |= {attr}
            case ast.Name(id=name):
                names |= {name}
            case ast.Call(func=ast.Attribute(attr="form", value=ast.Name(id=name))):
                yield f"{name}.form()"
        yield from sorted(names & SPOOLERS)


def test_nothing_is_spooled() -> None:
    assert broken(spooling) == {}


@pytest.mark.parametrize(
    "source",
    [
        "from fastapi import UploadFile",
        "import tempfile",
        "from tempfile import mkstemp as t",
        "async def photo(request):\n    return await request.form()",
        "x = fastapi.File()",
        "from starlette.formparsers import MultiPartParser",
    ],
)
def test_spooling_is_found(source: str) -> None:
    assert found(spooling, source)
    assert not found(spooling, "async def photo(request):\n    return request.stream()")


# SQL stays in storage; services see a connection they hand on.


def sql_outside(module: ast.Module) -> Iterator[str]:
    """Whatever of SQLAlchemy is used beside the type of a connection."""
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name.partition(".")[0] == "sqlalchemy")
            case ast.ImportFrom(module=str(name), names=names) if name.partition(".")[0] == "sqlalchemy":
                yield from (
                    f"{name}.{alias.name}" for alias in names if (name, alias.name) != ("sqlalchemy", "Connection")
                )


def uses_sqlalchemy(module: ast.Module) -> Iterator[str]:
    yield from (name for node in ast.walk(module) for name in imported(node) if name == "sqlalchemy")


def test_sql_stays_in_storage() -> None:
    assert broken(sql_outside, "bot/service") == {}
    assert broken(uses_sqlalchemy, "bot/edge", "bot/run", "crypto", "handlers") == {}


@pytest.mark.parametrize(
    "source", ["import sqlalchemy", "from sqlalchemy import select", "from sqlalchemy.orm import Session"]
)
def test_sql_outside_is_found(source: str) -> None:
    assert found(sql_outside, source)
    assert found(uses_sqlalchemy, source)
    assert not found(sql_outside, "from sqlalchemy import Connection")


# What is logged is fixed words and the fields of SHOWN.

LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log", "msg", "warn", "fatal", "bind"}
LOGGERS = {"log", "_log", "logger", "_logger", "logging", "structlog"}


def loose_logging(module: ast.Module) -> Iterator[str]:
    """Log calls that could write what came in: words that are not fixed, fields that are not shown, tracebacks."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id="print" | "pprint")):
                yield "print"
            case ast.Call(func=ast.Attribute(attr=level, value=ast.Name(id=name))):
                yield from _loose(node, level) if level in LEVELS and name in LOGGERS else ()


def _loose(call: ast.Call, level: str) -> Iterator[str]:
    first, *rest = (*call.args, None)
    if level == "exception" or not isinstance(first, ast.Constant):
        yield level
    yield from (ast.unparse(argument) for argument in rest if argument is not None and not _is_kind(argument))
    yield from (str(word.arg) for word in call.keywords if word.arg not in SHOWN)


def _is_kind(argument: ast.expr) -> bool:
    """True for `type(error).__name__`."""
    match argument:
        case ast.Attribute(attr="__name__", value=ast.Call(func=ast.Name(id="type"))):
            return True
        case _:
            return False


def test_only_fixed_words_and_shown_fields_are_logged() -> None:
    assert broken(loose_logging) == {}


@pytest.mark.parametrize(
    "call",
    [
        'log.error("refused", text=text)',
        'log.error("refused", **fields)',
        'log.error(f"refused {text}")',
        'log.error("refused " + text)',
        "log.error(text)",
        'log.exception("refused")',
        'log.error("refused", exc_info=True)',
        '_log.error("refused %s", text)',
        'logging.warning("refused %s", chat)',
        "print(text)",
    ],
)
def test_loose_logging_is_found(call: str) -> None:
    assert found(loose_logging, call)
    assert not found(loose_logging, 'log.error("refused", driver=name)\n_log.error("failed: %s", type(error).__name__)')


# Errors are caught by name.


def broad_catches(module: ast.Module) -> Iterator[str]:
    """`except` and `suppress` that would catch anything."""
    for node in ast.walk(module):
        match node:
            case ast.ExceptHandler(type=None):
                yield "except:"
            case ast.ExceptHandler(type=caught):
                yield from (f"except {name}" for name in _broad(caught))
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=args):
                yield from (f"suppress({name})" for argument in args for name in _broad(argument))


def _broad(caught: ast.expr | None) -> list[str]:
    names = [node.id for node in ast.walk(caught) if isinstance(node, ast.Name)] if caught else []
    return [name for name in names if name in ("Exception", "BaseException")]


def test_only_two_loops_outlive_anything() -> None:
    """The worker's and the drivers'; both log the kind of error alone."""
    assert broken(broad_catches) == {
        "bot/edge/drivers/handing_over.py": ["except Exception"],
        "bot/run/serve.py": ["except Exception"],
    }


@pytest.mark.parametrize(
    "source",
    [
        "try: f()\nexcept: pass",
        "try: f()\nexcept Exception: pass",
        "try: f()\nexcept (ValueError, BaseException) as e: pass",
        "with suppress(Exception): f()",
        "with contextlib.suppress(Exception): f()",
    ],
)
def test_a_broad_catch_is_found(source: str) -> None:
    assert found(broad_catches, source)
    assert not found(broad_catches, "try: f()\nexcept (ValueError, OSError): pass")


# Chance that matters comes from the operating system; ids tell no time.


def foretellable(module: ast.Module) -> Iterator[str]:
    """Sources of ids that can be foretold, or that hold a clock or an address."""
    for node in ast.walk(module):
        yield from sorted(imported(node) & {"random", "uuid", "uuid1", "uuid7"})


def test_no_id_can_be_foretold() -> None:
    """Waiting times before another try are the one use of `random`: in `bot/run`."""
    assert broken(foretellable, "bot/edge", "bot/service", "crypto", "handlers", "storage") == {}


def test_foretellable_ids_are_found() -> None:
    assert found(foretellable, "import random")
    assert found(foretellable, "from uuid import uuid1")
    assert not found(foretellable, "import secrets")


MOMENTS = re.compile(r"creat|updat|inserted|modified|_at$|timestamp|seen|(^|_)ip$|address|handle|user|agent")


def test_no_table_numbers_its_rows_or_keeps_their_birth() -> None:
    """Rule 3. Times there are: when something is due, ends, or was received, to the hour."""
    for table in metadata.sorted_tables:
        assert [column.name for column in table.columns if MOMENTS.search(column.name)] == [], table.name
        assert [column.name for column in table.primary_key if column.autoincrement is True] == [], table.name
        counted = [column for column in table.primary_key if column.type.python_type is int]
        assert len(counted) < len(table.primary_key.columns), table.name


CLEAR = {
    "tips": (
        "id unit_id urgent state received answerable news entries visible_from register year status since reported "
        "notified complex extended ended due clock held waits erases"
    ),
    "rungs": "tip unit_id clock due step at",
    "calls": "serial tip unit_id urgent due sent",
    "entries": "tip seq unit_id sealed",
    "grants": "tip recipient unit_id sealed opened",
    "mailboxes": "lookup tip unit_id sealed until",
    "former_keys": "tip recipient seq unit_id sealed",
    "tip_blobs": "name tip unit_id size",
}
"""Rule 1. Box and category lie in the sealed opening entry; channel and language lie nowhere."""


@pytest.mark.parametrize("table", CLEAR)
def test_a_tips_clear_facts_are_these_and_no_more(table: str) -> None:
    assert set(metadata.tables[table].columns.keys()) == set(CLEAR[table].split())


# Dependencies point one way.


def lint_imports(folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-logo", "--cache-dir", str(cache)]
    return subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=120)


def test_dependencies_point_one_way(tmp_path: Path) -> None:
    done = lint_imports(ROOT, tmp_path)
    assert done.returncode == 0, done.stdout
    assert "4 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("crypto/wrong.py", "import storage.errors"),
        ("handlers/wrong.py", "import bot.service.errors"),
        ("storage/wrong.py", "import handlers.table"),
        ("bot/service/wrong.py", "import bot.edge.http.frames"),
        ("bot/edge/wrong.py", "import bot.run.config"),
    ],
)
def test_a_wrong_dependency_is_found(tmp_path: Path, path: str, source: str) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / path).write_text(f"{source}\n", "utf-8")
    done = lint_imports(tmp_path, tmp_path / "cache")
    assert done.returncode == 1, done.stdout
    assert path.removesuffix(".py").replace("/", ".") in done.stdout
