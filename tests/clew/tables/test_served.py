"""A game that imports nothing but the door, played over real sockets by people who know nothing but the protocol."""

import json
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from clew.client.commands import CommandRefused
from clew.client.faults import Rejected
from clew.client.guest import Guest
from tests.kit.server import Server
from tests.kit.table_play import Tables, table_server, tables_at

BIDS = "examples.bids.game:Bids"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Server]:
    async with table_server(tmp_path_factory.mktemp("bids"), BIDS) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="module")
async def tables(server: Server) -> AsyncGenerator[Tables]:
    async with tables_at(server.url, "bids") as tables:
        yield tables


async def test_a_plan_is_known_to_its_player_and_to_nobody_else_until_the_round_is_over(tables: Tables) -> None:
    ada, ben = await tables.begun("Ada", "Ben", options={"purse": 977})
    cy = await tables.watch(await tables.guest("Cy"))
    before = len(ben.sent), len(cy.sent)

    await ada.plan(bid=613)
    await ben.plan(bid=4)

    assert ada.now["you"]["plan"] == {"bid": 613}
    assert [event["plan"] for event in ada.told("plan_accepted")] == [{"bid": 613}]
    assert "613}" not in ben.text + cy.text  # a time can end in .613Z
    assert len(cy.sent) == before[1], "not even that somebody planned"
    assert [message["type"] for message in ben.sent[before[0] :]] == ["events", "accepted"]
    await ada.ready()
    await ben.ready()
    sold = {"type": "Sold", "to": "p1", "price": 613}
    for viewer in (ada, ben, cy):
        await viewer.wait_round(2)
        assert sold in [event["event"] for event in viewer.told("happened")]
    assert [event["event"] for event in ada.told("happened")][1] == {"type": "Paid", "seat": "p1", "left": 364}
    assert "Paid" not in ben.text + cy.text
    assert "364" not in ben.text + cy.text
    assert (ada.now["game"]["purse"], ben.now["game"]["purse"], cy.now["game"]["purse"]) == (364, 977, None)


async def test_everyones_numbers_are_their_own_and_have_no_gap(tables: Tables) -> None:
    ada, ben = await tables.begun("Ada", "Ben")
    for number, bid in enumerate((3, 2, 1), 2):
        await ada.plan(bid=bid)
        await ada.plan(bid=bid + 1)
        await ada.ready()
        await ben.ready()
        for viewer in (ada, ben):
            await viewer.wait_round(number)

    for viewer in (ada, ben):
        assert [event["seq"] for event in viewer.events] == list(range(1, len(viewer.events) + 1))
    assert len(ada.events) > len(ben.events)


async def test_who_comes_back_gets_what_they_missed(tables: Tables) -> None:
    ada, ben = await tables.begun("Ada", "Ben")
    seq, mark = ben.seq, ben.mark
    await ada.plan(bid=5)
    await ada.ready()
    await ben.ready()
    await ben.wait_round(2)

    back = await tables.watch(ben.guest, after=seq, mark=mark)

    assert (back.welcome["resumed"], back.welcome["history"]) == (True, "same")
    await back.wait(lambda _: bool(back.events))
    assert back.events == ben.events[-len(back.events) :]
    assert [event["type"] for event in back.events] == ["ready_accepted", "happened", "round_started"]


async def test_who_is_told_of_another_history_starts_afresh(tables: Tables) -> None:
    ada, _ = await tables.begun("Ada", "Ben")

    beyond = await tables.watch(ada.guest, after=99, mark=ada.mark)
    elsewhere = await tables.watch(ada.guest, after=ada.seq, mark="0123456789abcdef")

    for back in (beyond, elsewhere):
        assert (back.welcome["resumed"], back.welcome["history"]) == (False, "changed")
        assert back.events == ada.events


