"""A game of two players and a spectator on four servers, for tests of what its viewers are told."""

from clew.gateway.feeds import TICK_S
from clew.gateway.inbox import UNCONFIRMED_S
from clew.people.user import User
from clew.testing.hosts.life import BOTH
from tests.clew.gateway.street import GATEWAY, Home, Street, Viewer


class Match:
    """Two hosts, two gateways, two players and a spectator of one game, all but one of them on gateways."""

    def __init__(self, street: Street, homes: list[Home], code: str, people: list[User]) -> None:
        self.street = street
        self.first, self.second, self.east, self.west = homes
        self.code = code
        self.people = people
        self.players: list[Viewer] = []
        self.number = 0

    @classmethod
    async def begun(cls, street: Street) -> "Match":
        homes = await street.begin_all(a=BOTH, b=BOTH, east=GATEWAY, west=GATEWAY)
        people = [await street.person(homes[2], name) for name in ("Ada", "Bo")]
        code = await street.table(homes[0], *people)
        match = cls(street, homes, code, people)
        match.players = [
            await street.connect(home, code, person)
            for home, person in zip((match.east, match.west), people, strict=True)
        ]
        await street.connect(match.east, code, None)
        await street.connect(match.first, code, people[0])
        await street.connect(match.second, code, people[1])
        assert await street.owner_at(code) == match.first.owner
        return match

    async def play(self, rounds: int = 1) -> None:
        for _ in range(rounds):
            self.number += 1
            await self.street.play_round(self.players, f"m{self.number}")

    async def plan(self) -> None:
        """Something that only Ada sees, told or not."""
        self.number += 1
        number = self.players[0].view["round"]
        answer = await self.players[0].ask(type="plan", command_id=f"m{self.number}", round=number, steps=[])
        assert answer["type"] == "accepted"

    async def is_whole(self, at: Home) -> None:
        await self.street.pass_s(UNCONFIRMED_S + TICK_S)
        await self.street.compare(self.code, at)
