"""Games in quarantine: seen with what to do, put back once they can be read, and taken along for a bug report."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clew.cli.advice import ADVICE as TEXTS
from clew.sessions.flaws import Flaw
from clew.sessions.ids import GameId, UserId
from clew.sessions.ports.store import Store
from clew.sessions.records import NewSession, SignIn, UserRecord
from clew.sessions.session.bodies import Position, write_entry, write_snapshot
from clew.wiring.words import Words
from minotaur.play.codec import STATE_VERSION, MatchCodec
from minotaur.play.kind import KIND
from minotaur.play.machine import MatchMachine
from minotaur.rules.settings import labyrinth
from tests.clew.cli.operating import Place, postgres_place, sqlite_place
from tests.kit.data import FILE_NAME
from tests.kit.postgres import run
from tests.kit.store_records import NOW, register
from tests.play.driving import Table

GAME = "g1"
ROW = "UPDATE game_session_summaries SET {} WHERE game_id = 'g1'"
HUGE = "1" * 9_000_000
BAD: list[tuple[str, Flaw]] = [
    (ROW.format("game_state = '{}'"), Flaw.STATE),
    (ROW.format("game_state = '[[[[]]]]'"), Flaw.STATE),
    (ROW.format("game_state = '\"\\u0000\"'"), Flaw.STATE),
    (ROW.format("latest_round = 7"), Flaw.ROW),
    (ROW.format("quarantined_from = NULL"), Flaw.ROW),
    (ROW.format("epoch = 9223372036854775807"), Flaw.ROW),
    (ROW.format("snapshot_seq = 9223372036854775807"), Flaw.ROW),
    (ROW.format("seq = 99"), Flaw.JOURNAL),
    (ROW.format("seq = 9223372036854775807"), Flaw.JOURNAL),
    (ROW.format("state_version = 0"), Flaw.VERSION),
    (ROW.format("state_version = 99"), Flaw.VERSION),
    (ROW.format(f"game_state = '{HUGE}'"), Flaw.SIZE),
]
ONLY_SQLITE: list[tuple[str, Flaw]] = [
    (ROW.format("game_state = ''"), Flaw.STATE),
    (ROW.format("game_state = CAST(x'ff00fe' AS TEXT)"), Flaw.STATE),
    (ROW.format("game_state = substr(game_state, 1, 700)"), Flaw.STATE),
    (ROW.format(f"game_state = '{'[' * 500_000}'"), Flaw.STATE),
]
ADVICE = {flaw: Words("minotaur").named_in(text) for flaw, text in TEXTS.items()}


def in_its_second_round() -> Table:
    table = Table.laid(labyrinth(2))
    table.start(1)
    table.end_round()
    return table


def put_aside(place: Place, game: str = GAME, reason: str = "crashes: 5 within 60 s") -> None:
    """A game in its second round that was put aside."""
    table = in_its_second_round()
    at = Position(table.match, table.seq, MatchMachine().summary(table.match), {})
    entries = tuple(write_entry(MatchCodec(), entry) for entry in table.journal)

    async def work(store: Store) -> None:
        owner = await register(store, "web")
        await store.users.add_user(
            UserRecord(UserId("u1"), "Secret name", NOW), SignIn(b"secret hash", UserId("u1"), NOW)
        )
        new = NewSession(
            GameId(game), "ABC234", owner, entries, table.now, None, write_snapshot(MatchCodec(), at), kind=KIND
        )
        await store.journal.create([new])
        await store.ownership.quarantine(GameId(game), owner, reason, NOW)

    asyncio.run(place.fill(work))


def spoil(place: Place, statement: str) -> None:
    kind, where = place.options
    if kind == "--database-url":
        asyncio.run(run(where, statement))
        return
    with closing(sqlite3.connect(Path(where) / FILE_NAME)) as connection, connection:
        assert connection.execute(statement).rowcount == 1


def status_of(place: Place) -> str:
    return place.read("sessions", "show", GAME)["session"]["game_status"]


def test_a_game_that_can_be_read_again_is_put_back(place: Place) -> None:
    put_aside(place)

    said = place.told("sessions", "retry", "abc-234")

    assert "Game g1 (ABC234) can be read, and goes on once a node takes it (it was: crashes: 5 within 60 s)." in said
    assert status_of(place) == "active"


@pytest.mark.parametrize(("statement", "flaw"), BAD)
def test_a_game_that_still_cannot_be_read_stays_and_says_what_to_do(place: Place, statement: str, flaw: Flaw) -> None:
    put_aside(place)
    spoil(place, statement)

    still_bad(place, flaw)


@pytest.mark.parametrize(("statement", "flaw"), ONLY_SQLITE)
def test_bytes_that_are_no_json_at_all_stay_too(folder: Place, statement: str, flaw: Flaw) -> None:
    put_aside(folder)
    spoil(folder, statement)

    still_bad(folder, flaw)


def still_bad(place: Place, flaw: Flaw) -> None:
    """It stays where it is, and everything that an operator can look with goes on working."""
    tried = place.run("sessions", "retry", GAME)
    shown = place.read("sessions", "show", GAME)
    told = [place.told("sessions", *command) for command in (("show", GAME), ("quarantined",), ("list",))]

    assert tried.exit_code == 1
    assert f"stays in quarantine. {flaw}: " in tried.output
    assert ADVICE[flaw] in tried.output
    assert shown["unreadable"].startswith(f"{flaw}: ")
    assert shown["session"]["quarantine_kind"] == "crashes"
    assert shown["session"]["quarantine_advice"] == ADVICE[Flaw.CRASHES]
    assert all(len(text) < 20_000 for text in (tried.output, *told))
    assert "crashes: 5 within 60 s" in told[1] and ADVICE[Flaw.CRASHES] in told[1]
    assert ADVICE[flaw] in told[0]


def test_all_are_tried_and_counted(place: Place) -> None:
    put_aside(place)

    first = place.told("sessions", "retry", "--all")
    second = place.told("sessions", "retry", "--all")

    assert first.endswith("1 of 1 put back.\n")
    assert second == "No game is in quarantine.\n"


def test_all_are_tried_though_one_stays(place: Place) -> None:
    put_aside(place)
    spoil(place, ROW.format("latest_round = 9"))

    tried = place.run("sessions", "retry", "--all")

    assert tried.exit_code == 1
    assert tried.output.endswith("0 of 1 put back.\n")
    assert status_of(place) == "quarantined"


def test_what_is_not_in_quarantine_is_not_retried(place: Place) -> None:
    put_aside(place)
    place.told("sessions", "release", GAME)

    tried = [place.run("sessions", "retry", name) for name in (GAME, "g9")]
    wrong = [place.run("sessions", "retry"), place.run("sessions", "retry", GAME, "--all")]

    assert [done.exit_code for done in (*tried, *wrong)] == [3, 3, 2, 2]
    assert "game g1 is active, not in quarantine" in tried[0].output


# --- for a bug report ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state",
    [b"{}", b"", b"\xff\x00\xfe nonsense", b'"' * 3_000_000, b"\x01" * 50_000_000, b"\xff" * 50_000_000],
    ids=["empty", "nothing", "no text", "quotes", "50 MB of text", "50 MB of bytes"],
)
def test_a_game_is_taken_along_byte_for_byte_and_is_as_bad_elsewhere(
    tmp_path: Path, folder: Place, state: bytes
) -> None:
    put_aside(folder)
    file, elsewhere = tmp_path / "report", sqlite_place(tmp_path / "elsewhere")
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE game_session_summaries SET game_state = CAST(? AS TEXT)", (state,))
        connection.execute("DELETE FROM game_events WHERE seq = 3")
        connection.execute("UPDATE game_events SET event = CAST(x'fffe' AS TEXT) WHERE seq = 4")
    before = rows_of(tmp_path / "data")

    said = folder.told("sessions", "export", GAME, str(file))
    elsewhere.told("import", str(file))

    assert "Wrote game g1 with 2 players" in said
    assert rows_of(tmp_path / "elsewhere") == before
    assert file.stat().st_mode & 0o777 == 0o600
    assert elsewhere.run("sessions", "retry", GAME).exit_code == 1


ROWS = """SELECT game_id, join_code, game_status, latest_round, state_version, seq, snapshot_seq, quarantine_reason,
    quarantined_from, CAST(game_state AS BLOB), typeof(game_state) FROM game_session_summaries"""
ENTRIES = "SELECT seq, epoch, recorded_at, CAST(event AS BLOB), typeof(event) FROM game_events ORDER BY seq"
PLAYERS = "SELECT user_id, player_id, player_status FROM player_game_session_summaries ORDER BY player_id"


def rows_of(folder: Path) -> list[object]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return [connection.execute(statement).fetchall() for statement in (ROWS, ENTRIES, PLAYERS)]


def test_nobody_can_sign_in_with_what_is_taken_along(tmp_path: Path, place: Place) -> None:
    put_aside(place)

    place.told("sessions", "export", GAME, str(tmp_path / "report"))

    written = (tmp_path / "report").read_bytes()
    assert not any(word in written for word in (b'"type":"sign_in"', b'"type":"user"', b"token", b"Secret name"))
    assert b"Ada" in written, "as the state and the journal have it"


def test_a_game_goes_on_where_it_was_taken_to_once_it_can_be_read(tmp_path: Path, place: Place) -> None:
    put_aside(place)
    elsewhere = sqlite_place(tmp_path / "elsewhere")

    place.told("sessions", "export", GAME, str(tmp_path / "report"))
    elsewhere.told("import", str(tmp_path / "report"))

    assert "can be read" in elsewhere.told("sessions", "retry", GAME)
    again = place.run("sessions", "export", GAME, str(tmp_path / "report"))
    assert again.exit_code == 1 and "is there already" in again.output
    assert place.run("sessions", "export", "g9", str(tmp_path / "other")).exit_code == 3
    assert not (tmp_path / "other").exists()


def test_bytes_that_are_no_text_are_not_imported_into_a_database(tmp_path: Path, folder: Place) -> None:
    put_aside(folder)
    spoil(folder, ROW.format("game_state = CAST(x'ff00fe' AS TEXT)"))
    folder.told("sessions", "export", GAME, str(tmp_path / "report"))
    database = asyncio.run(postgres_place())

    done = database.run("import", str(tmp_path / "report"))

    assert done.exit_code == 1
    assert "game g1 holds bytes that are no text" in done.output
    assert database.told("sessions", "list").startswith("No games.\n")


def test_every_kind_of_reason_has_its_advice() -> None:
    assert set(TEXTS) == set(Flaw)


def test_a_spoiled_state_is_mended_as_the_advice_says_and_nothing_that_was_played_is_lost(place: Place) -> None:
    """What is put back is older than the journal, which brings it up to date."""
    put_aside(place)
    table = in_its_second_round()
    older = table.commits[0]
    at = Position(older.after, older.entries[-1].seq, MatchMachine().summary(older.after), {})
    backup = write_snapshot(MatchCodec(), at).state.decode().replace("'", "''")
    spoil(place, ROW.format("game_state = '{}'"))
    still_bad(place, Flaw.STATE)

    spoil(place, ROW.format(f"game_state = '{backup}', state_version = {STATE_VERSION}, snapshot_seq = {at.seq}"))
    place.told("sessions", "retry", GAME)

    shown = place.read("sessions", "show", GAME)
    assert (shown["session"]["game_status"], shown["session"]["latest_round"]) == ("active", 2)
    assert (shown["session"]["seq"], shown["unreadable"]) == (table.seq, None)
    assert older.after.game is not None and older.after.game.round == 1
