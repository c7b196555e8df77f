"""People come, go, are sent away and pass a game on, on a real server that is killed between any two of it."""

from pathlib import Path
from typing import Any

import pytest

from clew.client.faults import Rejected
from clew.client.guest import Guest
from clew.gateway.calls import ChangeOrder, LeaveOrder, OrderCall, SendAwayOrder
from clew.sessions.ids import GameId
from clew.tables.lobby.members import seat_at
from minotaur.play.kind import KIND
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_http import CreateGame
from tests.clew.gateway.house import house
from tests.kit.forms import first_of
from tests.kit.table_play import Tables, Viewer, table_server, tables_at

GAMES = ("minotaur", "examples.bids.game:Bids")
BOTS = {"minotaur": "wanderer", "bids": "bot"}

each_kind = pytest.mark.parametrize("kind", BOTS)


async def seats(guest: Guest, code: str) -> dict[str, Any]:
    return {each["player_id"]: each["bot"] or each["display_name"] for each in (await about(guest, code))["players"]}


async def about(guest: Guest, code: str) -> dict[str, Any]:
    return await guest.call("GET", f"/games/{code}")


async def refusal(guest: Guest, method: str, path: str, body: dict[str, Any] | None = None) -> Rejected:
    with pytest.raises(Rejected) as refused:
        await guest.call(method, path, body)
    return refused.value


async def lobby(tables: Tables, *names: str) -> list[Guest]:
    host, *others = [await tables.guest(name) for name in names]
    tables.code = str((await host.create_game(kind=tables.kind, seats=4, bots=1))["join_code"])
    for other in others:
        await other.join(tables.code)
    return [host, *others]


def told(viewer: Viewer) -> list[tuple[str, object]]:
    return [(event["type"], event.get("id", event.get("seat"))) for event in viewer.events]


def in_order(viewer: Viewer) -> bool:
    numbers = [event["seq"] for event in viewer.events]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@pytest.mark.parametrize("kind", first_of(*BOTS))
async def test_all_of_it_survives_kill_9_between_any_two(tmp_path: Path, kind: str) -> None:
    async with table_server(tmp_path, *GAMES) as server, tables_at(server.url, kind) as tables:
        ada, bo, cy = await lobby(tables, "Ada", "Bo", "Cy")
        game = f"/games/{tables.code}"

        async def crash() -> None:
            await server.kill()
            await server.start()

        await ada.call("DELETE", f"{game}/players/p2")
        await crash()
        sent_away = await refusal(bo, "POST", f"{game}/join")
        await ada.call("PATCH", game, {"seats": {"2": {"bot": BOTS[kind]}}})
        await crash()
        with_bot = await seats(cy, tables.code)
        await ada.call("PATCH", game, {"round_seconds": 77, "bots": 2})
        await crash()
        await ada.call("POST", f"{game}/leave")
        await crash()
        left = await about(cy, tables.code)
        mine = (await ada.call("GET", "/games?mine=true"))["games"]
        not_hers = await refusal(ada, "PATCH", game, {"bots": 1})
        await cy.call("POST", f"{game}/start")
        await crash()
        begun = await about(cy, tables.code)

    assert sent_away.code == "sent_away"
    assert with_bot == {"p1": "Ada", "p2": BOTS[kind], "p3": "Cy"}
    assert (left["host_id"], left["you"], left["bots"]) == ("p3", "p3", 2)
    assert 77 in (left.get("round_seconds"), left.get("settings", {}).get("round_seconds"))
    assert [player["player_id"] for player in left["players"]] == ["p2", "p3"]
    assert mine == []
    assert not_hers.code == "not_host"
    assert begun["game_status"] == "active"
    assert [player["is_bot"] for player in begun["players"]] == [True, True, False, True]
    assert begun["players"][1]["bot"] == BOTS[kind]


