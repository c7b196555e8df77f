"""Who was away, or comes anew: what they are told of what they missed, from the state or from the journal."""

import pytest

from clew.people.user import User
from tests.clew.gateway.house import House, Socket


class Untouchable:
    """Not to be called."""

    async def __call__(self, *_: object) -> object:
        raise AssertionError("the journal was asked")


async def test_who_resumes_gets_what_was_missed_and_then_goes_on_live(home: House, ada: User, bo: User) -> None:
    code = await home.table(ada, bo)
    always = await Socket.opened(home, code, ada)
    left = await Socket.opened(home, code, bo)
    left.close()
    playing = await Socket.opened(home, code, bo)
    for number in (1, 2):
        await always.ask(type="ready", command_id=f"a{number}", round=number)
        await playing.ask(type="ready", command_id=f"b{number}", round=number)

    back = await Socket.opened(home, code, bo, after=left.seq)
    await back.ask(type="plan", command_id="late", round=3, steps=[])

    assert back.messages[0]["resumed"]
    assert back.messages[0]["seq"] == left.seq
    await back.wait_until(lambda m: any(e["type"] == "plan_accepted" for e in m.get("events", [])))
    await playing.wait_until(lambda m: any(e["type"] == "plan_accepted" for e in m.get("events", [])))
    assert back.events == playing.events


@pytest.mark.parametrize("after", [10**6, 2**53 - 1])
async def test_who_knows_a_number_that_is_yet_to_come_starts_afresh(home: House, ada: User, after: int) -> None:
    socket = await Socket.opened(home, await home.table(ada), ada, after=after)

    assert not socket.messages[0]["resumed"]
    assert socket.messages[0]["history"] == "changed"
    assert socket.messages[0]["seq"] < after


async def test_who_missed_more_than_is_told_again_starts_afresh(
    home: House, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clew.gateway.resuming.RESUME_ENTRIES_MAX", 3)
    monkeypatch.setattr("clew.tables.log.events_log.LOG_LINES_MAX", 2)
    monkeypatch.setattr("clew.tables.log.events_log.LOG_LINES_KEPT", 2)
    code = await home.table(ada)
    playing = await Socket.opened(home, code, ada)
    began = playing.seq
    for number in range(4):
        await playing.ask(type="plan", command_id=f"c{number}", round=1, steps=[])

    late = await Socket.opened(home, code, ada, after=began)
    in_time = await Socket.opened(home, code, ada, after=began + 1)
    await in_time.wait_until(lambda message: message["type"] == "events")

    assert (late.messages[0]["resumed"], late.seq, late.events) == (False, began + 4, [])
    assert [event["seq"] for event in late.messages[0]["log"]] == [began + 3, began + 4]
    assert (in_time.messages[0]["resumed"], in_time.seq, len(in_time.events)) == (True, began + 4, 3)


async def test_after_nought_the_whole_log_is_told(home: House, ada: User) -> None:
    code = await home.table(ada)
    socket = await Socket.opened(home, code, ada, after=0)

    await socket.wait_until(lambda message: message["type"] == "events")

    assert [event["type"] for event in socket.events] == ["player_joined", "game_started"]


async def test_who_comes_back_soon_is_told_from_the_state_without_a_look_at_the_journal(
    home: House, ada: User, bo: User
) -> None:
    code = await home.table(ada, bo)
    always = await Socket.opened(home, code, ada)
    left = await Socket.opened(home, code, bo)
    left.close()
    await always.ask(type="plan", command_id="a1", round=1, steps=[])
    await always.ask(type="resign", command_id="a2")
    home.host.journal = Untouchable()  # type: ignore[method-assign, assignment]

    back = await Socket.opened(home, code, bo, after=left.seq)
    await back.wait_until(lambda message: message["type"] == "events")

    assert [event["type"] for event in back.events] == ["resigned", "game_over"]
    assert back.messages[0]["log"] == []


async def test_a_newcomer_is_welcomed_with_the_latest_of_the_story(home: House, ada: User, bo: User) -> None:
    code = await home.table(ada, bo)
    playing = await Socket.opened(home, code, ada)
    await playing.ask(type="plan", command_id="a1", round=1, steps=[])

    stories = {
        name: [event["type"] for event in (await Socket.opened(home, code, who)).messages[0]["log"]]
        for name, who in (("ada", ada), ("bo", bo), ("a stranger", None))
    }

    assert stories == {
        "ada": ["player_joined", "game_started", "plan_accepted"],
        "bo": ["player_joined", "game_started"],
        "a stranger": ["player_joined", "game_started"],
    }


async def test_what_happens_while_the_past_is_read_comes_after_it(
    home: House, ada: User, bo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watch begins before the journal is read; a commit in between must be told once, and in its place."""
    monkeypatch.setattr("clew.tables.log.events_log.LOG_LINES_MAX", 1)
    monkeypatch.setattr("clew.tables.log.events_log.LOG_LINES_KEPT", 1)
    code = await home.table(ada, bo)
    playing = await Socket.opened(home, code, ada)
    real = home.host.journal

    async def slow(*given: object, **named: object) -> object:
        home.host.journal = real
        await playing.ask(type="ready", command_id="a1", round=1)
        other = await Socket.opened(home, code, bo)
        await other.ask(type="ready", command_id="b1", round=1)
        return await real(*given, **named)  # type: ignore[arg-type]

    home.host.journal = slow  # type: ignore[method-assign, assignment]
    back = await Socket.opened(home, code, ada, after=0)
    await back.wait_until(lambda m: m.get("view", {}).get("round") == 2)

    assert home.host.journal == real, "the journal was asked"
    numbers = [event["seq"] for event in back.events]
    assert numbers == list(range(1, len(numbers) + 1))
