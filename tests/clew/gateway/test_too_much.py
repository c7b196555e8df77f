"""What one player may add, and what everybody is told of a board that its maker may know."""

from clew.people.user import User
from clew.sessions.bounds import ENTRIES_PER_ROUND_MAX
from clew.sessions.ids import GameId
from minotaur.play.wire_http import CreateGame
from minotaur.rules.names import player_id
from tests.clew.gateway.house import House, Socket

MOVE = {"type": "move", "vector": {"q": 1, "r": 0}}


async def test_everybody_is_told_that_the_host_chose_the_seed_and_nobody_which(home: House, ada: User) -> None:
    ben = await home.person("Ben")
    chosen = (await home.service.create_game(ada, CreateGame(seats=2, seed=73_501_944))).join_code
    left_to_chance = (await home.service.create_game(ada, CreateGame(seats=2))).join_code

    for_all = await home.service.game(chosen)
    watching = await Socket.opened(home, chosen, ben)
    await home.service.join(chosen, ben)
    await home.service.start(chosen, ada)
    playing = await Socket.opened(home, chosen, ben)

    assert (for_all.seed_chosen, (await home.service.game(left_to_chance)).seed_chosen) == (True, False)
    assert (watching.messages[0]["view"]["seed_chosen"], playing.messages[0]["view"]["seed_chosen"]) == (True, True)
    assert "73501944" not in repr((for_all, watching.messages, playing.messages))


async def test_a_player_who_cannot_make_up_their_mind_grows_the_journal_by_so_much_and_may_still_be_ready(
    home: House, ada: User
) -> None:
    ben = await home.person("Ben")
    code = await home.table(ada, ben, round_seconds=3600)
    socket = await Socket.opened(home, code, ada)
    game_id = GameId((await home.service.game(code)).game_id)
    before = (await home.host.look(game_id)).seq

    answers = [
        await socket.ask(type="plan", command_id=f"plan{number}", round=1, steps=[MOVE] if number % 2 else [])
        for number in range(ENTRIES_PER_ROUND_MAX + 20)
    ]
    wrong = [await socket.ask(type="ready", command_id=f"early{number}", round=9) for number in range(20)]
    ready = [await socket.ask(type="ready", command_id=f"ready{number}", round=1) for number in range(20)]

    state = await home.host.look(game_id)
    assert [answer["type"] for answer in answers].count("accepted") == ENTRIES_PER_ROUND_MAX
    assert answers[-1]["error"]["code"] == "too_many_changes"
    assert {answer["error"]["code"] for answer in wrong} == {"stale_round"}
    assert {answer["type"] for answer in ready} == {"accepted"}
    assert state.seq - before == ENTRIES_PER_ROUND_MAX + 1
    assert state.state.game is not None and len(state.state.game.heroes[player_id(1)].plan or ()) == 1
    assert (await socket.ask(type="resign", command_id="resign"))["type"] == "accepted"