async def test_the_log_goes_back_to_the_lobby_and_says_what_was_told(tables: Tables) -> None:
    ada, ben = await tables.begun("Ada", "Ben")
    await ada.plan(bid=5)

    again = await tables.watch(ada.guest)

    assert again.welcome["resumed"] is False
    assert again.events == ada.events
    assert [event["type"] for event in again.events] == ["player_joined", "game_started", "plan_accepted"]
    assert again.now == ada.now
    assert ben.now["you"]["plan"] is None


async def test_a_command_takes_effect_once_however_often_it_is_sent(tables: Tables) -> None:
    ada, ben = await tables.begun("Ada", "Ben")
    command = {"type": "plan", "command_id": "one", "round": 1, "plan": {"bid": 5}}
    await ada.post(command)
    await ada.wait(lambda view: view["you"]["plan"] is not None)
    await ada.plan(bid=6)
    await ben.ready()

    await ada.post(command)
    await ada.ready()

    answers = [message["seq"] for message in ada.sent if message.get("command_id") == "one"]
    assert answers == [3, 3]
    await ada.wait_round(2)
    assert ada.told("happened")[0]["event"]["price"] == 6


async def test_what_is_refused_says_why(tables: Tables) -> None:
    ada, _ = await tables.begun("Ada", "Ben", options={"purse": 30})
    cy = await tables.watch(await tables.guest("Cy"))

    dear = await ada.send({"type": "plan", "round": 1, "plan": {"bid": 31}})
    stale = await ada.send({"type": "ready", "round": 7})
    stranger = await cy.send({"type": "ready", "round": 1})

    assert isinstance(dear, CommandRefused) and dear.error == {
        "code": "too_expensive",
        "message": "You have 30.",
        "details": {"purse": 30},
    }
    assert isinstance(stale, CommandRefused) and stale.code == "stale_round"
    assert isinstance(stranger, CommandRefused) and stranger.code == "not_playing"


async def test_a_plan_that_is_none_is_named_by_its_field(tables: Tables) -> None:
    ada, _ = await tables.begun("Ada", "Ben")

    await ada.post({"type": "plan", "command_id": "x", "round": 1, "plan": {"bid": -1}})

    await ada.wait(lambda _: ada.sent[-1]["type"] == "error")
    assert ada.sent[-1]["error"]["details"] == {"path": "plan.bid", "reason": "Expected `int` >= 0"}


async def test_who_resigns_is_out_and_the_last_one_wins(tables: Tables) -> None:
    ada, ben = await tables.begun("Ada", "Ben")

    await ada.do({"type": "resign"})

    view = await ben.wait_over()
    assert (view["winner_ids"], view["you"]["player_status"]) == (["p2"], "won")
    assert [event["id"] for event in ben.told("resigned")] == ["p1"]
    assert ben.told("game_over")[-1] == {
        "seq": ben.seq,
        "type": "game_over",
        "round": 1,
        "winner_ids": ["p2"],
        "why": None,
    }


async def test_in_the_lobby_a_seat_is_known_to_who_has_it(tables: Tables) -> None:
    ada = await tables.guest("Ada")
    tables.code = str((await ada.create_game(seats=3, round_seconds=60, options={"lots": 2}))["join_code"])

    seated, stranger = await tables.watch(ada), await tables.watch(await tables.guest("Cy"))

    assert seated.now["you"] == {
        "player_id": "p1",
        "player_status": "waiting",
        "on_turn": False,
        "autopilot": False,
        "plan": None,
        "ready": False,
    }
    assert (stranger.now["you"], stranger.now["viewer"]) == (None, "spectator")
    assert (seated.now["game"], seated.now["round_seconds"]) == (None, 60)
    assert seated.now["options"] == {"lots": 2, "purse": 30}


