"""What a Bot API server answered, read leniently: whichever library called it, one meaning.

An answer that says "ok" is taken as it is, whatever its result looks like.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.edge.drivers.loose import Json, branch, whole, words

MAX_ANSWER = 32 * 1024 * 1024
"""Largest answer read, in bytes: a hundred updates are far below it."""
UNSAID_WAIT = 5
"""Seconds to wait after a 429 that does not say how long."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result, or why there is none: what the server said, how long to wait, the group's new number."""

    status: int
    result: Any = None
    said: str = ""
    wait: int | None = None
    moved: int | None = None

    @property
    def fine(self) -> bool:
        """True where the call was done."""
        return self.status == HTTPStatus.OK

    @property
    def understood(self) -> bool:
        """True where it was done, or the server says what is wrong with the call; anything else may work later."""
        return self.fine or HTTPStatus.BAD_REQUEST <= self.status < HTTPStatus.INTERNAL_SERVER_ERROR


def read_answer(status: int, content: str | bytes) -> Answer:
    """The answer to one call; its status is 200 or that of a failure."""
    answer = _object(content)
    code = whole(answer, "error_code")
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        if answer.get("ok") is True or ("ok" not in answer and "result" in answer):
            return Answer(HTTPStatus.OK, answer.get("result"))
        status = code if code is not None and code >= HTTPStatus.BAD_REQUEST else HTTPStatus.BAD_GATEWAY
    parameters = branch(answer, "parameters")
    wait = whole(parameters, "retry_after")
    if status == HTTPStatus.TOO_MANY_REQUESTS or wait is not None:
        wait = max(1, UNSAID_WAIT if wait is None else wait)
    return Answer(status, None, words(answer, "description"), wait, whole(parameters, "migrate_to_chat_id"))


def _object(content: str | bytes) -> Json:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
