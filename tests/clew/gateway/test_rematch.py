"""Those who played play again: one lobby, whoever asks first, with everybody's seat kept for them."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest

from clew.client.faults import Rejected
from clew.client.guest import Guest
from clew.people.caps import Caps
from clew.people.user import User
from clew.sessions.ids import GameId
from clew.sessions.records import Compacted
from clew.wire.changing import SeatChange
from clew.wire.errors import ApiError
from clew.wire.http import Rematched
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_http import CreateGame, GameInfo
from tests.clew.gateway.house import House, Socket, house
from tests.clew.gateway.street import GATEWAY, HOST, open_street
from tests.kit.table_play import table_server, tables_at

GAMES = ("minotaur", "examples.bids.game:Bids")

each_kind = pytest.mark.parametrize("kind", ["minotaur", "bids"])


async def people(at: House, *names: str) -> list[User]:
    return [await at.person(name) for name in names]


async def ended(at: House, *seated: User, **asked: Any) -> str:
    """A game of these people that is over, since all but the last gave up."""
    code = (await at.service.create_game(seated[0], CreateGame(seats=len(seated), **asked))).join_code
    for person in seated[1:]:
        await at.service.join(code, person)
    await at.service.start(code, seated[0])
    for person in seated[:-1]:
        await at.service.leave(code, person)
    return code


async def about(at: House, code: str, user: User | None = None) -> GameInfo:
    return await at.service.game(code, user)


async def refusal(of: Awaitable[object]) -> ApiError:
    with pytest.raises(ApiError) as refused:
        await of
    return refused.value


def seated(info: GameInfo) -> dict[str, str]:
    return {each.player_id: each.bot or each.display_name for each in info.players}


def kept(info: GameInfo) -> dict[str, str]:
    return {each.player_id: each.display_name for each in info.kept}


async def test_whoever_asks_first_is_host_and_a_seat_is_kept_for_each_of_the_others() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        code = await ended(at, ada, bo, cy, preset="classic", round_seconds=77, bot="wanderer", bots=1, seed=5)

        made = await at.service.rematch(code, bo)

        lobby = await about(at, made.join_code, cy)
        assert (made.player_id, lobby.host_id) == ("p2", "p2")
        assert (seated(lobby), kept(lobby)) == ({"p2": "Bo"}, {"p1": "Ada", "p3": "Cy"})
        assert (lobby.you, lobby.invited) == (None, "p3")
        assert (lobby.preset, lobby.settings["round_seconds"], lobby.bot, lobby.bots) == ("classic", 77, "wanderer", 1)
        assert (lobby.game_status, lobby.seats, lobby.seed_chosen) == ("lobby", 3, False)
        assert (await about(at, code)).rematch == made.join_code


async def test_bots_sit_where_they_sat_and_are_of_their_kind() -> None:
    async with house() as at:
        (ada, bo) = await people(at, "Ada", "Bo")
        code = (await at.service.create_game(ada, CreateGame(seats=4, bots=3))).join_code
        bots = {2: SeatChange("wanderer"), 3: SeatChange("hunter")}
        await at.service.change(code, ada, lambda _: ChangeGame(seats=dict(bots)))
        await at.service.join(code, bo)
        await at.service.start(code, ada)
        for person in (ada, bo):
            await at.service.leave(code, person)
        watching = await Socket.opened(at, code, None)
        await watching.wait_until(lambda message: "view" in message and message["view"]["game_status"] == "concluded")

        made = await at.service.rematch(code, ada)

        lobby = await about(at, made.join_code)
        assert seated(lobby) == {"p1": "Ada", "p2": "wanderer", "p3": "hunter"}
        assert kept(lobby) == {"p4": "Bo"}


async def test_who_asks_later_sits_down_in_the_seat_they_had_and_asking_again_gives_the_same() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        code = await ended(at, ada, bo, cy)

        first = [await at.service.rematch(code, person) for person in (cy, ada, bo)]
        again = [await at.service.rematch(code, person) for person in (cy, ada, bo)]

        assert first == again
        assert [made.player_id for made in first] == ["p3", "p1", "p2"]
        assert len({made.join_code for made in first}) == 1
        lobby = await about(at, first[0].join_code)
        assert (seated(lobby), kept(lobby), lobby.host_id) == ({"p1": "Ada", "p2": "Bo", "p3": "Cy"}, {}, "p3")


async def test_all_at_once_come_to_one_lobby() -> None:
    async with house() as at:
        players = await people(at, *(f"P{number}" for number in range(8)))
        code = await ended(at, *players)

        made = await asyncio.gather(*(at.service.rematch(code, person) for person in players * 3))

        assert len({each.join_code for each in made}) == 1
        assert sorted({each.player_id for each in made}) == [f"p{number}" for number in range(1, 9)]
        mine = await at.service.games_of(players[0])
        assert [game.game_status for game in mine.games] == ["lobby", "concluded"]


async def test_a_stranger_gets_no_seat_that_is_kept_and_gets_it_when_it_is_declined() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        code = (await at.service.rematch(await ended(at, ada, bo), ada)).join_code

        kept_out = await refusal(at.service.join(code, cy))
        await at.service.leave(code, bo)
        got = await at.service.join(code, cy)

        assert (kept_out.code, got.player_id) == ("game_full", "p2")
        assert (await refusal(at.service.join(code, bo))).code == "game_full"


async def test_who_came_and_left_has_nothing_kept() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        code = (await at.service.rematch(await ended(at, ada, bo), ada)).join_code
        await at.service.join(code, bo)

        await at.service.leave(code, bo)

        assert (await at.service.join(code, cy)).player_id == "p2"


async def test_the_host_gives_a_kept_seat_away_to_a_bot_or_to_anybody() -> None:
    async with house() as at:
        ada, bo, cy, dee = await people(at, "Ada", "Bo", "Cy", "Dee")
        code = (await at.service.rematch(await ended(at, ada, bo, cy), ada)).join_code

        await at.service.change(code, ada, lambda _: ChangeGame(seats={2: SeatChange("hunter")}))
        await at.service.send_away(code, ada, "p3")

        lobby = await about(at, code)
        assert (seated(lobby), kept(lobby)) == ({"p1": "Ada", "p2": "hunter"}, {})
        assert (await at.service.join(code, dee)).player_id == "p3"
        assert (await refusal(at.service.join(code, cy))).code == "game_full"


async def test_fewer_seats_keep_no_seat_that_is_no_more() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        code = (await at.service.rematch(await ended(at, ada, bo, cy), ada)).join_code
        socket = await Socket.opened(at, code, cy)

        await at.service.change(code, ada, lambda _: ChangeGame(seats=2))

        told = await socket.wait_until(lambda m: any(e["type"] == "released" for e in m.get("events", [])))
        assert kept(await about(at, code)) == {"p2": "Bo"}
        assert [(e["type"], e.get("display_name")) for e in told["events"]] == [
            ("released", "Cy"),
            ("settings_changed", None),
        ]


async def test_who_never_comes_holds_nobody_up_and_finds_it_begun() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        over = await ended(at, ada, bo, cy, bots=1)
        code = (await at.service.rematch(over, ada)).join_code
        await at.service.rematch(over, cy)

        await at.service.start(code, ada)

        late = await refusal(at.service.rematch(over, bo))
        assert (late.code, late.details["join_code"]) == ("game_started", code)
        game = await about(at, code, bo)
        assert (kept(game), game.invited, seated(game)["p2"]) == ({}, None, "hunter")


async def test_what_was_called_off_is_followed_by_another() -> None:
    async with house() as at:
        ada, bo = await people(at, "Ada", "Bo")
        over = await ended(at, ada, bo)
        first = await at.service.rematch(over, ada)

        await at.service.leave(first.join_code, ada)  # the only one who was there
        none = (await about(at, over)).rematch
        second = await at.service.rematch(over, bo)

        assert none is None
        assert second.join_code != first.join_code
        assert (await about(at, over)).rematch == second.join_code
        assert kept(await about(at, second.join_code)) == {"p1": "Ada"}
        assert [game.game_status for game in (await at.service.games_of(bo)).games] == ["lobby", "concluded"]


async def test_a_game_whose_journal_was_compacted_has_one_as_any_other() -> None:
    async with house() as at:
        ada, bo = await people(at, "Ada", "Bo")
        over = await ended(at, ada, bo, preset="classic", round_seconds=77)
        compacted = await at.store.archives.compact(GameId((await about(at, over)).game_id))
    async with house(at.store) as later:
        made = await later.service.rematch(over, bo)
        second = await later.service.rematch(over, ada)

        lobby = await about(later, made.join_code, ada)
        assert isinstance(compacted, Compacted)
        assert (second.join_code, second.player_id) == (made.join_code, "p1")
        assert (seated(lobby), lobby.host_id) == ({"p1": "Ada", "p2": "Bo"}, "p2")
        assert (lobby.preset, lobby.settings["round_seconds"]) == ("classic", 77)
        assert (await about(later, over)).rematch == made.join_code


async def test_a_rematch_has_a_rematch() -> None:
    async with house() as at:
        ada, bo = await people(at, "Ada", "Bo")
        code = await ended(at, ada, bo)
        codes = [code]

        for _ in range(3):
            code = (await at.service.rematch(codes[-1], bo)).join_code
            assert (await at.service.rematch(codes[-1], ada)).join_code == code
            await at.service.start(code, bo)
            await at.service.leave(code, ada)
            codes.append(code)

        assert len(set(codes)) == 4
        listed = (await at.service.games_of(ada)).games
        assert [(game.join_code, game.rematch) for game in listed] == [
            (codes[3], None),
            (codes[2], codes[3]),
            (codes[1], codes[2]),
            (codes[0], codes[1]),
        ]


async def test_who_looks_on_is_told_as_it_is_made_and_who_comes_later_behind_their_welcome() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        code = await ended(at, ada, bo)
        watching = [await Socket.opened(at, code, who) for who in (ada, bo, cy, None)]

        made = await at.service.rematch(code, bo)

        news = {"type": "rematch", "join_code": made.join_code}
        async with asyncio.timeout(5):  # before anybody comes: who does is no reason to tell the others
            told = [await socket.wait_until(lambda message: message["type"] == "rematch") for socket in watching]
        late = await Socket.opened(at, code, cy)
        told.append(await late.wait_until(lambda message: message["type"] == "rematch"))
        await at.service.rematch(code, ada)

        assert told == [news] * 5
        for socket in (*watching, late):
            assert [message for message in socket.messages if message["type"] == "rematch"] == [news]


async def test_who_only_watched_may_not_ask_and_nobody_may_before_the_end() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        over = await ended(at, ada, bo)
        lobby = (await at.service.create_game(ada, CreateGame(seats=2))).join_code
        early = [await refusal(at.service.rematch(lobby, who)) for who in (ada, cy)]
        await at.service.cancel(lobby, ada)

        refused = [await refusal(at.service.rematch(code, who)) for code, who in ((over, cy), (lobby, ada))]
        await at.service.rematch(over, ada)
        still = await refusal(at.service.rematch(over, cy))

        assert {one.code for one in early} == {"game_not_over"}
        assert [one.code for one in (*refused, still)] == ["not_playing", "game_canceled", "not_playing"]


async def test_who_was_sent_away_by_the_new_host_stays_away() -> None:
    async with house() as at:
        ada, bo = await people(at, "Ada", "Bo")
        over = await ended(at, ada, bo)
        code = (await at.service.rematch(over, ada)).join_code
        await at.service.rematch(over, bo)

        await at.service.send_away(code, ada, "p2")

        assert (await refusal(at.service.rematch(over, bo))).code == "sent_away"


async def test_no_seat_is_kept_for_who_went_for_good() -> None:
    async with house() as at:
        ada, bo, cy = await people(at, "Ada", "Bo", "Cy")
        over = await ended(at, ada, bo, cy)
        await at.store.account_book.delete_user(bo.user_id, None)
        code = (await at.service.rematch(over, ada)).join_code
        there = kept(await about(at, code))

        await at.store.account_book.delete_user(cy.user_id, None)
        await at.service.leave_lobbies(cy)

        assert there == {"p3": "Cy"}
        assert kept(await about(at, code)) == {}


async def test_who_may_have_no_more_games_leaves_the_rematch_to_the_others() -> None:
    at = House(caps=Caps(open_games_per_user=1))
    async with at.open():
        ada, bo = await people(at, "Ada", "Bo")
        over = await ended(at, ada, bo)
        await at.service.create_game(ada, CreateGame(seats=2))

        refused = await refusal(at.service.rematch(over, ada))
        made = await at.service.rematch(over, bo)

        assert refused.code == "too_many_games"
        assert (await about(at, made.join_code)).host_id == "p2"
        assert (await at.service.rematch(over, ada)).player_id == "p1"


async def test_two_who_ask_at_once_on_two_nodes_meet_in_one_lobby_and_all_are_told() -> None:
    async with open_street() as street:
        home, east, west = await street.begin_all(home=HOST, east=GATEWAY, west=GATEWAY)
        ada, bo = await street.person(east, "Ada"), await street.person(west, "Bo")
        code = await street.table(east, ada, bo)
        viewers = [await street.connect(east, code, ada), await street.connect(west, code, bo)]
        viewers += [await street.connect(at, code, None) for at in (home, east, west)]
        await viewers[1].ask(type="resign", command_id="enough")

        async def both() -> tuple[Rematched, Rematched]:
            return await asyncio.gather(east.service.rematch(code, ada), west.service.rematch(code, bo))

        made = await street.run(both())
        await street.until(lambda: all(viewer.messages[-1]["type"] == "rematch" for viewer in viewers))

        assert made[0].join_code == made[1].join_code
        assert [each.player_id for each in made] == ["p1", "p2"]
        told = [[m for m in viewer.messages if m["type"] == "rematch"] for viewer in viewers]
        assert told == [[{"type": "rematch", "join_code": made[0].join_code}]] * 5


@each_kind
async def test_it_survives_kill_9_between_any_two_steps(tmp_path: Path, kind: str) -> None:
    async with table_server(tmp_path, *GAMES) as server, tables_at(server.url, kind) as tables:
        ada, bo = [await tables.guest(name) for name in ("Ada", "Bo")]
        code = str((await ada.create_game(kind=kind, seats=2))["join_code"])
        await bo.join(code)
        await ada.start(code)
        watching = await tables.watch(bo, code)
        await ada.call("POST", f"/games/{code}/leave")
        if (await bo.call("GET", f"/games/{code}"))["game_status"] != "concluded":
            await bo.call("POST", f"/games/{code}/leave")

        async def crash() -> None:
            await server.kill()
            await server.start()

        async def asked(guest: Guest) -> str:
            return str((await guest.call("POST", f"/games/{code}/rematch"))["join_code"])

        await crash()
        first = await asked(ada)
        await crash()
        again = [await asked(ada), await asked(bo)]
        await crash()
        lobby = await bo.call("GET", f"/games/{first}")
        await bo.call("POST", f"/games/{first}/leave")
        await crash()
        declined = await bo.call("GET", f"/games/{first}")
        with pytest.raises(Rejected) as early:
            await ada.call("POST", f"/games/{first}/rematch")

        assert again == [first, first]
        assert [each["player_id"] for each in lobby["players"]] == ["p1", "p2"]
        assert (declined["kept"], [each["player_id"] for each in declined["players"]]) == ([], ["p1"])
        assert (await bo.call("GET", f"/games/{code}"))["rematch"] == first
        assert early.value.code == "game_not_over"
        await watching.hear("rematch")
