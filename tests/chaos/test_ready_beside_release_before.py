"""*Ready* in a lobby beside the release before: it knows no such thing, is not broken by it, and gets its lobby back.

That somebody is ready a gateway of that release passes on to a newer owner; that they are not any more it can't read,
and whoever said so says it again where it is read. An owner of that release says no, in words.
"""

from asyncio import TaskGroup
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from tests.chaos.quiet_games import Lobby, QuietGames
from tests.chaos.two_releases import WITHIN_S, Pair, pair_in
from tests.kit.client import Person, Player
from tests.kit.cluster import wait_for
from tests.kit.record import Message
from tests.kit.releases import Release


class Seat:
    """Somebody who sits in a lobby, connected to one node."""

    def __init__(self, person: Person, lobby: Lobby, player_id: str) -> None:
        self._heard = list[Message]()
        self.player = Player(person, lobby.join_code, player_id, self._heard.append)

    async def sees(self, *expected: bool | None) -> None:
        """Of each seat how ready they are shown to be; None: nothing is said of it."""
        await self.player.wait_until(
            lambda record: [each.get("ready") for each in record.view["players"]] == list(expected), WITHIN_S
        )

    async def says(self) -> str:
        """What comes of it that they are ready: "accepted", or the code of the refusal."""
        return await self.outcome(await self.player.ready(0))

    async def takes_it_back(self) -> str:
        """Under this id."""
        return await self.player.command({"type": "ready", "round": 0, "ready": False})

    async def outcome(self, command_id: str) -> str:
        answer = await self.player.wait_answer(command_id, WITHIN_S)
        return str(answer["type"] if answer["type"] == "accepted" else answer["error"]["code"])

    @property
    def told(self) -> list[tuple[str, bool]]:
        """Who they were told to be ready, or not any more, as it happened."""
        asides = [aside for message in self._heard for aside in message.get("asides", ())]
        return [(aside["id"], aside["ready"]) for aside in asides if aside["type"] == "readiness"]

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[None]:
        async with TaskGroup() as group:
            stay = group.create_task(self.player.stay(after=0), name="stays in the lobby")
            await self.player.wait_until(lambda record: bool(record.views), WITHIN_S)
            yield
            stay.cancel()


async def test_ready_in_a_lobby_is_heard_through_the_release_before_and_leaves_nothing_that_it_could_not_read(
    before: Release, present: Release, tmp_path: Path
) -> None:
    async with pair_in(tmp_path, 13, before, present) as pair:
        quiet = QuietGames(pair.fleet.doors(0, 0))
        try:
            lobby, person = await quiet.lobby(), await quiet.person("Bo")
            await lobby.joined_by(person)
            await pair.told(pair.new, "migrate", "--before")
            new = await pair.add(pair.new)
            newly = lobby.host.at(pair.fleet.server(new).url)
            quiet.people.append(newly)
            async with AsyncExitStack() as stack:
                ada, bo = Seat(newly, lobby, "p1"), Seat(person, lobby, "p2")
                for seat in (ada, bo):
                    await stack.enter_async_context(seat.connected())
                await said_at_the_release_before(ada, bo)

                await pass_to(pair, new, lobby)
                stored = await pair.rows(lobby.game_id)
                await said_at_this_one(ada, bo, pair)
                assert await pair.rows(lobby.game_id) == stored, "it is kept nowhere"
                back = await pair.add(pair.old, pair.newest_label())
                await stack.aclose()

            assert await pair.fleet.let_go(new) == 0
            await wait_for(lambda: held_by(pair, back, lobby), WITHIN_S)
            ada, bo = Seat(lobby.host, lobby, "p1"), Seat(person, lobby, "p2")
            async with ada.connected(), bo.connected():
                await said_at_the_release_before(ada, bo)
                await lobby.begin()
                await ada.player.wait_until(lambda record: record.view["round"] == 1, WITHIN_S)
                assert await ada.outcome(await ada.player.ready(1)) == "accepted"
            assert (ada.player.record.complaints, bo.player.record.complaints) == ([], [])
            assert await pair.wrongs() == []
        finally:
            await quiet.close()


async def said_at_the_release_before(ada: Seat, bo: Seat) -> None:
    """Where it runs the lobby: it refuses, through whichever gateway, and shows nothing by which to offer it."""
    for seat in (ada, bo):
        assert await seat.says() == "game_not_started"
        await seat.sees(None, None)


async def said_at_this_one(ada: Seat, bo: Seat, pair: Pair) -> None:
    """Bo is connected through a gateway of the release before, which goes then; Ada where the lobby runs."""
    for seat in (ada, bo):
        await seat.sees(False, False)
    assert await bo.says() == "accepted"
    for seat in (ada, bo):
        await seat.sees(False, True)
    assert await ada.says() == "accepted"
    for seat in (ada, bo):
        await seat.sees(True, True)
    taken_back = await bo.takes_it_back()
    await bo.player.wait_until(lambda record: bool(record.others), WITHIN_S)
    assert [told["error"]["code"] for told in bo.player.record.others] == ["invalid"]
    await ada.sees(True, True)
    await pair.swap_gate(pair.new, pair.newest_label())
    assert await bo.outcome(taken_back) == "accepted", "it waited for a gateway that can read it"
    for seat in (ada, bo):
        await seat.sees(True, False)
    assert ada.told == [("p2", True), ("p1", True), ("p2", False)]


async def pass_to(pair: Pair, new: str, lobby: Lobby) -> None:
    """All hosts of the release before leave."""
    for name in pair.olds():
        assert await pair.fleet.let_go(name) == 0
    await wait_for(lambda: held_by(pair, new, lobby), WITHIN_S)


async def held_by(pair: Pair, name: str, lobby: Lobby) -> bool:
    return lobby.game_id in await pair.fleet.cluster.held_by(name)
