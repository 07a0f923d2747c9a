"""`hopthu bench …`: measure this machine. Light to import: what measures is loaded when it runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bench.figures import Measured

BENCHES: dict[str, str] = {
    "intake": "Updates through the whole webhook path, held against a bare echo bot.",
    "tips": "Whole tips a second, from opening the page to the receipt shown, against stretching alone.",
    "desk": "An officer's console with ten thousand tips: first look, search, memory.",
    "footprint": "How much pages and processes weigh, and how soon they are ready.",
    "flood": "How long others wait while somebody floods.",
    "clocks": "What the steps that are due cost among a million open tips, against ten thousand.",
    "find": "How soon a unit of the country is found by what people type, and how often the right one.",
    "posters": "How fast a ward's posters are printed, each a PDF of its own.",
    "province": "How soon a whole province of units, boxes and officers is brought in by the commands.",
}
"""Every benchmark and what it measures, in the order of `bench all`. Each is a module here with `measure(quick)`.

`soak`, which takes as long as it is told, is a command of its own."""
SOAK = "Whether anything grows under half the load, for long."

Json = Annotated[bool, typer.Option("--json", help="as JSON")]
Quick = Annotated[bool, typer.Option("--quick", help="a short run that shows it works; its figures mean little")]

app = typer.Typer(help="Measure this machine. Example: hopthu bench footprint", no_args_is_help=True)


@app.command(name="all")
def all_(
    as_json: Json = False,
    quick: Quick = False,
    soak: Annotated[float, typer.Option(help="minutes of soak at the end; 0: none", min=0)] = 0,
) -> None:
    """Every benchmark, one after the other, with the machine's description. Example: hopthu bench all --json"""
    from bench.machine import description
    from bench.whole import measure_each

    machine = description()
    more = [("soak", "--minutes", f"{soak:g}")] if soak else []
    found, failed = measure_each(BENCHES, quick=quick, more=more)
    _show(found, as_json=as_json, machine=machine, failed=failed)
    if failed:
        raise typer.Exit(1)


def _measure(name: str, quick: bool) -> Measured:
    measure: Callable[[bool], Measured] = import_module(f"bench.{name}").measure
    return measure(quick)


def _show(
    found: list[Measured],
    *,
    as_json: bool,
    machine: Mapping[str, str] | None = None,
    failed: Mapping[str, str] | None = None,
) -> None:
    from bench import figures, table

    if as_json:
        around = {name: said for name, said in (("machine", machine), ("failed", failed)) if said}
        typer.echo(json.dumps({**around, **figures.as_json(found)}, ensure_ascii=False, indent=2))
        return
    table.show(found, machine)


def _command(name: str, meaning: str) -> None:
    def run(as_json: Json = False, quick: Quick = False) -> None:
        _show([_measure(name, quick)], as_json=as_json)

    run.__doc__ = f"{meaning} Example: hopthu bench {name} --json"
    app.command(name=name)(run)


@app.command(help=f"{SOAK} Example: hopthu bench soak --minutes 30")
def soak(
    minutes: Annotated[float, typer.Option(help="how long", min=0.1)] = 30,
    as_json: Json = False,
) -> None:
    """See `SOAK`."""
    from bench.soak import measure

    _show([measure(minutes)], as_json=as_json)


for _name, _meaning in BENCHES.items():
    _command(_name, _meaning)
