"""The exam of ``sessions.ports.Listings``: lobbies, and who looks at them."""

from clew.sessions.ids import GameId, Millis
from clew.sessions.kinds import FIRST_KIND
from tests.kit.store_records import NOW, loaded, new_session, part, register, snapshot
from tests.kit.stores import AnyStore

LATER = Millis(NOW + 1_000)


async def test_lobbies_that_nobody_changed_or_looked_at_are_found_oldest_first(store: AnyStore) -> None:
    owner = await register(store)
    shots = {"g2": snapshot(), "g1": snapshot(), "on": snapshot(status="active"), "off": snapshot(status="canceled")}
    for number, (game, shot) in enumerate(shots.items()):
        await store.journal.create([new_session(game, owner, now=Millis(NOW + number), shot=shot)])

    assert await store.listings.unseen_lobbies(FIRST_KIND, LATER, 10) == [GameId("g2"), GameId("g1")]
    assert await store.listings.unseen_lobbies(FIRST_KIND, LATER, 1) == [GameId("g2")]
    assert await store.listings.unseen_lobbies(FIRST_KIND, NOW, 10) == []


async def test_who_looks_is_noted_and_nothing_else_of_the_session_changes(store: AnyStore) -> None:
    owner = await register(store)
    for game, shot in (("lobby", snapshot()), ("on", snapshot(status="active"))):
        await store.journal.create([new_session(game, owner, shot=shot)])
    before = await loaded(store, "lobby")

    await store.listings.note_look(GameId("lobby"), LATER)
    await store.listings.note_look(GameId("lobby"), NOW)
    await store.listings.note_look(GameId("on"), LATER)
    await store.listings.note_look(GameId("nowhere"), LATER)

    after = await loaded(store, "lobby")
    assert after.updated_at == LATER
    assert (after.epoch, after.seq, after.state, after.inserted_at) == (before.epoch, 1, before.state, NOW)
    assert (await loaded(store, "on")).updated_at == NOW
    assert await store.listings.unseen_lobbies(FIRST_KIND, LATER, 10) == []
    (verdict,) = await store.journal.commit([part(before, "[2]")])
    assert verdict.value == "committed"
