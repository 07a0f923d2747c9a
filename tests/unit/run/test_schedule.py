"""Fixed jobs, whatever the machine's clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.run.schedule import Every, put_right

NOW = datetime(2026, 11, 22, 3, 7, 7, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
async def scheduler() -> AsyncIOScheduler:
    found = AsyncIOScheduler(timezone="UTC")
    found.start(paused=True)
    found.add_job(lambda: None, Every(minutes=5), id="expire", next_run_time=NOW)
    return found


async def test_the_next_run_is_an_interval_after_this_one(scheduler: AsyncIOScheduler) -> None:
    (job,) = scheduler.get_jobs()
    late = NOW + timedelta(minutes=2)
    assert job.trigger.get_next_fire_time(NOW, late) == late + timedelta(minutes=5)


async def test_a_clock_set_forward_by_fifty_years_is_one_run(scheduler: AsyncIOScheduler) -> None:
    (job,) = scheduler.get_jobs()
    assert job._get_run_times(NOW + 50 * YEAR) == [NOW]


@pytest.mark.parametrize("back", [timedelta(hours=1), YEAR])
async def test_a_clock_set_back_holds_no_job_up(scheduler: AsyncIOScheduler, back: timedelta) -> None:
    put_right(scheduler, NOW - back)
    (job,) = scheduler.get_jobs()
    assert job.next_run_time == NOW - back


async def test_a_job_that_waits_for_its_turn_goes_on_waiting(scheduler: AsyncIOScheduler) -> None:
    put_right(scheduler, NOW - timedelta(minutes=5))
    (job,) = scheduler.get_jobs()
    assert job.next_run_time == NOW
