"""Games and users move from one database to another and are what they were, or nothing moves at all."""

import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.ports.users import SignedIn
from clew.sessions.records import SessionSummary, SignIn, Stored, StoredEntry, UserRecord, Verdict
from clew.stores.folder import DataFolder
from clew.stores.lock import DataInUse
from clew.stores.moving.format import BadExport, MovedCounts
from clew.stores.moving.moving import export_to, import_from
from clew.stores.moving.rows import Clash
from clew.stores.postgres.store import PostgresStore, open_postgres
from clew.stores.schema.revision import SchemaBehind, Unopenable
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import data_in
from tests.kit.postgres import new_database
from tests.kit.store_records import LEASE, NOW, beat, loaded, made, new_session, part, place, reads, register, snapshot

AWKWARD = '{"text":"\\u0000 \\ud83d\\ude00 é \\"quoted\\"","number":1.10,"big":9007199254740993,"map":[[[-1,2],3]]}'
EXPORTED = NOW + 60_000
GAMES = ("played", "sleeping", "long", "let-go", "lost", "broken", "over", "over-too")
HOW_MUCH = MovedCounts(users=2, sign_ins=3, sessions=len(GAMES), players=5, entries=1_211)
ADA = UserRecord(UserId("ada"), "Ada ☃ d’Arc", NOW)
Place = Path | str


async def test_what_moves_through_postgresql_and_back_is_what_it_was(tmp_path: Path) -> None:
    await leave_games(tmp_path / "one")
    before = await everything(tmp_path / "one")
    page = await first_page(tmp_path / "one")

    async with new_database() as url:
        for source, target in ((tmp_path / "one", url), (url, tmp_path / "two")):
            moved = await move(source, target)
            assert moved == HOW_MUCH
            after = await everything(target)
            raised = 1 if target == url else 2
            assert after == {
                game: (
                    replace(
                        row,
                        owner=None,
                        epoch=row.epoch + raised,
                        asleep=False,
                        unowned_since=after[game][0].unowned_since,
                        read_at=after[game][0].read_at,
                    ),
                    journal,
                    listed,
                )
                for game, (row, journal, listed) in before.items()
            }
            assert await first_page(target) == page
            async with opened(target) as store:
                await people_are_there(store)


async def test_open_games_are_without_an_owner_since_they_were_lost_let_go_of_or_exported(tmp_path: Path) -> None:
    await leave_games(tmp_path)
    async with new_database() as url:
        await move(tmp_path, url)

        since = {game: row.unowned_since for game, (row, _, _) in (await everything(url)).items()}

    assert since == {
        "played": EXPORTED,
        "sleeping": EXPORTED,
        "long": EXPORTED,
        "let-go": NOW + 10,
        "lost": NOW + 5,
        "broken": None,
        "over": None,
        "over-too": None,
    }


async def test_what_moved_goes_on(tmp_path: Path) -> None:
    await leave_games(tmp_path)
    async with new_database() as url:
        await move(tmp_path, url)

        async with open_postgres(url, HandClock(EXPORTED + 1_000)) as store:
            heir = await register(store, "z")
            claimed = await store.ownership.claim(heir, reads(1), 100)
            assert {row.game_id for row in claimed} == {"played", "sleeping", "long", "let-go", "lost"}
            assert [row.unowned_ms for row in claimed if row.game_id == "played"] == [1_000]
            for row in claimed:
                assert await store.journal.commit([part(row, "[0]", shot=snapshot(p1="ada alive"))]) == [
                    Verdict.COMMITTED
                ]
            assert await store.ownership.put_back(GameId("broken"))
            await store.journal.create([new_session("new", heir, shot=snapshot(p1="ada alive"))])
            assert len((await store.listings.sessions_of([FIRST_KIND], ADA.user_id, [], None, 100)).items) == 8


