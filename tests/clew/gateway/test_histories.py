"""A store that comes back older than it was: everybody who holds what it does not have is told so, and nobody else."""

import copy
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from structlog.testing import capture_logs

from clew.people.user import User
from clew.sessions.bounds import TERMS_KEPT_MAX
from clew.testing.memory.store import memory_store
from clew.wiring.clock import RealClock
from tests.clew.gateway.company_match import Match
from tests.clew.gateway.house import House, Socket, handle, house
from tests.clew.gateway.street import Street, open_street


class Restored:
    """A store, a copy of how it once was, and houses on either, one after another."""

    def __init__(self) -> None:
        self.store = memory_store(RealClock())
        self._kept: Any = None

    def keep(self) -> None:
        self._kept = copy.deepcopy(self.store.kept.rows)

    def bring_back(self) -> None:
        self.store.kept.rows = copy.deepcopy(self._kept)


async def play(home: House, code: str, person: User, plans: int, label: str) -> tuple[int, str]:
    """So many plans of theirs; where that takes them."""
    socket = await Socket.opened(home, code, person)
    for number in range(plans):
        answer = await socket.ask(type="plan", command_id=f"{label}{number}", round=1, steps=[])
        assert answer["type"] == "accepted"
    socket.close()
    back = await Socket.opened(home, code, person)
    back.close()
    return back.seq, back.mark


@pytest.mark.parametrize("since", [0, 1, 3, 5])
async def test_who_comes_back_into_another_history_begins_anew_and_is_told_so(since: int) -> None:
    """Also where the other has come just as far, or further, than what they hold."""
    disk = Restored()
    async with house(disk.store) as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        code = await home.table(ada, bo)
        await play(home, code, ada, 1, "before")
        disk.keep()
        held = await play(home, code, ada, 3, "lost")
    disk.bring_back()

    async with house(disk.store) as home:
        now = await play(home, code, ada, since, "after")
        back = await Socket.opened(home, code, ada, *held)

    welcome = back.messages[0]
    assert (welcome["resumed"], welcome["history"], welcome["seq"]) == (False, "changed", now[0])
    assert back.events == []


async def test_who_holds_nothing_that_was_lost_goes_on() -> None:
    disk = Restored()
    async with house(disk.store) as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        code = await home.table(ada, bo)
        held = await play(home, code, ada, 2, "before")
        other = await play(home, code, bo, 0, "none")
        disk.keep()
        await play(home, code, ada, 3, "lost")
    disk.bring_back()

    async with house(disk.store) as home:
        await play(home, code, ada, 3, "after")
        back, watching = await Socket.opened(home, code, ada, *held), await Socket.opened(home, code, bo, *other)
        await back.wait_until(lambda message: message["type"] == "events")

    for socket in (back, watching):
        assert (socket.messages[0]["resumed"], socket.messages[0]["history"]) == (True, "same")
    assert [event["type"] for event in back.events] == ["clock_credited", *["plan_accepted"] * 3]


async def test_a_backup_that_is_restored_twice_makes_two_histories() -> None:
    disk = Restored()
    places = list[tuple[int, str]]()
    async with house(disk.store) as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        code = await home.table(ada, bo)
    disk.keep()
    for label in ("once", "twice"):
        disk.bring_back()
        async with house(disk.store) as home:
            places.append(await play(home, code, ada, 2, label))

    async with house(disk.store) as home:
        first, second = [await Socket.opened(home, code, ada, *place) for place in places]

    assert places[0][0] == places[1][0]
    assert (first.messages[0]["resumed"], first.messages[0]["history"]) == (False, "changed")
    assert (second.messages[0]["resumed"], second.messages[0]["history"]) == (True, "same")


async def test_restarts_and_what_others_do_change_no_history() -> None:
    disk = Restored()
    held = list[tuple[int, str]]()
    async with house(disk.store) as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        code = await home.table(ada, bo)
        held.append(await play(home, code, bo, 0, ""))
    for number in range(5):
        async with house(disk.store) as home:
            await play(home, code, ada, 1, f"life{number}")
            held.append(await play(home, code, bo, 1, f"bo{number}"))

    async with house(disk.store) as home:
        back = [await Socket.opened(home, code, bo, *place) for place in held]

    assert [(one.messages[0]["resumed"], one.messages[0]["history"]) for one in back] == [(True, "same")] * 6


