"""The webhook's door: what it reads of a request, and what it answers."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bot.edge.drivers.telegram.webhook import HEADER, Webhook
from bot.edge.http.telegram import LARGEST_UPDATE, Door
from bot.service.arrivals import Arrival

Message = dict[str, Any]


class Noting:
    """A webhook that notes what it was handed."""

    def __init__(self) -> None:
        self.handed: list[tuple[str | None, bytes]] = []

    async def handle(self, secret: str | None, body: bytes, _receive: object) -> int:
        self.handed.append((secret, body))
        return 200


async def _receive(_: Arrival) -> None:
    raise AssertionError("the webhook is asked, not the engine")


async def knock(webhook: Noting, *messages: Message, method: str = "POST") -> list[Message]:
    """What is answered to a request that comes in these pieces."""
    coming, said = iter(messages), list[Message]()

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "method": method, "headers": [(HEADER.lower().encode(), b"secret")]}
    await Door(cast("Webhook", webhook), _receive)(scope, receive, send)
    return said


def piece(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_pieces_of_a_body_are_handed_over_together_with_the_secret() -> None:
    webhook = Noting()
    said = await knock(webhook, piece(b"{", more=True), piece(b"}"))
    assert webhook.handed == [("secret", b"{}")]
    assert said[0]["status"] == 200


async def test_who_hangs_up_in_the_middle_is_handed_over_nowhere_and_answered_nothing() -> None:
    webhook = Noting()
    assert await knock(webhook, piece(b"{", more=True), {"type": "http.disconnect"}) == []
    assert webhook.handed == []


@pytest.mark.parametrize(("method", "body", "status"), [("GET", b"", 405), ("POST", bytes(LARGEST_UPDATE + 1), 413)])
async def test_what_is_no_update_is_not_handed_over(method: str, body: bytes, status: int) -> None:
    webhook = Noting()
    said = await knock(webhook, piece(body, more=True), method=method)
    assert (said[0]["status"], webhook.handed) == (status, [])