async def test_games_move_with_their_kind_and_what_names_none_is_the_first_kinds(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path / "one"), HandClock(NOW)) as store:
        owner = await register(store)
        await made(store, "mine", owner, shot=snapshot(version=2))
        await made(store, "chess", owner, shot=snapshot(version=2), kind=Kind("chess"))
    file = io.BytesIO()
    await export_to(file, "minotaur", data_in(tmp_path / "one"), EXPORTED)
    lines = file.getvalue().splitlines()
    async with new_database() as url:
        file.seek(0)
        await import_from(file, url)

        async with opened(url) as there:
            moved = [await loaded(there, game) for game in ("mine", "chess")]

    assert [b'"kind"' in line for line in lines if b'"type":"session"' in line] == [False, True], "as 0.2.0 wrote it"
    assert [(row.kind, row.state_version) for row in moved] == [(FIRST_KIND, 2), ("chess", 2)]


async def test_the_same_games_are_not_imported_twice(tmp_path: Path) -> None:
    await leave_games(tmp_path / "one")
    async with new_database() as url:
        await move(tmp_path / "one", url)

        with pytest.raises(Clash, match=r"^user ada is in the database already$"):
            await move(tmp_path / "one", url)


@pytest.mark.parametrize(
    ("game", "code", "told"),
    [
        ("played", "X", "^game played is in the database already$"),
        ("else", "code-played", "^an open game with join code code-played is in the database already$"),
        ("else", "X", "^the game in row 1 is in the database already$"),
    ],
)
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_what_clashes_is_named_and_nothing_is_imported(
    tmp_path: Path, kind: str, game: str, code: str, told: str
) -> None:
    await leave_games(tmp_path / "one")
    async with new_database() as url:
        target = url if kind == "postgres" else tmp_path / "two"
        async with opened(target) as store:
            await store.journal.create([new_session(game, await register(store), code=code)])

        with pytest.raises(Clash, match=told):
            await move(tmp_path / "one", target)

        async with opened(target) as store:
            assert await store.users.user(ADA.user_id) is None
            assert len((await store.listings.list_sessions([], None, None, 100)).items) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_an_export_that_is_not_whole_is_refused_and_nothing_is_imported(tmp_path: Path, kind: str) -> None:
    await leave_games(tmp_path / "one")
    file = io.BytesIO()
    await export_to(file, "minotaur", data_in(tmp_path / "one"), EXPORTED)
    lines = file.getvalue().splitlines(keepends=True)
    bad = [
        b"",
        b"PK\x03\x04",
        b"{}\n",
        b"".join(lines[:-1]),
        b"".join(lines)[:-1],
        b"".join(lines[:-1])[:-5],
        b"".join([*lines[:-2], lines[-1]]),
        b"".join([*lines, lines[1]]),
        b"".join(lines).replace(b"Ada", b"Eve", 1),
        b"".join(lines).replace(b'"format":2', b'"format":3'),
        b"".join([lines[0], *lines]),
        b"".join([*lines[:-1], b'{"type":"end","moved":{},"sha256":""}\n']),
    ]
    async with new_database() as url:
        target = url if kind == "postgres" else tmp_path / "two"

        for text in bad:
            with pytest.raises(BadExport):
                await import_from(io.BytesIO(text), placed(target))

        async with opened(target) as store:
            assert await store.users.user(ADA.user_id) is None
            assert (await store.listings.list_sessions([], None, None, 100)).items == ()


async def test_a_folder_that_is_served_from_is_left_alone(tmp_path: Path) -> None:
    await leave_games(tmp_path)
    file = io.BytesIO()
    await export_to(file, "minotaur", data_in(tmp_path), EXPORTED)
    file.seek(0)

    with open_data(data_in(tmp_path), HandClock()):
        with pytest.raises(DataInUse):
            await export_to(io.BytesIO(), "minotaur", data_in(tmp_path), EXPORTED)
        with pytest.raises(DataInUse):
            await import_from(file, data_in(tmp_path))


async def test_a_folder_without_games_is_told_and_none_are_made(tmp_path: Path) -> None:
    with pytest.raises(Unopenable, match="no games in"):
        await export_to(io.BytesIO(), "minotaur", data_in(tmp_path / "typo"), EXPORTED)

    assert not (tmp_path / "typo").exists()


async def test_a_database_without_the_schema_is_not_given_one_by_an_import(tmp_path: Path) -> None:
    await leave_games(tmp_path)
    async with new_database(migrated=False) as url:
        with pytest.raises(SchemaBehind, match="clew migrate"):
            await move(tmp_path, url)


