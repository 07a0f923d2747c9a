"""A sealed submission becomes rows: a new tip with its grants and notice, or further entries of an opened one.

A tip sealed to a unit that another one went on for meanwhile is that one's, as if it had been filed just before. What
is added under a key of before asks the desk for a new one: the last one shut the reporter out.
"""

from __future__ import annotations

from sqlalchemy import Connection

from bot.service.desk import mergers
from bot.service.errors import OurFault
from bot.service.site import SheetBook
from bot.service.submissions import Addition, NewSubmission, Submission
from handlers.wishes import AppendParts, FileTip
from storage.repositories import drafts, formerkeys, keyholders, notices, threads, tips


def file(
    connection: Connection, wish: FileTip | AppendParts, submission: Submission | None, book: SheetBook
) -> list[str]:
    """Write the submission and erase the draft's rows; the names of the draft's blobs, no longer needed."""
    match submission:
        case NewSubmission(row=row):
            tips.file(connection, row)
            mergers.bring_over(connection, book, row.unit)
        case Addition(entries=entries, notice=notice, former=former):
            threads.append(connection, notice.unit, notice.tip, entries)
            if former:
                keyholders.note_stale(connection, notice.unit, [notice.tip])
            else:
                formerkeys.proven_by_reporter(connection, notice.tip)
            notices.add(connection, notice)
        case None:
            raise OurFault("a submission was not sealed before its transaction")
    return list(drafts.remove_draft(connection, wish.draft.id))
