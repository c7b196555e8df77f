"""Games that nobody hurries, in every stage: what becomes of each is known beforehand, for nobody else plays them."""

from asyncio import TaskGroup
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from clew.client.doors import Doors
from clew.client.retrying import patiently
from tests.chaos.checkers import Evidence, check
from tests.chaos.fleet import Fleet
from tests.kit.client import Person, Player
from tests.kit.record import Message

WITHIN_S: Final = 30.0
SLOW_ROUND_S: Final = 3_600
"""Longer than any test: nothing is written to such a game unless somebody acts."""


@dataclass
class Quiet:
    """One game of one person and a bot; it is ended by their giving up."""

    person: Person
    join_code: str
    game_id: str
    player: Player
    acted: list[str] = field(default_factory=list[str])
    """The commands that were accepted."""

    async def act(self) -> None:
        """Plan a round, all of it waiting, and be told that it was accepted."""
        async with self.connected():
            number: int = self.player.record.view["round"]
            await self._accepted(await self.player.plan(number, [{"type": "wait"}]))

    async def play_a_round(self) -> None:
        """Have the round resolved."""
        async with self.connected():
            number: int = self.player.record.view["round"]
            await self._accepted(await self.player.ready(number))
            await self.player.wait_until(lambda record: record.view["round"] == number + 1, WITHIN_S)

    async def give_up(self) -> None:
        """End it."""
        async with self.connected():
            await self._accepted(await self.player.resign())
            await self.player.wait_until(lambda record: record.view["game_status"] == "concluded", WITHIN_S)

    async def end(self, fleet: Fleet) -> list[str]:
        """Give up, and hold everything that was ever shown to what the replay says."""
        await self.give_up()
        replay: Message = await patiently(lambda: self.person.replay(self.join_code), WITHIN_S)
        seat = (self.player.player_id, self.player.record)
        found = check(Evidence(replay, [seat], await fleet.outages(self.game_id)))
        written = {event.get("command_id") for event in replay["events"]}
        found += [f"{command_id} was accepted and is gone" for command_id in self.acted if command_id not in written]
        return [f"quiet {self.join_code}: {complaint}" for complaint in found]

    async def _accepted(self, command_id: str) -> None:
        answer = await self.player.wait_answer(command_id, WITHIN_S)
        assert answer["type"] == "accepted", answer
        self.acted.append(command_id)

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[None]:
        """A socket is open in the block, resumed where the last one ended."""
        known = len(self.player.record.views)
        async with TaskGroup() as group:
            stay = group.create_task(self.player.stay(after=0 if known == 0 else None), name="quiet socket")
            await self.player.wait_until(lambda record: len(record.views) > known, WITHIN_S)
            yield
            stay.cancel()


@dataclass
class Lobby:
    """A game that waits for its players."""

    host: Person
    join_code: str
    game_id: str

    async def joined_by(self, person: Person) -> None:
        """Somebody takes the last seat."""
        await patiently(lambda: person.join(self.join_code), WITHIN_S)

    async def begin(self) -> None:
        """It can start, so nothing of it is lost."""
        await patiently(lambda: self.host.start(self.join_code), WITHIN_S)


class QuietGames:
    """Makes them, with all people coming in by the same doors."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self.people = list[Person]()

    async def person(self, name: str) -> Person:
        made: Person = await patiently(lambda: Person.guest(self._doors, name), WITHIN_S)
        self.people.append(made)
        return made

    async def lobby(self) -> Lobby:
        host = await self.person("Lobby")
        created: Message = await host.create_game(seats=2, bots=0, round_seconds=SLOW_ROUND_S, seed=5)
        return Lobby(host, str(created["join_code"]), str(created["game_id"]))

    async def game(self, name: str) -> Quiet:
        """In its first round, one plan accepted."""
        person = await self.person(name)
        created: Message = await person.create_game(seats=2, bots=1, round_seconds=SLOW_ROUND_S, seed=7)
        await person.start(str(created["join_code"]))
        player = Player(person, str(created["join_code"]), str(created["player_id"]))
        quiet = Quiet(person, player.join_code, str(created["game_id"]), player)
        await quiet.act()
        return quiet

    async def games(self, names: Sequence[str]) -> list[Quiet]:
        return [await self.game(name) for name in names]

    async def close(self) -> None:
        for person in self.people:
            await person.close()
