"""``minotaur sessions show`` says of a game that the store once had less of it than was told."""

import asyncio

from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId, Owner
from clew.sessions.ports.store import Store
from tests.clew.cli.operating import Place
from tests.kit.store_records import NOW, made, register


def test_a_session_that_was_set_back_is_shown_with_what_is_known_of_it(place: Place) -> None:
    async def fill(store: Store) -> None:
        await made(store, "g1", await register(store))
        await store.histories.note_setback(Setback(GameId("g1"), NOW, 44, 41, 7, "host", Owner("a.3")))
        await store.histories.note_setback(Setback(GameId("g1"), NOW + 1_000, None, 12, 2, "restore"))

    asyncio.run(place.fill(fill))

    shown, told = place.read("sessions", "show", "g1"), place.told("sessions", "show", "g1")

    assert [(one["told_seq"], one["kept_seq"], one["said_by"]) for one in shown["setbacks"]] == [
        (None, 12, "restore"),
        (44, 41, "host"),
    ]
    assert "to entry 12, round 2: a backup was restored" in told
    assert "to entry 41, round 7: the database had less than the 44 entries that a.3 had told" in told
