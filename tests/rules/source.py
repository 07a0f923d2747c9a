"""Reading our own source for the rule tests: which files there are, and what a check finds in them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "crypto", "handlers", "storage")
Check = Callable[[ast.Module], Iterator[str]]


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def web_files() -> list[Path]:
    return sorted(path for kind in ("ts", "tsx") for path in (ROOT / "web" / "src").rglob(f"*.{kind}"))


def broken(check: Check, *folders: str) -> dict[str, list[str]]:
    """What a check finds in which file of these folders, else of the product."""
    found = {
        str(path.relative_to(ROOT)): list(check(ast.parse(path.read_text("utf-8"))))
        for path in python_files(*(folders or PACKAGES))
    }
    return {path: problems for path, problems in found.items() if problems}


def found(check: Check, source: str) -> list[str]:
    """What a check finds in a sample."""
    return list(check(ast.parse(source)))


def imported(node: ast.AST) -> set[str]:
    """First names of the modules that a statement imports, and the names it takes from them."""
    match node:
        case ast.Import(names=names):
            return {alias.name.partition(".")[0] for alias in names}
        case ast.ImportFrom(module=str(module), names=names):
            return {module.partition(".")[0], *(alias.name for alias in names)}
        case _:
            return set()
