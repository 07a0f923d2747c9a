"""Arrivals are tried until durable, in order for each chat, and a fault of ours stops nobody else."""

from __future__ import annotations

import asyncio
import logging

from bot.edge.drivers.handing_over import TRIES, HandingOver, Outcome, hand_over
from bot.edge.drivers.lanes import Lanes
from bot.edge.drivers.memory import MemoryDriver
from bot.edge.drivers.waiting import LONGEST, Waits
from bot.service.arrivals import Refused, Text
from bot.service.coming import Coming
from bot.service.delivery_errors import RetryLater
from bot.service.errors import OurFault, OutsideFailed
from bot.service.intake import GivenUp

MESSENGER = MemoryDriver()


def arrival(chat="77", text="x"):
    return MESSENGER.arrival(chat, Text(text))


class Engine:
    """Receives; fails as told for each try, then takes."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.taken = []
        self.tries = 0

    async def receive(self, arrival):
        self.tries += 1
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(arrival)


async def handed(engine, arrival):
    waits = []

    async def sleep(seconds):
        waits.append(seconds)

    await HandingOver(engine.receive, lambda: 0.0, sleep).until_kept(arrival)
    return waits


async def test_outcomes():
    engine = Engine(OutsideFailed("busy"), RetryLater(), KeyError("x"), OurFault("x"))
    outcomes = [await hand_over(engine.receive, arrival()) for _ in range(5)]
    assert outcomes == [Outcome.LATER, Outcome.UNFETCHED, Outcome.BROKEN, Outcome.HOPELESS, Outcome.KEPT]


async def test_a_busy_store_is_waited_for_without_end():
    engine = Engine(*[OutsideFailed("busy")] * 40)
    written = arrival()
    waits = await handed(engine, written)
    assert engine.taken == [written]
    assert waits[:4] == [0.5, 1, 2, 4]
    assert max(waits) == LONGEST / 2


async def test_a_faulty_update_is_given_up_in_the_end(caplog):
    engine = Engine(*[KeyError("lời của bà con")] * 100)
    await handed(engine, arrival())
    assert (engine.tries, engine.taken) == (TRIES + 1, [])
    assert "given up" in caplog.text
    assert "lời của bà con" not in caplog.text


async def test_whose_update_is_given_up_is_told():
    engine, lost = Engine(*[KeyError("x")] * TRIES, OutsideFailed("busy")), arrival()
    await handed(engine, lost)
    assert engine.taken == [GivenUp(lost.bot, lost.channel, lost.chat, lost.update, lost.content, lost.message)]


async def test_what_would_never_work_is_given_up_at_once():
    """A blob that is gone stays gone: nobody behind it waits."""
    engine = Engine(OurFault("x"))
    assert await handed(engine, arrival()) == []
    assert [type(taken) for taken in engine.taken] == [GivenUp]


async def test_a_photo_that_cannot_be_fetched_is_refused_not_lost():
    engine = Engine(*[RetryLater()] * TRIES)
    await handed(engine, MESSENGER.arrival("77", MESSENGER.photo(b"x", caption="biển số")))
    assert [taken.content for taken in engine.taken] == [Refused("bad", "biển số", "photo")]


async def test_a_photo_that_breaks_us_is_given_up_and_the_next_goes_on(caplog):
    engine = Engine(*[KeyError("x")] * 2 * TRIES)
    await handed(engine, MESSENGER.arrival("77", MESSENGER.photo(b"x")))
    await handed(engine, arrival())
    assert [isinstance(taken, GivenUp) for taken in engine.taken] == [True, False]
    assert "given up" in caplog.text


async def test_one_chat_keeps_its_order_while_others_go_on():
    first, second, other = arrival("1", "a"), arrival("1", "b"), arrival("2", "c")
    engine, released = Engine(OutsideFailed("busy")), asyncio.Event()

    async def sleep(_):
        await released.wait()

    handing = HandingOver(engine.receive, lambda: 0.0, sleep)
    tasks = [asyncio.create_task(handing.until_kept(each)) for each in (first, second, other)]
    await tasks[2]
    assert engine.taken == [other]
    released.set()
    await asyncio.gather(*tasks)
    assert engine.taken == [other, first, second]


async def test_a_file_holds_up_no_word_after_it_and_is_counted_from_its_turn_on():
    before, word = arrival("1", "trước"), arrival("1", "gửi")
    slow, later = (MESSENGER.arrival("1", MESSENGER.photo(b"x")) for _ in range(2))
    coming, fetched, taken = Coming(), asyncio.Event(), []

    async def receive(received):
        if received is slow:
            await fetched.wait()
        taken.append((received, coming.beside(received)))

    handing = HandingOver(receive, lambda: 0.0, coming=coming)
    tasks = [asyncio.create_task(handing.until_kept(each)) for each in (before, slow, later, word)]
    await tasks[3]
    assert taken == [(before, 0), (word, 2)]
    fetched.set()
    await asyncio.gather(*tasks)
    assert taken[2:] == [(slow, 1), (later, 0)]
    assert coming._chats == {}


async def test_a_file_given_up_is_on_its_way_no_more():
    coming, file = Coming(), MESSENGER.arrival("1", MESSENGER.photo(b"x"))
    engine = Engine(*[RetryLater()] * TRIES)

    async def sleep(_):
        assert coming.beside(arrival("1")) == 1

    await HandingOver(engine.receive, lambda: 0.0, sleep, coming=coming).until_kept(file)
    assert coming.beside(arrival("1")) == 0


async def test_no_more_than_the_lanes_are_wide_at_once():
    lanes, inside, most = Lanes(width=3), 0, 0

    async def work(chat):
        nonlocal inside, most
        async with lanes.turn(chat), lanes.room():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work(str(chat)) for chat in range(20)))
    assert most == 3
    assert lanes._turns._lines == {}


def test_waits_double_with_chance_and_start_over():
    waits = Waits(lambda: 0.5)
    assert [waits.next() for _ in range(3)] == [0.75, 1.5, 3.0]
    assert waits.next(asked=30) == 30 + 6
    waits.reset()
    assert waits.next() == 0.75
    assert max(waits.next() for _ in range(50)) <= LONGEST


async def test_a_log_tells_the_kind_of_a_fault_alone(caplog):
    caplog.set_level(logging.DEBUG)
    await hand_over(Engine(ValueError("0900000000")).receive, arrival())
    assert "ValueError" in caplog.text
    assert "0900000000" not in caplog.text
