"""One fault at any await of the engine and the worker: what was asked for again ends as if nothing had gone wrong.

Each act of a conversation that does everything is first done once and watched. Then it is done again from the same
standing with one fault at one stop, and asked for again as a messenger, a page or the schedule would. What everybody
finds afterwards is what they found without the fault.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from chaos.faults import TRIES, Fault, Faults, Stop, drawn, stepping, watch_ports
from chaos.standing import Told, go_back, more, nothing_is_left, snapshot, swept, told, watch_sends
from chaos.story import Act, Story, on_a_page, on_telegram, until_done
from installation import Installation, open_installation, receipt_in
from postgres_server import BOTH

STORES = BOTH
SEED = 20261122
A_SEED = 3
"""Faults drawn for an act and a seed on SQLite, where acts are quick; on PostgreSQL a third of them."""
AGAIN = 0.6
"""Share of the drawn faults that must happen: PostgreSQL's driver waits once or twice, as answers come in."""
Begun = Callable[[Installation], Awaitable[tuple[Story, list[Act]]]]


@pytest.mark.parametrize("begin", [on_telegram, on_a_page], ids=["telegram", "page"])
async def test_one_fault_at_any_await_changes_nothing(
    tmp_path: Path, url: str | None, begin: Begun, seeds: int, piece: slice
) -> None:
    chance, faults = random.Random(SEED + seeds), Faults()
    async with open_installation(tmp_path / "data", url=url) as box:
        story, acts = await begin(box)
        watch_sends(box)
        watch_ports(box, faults)
        most = A_SEED * seeds // (3 if url else 1)

        def draw(stops: Sequence[Stop]) -> list[Fault]:
            return drawn(stops, chance, most)[piece]

        happened = [await _act_under_faults(story, act, faults, draw) for act in acts]
        assert sum(map(sum, happened)) > AGAIN * sum(map(len, happened)), "another run passes by the same places"


async def _act_under_faults(
    story: Story, act: Act, faults: Faults, draw: Callable[[Sequence[Stop]], list[Fault]]
) -> list[bool]:
    """Do the act under each drawn fault, from the same standing; then once without, for the story to go on.

    Says of each fault whether it happened: threads may pass by the stops in another order.
    """
    happened: list[bool] = []
    box, person = story.box, story.person
    before = await snapshot(box, person)
    wanted = await _done(story, act, faults, None)
    for fault in draw(list(faults.stops)):
        await go_back(box, person, before)
        found = await _done(story, act, faults, fault)
        happened.append(faults.happened)
        assert _alike(wanted, found, act), (act.name, fault, _differences(wanted, found))
    await go_back(box, person, before)
    await _done(story, act, faults, None)
    said = await person.news()
    if any(out.shown.kind == "code" for out in said):
        story.code = receipt_in(said)
    return happened


async def _done(story: Story, act: Act, faults: Faults, fault: Fault | None) -> Told:
    """The act, under this fault, until it is done; then what everybody finds."""
    box = story.box
    attempt = act.ready()
    faults.reset(fault)
    async with stepping(faults):
        await until_done(act, attempt, TRIES)
        if act.job:  # what a fault left to the next round, or to another worker
            act.again()
            await until_done(act, attempt, TRIES)
    faults.end()
    if act.job:  # what an errand left half erased is dead, and goes within the hour
        await box.kept.expire()
    await nothing_is_left(box)
    found = await told(box, story.person, story.officer)
    await swept(box)
    return found


def _alike(wanted: Told, found: Told, act: Act) -> bool:
    """The same, but what is swept the next day, and one message that a worker sent twice, whose first copy may stay."""
    spare = dict.fromkeys(("blobs", "drawers", "shown", "sent"))
    sent, stays = more(wanted["sent"], found["sent"]), more(wanted["shown"], found["shown"])
    twice = sent is not None and stays is not None and stays <= sent <= int(act.sends)
    known = set(found["sent"]) == set(wanted["sent"])
    for one in (wanted, found):
        one["rows"].pop(act.left, None)
    return {**wanted, **spare} == {**found, **spare} and twice and known and found["blobs"] >= wanted["blobs"]


def _differences(wanted: Told, found: Told) -> dict[str, object]:
    return {name: (wanted[name], found[name]) for name in wanted if wanted[name] != found[name]}