@pytest.mark.parametrize("behind", [False, True])
async def test_of_marks_too_old_to_be_known_nothing_is_said(behind: bool) -> None:
    """Where no more than their age is against them: who holds later numbers of theirs has been told another story."""
    disk = Restored()
    async with house(disk.store) as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        code = await home.table(ada, bo)
        held = await play(home, code, ada, 1, "old")
    later = held
    for number in range(TERMS_KEPT_MAX + 1):
        async with house(disk.store) as home:
            later = await play(home, code, ada, 1, f"life{number}-")

    async with house(disk.store) as home:
        place = held if behind else (later[0], held[1])
        back = await Socket.opened(home, code, ada, *place)

    assert (back.messages[0]["resumed"], back.messages[0]["history"]) == (False, "unknown" if behind else "changed")


async def test_a_client_without_a_mark_is_served_as_ever(home: House, ada: User) -> None:
    code = await home.table(ada)
    seq, _ = await play(home, code, ada, 2, "x")

    back = await Socket.opened(home, code, ada, after=seq - 1)

    assert (back.messages[0]["resumed"], back.messages[0]["history"]) == (True, "unknown")
    await back.wait_until(lambda message: message["type"] == "events")
    assert [event["seq"] for event in back.events] == [seq]


async def test_a_mark_changes_only_with_what_its_viewer_is_told(home: House, ada: User, bo: User) -> None:
    code = await home.table(ada, bo)
    before = (await Socket.opened(home, code, bo)).messages[0]

    await play(home, code, ada, 3, "ada")

    after = (await Socket.opened(home, code, bo)).messages[0]
    assert (after["seq"], after["mark"]) == (before["seq"], before["mark"])


# --- on sockets that stay open ---------------------------------------------------------------------------------------


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    async with open_street() as opened:
        yield opened


async def test_open_sockets_are_welcomed_afresh_once_the_owner_has_found_the_store_set_back(street: Street) -> None:
    match = await Match.begun(street)
    kept = copy.deepcopy(street.store.kept.rows)
    await match.play(2)
    told = [viewer.place for viewer in street.viewers]
    assert match.players[0].view["round"] == 3
    street.store.kept.rows = kept

    with capture_logs() as logs:
        await street.run(handle(match.players[0].connection, b'{"type": "resign", "command_id": "notices"}'))
        took_s = await street.until(lambda: all(viewer.welcomes == 2 for viewer in street.viewers))

    assert took_s < 5
    for viewer, (seq, mark) in zip(street.viewers, told, strict=True):
        again = [message for message in viewer.messages if message["type"] == "welcome"][1]
        assert (again["resumed"], again["history"]) == (False, "changed")
        assert again["view"]["round"] == 1
        assert (again["seq"], again["mark"]) != (seq, mark)
        assert viewer.outbox.close_code is None
    said = [line for line in logs if line["event"] == "history_went_back"]
    assert {line["log_level"] for line in said} == {"error"}
    assert len(said) >= len(street.viewers)


async def test_play_goes_on_from_where_the_store_was_set_back_to(street: Street) -> None:
    match = await Match.begun(street)
    kept = copy.deepcopy(street.store.kept.rows)
    await match.play(2)
    street.store.kept.rows = kept

    await street.run(handle(match.players[0].connection, b'{"type": "ready", "command_id": "x", "round": 3}'))
    await street.until(lambda: all(viewer.welcomes == 2 for viewer in street.viewers))
    await match.play(2)

    assert {viewer.view["round"] for viewer in street.viewers} == {3}
    for viewer in street.viewers:
        anew = [number for number, message in enumerate(viewer.messages) if message["type"] == "welcome"][1]
        numbers = [event["seq"] for message in viewer.messages[anew:] for event in message.get("events", [])]
        began = viewer.messages[anew]["seq"]
        assert numbers == list(range(began + 1, began + 1 + len(numbers)))
