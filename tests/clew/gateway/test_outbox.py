"""What waits for one socket is bounded, in order, and never silently lost."""

import asyncio

from clew.gateway.outbox import CLOSE_RESTARTING, CLOSE_TRY_AGAIN, Outbox


async def test_messages_come_out_in_order_and_together() -> None:
    outbox = Outbox()
    outbox.put_nowait("a")
    outbox.put_nowait("b")

    assert await outbox.wait_messages() == ["a", "b"]


async def test_a_reader_is_woken_by_the_next_message() -> None:
    outbox = Outbox()
    async with asyncio.TaskGroup() as tasks:
        reader = tasks.create_task(outbox.wait_messages(), name="reader")
        tasks.create_task(_later(lambda: outbox.put_nowait("a")), name="writer")

    assert reader.result() == ["a"]


async def test_closing_lets_what_waits_out_first() -> None:
    outbox = Outbox()
    outbox.put_nowait("a")
    outbox.close_nowait(CLOSE_RESTARTING)
    outbox.put_nowait("b")

    assert await outbox.wait_messages() == ["a"]
    assert await outbox.wait_messages() == []
    assert outbox.close_code == CLOSE_RESTARTING


async def test_too_many_messages_close_it_for_another_try() -> None:
    outbox = Outbox(messages_max=2)
    for message in ("a", "b", "c"):
        outbox.put_nowait(message)

    assert await outbox.wait_messages() == []
    assert outbox.close_code == CLOSE_TRY_AGAIN


async def test_too_much_text_closes_it_but_one_message_always_fits() -> None:
    outbox = Outbox(chars_max=10)
    outbox.put_nowait("x" * 50)

    assert await outbox.wait_messages() == ["x" * 50]

    outbox.put_nowait("x" * 6)
    outbox.put_nowait("x" * 6)

    assert outbox.close_code == CLOSE_TRY_AGAIN


async def test_the_first_close_says_why() -> None:
    outbox = Outbox()
    outbox.close_nowait(CLOSE_TRY_AGAIN, "too slow")
    outbox.close_nowait(CLOSE_RESTARTING)

    assert (outbox.close_code, outbox.close_reason) == (CLOSE_TRY_AGAIN, "too slow")


def test_who_attends_is_called_once_until_all_was_taken() -> None:
    outbox, calls = Outbox(), list[str]()
    outbox.put_nowait("before")
    outbox.attend(lambda: calls.append("called"))
    outbox.put_nowait("a")
    outbox.put_nowait("b")

    assert calls == ["called"]
    assert outbox.take_nowait(7) == ["before", "a"]
    outbox.put_nowait("c")
    assert calls == ["called"]
    assert outbox.take_nowait(100) == ["b", "c"]
    assert outbox.take_nowait(100) == []
    outbox.put_nowait("d")
    assert calls == ["called", "called"]


def test_one_message_is_taken_however_long_it_is() -> None:
    outbox = Outbox(chars_max=100)
    for message in ("x" * 50, "y" * 50):
        outbox.put_nowait(message)

    assert outbox.take_nowait(10) == ["x" * 50]
    outbox.put_nowait("z" * 50)

    assert outbox.close_code is None
    assert outbox.take_nowait(100) == ["y" * 50, "z" * 50]


async def _later(act: object) -> None:
    assert callable(act)
    act()
