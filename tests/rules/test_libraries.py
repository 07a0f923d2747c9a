"""Telegram is spoken through one of two libraries, and what needs one of them loads nothing of the other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = ("telegram.bot", "telegram.polling", "telegram.webhook")
ASK = "import sys, {0}; print(*sorted({{'aiogram', 'telegram'}} & set(sys.modules)))"


def loaded(*modules):
    """Which of the two are loaded with these modules, in a process of their own."""
    asked = ASK.format(", ".join(f"bot.edge.{module}" for module in modules))
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("driver", "library"), [("telegram.driver", ["aiogram"]), ("telegram_ptb.driver", ["telegram"])]
)
def test_a_driver_loads_its_own_library_alone(driver, library):
    assert loaded(f"drivers.{driver}") == library


def test_what_both_drivers_share_loads_neither():
    assert loaded(*(f"drivers.{module}" for module in SHARED), "http.telegram") == []


RUNNING = """
import sys
from bot.run.app import build
from bot.run.config import load_config
from bot.run.foundation import open_keys
open_keys(load_config())
build(load_config(), sys.argv[1])
print(*sorted({'aiogram', 'telegram'} & set(sys.modules)))
"""
RESIDENTS, OFFICERS = {"HOPTHU_TELEGRAM_TOKEN": "42:x"}, {"HOPTHU_TELEGRAM_DESK_TOKEN": "43:y"}


@pytest.mark.parametrize(
    ("role", "tokens", "libraries"),
    [
        ("all", {}, []),
        ("all", RESIDENTS, ["aiogram"]),
        ("worker", OFFICERS, ["telegram"]),
        ("intake", {**RESIDENTS, **OFFICERS}, ["aiogram"]),
        ("desk", {**RESIDENTS, **OFFICERS}, []),
        ("all", {**RESIDENTS, **OFFICERS}, ["aiogram", "telegram"]),
    ],
)
def test_a_process_loads_the_libraries_of_the_bots_that_it_serves(
    tmp_path: Path, role: str, tokens: dict[str, str], libraries: list[str]
) -> None:
    environment = {**os.environ, "HOPTHU_DATA_DIR": str(tmp_path), **tokens}
    done = subprocess.run(
        [sys.executable, "-c", RUNNING, role], check=True, capture_output=True, text=True, env=environment
    )
    assert done.stdout.split() == libraries
