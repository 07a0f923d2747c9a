"""Audit chains as the console gets them: some records at a time, or whole as a file. Whose chain, the caller says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Response
from pydantic import Field

from bot.edge.http.frames import base64url
from bot.service.desk.audit import Stretch

First = Annotated[int, Field(ge=1, le=1_000_000_000)]


def records(found: Stretch) -> dict[str, Any]:
    """Some records of a chain, and the keys that the server's own are signed with."""
    bodies, keys = ([base64url(one) for one in some] for some in (found.records, found.keys))
    return {"n": found.n, "records": bodies, "keys": keys}


def chain_file(body: bytes, unit: str) -> Response:
    """A unit's chain to be saved."""
    name = {"Content-Disposition": f'attachment; filename="hopthu-audit-{unit}.txt"'}
    return Response(body, media_type="application/octet-stream", headers=name)