@each_kind
async def test_who_leaves_watches_on_and_comes_back_to_another_seat_with_no_number_missing(
    tmp_path: Path, kind: str
) -> None:
    async with table_server(tmp_path, *GAMES) as server, tables_at(server.url, kind) as tables:
        ada, bo, cy = await lobby(tables, "Ada", "Bo", "Cy")
        dot = await tables.guest("Dot")
        game = f"/games/{tables.code}"
        watching = await tables.watch(bo)
        beside = await tables.watch(dot)

        await bo.call("POST", f"{game}/leave")
        await watching.wait(lambda view: [each["player_id"] for each in view["players"]] == ["p1", "p3"])
        as_spectator = await about(bo, tables.code)
        await dot.join(tables.code)
        await bo.join(tables.code)
        await server.kill()
        await server.start()
        await ada.call("DELETE", f"{game}/players/p3")
        await ada.call("PATCH", game, {"seats": {"3": {"bot": BOTS[kind]}}})
        await ada.call("PATCH", game, {"host_id": "p4", "round_seconds": 66})
        await bo.start(tables.code)
        for viewer in (watching, beside):
            await viewer.wait_round(1)

    assert as_spectator["you"] is None
    assert told(watching)[-10:-1] == told(beside)[-10:-1]
    assert told(watching)[2:10] == [
        ("left", "p2"),
        ("player_joined", "p2"),
        ("player_joined", "p4"),
        ("sent_away", "p3"),
        ("seat_changed", 3),
        ("settings_changed", None),
        ("host_passed", "p4"),
        ("game_started", None),
    ]
    assert in_order(watching)
    assert in_order(beside)
    assert watching.now["host_id"] == "p4"
    assert cy.display_name not in [player["display_name"] for player in watching.now["players"]]


@each_kind
async def test_a_change_that_can_not_be_names_its_field_and_changes_nothing(tmp_path: Path, kind: str) -> None:
    async with table_server(tmp_path, *GAMES) as server, tables_at(server.url, kind) as tables:
        ada, _ = await lobby(tables, "Ada", "Bo")
        game = f"/games/{tables.code}"
        before = await about(ada, tables.code)
        own = "settings.nothing" if kind == "minotaur" else "options.nothing"
        bodies = {
            "seats": {"host_id": "p2", "seats": 99},
            "bots": {"round_seconds": 60, "bots": 9},
            "round_seconds": {"host_id": "p2", "round_seconds": 1},
            "host_id": {"round_seconds": 60, "host_id": "p3"},
            "seats.9": {"round_seconds": 60, "seats": {"9": None}},
            "seats.1": {"seats": {"1": {"bot": BOTS[kind]}}},
            "seats.3.bot": {"seats": {"4": None, "3": {"bot": "oracle"}}},
            own: {"host_id": "p2", own.partition(".")[0]: {"nothing": 1}},
            "join_code": {"join_code": "MINE23"},
        }

        found = {path: await refusal(ada, "PATCH", game, body) for path, body in bodies.items()}

        assert {path: error.code for path, error in found.items()} == dict.fromkeys(bodies, "invalid")
        assert {path: error.error["details"]["path"] for path, error in found.items()} == {
            path: path for path in bodies
        }
        assert await about(ada, tables.code) == before


async def test_what_is_sent_again_by_a_router_has_no_second_effect_and_the_first_answer() -> None:
    async with house() as open_house:
        ada, bo = await open_house.person("Ada"), await open_house.person("Bo")
        made = await open_house.service.create_game(ada, CreateGame(seats=4))
        for person in (bo, await open_house.person("Cy")):
            await open_house.service.join(made.join_code, person)
        game_id = GameId(made.game_id)
        calls: list[OrderCall[Any]] = [
            OrderCall(ada.user_id, "c1", SendAwayOrder(seat_at(3))),
            OrderCall(ada.user_id, "c2", ChangeOrder(ChangeGame(host_id="p2", round_seconds=60))),
            OrderCall(bo.user_id, "c3", LeaveOrder()),
        ]

        for call in [call for call in calls for _ in range(2)]:
            await open_house.games.dispatch.ask(KIND, game_id, call)

        journal = await open_house.host.journal(game_id, 3, 100)
    assert [type(entry.event).__name__ for entry in journal] == [
        "SentAway",
        "SettingsChanged",
        "HostPassed",
        "HostPassed",
        "Left",
    ]
