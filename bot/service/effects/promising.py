"""What concerns more than three days becomes an errand: done by whoever delivers, in transactions of its own.

So no row that outlives an epoch is ever written together with a tip or with what ties a chat to anything.
"""

from __future__ import annotations

from typing import assert_never

from bot.service.errors import OurFault
from bot.service.outgoing import Errand
from bot.service.submissions import NewSubmission, Submission
from handlers.wishes import KeepAccess, Promise, StopWriting, Subscribe, TellNews, TellNoMore

FORGET = Errand("forget")


def errand(promise: Promise, submission: Submission | None) -> Errand:
    """The errand that keeps this promise; `submission` is what the same step files."""
    match promise:
        case Subscribe():
            return Errand("subscribe")
        case StopWriting():
            return Errand("stop")
        case TellNews(tip=tip):
            return Errand("tell", tip=(tip or _filed(submission)).hex())
        case TellNoMore(tip=tip):
            return Errand("tell-no-more", tip=tip.hex())
        case KeepAccess(token=token, lookup=lookup, seed=seed):
            return Errand("keep", token=token.hex(), lookup=lookup.hex(), seed=seed.hex())
        case _:
            assert_never(promise)


def _filed(submission: Submission | None) -> bytes:
    if not isinstance(submission, NewSubmission):
        raise OurFault("news were asked for on a tip that is not filed")
    return submission.row.id
