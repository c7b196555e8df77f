"""The verbs of the public protocol, on a real host."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from clew.people.ids import JOIN_CODE_ALPHABET
from clew.people.user import Recognized
from clew.testing.memory.store import memory_store
from clew.wire.errors import ApiError
from clew.wiring.clock import RealClock
from minotaur.play.wire_http import CreateGame
from minotaur.play.wire_replay import (
    Replay,
    ReplayCommandRefused,
    ReplayGameOver,
    ReplayPlanAccepted,
    ReplayReadyAccepted,
    ReplayResigned,
)
from tests.clew.gateway.house import Socket, house

COMMANDED = (ReplayPlanAccepted, ReplayReadyAccepted, ReplayResigned)


async def refused(verb: Any) -> ApiError:
    with pytest.raises(ApiError) as error:
        await verb
    return error.value


async def test_a_guest_is_known_by_their_token_until_it_is_revoked() -> None:
    async with house() as home:
        user, token = await home.service.create_guest("  Ada ")

        assert user.display_name == "Ada"
        assert await home.service.recognize(token) == Recognized(user, renewed=False)
        assert await home.service.recognize(token + "x") is None
        assert await home.service.recognize("x" * 1000) is None
        assert await home.service.recognize("\ud800") is None
        await home.service.revoke(token)
        assert await home.service.recognize(token) is None


async def test_a_token_is_kept_only_under_the_servers_key() -> None:
    store = memory_store(RealClock())
    async with house(store) as home:
        _, token = await home.service.create_guest("Ada")

        assert token not in repr(vars(store))


async def test_a_new_game_has_its_maker_as_host_in_the_first_seat() -> None:
    async with house() as home:
        ada = await home.person("Ada")
        created = await home.service.create_game(ada, CreateGame(seats=3, bots=1, round_seconds=45))

        info = await home.service.game(created.join_code, ada)

        assert set(created.join_code) <= set(JOIN_CODE_ALPHABET)
        assert (info.game_status, info.latest_round, info.round_ends_at) == ("lobby", 0, None)
        assert (info.host_id, info.you, info.seats, info.bots) == ("p1", "p1", 3, 1)
        assert [(each.display_name, each.player_status) for each in info.players] == [("Ada", "waiting")]
        assert info.settings["round_seconds"] == 45
        assert "seed" not in info.settings


@pytest.mark.parametrize(
    ("request_", "path"),
    [
        (CreateGame(seats=2, bots=2), "bots"),
        (CreateGame(settings={"health": 0}), "settings.health"),
        (CreateGame(settings={"health": "10"}), "settings.health"),
        (CreateGame(settings={"health": True}), "settings.health"),
        (CreateGame(settings={"wings": 2}), "settings.wings"),
        (CreateGame(settings={"seats": 8}), "settings.seats"),
        (CreateGame(settings={"gallery": "open"}), "settings.gallery"),
        (CreateGame(settings={"ap_start": 5, "ap_cap": 4}), "settings.ap_start"),
        (CreateGame(round_seconds=30, settings={"round_seconds": 60}), "settings.round_seconds"),
    ],
)
async def test_a_game_that_cannot_be_made_names_the_field(request_: CreateGame, path: str) -> None:
    async with house() as home:
        ada = await home.person("Ada")

        error = await refused(home.service.create_game(ada, request_))

        assert (error.status, error.code, error.details["path"]) == (422, "invalid", path)


async def test_the_same_seed_and_settings_give_the_same_board() -> None:
    async with house() as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        views = [
            (await Socket.opened(home, await home.table(who, seats=2, seed=42), who)).view["hexes"] for who in (ada, bo)
        ]

        assert views[0] == views[1]


async def test_joining_twice_gives_the_same_seat() -> None:
    async with house() as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        code = (await home.service.create_game(ada, CreateGame(seats=3))).join_code

        first, second = await home.service.join(code, bo), await home.service.join(code, bo)

        assert first == second
        assert first.player_id == "p2"


@pytest.mark.parametrize("ending", ["canceled", "concluded"])
async def test_who_has_a_seat_keeps_it_after_the_end(ending: str) -> None:
    async with house() as home:
        ada = await home.person("Ada")
        created = await home.service.create_game(ada, CreateGame(seats=2, bots=1))
        code = created.join_code
        if ending == "canceled":
            await home.service.cancel(code, ada)
        else:
            await home.service.start(code, ada)
            socket = await Socket.opened(home, code, ada)
            await socket.ask(type="resign", command_id="c1")

        again = await home.service.join(code, ada)

        assert (await home.service.game(code)).game_status == ending
        assert (again.game_id, again.player_id) == (created.game_id, created.player_id)


async def test_a_code_may_be_typed_as_people_do() -> None:
    async with house() as home:
        ada = await home.person("Ada")
        code = (await home.service.create_game(ada, CreateGame())).join_code

        info = await home.service.game(f" {code[:3].lower()}-{code[3:]} ")

        assert info.join_code == code


@pytest.mark.parametrize("code", ["", "ABC", "ABC23O", "ABC2345", "222222", "../../", "\x00" * 6])
async def test_there_is_no_game_behind_a_code_nobody_was_given(code: str) -> None:
    async with house() as home:
        error = await refused(home.service.game(code))

        assert (error.status, error.code) == (404, "no_such_game")


async def test_the_lobby_refuses_in_the_words_of_the_protocol() -> None:
    async with house() as home:
        ada, bo, cy = await home.person("Ada"), await home.person("Bo"), await home.person("Cy")
        code = (await home.service.create_game(ada, CreateGame(seats=2))).join_code

        assert (await refused(home.service.start(code, ada))).code == "too_few_players"
        await home.service.join(code, bo)
        assert (await refused(home.service.join(code, cy))).code == "game_full"
        assert (await refused(home.service.start(code, bo))).code == "not_host"
        await home.service.start(code, ada)
        assert (await refused(home.service.start(code, ada))).code == "game_started"
        assert (await refused(home.service.cancel(code, ada))).code == "game_started"
        assert (await refused(home.service.join(code, cy))).code == "game_started"
        assert (await refused(home.service.replay(code))).code == "game_not_over"


async def test_a_canceled_game_says_so() -> None:
    async with house() as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        code = (await home.service.create_game(ada, CreateGame())).join_code

        await home.service.cancel(code, ada)

        assert (await home.service.game(code)).game_status == "canceled"
        assert (await refused(home.service.join(code, bo))).code == "game_canceled"
        assert (await refused(home.service.replay(code))).code == "game_canceled"


async def test_ones_games_are_listed_newest_first_page_by_page() -> None:
    async with house() as home:
        ada, bo = await home.person("Ada"), await home.person("Bo")
        codes = [(await home.service.create_game(ada, CreateGame())).join_code for _ in range(5)]
        await home.service.create_game(bo, CreateGame())
        await home.service.cancel(codes[0], ada)

        first = await home.service.games_of(ada, None, None, 2)
        rest = await home.service.games_of(ada, None, first.next_cursor, 50)
        lobbies = await home.service.games_of(ada, "lobby")

        assert [game.join_code for game in (*first.games, *rest.games)] == codes[::-1]
        assert rest.next_cursor is None
        assert [game.join_code for game in lobbies.games] == codes[:0:-1]
        assert {game.you for game in lobbies.games} == {"p1"}


async def test_the_replay_has_every_event_and_every_accepted_plan() -> None:
    async with house() as home:
        ada = await home.person("Ada")
        code = await home.table(ada, seats=2, seed=5)
        socket = await Socket.opened(home, code, ada)
        move = {"type": "move", "vector": {"q": 1, "r": 0}}
        accepted = await socket.ask(type="plan", command_id="first", round=1, steps=[move])
        await socket.ask(type="plan", command_id="second", round=1, steps=[])
        refused_for = await socket.ask(type="plan", command_id="never", round=7, steps=[])
        await socket.ask(type="ready", command_id="third", round=1)
        await socket.ask(type="resign", command_id="fourth")

        text = await home.service.replay(code)
        assert await home.service.replay(code) is text
        replay = msgspec.json.decode(text, type=Replay)

        info = await home.service.game(code, ada)
        assert info.game_status == "concluded"
        commanded = {event.command_id: event for event in replay.events if isinstance(event, COMMANDED)}
        assert commanded["first"].seq == accepted["seq"] + 1, "the replay counts the game's making too"
        assert set(commanded) == {"first", "second", "third", "fourth", None}
        assert replay.initial.seed == 5
        assert [member.is_bot for member in replay.initial.members] == [False, True]
        assert len(replay.initial.hexes) == 61
        numbers = [event.seq for event in replay.events]
        assert numbers == list(range(1, len(numbers) + 1))
        told_off = [event for event in replay.events if isinstance(event, ReplayCommandRefused)]
        assert [(event.id, event.command_id, event.code) for event in told_off] == [("p1", "never", "stale_round")]
        assert refused_for["error"]["code"] == "stale_round"
        last = replay.events[-1]
        assert isinstance(last, ReplayGameOver)
        assert last.winner_id == info.winner_id == "p2"


async def test_a_game_goes_on_in_the_next_life_of_the_server() -> None:
    store = memory_store(RealClock())
    async with house(store, seed=1) as home:
        ada = await home.person("Ada")
        code = await home.table(ada, seats=2)
        socket = await Socket.opened(home, code, ada)
        accepted = await socket.ask(type="plan", command_id="c1", round=1, steps=[])
        before = socket.seq

    async with house(store, seed=2) as home:
        again = await Socket.opened(home, code, ada, after=before)

        assert again.messages[0]["resumed"]
        assert again.messages[0]["seq"] == before
        assert (await again.ask(type="plan", command_id="c1", round=1, steps=[])) == accepted


async def test_a_game_that_waits_for_a_newer_release_does_not_hide_the_others() -> None:
    store = memory_store(RealClock())
    async with house(store, seed=1) as home:
        ada = await home.person("Ada")
        waiting, other = await home.table(ada), await home.table(ada)
    row = next(row for row in store.kept.rows.values() if row.stored.join_code == waiting)
    row.stored = replace(row.stored, state_version=99)

    async with house(store, seed=2) as home:
        listed = await home.service.games_of(ada)
        told = await refused(home.service.game(waiting))

    assert [game.join_code for game in listed.games] == [other]
    assert (told.code, told.retry_after_s) == ("busy", 5.0)
