"""Games of another kind in the database of a cluster that has Minotaur alone, of the release before and of this one.

The release before knows no kinds. What it finds it would take, fail to read and put aside for good.
"""

from pathlib import Path
from typing import Final

from clew.sessions.ids import Kind
from clew.stores.postgres.store import open_postgres
from tests.chaos.quiet_games import QuietGames
from tests.chaos.two_releases import WAITS, WITHIN_S, Told, pair_in
from tests.kit.cluster import wait_for
from tests.kit.releases import Release
from tests.kit.store_records import loaded, new_session, part, place, register, snapshot

CHESS: Final = Kind("chess")
LOBBY: Final = "ABC234"
GAMES: Final = ("lobby", "played", "asleep", "over")
OPEN: Final = 3
WAIT_TOLD: Final = Told(503, "busy", "5", "busy", 1013)
NOT_HERE: Final = Told(404, "no_such_game", None, "no_such_game", 4404)


async def test_nodes_of_both_releases_leave_games_of_another_kind_as_they_are(
    before: Release, present: Release, tmp_path: Path
) -> None:
    async with pair_in(tmp_path, 5, before, present) as pair:
        await pair.told(pair.new, "migrate", "--before")
        await leave_games(pair.url)
        stored = {game: await pair.rows(game) for game in GAMES}
        quiet = QuietGames(pair.fleet.doors(0, 0))
        one = await quiet.person("One")

        first, second = pair.olds()
        assert (await pair.wait_logged(first, WAITS))["sessions"] == OPEN
        await pair.fleet.let_go(first)  # whoever follows it looks for what nobody holds
        await pair.wait_logged(second, WAITS)
        told_by_old = await pair.what_is_told(pair.fleet.gate, one, LOBBY)
        listed_by_old = await pair.told(pair.old, "sessions", "list")
        newcomer = await pair.add(pair.new)
        said = await pair.wait_logged(newcomer, "sessions_wait_for_a_node_with_their_game")
        told_by_new = await pair.what_is_told(newcomer, one, LOBBY)
        listed_by_new = await pair.told(pair.new, "sessions", "list", "--kind", CHESS)
        checked = await pair.told(pair.new, "check-upgrade")

        game = await quiet.game("Theirs")
        await game.play_a_round()
        await pair.fleet.let_go(second)

        async def is_all_new() -> bool:
            return len(await pair.fleet.cluster.held_by(newcomer)) == 1

        await wait_for(is_all_new, WITHIN_S)
        await quiet.close()
        assert {game: await pair.rows(game) for game in GAMES} == stored
        assert await pair.wrongs() == []

    assert told_by_old == WAIT_TOLD
    assert told_by_new == NOT_HERE
    assert listed_by_old.count("nobody: waits for a release that reads state v") == OPEN
    assert (said["kind"], said["sessions"]) == (CHESS, OPEN)
    assert listed_by_new.count(f"nobody: waits for a node that has the game {CHESS}") == OPEN
    assert f"Left out: {OPEN + 1} of the game {CHESS}, which this release does not have." in checked


async def leave_games(url: str) -> None:
    """As a node of that game leaves them that ended: a lobby, one under way, one that slept, one that is over."""
    async with open_postgres(url) as store:
        owner = await register(store, "chess")
        shots = {
            "lobby": snapshot(),
            "played": snapshot('{"pawns":"out"}', "active", 3, p1="ada alive"),
            "asleep": snapshot(),
            "over": snapshot("{}", "concluded", 9),
        }
        for game, shot in shots.items():
            code = LOBBY if game == "lobby" else None
            await store.journal.create([new_session(game, owner, code=code, shot=shot, kind=CHESS)])
        await store.journal.commit([part(await loaded(store, "played"), '{"v":1,"event":"e4"}', wake_at=1)])
        await store.ownership.put_to_sleep(owner, [place(await loaded(store, "asleep"))])
        await store.nodes.declare_dead(owner)
