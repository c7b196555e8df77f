"""Who is here, who has planned, whom the round waits for: seen by everyone, wherever they and the game are."""

from typing import Any

import pytest

from clew.gateway.absent_host import HOST_AWAY_S
from clew.gateway.attendance import STANDING_TOLD_WITHIN_S
from clew.gateway.feeds import PULSE_SILENCE_S, TICK_S
from clew.sessions.bounds import PRESENCE_GRACE_S
from clew.testing.hosts.life import BOTH
from tests.clew.gateway.company_match import Match
from tests.clew.gateway.street import GATEWAY, HOST, Viewer, open_street

SOON_S = STANDING_TOLD_WITHIN_S + 0.1
KNOWN_S = PRESENCE_GRACE_S + 0.1


def asides(viewer: Viewer) -> list[tuple[Any, ...]]:
    told = [aside for message in viewer.messages for aside in message.get("asides", [])]
    return [(aside["type"], aside["id"], aside.get("presence", aside.get("ready"))) for aside in told]


def seen(viewer: Viewer, field: str) -> dict[str, Any]:
    return {player["player_id"]: player[field] for player in viewer.view["players"]}


async def plan(viewer: Viewer, name: str, *steps: dict[str, Any]) -> None:
    answer = await viewer.ask(type="plan", command_id=name, round=viewer.view["round"], steps=steps)
    assert answer["type"] == "accepted"


async def ready(viewer: Viewer, name: str) -> None:
    answer = await viewer.ask(type="ready", command_id=name, round=viewer.view["round"])
    assert answer["type"] == "accepted"


async def test_who_goes_away_is_seen_by_all_on_every_gateway_and_who_comes_back_too() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        await street.pass_s(KNOWN_S)
        ada, bo = match.players
        told = {viewer: len(asides(viewer)) for viewer in street.viewers}
        also_bo = next(viewer for viewer in street.viewers if viewer.user == bo.user and viewer is not bo)

        also_bo.close()
        await street.pass_s(KNOWN_S)
        one_left = seen(ada, "presence")
        bo.close()
        await street.pass_s(KNOWN_S)
        gone = seen(ada, "presence")
        back = await street.connect(match.first, match.code, bo.user)
        await street.pass_s(1)

        assert (one_left, gone) == ({"p1": "here", "p2": "here"}, {"p1": "here", "p2": "away"})
        for viewer in street.viewers:
            if viewer not in (bo, also_bo, back):
                assert asides(viewer)[told[viewer] :] == [("presence", "p2", "away"), ("presence", "p2", "here")]
                assert seen(viewer, "presence") == {"p1": "here", "p2": "here"}
        assert seen(back, "presence") == {"p1": "here", "p2": "here"}
        assert asides(back) == []


async def test_nobody_flickers_on_a_reconnect_nor_when_their_game_moves() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        await street.pass_s(KNOWN_S)
        ada, bo = match.players
        for _ in range(3):
            bo.close()
            await street.pass_s(PRESENCE_GRACE_S / 2)
            bo = await street.connect(match.east, match.code, bo.user)
            await street.pass_s(0.1)

        await match.first.kill()
        await street.until(lambda: match.second.feeds > 0)
        await street.pass_s(2 * KNOWN_S)

        assert asides(ada) == []
        assert seen(ada, "presence") == {"p1": "here", "p2": "here"}


async def test_who_does_not_come_to_where_the_game_is_now_is_away() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        await street.pass_s(KNOWN_S)
        ada, bo = match.players

        await match.west.kill()
        bo.close()
        for viewer in street.viewers:
            if viewer.user == bo.user:
                viewer.close()
        await street.pass_s(PULSE_SILENCE_S + 2 * TICK_S + KNOWN_S)

        assert seen(ada, "presence") == {"p1": "here", "p2": "away"}


async def test_all_see_who_has_planned_and_is_ready_and_nobody_sees_what() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players
        number, waited = bo.view["round"], bo.view["waiting_for"]
        began = {viewer: viewer.place for viewer in street.viewers}

        await plan(ada, "1", {"type": "wait"})
        await street.pass_s(SOON_S)
        planned = seen(bo, "has_plan"), seen(bo, "ready"), bo.view["waiting_for"]
        count = len(bo.messages)
        await plan(ada, "2", {"type": "move", "vector": {"q": 1, "r": 0}})
        await street.pass_s(SOON_S)
        changed_again = len(bo.messages) - count
        await ready(ada, "3")
        await street.pass_s(SOON_S)
        done = seen(bo, "has_plan"), seen(bo, "ready"), bo.view["waiting_for"]
        await plan(ada, "4", {"type": "wait"})
        await street.pass_s(SOON_S)
        taken_back = seen(bo, "ready"), bo.view["waiting_for"]

        assert (number, waited) == (1, ["p1", "p2"])
        assert planned == ({"p1": True, "p2": False}, {"p1": False, "p2": False}, ["p1", "p2"])
        assert changed_again == 0
        assert done == ({"p1": True, "p2": False}, {"p1": True, "p2": False}, ["p2"])
        assert taken_back == ({"p1": False, "p2": False}, ["p1", "p2"])
        assert asides(bo) == [("readiness", "p1", True), ("readiness", "p1", False)]
        assert bo.place == began[bo], "what others do changes nobody's numbers"


