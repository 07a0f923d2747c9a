"""The clock the product goes by: a leap of the machine's is not believed at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.run import app
from bot.run.belief import FileBelief
from bot.run.config import load_config
from bot.run.steady import BELIEVED_AFTER, LEAP, SteadyClock, since_boot

START = 1_795_000_000
HOUR, DAY, YEAR = 3600, 86_400, 365 * 86_400


@dataclass
class Machine:
    """A machine's two clocks; only one of them can be set."""

    wall: float = START
    boot: float = 77.0

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.boot += seconds

    def leaps(self, seconds: float) -> None:
        self.wall += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def clock(machine: Machine) -> SteadyClock:
    return SteadyClock(lambda: machine.wall, lambda: machine.boot)


LEAPS = pytest.mark.parametrize("leap", [4 * DAY, DAY, -HOUR, -YEAR, 50 * YEAR])


def test_it_is_the_machines_clock(machine: Machine, clock: SteadyClock) -> None:
    assert clock() == START
    machine.passes(DAY)
    assert clock() == START + DAY


@LEAPS
def test_a_leap_that_is_taken_back_never_was(machine: Machine, clock: SteadyClock, leap: float) -> None:
    machine.leaps(leap)
    for minute in range(1, 60):
        machine.passes(60)
        assert clock() == START + 60 * minute
    machine.leaps(-leap)
    machine.passes(HOUR)
    assert clock() == machine.wall


@LEAPS
def test_a_leap_that_stays_is_believed_after_an_hour(machine: Machine, clock: SteadyClock, leap: float) -> None:
    machine.leaps(leap)
    assert clock() == START
    machine.passes(BELIEVED_AFTER - 1)
    assert clock() == START + BELIEVED_AFTER - 1
    machine.passes(1)
    assert clock() == START + BELIEVED_AFTER + leap == machine.wall


def test_small_corrections_are_taken_at_once(machine: Machine, clock: SteadyClock) -> None:
    for correction in (2, -2, LEAP, -LEAP):
        machine.leaps(correction)
        assert clock() == machine.wall


def test_a_clock_that_leaps_again_is_waited_for_again(machine: Machine, clock: SteadyClock) -> None:
    for leap in (DAY, -3 * DAY, 9 * DAY):
        machine.leaps(leap)
        clock()
        machine.passes(BELIEVED_AFTER - 1)
    assert clock() == START + 3 * (BELIEVED_AFTER - 1)
    machine.passes(1)
    assert clock() == machine.wall


def test_a_leap_is_said_once_and_so_is_believing_it(machine: Machine, clock: SteadyClock) -> None:
    with capture_logs() as said:
        machine.leaps(DAY)
        for _ in range(3):
            clock()
        machine.passes(BELIEVED_AFTER)
        clock()
        clock()
    assert [event["event"] for event in said] == ["clock_leapt", "clock_believed"]


def test_without_a_machine_of_ours_it_is_this_ones() -> None:
    assert abs(SteadyClock()() - time.time()) < LEAP
    assert since_boot() <= since_boot()


@pytest.fixture
def role(machine: Machine, tmp_path: Path) -> Callable[[], SteadyClock]:
    """One more role of this machine, or the same one started again."""
    shared = FileBelief(tmp_path / "clock.json", "this run")
    return lambda: SteadyClock(lambda: machine.wall, lambda: machine.boot, shared=shared)


@LEAPS
def test_a_role_that_starts_during_a_leap_goes_by_the_others_time(
    machine: Machine, role: Callable[[], SteadyClock], leap: float
) -> None:
    """Else one would take the other's keys for dead, or for keys of the future."""
    worker = role()
    machine.leaps(leap)
    worker()
    machine.passes(1800)
    intake = role()
    assert intake() == worker() == START + 1800
    machine.passes(BELIEVED_AFTER - 1800)
    assert intake() == worker() == machine.wall
    assert role()() == machine.wall


def test_who_notices_a_leap_late_believes_it_with_the_others(machine: Machine, role: Callable[[], SteadyClock]) -> None:
    busy, idle = role(), role()
    machine.leaps(DAY)
    busy()
    machine.passes(BELIEVED_AFTER - 1)
    idle()
    machine.passes(1)
    assert idle() == busy() == machine.wall
    late = role()
    machine.leaps(DAY)
    busy()
    machine.passes(BELIEVED_AFTER)
    assert late() == busy() == machine.wall


def test_a_leap_put_right_is_forgotten_by_who_starts_later(machine: Machine, role: Callable[[], SteadyClock]) -> None:
    clock = role()
    machine.leaps(DAY)
    clock()
    machine.leaps(-DAY)
    clock()
    machine.leaps(DAY)
    machine.passes(BELIEVED_AFTER - 1)
    assert role()() == START + BELIEVED_AFTER - 1


@pytest.mark.parametrize(
    "damaged", ["", "{}", '{"boot": "this run", "ahead": "x", "leapt": null}', '{"boot": "another"}']
)
def test_what_cannot_be_read_or_is_of_another_run_counts_for_nothing(
    machine: Machine, role: Callable[[], SteadyClock], tmp_path: Path, damaged: str
) -> None:
    (tmp_path / "clock.json").write_text(damaged)
    (tmp_path / "clock.json").chmod(0o600)
    assert role()() == machine.wall


def test_without_room_time_goes_on(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("")
    clock = SteadyClock(
        lambda: machine.wall, lambda: machine.boot, shared=FileBelief(tmp_path / "full" / "clock.json", "this run")
    )
    machine.passes(60)
    assert clock() == machine.wall


class Laid(Exception):
    """The product was to be built on this clock."""


@pytest.mark.parametrize("role", ["all", "intake", "worker", "desk"])
def test_every_role_goes_by_it(role: app.Role, monkeypatch: pytest.MonkeyPatch) -> None:
    def lay_ground(_config: object, *, clock: object) -> None:
        raise Laid(type(clock).__name__)

    monkeypatch.setattr(app, "lay_ground", lay_ground)
    with pytest.raises(Laid, match="SteadyClock"):
        app.build(load_config(), role)
