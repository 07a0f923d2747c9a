"""How a command reaches the installation: one act of the operator, its result, errors as the product's own families."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

import typer

if TYPE_CHECKING:
    from bot.service.desk.operator import Operator

T = TypeVar("T")
REQUEST = Path("sheet-request.json")
TipsLeft = Annotated[int, typer.Option(min=0, help="so many open tips may be left that nobody who is let in can open")]
RequestFile = Annotated[Path, typer.Option("--out", help="request file for the authority's machine")]


class Operate(Protocol):
    """Opens the installation, carries one act out, closes it."""

    def __call__(self, act: Callable[[Operator], Awaitable[T]]) -> T:
        """The act's result.

        Raises:
            HopthuError: in plain words for the operator.
        """
        ...