async def test_a_round_begins_with_nobody_ready_and_no_plan_without_a_word_more() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players

        await match.play()
        await street.pass_s(1)

        assert (seen(ada, "has_plan"), seen(ada, "ready")) == ({"p1": False, "p2": False},) * 2
        assert ada.view["waiting_for"] == ["p1", "p2"]
        assert ("readiness", "p1", False) not in asides(bo)


async def test_the_resigned_are_waited_for_by_nobody() -> None:
    async with open_street() as street:
        homes = await street.begin_all(a=BOTH, east=GATEWAY)
        people = [await street.person(homes[1], name) for name in ("Ada", "Bo", "Cy")]
        code = await street.table(homes[0], *people)
        ada, _, cy = [await street.connect(homes[1], code, person) for person in people]

        await cy.ask(type="resign", command_id="gone")
        await street.pass_s(SOON_S)

        assert ada.view["waiting_for"] == ["p1", "p2"]
        assert seen(ada, "has_plan")["p3"] is False


async def test_who_sits_down_without_a_socket_yet_is_here_and_a_lobby_shows_who_is_away() -> None:
    async with open_street() as street:
        home, east = await street.begin_all(a=BOTH, east=GATEWAY)
        ada, bo = [await street.person(east, name) for name in ("Ada", "Bo")]
        code = await street.lobby(home, ada)
        host = await street.connect(east, code, ada)
        await street.pass_s(KNOWN_S)

        await street.run(east.service.join(code, bo))
        await street.pass_s(0.1)
        joined = seen(host, "presence")
        await street.pass_s(KNOWN_S)
        never_came = seen(host, "presence")

        assert (joined, never_came) == ({"p1": "here", "p2": "here"}, {"p1": "here", "p2": "away"})


@pytest.mark.parametrize("more", [0, 40])
async def test_many_plans_are_few_messages(more: int) -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players
        before = len(bo.messages)

        for nth in range(1 + more):
            await plan(ada, f"n{nth}", {"type": "wait"})
        await street.pass_s(SOON_S)

        assert len(bo.messages) - before == 1


async def test_a_lobby_whose_host_has_gone_is_passed_on_to_who_came_first_of_those_who_are_here() -> None:
    async with open_street() as street:
        host, east, west = await street.begin_all(host=HOST, east=GATEWAY, west=GATEWAY)
        ada, bo, cy = [await street.person(east, name) for name in ("Ada", "Bo", "Cy")]
        code = await street.lobby(host, ada, bo, cy)
        sockets = [await street.connect(at, code, who) for at, who in ((east, ada), (west, bo), (east, cy))]
        await street.pass_s(KNOWN_S)

        sockets[1].close()
        sockets[0].close()
        await street.pass_s(KNOWN_S + HOST_AWAY_S - 1)
        before = (await street.run(east.service.game(code, cy))).host_id
        await street.pass_s(2)
        after = (await street.run(east.service.game(code, cy))).host_id

        assert (before, after) == ("p1", "p3"), "the second to come is away too"
        assert [event["type"] for event in sockets[2].events][-1] == "host_passed"
        await street.run(west.service.start(code, cy))


async def test_a_host_who_comes_back_in_time_stays_and_a_lobby_of_nobody_is_left_alone() -> None:
    async with open_street() as street:
        host, east = await street.begin_all(host=HOST, east=GATEWAY)
        ada, bo = [await street.person(east, name) for name in ("Ada", "Bo")]
        code = await street.lobby(host, ada, bo)
        sockets = [await street.connect(east, code, who) for who in (ada, bo)]
        await street.pass_s(KNOWN_S)

        sockets[0].close()
        await street.pass_s(KNOWN_S + HOST_AWAY_S - 5)
        back = await street.connect(east, code, ada)
        await street.pass_s(HOST_AWAY_S)
        in_time = (await street.run(east.service.game(code, ada))).host_id
        back.close()
        sockets[1].close()
        await street.pass_s(KNOWN_S + 3 * HOST_AWAY_S)
        nobody = (await street.run(east.service.game(code, ada))).host_id

        assert (in_time, nobody) == ("p1", "p1")
