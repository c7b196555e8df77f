"""A lobby that nobody has looked at for a day is called off, and no other."""

from typing import Final

from clew.gateway.lapsing import LOBBY_KEPT_MS, LOOK_NOTED_MS, Lapsing
from clew.people.user import User
from clew.sessions.ids import Millis
from clew.testing.memory.store import MemoryStore, memory_store
from clew.wiring.clock import RealClock
from minotaur.play.wire_http import CreateGame
from tests.clew.gateway.house import House, Socket, house

ALONE: Final = CreateGame(seats=2)


class LaterClock(RealClock):
    """The real one, moved on by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead_ms = 0

    def now(self) -> Millis:
        return Millis(super().now() + self.ahead_ms)


def lapsing(home: House, store: MemoryStore) -> tuple[Lapsing, LaterClock]:
    clock = LaterClock()
    return Lapsing(home.games, store.listings, clock), clock


async def lobby(home: House, user: User) -> str:
    return (await home.service.create_game(user, ALONE)).join_code


async def status(home: House, code: str) -> str:
    return (await home.service.game(code)).game_status


async def test_what_nobody_has_looked_at_for_a_day_is_called_off_and_its_code_is_free_again() -> None:
    store = memory_store(RealClock())
    async with house(store) as home:
        lapses, clock = lapsing(home, store)
        ada = await home.person("Ada")
        forgotten, playing = await lobby(home, ada), await home.table(ada)

        clock.ahead_ms = LOBBY_KEPT_MS - 60_000
        early = await lapses.look_round()
        clock.ahead_ms = LOBBY_KEPT_MS + 60_000
        late = await lapses.look_round()

        assert (early, late) == (0, 1)
        assert (await status(home, forgotten), await status(home, playing)) == ("canceled", "active")
        assert await lapses.look_round() == 0


async def test_where_somebody_looks_on_the_lobby_stays_and_they_are_told_when_it_ends() -> None:
    store = memory_store(RealClock())
    async with house(store) as home:
        lapses, clock = lapsing(home, store)
        ada = await home.person("Ada")
        code = await lobby(home, ada)
        socket = await Socket.opened(home, code, ada)
        clock.ahead_ms = LOBBY_KEPT_MS + 60_000

        while_watched = await lapses.look_round()
        socket.close()
        at_once = await lapses.look_round()
        clock.ahead_ms += LOBBY_KEPT_MS + 60_000
        a_day_later = await lapses.look_round()

        assert (while_watched, at_once, a_day_later) == (0, 0, 1)
        assert await status(home, code) == "canceled"


async def test_a_look_is_noted_once_an_hour_and_keeps_the_lobby_for_another_day() -> None:
    store = memory_store(RealClock())
    async with house(store) as home:
        lapses, clock = lapsing(home, store)
        code = await lobby(home, await home.person("Ada"))
        made = await store.listings.find(code)
        assert made is not None

        clock.ahead_ms = LOOK_NOTED_MS // 2
        await lapses.looked_at(made)
        soon = await store.listings.find(code)
        clock.ahead_ms = LOBBY_KEPT_MS - 60_000
        await lapses.looked_at(made)
        clock.ahead_ms = LOBBY_KEPT_MS + 60_000

        assert soon is not None and soon.updated_at == made.updated_at
        assert await lapses.look_round() == 0
        assert await status(home, code) == "lobby"