async def test_bots_play_it_to_the_end_and_it_is_watched_again(tables: Tables) -> None:
    (ada,) = await tables.begun("Ada", seats=3, bots=2, options={"lots": 2}, seed=5)
    await ada.plan(bid=7)
    await ada.ready()
    await ada.wait_round(2)
    await ada.send({"type": "plan", "round": 2, "plan": {"bid": 99}})
    with pytest.raises(Rejected) as early:
        await ada.guest.replay(tables.code)
    await ada.ready()
    await ada.wait_over()

    replay = await ada.guest.replay(tables.code)

    assert early.value.code == "game_not_over"
    initial, events, states = replay["initial"], replay["events"], replay["states"]
    assert {name: initial[name] for name in ("kind", "join_code", "options", "round_seconds", "seed")} == {
        "kind": "bids",
        "join_code": tables.code,
        "options": {"lots": 2, "purse": 30},
        "round_seconds": 20,
        "seed": 5,
    }
    assert [member["is_bot"] for member in initial["members"]] == [False, True, True]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    plans = [event for event in events if event["type"] == "plan_accepted"]
    assert [plan["id"] for plan in plans] == ["p1", "p2", "p3", "p2", "p3"]
    assert plans[0]["plan"] == {"bid": 7} and plans[0]["command_id"] and plans[1]["command_id"] is None
    assert [event["code"] for event in events if event["type"] == "command_refused"] == ["too_expensive"]
    assert [(state["round"], len(state["state"]["sold"])) for state in states] == [(0, 0), (1, 1), (2, 2)]
    assert states[-1]["seq"] == events[-1]["seq"]
    assert states[0]["state"]["purses"] == {"p1": 30, "p2": 30, "p3": 30}


async def test_a_table_is_listed_as_what_it_is(tables: Tables) -> None:
    ada, ben = await tables.begun("Ada", "Ben", options={"lots": 3}, bots=1)

    one = await ben.guest.game(tables.code)
    mine = await ada.guest.call("GET", "/games?mine=true&status=active")

    (listed,) = mine["games"]
    assert listed == {**one, "you": "p1", "made_at": listed["made_at"]}
    assert mine["next_cursor"] is None
    assert {name: one[name] for name in ("kind", "game_status", "latest_round", "winner_ids", "options", "you")} == {
        "kind": "bids",
        "game_status": "active",
        "latest_round": 1,
        "winner_ids": [],
        "options": {"lots": 3, "purse": 30},
        "you": "p2",
    }
    assert one["round_ends_at"].endswith("Z") and one["round_ends_at"] == ada.now["round_ends_at"]
    assert one["players"] == [
        {field: value for field, value in player.items() if field not in ("presence", "has_plan", "ready")}
        for player in ada.now["players"]
    ]


async def test_what_cannot_be_made_is_refused_by_the_fields_path(tables: Tables) -> None:
    ada = await tables.guest("Ada")
    wrong: list[dict[str, object]] = [
        {"options": {"lots": 0}},
        {"options": {"lot": 3}},
        {"seats": 7},
        {"seats": 2, "bots": 2},
        {"round_seconds": 1},
        {"kind": "chess"},
        {"seed": "one"},
        {"settings": {}},
    ]

    said = [await refusal_of(ada, asked) for asked in wrong]

    assert {(error.status, error.code) for error in said} == {(422, "invalid")}
    assert [error.error["details"]["path"] for error in said] == [
        *("options.lots", "options.lot", "seats", "bots", "round_seconds", "kind", "seed", "settings"),
    ]


async def refusal_of(guest: Guest, asked: dict[str, object]) -> Rejected:
    with pytest.raises(Rejected) as refused:
        await guest.create_game(**asked)
    return refused.value


async def test_no_subprotocol_but_its_own_is_spoken(tables: Tables) -> None:
    (ada,) = await tables.begun("Ada", bots=1)
    url = f"{tables.url.replace('http', 'ws', 1)}/api/v1/games/{tables.code}/socket"
    token = {"Authorization": f"Bearer {ada.guest.token}"}

    async with connect(url, subprotocols=[Subprotocol("chess.v1")], additional_headers=token) as socket:
        said = json.loads(await socket.recv())
        await socket.wait_closed()

    assert (said["error"]["code"], said["error"]["message"]) == ("invalid", "Offer the subprotocol bids.v1.")
    assert socket.close_code == 1008
