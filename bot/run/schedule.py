"""When fixed jobs run, whatever the machine's clock does: a leap forward is one run, a leap back holds none of them up.

APScheduler goes by the machine's clock. Left alone it counts every run that a leap forward passed over, one by one, and
after a leap back waits until the old time has come again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.base import BaseTrigger


class Every(BaseTrigger):  # type: ignore[misc] # ships no types
    """An interval from one run to the next, counted from when the run was."""

    def __init__(self, **interval: float) -> None:
        """`interval` as for `timedelta`: minutes=5."""
        self.interval = timedelta(**interval)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:  # noqa: ARG002 - its protocol
        """See `BaseTrigger.get_next_fire_time`."""
        return now + self.interval


def put_right(scheduler: BaseScheduler, now: datetime) -> None:
    """Let jobs run now that wait for longer than their interval: the clock was set back."""
    for job in scheduler.get_jobs():
        if job.next_run_time is not None and job.next_run_time - now > job.trigger.interval:
            job.modify(next_run_time=now)
