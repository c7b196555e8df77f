"""What is asked of many sessions is answered from the heads of their rows: no state is read for it, or kept in a cache.

A column that a later release added stands behind the state, and on its way there SQLite reads all of it.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from clew.sessions.census import Maker
from clew.sessions.faults import NeedsOperator
from clew.sessions.ids import GameId, Kind, Owner, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import GameStatus, NewSession, Verdict
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.store_records import NOW, loaded, new_session, part, place, register, snapshot

CHESS: Final = Kind("chess")
ADA: Final = UserId("ada")
ALL: Final = 10
WAKES_AT: Final = NOW + 9
SLEEPER: Final = Owner("sleeper.1")
HEIR: Final = Owner("heir.1")

PAGE: Final = 4_096
LARGE: Final = f'{{"board":"{"x" * 4 * PAGE}"}}'
FILLED: Final = b"x" * (PAGE - 4)
NO_PAGE: Final = b"\xff\xff\xff\xff"


async def answers(store: SqliteStore) -> dict[str, object]:
    """What a node asks again and again, and a page or an operator of many games at once."""
    made, _ = await store.counts.count_made(Maker(ADA), 0, "alive")
    return {
        "those that wait for a node": await store.ownership.count_claimable(HEIR, None),
        "those of them that a node reads": await store.ownership.count_claimable(HEIR, {FIRST_KIND: 1, CHESS: 1}),
        "those that a node takes which reads none": await store.ownership.claim(HEIR, {CHESS: 9}, ALL),
        "those that an owner holds": await store.ownership.held_by(SLEEPER),
        "those that are to be woken": await store.ownership.wake(SLEEPER, WAKES_AT, ALL),
        "lobbies that nobody looked at": await store.listings.unseen_lobbies(FIRST_KIND, NOW + 1, ALL),
        "those that may be compacted": await store.archives.compactable(FIRST_KIND, NOW + 1, ALL),
        "those that a user is in": [
            row.game_id for row in (await store.listings.sessions_of([FIRST_KIND], ADA, [], None, ALL)).items
        ],
        "those of another game that a user is in": list(
            (await store.listings.sessions_of([CHESS], ADA, [], None, ALL)).items
        ),
        "those of another game": list((await store.listings.list_sessions([], None, None, ALL, CHESS)).items),
        "one by its code": await store.listings.find("code-lobby"),
        "how many a user made": made,
        "how many there are": await store.counts.census("alive"),
        "how many there are of each status": await store.listings.count_sessions(),
    }


async def test_what_is_asked_of_many_sessions_reads_no_state(tmp_path: Path) -> None:
    clock = HandClock(NOW)
    with open_data(data_in(tmp_path), clock) as store:
        await fill(store)
        before = await answers(store)
    cut_off_the_states(tmp_path / FILE_NAME)

    with open_data(data_in(tmp_path), clock) as store:
        after = await answers(store)
        with pytest.raises(NeedsOperator, match="malformed"):
            await store.journal.load(GameId("lobby"))

    assert after == before
    assert all(isinstance(answer, list) or answer for answer in after.values())


async def fill(store: SqliteStore) -> None:
    """A lobby, one held, one asleep, one that is over and one that nobody holds, each with a state of several pages."""
    former, sleeper = await register(store, "former"), await register(store, "sleeper")
    assert (sleeper, await register(store, "heir")) == (SLEEPER, HEIR)
    await store.journal.create([_new("unheld", former, "active")])
    await store.ownership.release(former)
    await store.journal.create(
        [_new("lobby", sleeper), _new("held", sleeper, "active"), _new("over", sleeper, "canceled")]
    )
    await store.journal.create([_new("asleep", sleeper, "active")])
    asleep = await loaded(store, "asleep")
    assert await store.journal.commit([part(asleep, "[2]", wake_at=WAKES_AT)]) == [Verdict.COMMITTED]
    assert await store.ownership.put_to_sleep(sleeper, [place(await loaded(store, "asleep"))]) == [Verdict.COMMITTED]


def cut_off_the_states(file: Path) -> None:
    """Have each page that is nothing but state lead nowhere: who reads past it finds the file damaged."""
    content = bytearray(file.read_bytes())
    full = [at for at in range(0, len(content), PAGE) if bytes(content[at + 4 : at + PAGE]) == FILLED]
    assert len(full) >= 5, "the states are not where they were thought to be"
    for at in full:
        content[at : at + 4] = NO_PAGE
    file.write_bytes(content)


def _new(game: str, owner: Owner, status: GameStatus = "lobby") -> NewSession:
    new = new_session(game, owner, shot=snapshot(LARGE, status, p1="ada alive"))
    return replace(new, maker=Maker(ADA))
