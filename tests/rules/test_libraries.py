"""Telegram is spoken through one of two libraries, and what needs one of them loads nothing of the other."""

from __future__ import annotations

import subprocess
import sys

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
