"""How long a flood lasted, and whether those who were measured beside it were measured in it alone."""

from __future__ import annotations

from dataclasses import dataclass

from bench.traffic.load import Result
from bot.service.errors import OutsideFailed


@dataclass(frozen=True, slots=True)
class Lasted:
    """A flood, from `began` to `ended` on the monotonic clock; `acts` of it were answered or refused."""

    began: float
    ended: float
    acts: int

    @property
    def per_second(self) -> float:
        """Acts a second."""
        return self.acts / (self.ended - self.began)

    def around(self, others: Result) -> Result:
        """These others, all of whose messages and answers fell into it.

        Raises:
            OutsideFailed: some came before or after it: what they waited says nothing of it.
        """
        if others.started < self.began or max(others.posted, others.answered) > self.ended:
            raise OutsideFailed("a flood did not last as long as those who were measured in it")
        return others


def of_load(result: Result) -> Lasted:
    """A load of a peer, as the flood it was."""
    return Lasted(result.started, result.posted, sum(result.statuses.values()))