async def leave_games(folder: Path) -> None:
    """Games in every condition, and two people: what a server leaves that is gone."""
    clock = HandClock(NOW)
    with open_data(data_in(folder), clock) as store:
        await store.users.add_user(ADA, SignIn(b"\x00\xff", ADA.user_id, NOW + 9))
        await store.users.add_sign_in(SignIn(b"second", ADA.user_id, NOW + 1_000_000))
        await store.users.add_user(UserRecord(UserId("ben"), "Ben", NOW + 1), SignIn(b"ben", UserId("ben"), NOW + 9))
        lost, other, owner = [await register(store, node) for node in ("lost", "other", "a")]
        seats = snapshot(AWKWARD, "active", 3, p1="ada alive", p2="- alive")
        await made(store, "played", owner, AWKWARD, shot=seats)
        await store.journal.commit([part(await loaded(store, "played"), AWKWARD, "[3]", wake_at=NOW + 99)])
        row = await made(store, "sleeping", owner)
        await store.ownership.put_to_sleep(owner, [place(row)])
        await made(store, "long", owner)
        await store.journal.commit([part(await loaded(store, "long"), *(f"[{number}]" for number in range(1_199)))])
        await made(store, "let-go", other)
        await made(store, "lost", lost)
        await made(store, "broken", owner, shot=snapshot("{}", "active", p1="ben alive"))
        await store.ownership.quarantine(GameId("broken"), owner, "the reason", NOW + 5)
        for game in ("over", "over-too"):
            row = await made(store, game, owner)
            await store.journal.commit([part(row, "[2]", shot=snapshot("{}", "concluded", p1="ada dead"))])
        clock.leap(5)
        await store.nodes.renew(lost, LEASE, beat())
        clock.leap(5)
        await store.ownership.release(other)
        clock.leap(EXPORTED - NOW - 10)
        await store.nodes.renew(owner, LEASE, beat())


@asynccontextmanager
async def opened(at: Place) -> AsyncGenerator[SqliteStore | PostgresStore]:
    if isinstance(at, str):
        async with open_postgres(at, HandClock(EXPORTED)) as store:
            yield store
    else:
        with open_data(data_in(at), HandClock(EXPORTED)) as store:
            yield store


def placed(at: Place) -> DataFolder | str:
    return at if isinstance(at, str) else data_in(at)


async def move(source: Place, target: Place) -> MovedCounts:
    file = io.BytesIO()
    written = await export_to(file, "minotaur", placed(source), EXPORTED)
    file.seek(0)
    read = await import_from(file, placed(target))
    assert written == read
    return read


async def everything(at: Place) -> dict[str, tuple[Stored, list[StoredEntry], list[SessionSummary]]]:
    """Each game's row with its tail, its journal, and what listings show of it."""
    async with opened(at) as store:
        found: dict[str, tuple[Stored, list[StoredEntry], list[SessionSummary]]] = {}
        listed = [
            item
            for user in ("ada", "ben")
            for item in (await store.listings.sessions_of([FIRST_KIND], UserId(user), [], None, 99)).items
        ]
        for game in GAMES:
            journal = list(await store.journal.entries(GameId(game), 0, 10_000))
            found[game] = (await loaded(store, game), journal, [item for item in listed if item.game_id == game])
        return found


async def first_page(at: Place) -> tuple[list[str], str | None]:
    """What shows the ids of rows: an order where all were made at one moment, and a cursor."""
    async with opened(at) as store:
        page = await store.listings.list_sessions([], None, None, 3)
        return [row.game_id for row in page.items], page.cursor


async def people_are_there(store: SqliteStore | PostgresStore) -> None:
    assert await store.users.user(ADA.user_id) == ADA
    assert await store.users.signed_in(b"\x00\xff", NOW) == SignedIn(ADA, NOW + 9)
    assert await store.users.signed_in(b"second", NOW + 999_999) == SignedIn(ADA, NOW + 1_000_000)
    assert await store.users.signed_in(b"second", NOW + 1_000_000) is None
