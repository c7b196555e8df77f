"""The exam of ``sessions.ports.Histories``: what every store says of its own past."""

from dataclasses import replace

from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId
from clew.sessions.node_records import Renewal
from clew.testing.hand_clock import HandClock
from tests.kit.store_records import LEASE, NOW, beat, made, part, register
from tests.kit.stores import AnyStore

SETBACK = Setback(GameId("g1"), NOW, 44, 41, 7, "host", None)


async def test_it_says_where_sessions_stand_and_leaves_out_what_is_not_there(store: AnyStore) -> None:
    owner = await register(store)
    await store.journal.commit([part(await made(store, "g1", owner), "[2]", "[3]")])
    await made(store, "g2", owner)
    assert await store.ownership.refence(GameId("g2"), owner, 1)

    found = await store.histories.standings([GameId("g1"), GameId("g2"), GameId("none")])

    assert sorted(found, key=lambda standing: standing.game_id) == [
        Standing(GameId("g1"), owner, 1, 3, 0),
        Standing(GameId("g2"), owner, 2, 1, 0),
    ]
    assert await store.histories.standings([]) == []


async def test_what_a_session_was_set_back_by_is_kept_latest_first(store: AnyStore) -> None:
    second = replace(SETBACK, told_seq=None, kept_seq=12, said_by="restore")
    for setback in (SETBACK, replace(SETBACK, game_id=GameId("g2")), second):
        await store.histories.note_setback(setback)

    kept = [await store.histories.setbacks(GameId("g1"), limit) for limit in (10, 1)]

    assert kept == [[second, SETBACK], [second]]


async def test_a_renewal_says_what_the_row_said_before(store: AnyStore, clock: HandClock) -> None:
    owner = await register(store)
    renewals = list[Renewal | None]()
    for _ in range(2):
        clock.leap(1_000)
        renewals.append(await store.nodes.renew(owner, LEASE, beat()))

    first, second = renewals

    assert first is not None and second is not None
    assert (first.before, first.at) == (NOW, NOW + 1_000)
    assert (second.before, second.at) == (NOW + 1_000, NOW + 2_000)


async def test_its_life_is_the_same_for_everyone_as_long_as_it_lasts(store: AnyStore) -> None:
    assert await store.histories.lineage() == await store.histories.lineage()
