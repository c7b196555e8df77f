"""One person in the first round of a game, who plans all the while and times what they are shown."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

from tests.kit.client import Person, Player
from tests.kit.record import PASSING_REFUSALS, Message

ROUND_S: Final = 5
"""The shortest that there is."""
SHORT_S: Final = 1.0
LONG_S: Final = 1.0 + 0.05 * ROUND_S
"""What a round may be shorter or longer than its length in served time."""
AGAIN_S: Final = 0.5
WITHIN_S: Final = 30.0


class OneRound:
    """It begins with the block of ``one_round``; nobody is ready, so that only time ends it."""

    def __init__(self, person: Person, join_code: str, player_id: str) -> None:
        self._times: dict[str, float] = {}
        self._player = Player(person, join_code, player_id, self._note)

    async def stay(self) -> None:
        await self._player.stay(after=0)

    async def begun(self) -> None:
        """Until its beginning is shown."""
        await self._player.wait_until(lambda _: "game_started" in self._times, WITHIN_S)

    async def plan_until_taken(self) -> None:
        """One plan, sent again and again until it is accepted. Raises ``AssertionError`` if it is refused for good."""
        player = self._player
        command_id = await player.plan(1, [{"type": "wait"}])
        async with asyncio.timeout(WITHIN_S):
            while command_id not in player.record.accepted:
                refused: Message = player.record.refused.get(command_id, {"code": "busy"})
                assert refused["code"] in PASSING_REFUSALS, refused
                with suppress(TimeoutError):
                    await player.wait_until(lambda record: command_id in record.accepted, AGAIN_S)
                await player.send_again(command_id)

    async def lasted_s(self) -> float:
        """Until it is over; how long it lasted, as it was shown."""
        await self._player.wait_until(lambda _: "round_started" in self._times, WITHIN_S)
        return self._times["round_started"] - self._times["game_started"]

    def credits(self) -> Mapping[str, float]:
        """Seconds given back, by their cause."""
        shown = self._player.record.events.values()
        given = Counter[str]()
        for event in shown:
            if event["type"] == "clock_credited":
                given[event["why"]] += event["ms"]
        return {why: ms / 1000 for why, ms in given.items()}

    def _note(self, message: Message) -> None:
        for event in message.get("events", ()):
            self._times.setdefault(event["type"], asyncio.get_running_loop().time())


@asynccontextmanager
async def one_round(url: str) -> AsyncGenerator[OneRound]:
    """A game at this address, whose first round has begun."""
    person = await Person.guest(url, "Ada")
    created = await person.create_game(seats=2, bots=1, round_seconds=ROUND_S, seed=7)
    played = OneRound(person, str(created["join_code"]), str(created["player_id"]))
    async with asyncio.TaskGroup() as group:
        socket = group.create_task(played.stay(), name="socket")
        await person.start(str(created["join_code"]))
        await played.begun()
        yield played
        socket.cancel()
    await person.close()
