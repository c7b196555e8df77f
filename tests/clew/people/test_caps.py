"""What somebody may have is capped, however they ask for it, and everybody else goes on."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

import pytest

from clew.gateway.calls import SayCall
from clew.gateway.connection import ViewerConnection
from clew.gateway.outbox import Outbox
from clew.people.caps import ACTING, Caps, Origin, caps_of
from clew.people.user import User
from clew.sessions.census import Census
from clew.sessions.ids import GameId
from clew.wire.errors import ApiError
from clew.wire.socket import ResignMessage
from minotaur.play.kind import KIND
from minotaur.play.wire_http import CreateGame
from tests.clew.gateway.house import Endless, House

HERE: Final = Origin("192.0.2.1")
ELSEWHERE: Final = Origin("198.51.100.1")
SOLO: Final = CreateGame(seats=3, bots=2, round_seconds=3600)


class Home(House):
    """A server with caps."""

    async def count(self) -> Census:
        """What is there, counted anew."""
        assert self.counting is not None, "it has caps"
        return await self.counting.census()

    async def tried(self, user: User, origin: Origin = HERE, request: CreateGame = SOLO) -> str:
        """The join code, or the error's code."""
        try:
            return (await self.service.create_game(user, request, origin)).join_code
        except ApiError as error:
            return error.code

    async def leave_to_bots(self, user: User, origin: Origin = HERE) -> str:
        """Make a game, begin it and give up at once, as often seen; the first error's code, if any."""
        made = await self.tried(user, origin)
        if made.islower():
            return made
        try:
            await self.service.start(made, user, origin)
        except ApiError as error:
            return error.code
        await self._resign(made, user)
        return "alone"

    async def _resign(self, code: str, user: User) -> None:
        outbox = Outbox()
        connection: ViewerConnection = await self.service.connect(code, user, None, outbox, Endless())
        info = await self.service.game(code)
        await self.games.dispatch.ask(KIND, GameId(info.game_id), SayCall(user.user_id, ResignMessage("bye")))
        connection.close()


@asynccontextmanager
async def home(**caps: int | None) -> AsyncGenerator[Home]:
    opened = Home(caps=Caps(**caps))
    async with opened.open():
        yield opened


async def test_a_person_has_so_many_open_games_however_many_they_ask_for_at_once() -> None:
    async with home(open_games_per_user=7) as server:
        ada, ben = await server.person("Ada"), await server.person("Ben")

        asked = Counter(await asyncio.gather(*(server.tried(ada) for _ in range(40))))
        again = await server.tried(ada)
        other = await server.tried(ben)

    assert asked["too_many_games"] == 33
    assert again == "too_many_games"
    assert not other.islower()


async def test_a_game_that_is_called_off_makes_room() -> None:
    async with home(open_games_per_user=1) as server:
        ada = await server.person("Ada")
        code = await server.tried(ada)
        full = await server.tried(ada)

        await server.service.cancel(code, ada)

        assert (full, (await server.tried(ada)).islower()) == ("too_many_games", False)


@pytest.mark.parametrize(
    ("cap", "code"),
    [
        ("open_games_per_address", "too_many_games"),
        ("lobbies_per_address", "too_many_games"),
        ("games_per_hour_per_address", "too_many_lately"),
    ],
)
async def test_an_address_is_counted_over_all_its_guests_and_others_are_not_held_up(cap: str, code: str) -> None:
    async with home(**{cap: 5}) as server:
        guests = [await server.person(f"Guest {number}") for number in range(20)]

        asked = Counter(await asyncio.gather(*(server.tried(guest) for guest in guests)))
        elsewhere = await server.tried(guests[0], ELSEWHERE)
        school = await server.tried(guests[1], Origin("192.0.2.1", 2))
        free = await server.tried(guests[2], Origin("192.0.2.1", None))

    assert asked[code] == 15
    assert [word.islower() for word in (elsewhere, school, free)] == [False, False, False]


async def test_so_many_games_within_an_hour_and_no_more_and_when_to_come_back() -> None:
    async with home(games_per_hour_per_user=2) as server:
        ada = await server.person("Ada")
        for _ in range(2):
            await server.service.cancel(await server.tried(ada), ada)

        with pytest.raises(ApiError) as refused:
            await server.service.create_game(ada, SOLO, HERE)

    assert (refused.value.code, refused.value.status) == ("too_many_lately", 429)
    assert refused.value.retry_after_s is not None


async def test_games_that_bots_play_on_alone_do_not_pile_up_from_one_address() -> None:
    async with home(bot_games_per_user=5, bot_games_per_address=12) as server:
        guests = [await server.person(f"Guest {number}") for number in range(8)]

        became = Counter([await server.leave_to_bots(guest) for _ in range(10) for guest in guests])
        census = await server.count()

    assert census.alone == became["alone"] == 12
    assert became["too_many_bot_games"] == 68


async def test_bots_do_not_sit_down_where_too_many_play_alone_already_though_the_lobby_was_there_before() -> None:
    async with home(bot_games_per_user=1) as server:
        ada = await server.person("Ada")
        lobby = await server.tried(ada)
        assert await server.leave_to_bots(ada) == "alone"

        with pytest.raises(ApiError) as refused:
            await server.service.start(lobby, ada, HERE)

    assert refused.value.code == "too_many_bot_games"


async def test_all_games_of_bots_alone_have_a_cap_too() -> None:
    async with home(bot_games=1) as server:
        ada, ben = await server.person("Ada"), await server.person("Ben")
        assert await server.leave_to_bots(ada) == "alone"
        await server.count()

        assert await server.leave_to_bots(ben, ELSEWHERE) == "too_many_bot_games"
        assert not (await server.tried(ben, ELSEWHERE, CreateGame(seats=2))).islower()


async def test_what_is_kept_of_an_address_is_not_the_address() -> None:
    async with home() as server:
        await server.tried(await server.person("Ada"))

        rows = repr(vars(server.store))

    assert HERE.place not in rows


def test_caps_are_named_in_words() -> None:
    caps = caps_of(["open_games_per_user=50,bot_games=off", "lobbies_per_address=1"])

    assert (caps.open_games_per_user, caps.bot_games, caps.lobbies_per_address) == (50, None, 1)
    assert caps.bot_games_per_user == Caps().bot_games_per_user


@pytest.mark.parametrize(
    "word",
    [
        "bots=1",
        "bot_games",
        "bot_games=",
        "bot_games=0",
        "bot_games=-1",
        "bot_games=1e3",
        "bot_games=1000001",
        "bot_games=99999999",
        "bot_games=\u0663",
    ],
)
def test_what_is_no_cap_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=r"there is no cap called|write"):
        caps_of([word])


def test_a_seat_that_acts_is_what_the_listings_call_it() -> None:
    assert ACTING == "playing"
