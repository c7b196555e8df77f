"""``minotaur nodes`` and ``minotaur sessions`` on real rows."""

import asyncio
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from clew.people.departed import SOMEBODY_WHO_LEFT
from clew.people.ids import JOIN_CODE_ALPHABET
from clew.sessions.ids import GameId, Owner
from clew.sessions.ports.store import Store
from clew.stores.postgres.store import open_postgres
from minotaur.play.codec import STATE_VERSION
from minotaur.rules.settings import classic
from tests.clew.cli.operating import Place, place_user, sqlite_place, store_table
from tests.kit.postgres import new_database
from tests.kit.store_records import NOW, beat, loaded, made, new_session, register, snapshot
from tests.play.driving import Table

LONG_LEASE = 3_600_000
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def fill(place: Place, *games: str, quarantined: Sequence[str] = ()) -> Owner:
    """A node that is ready and holds these games; some are then out of service."""

    async def work(store: Store) -> Owner:
        owner = await register(store, "web")
        await store.nodes.renew(owner, LONG_LEASE, beat(sessions=len(games)))
        for number, game in enumerate((*games, *quarantined)):
            await store.journal.create([new_session(game, owner, code=code_of(game), now=NOW + number)])
        for game in quarantined:
            await store.ownership.quarantine(GameId(game), owner, "a [bug]", NOW)
        return owner

    return asyncio.run(place.fill(work))


def code_of(game: str) -> str:
    """A code that could be a game's, another one for each number."""
    number = int(game.removeprefix("g"))
    letters = len(JOIN_CODE_ALPHABET)
    return "ABCD" + JOIN_CODE_ALPHABET[number // letters] + JOIN_CODE_ALPHABET[number % letters]


# --- nodes -----------------------------------------------------------------------------------------------------------


def test_nodes_are_listed_for_people_and_for_scripts(place: Place) -> None:
    owner = fill(place, "g1")

    (node,) = place.read("nodes", "list")["nodes"]
    table = place.told("nodes", "list")

    assert 0 <= node.pop("silent_ms") < 60_000
    assert node == {
        "node_id": "web",
        "owner": owner,
        "alive": True,
        "ready": True,
        "draining": False,
        "roles": ["host", "gateway"],
        "release": "0.1.0",
        "state_version_max": 1,
        "kinds": {"minotaur": 1},
        "address": "127.0.0.1:8000",
        "sessions": 1,
        "state": "ready",
        "why": None,
    }
    assert re.search(r"web +web\.1 +ready +host gateway +0\.1\.0 +127\.0\.0\.1:8000 +1 ", table)


def test_scripts_read_the_same_of_each_node_as_people(place: Place) -> None:
    async def work(store: Store) -> None:
        for node in ("drains", "ready", "lacks", "starts", "silent", "gone"):
            owner = await register(store, node)
            if node != "starts":
                unfit = "NATS was never reached" if node == "lacks" else ""
                ready = node != "lacks"
                lease = 1 if node == "silent" else LONG_LEASE
                await store.nodes.renew(owner, lease, beat(ready=ready, draining=node == "drains", unfit=unfit))
            if node == "gone":
                await store.nodes.retire(owner)

    asyncio.run(place.fill(work))

    alone = place.options[0] == "--data"
    unseen = "it does not answer at 127.0.0.1:8000" if alone else "nobody has seen its process end"
    nodes = {node["node_id"]: (node["state"], node["why"]) for node in place.read("nodes", "list")["nodes"]}
    lines = {line.split()[0]: line for line in place.told("nodes", "list").splitlines()}

    assert nodes == {
        "drains": ("draining", None),
        "ready": ("ready", None),
        "lacks": ("not ready", "NATS was never reached"),
        "starts": ("starting", None),
        "silent": ("silent", f"its lease ran out, and {unseen}"),
        "gone": ("gone", None),
    }
    assert all(state in lines[node] and (why or "") in lines[node] for node, (state, why) in nodes.items())


def test_a_node_that_is_asked_to_drain_is_shown_draining(place: Place) -> None:
    fill(place)

    said = place.told("nodes", "drain", "web")

    assert said.startswith("web was asked to drain.")
    assert place.read("nodes", "list")["nodes"][0]["draining"]


def test_a_node_that_is_not_there_is_not_asked(place: Place) -> None:
    fill(place)

    done = place.run("nodes", "drain", "other")

    assert done.exit_code == 3
    assert done.output == "minotaur: no living node is called 'other': `minotaur nodes list` shows who is\n"


# --- sessions --------------------------------------------------------------------------------------------------------


def test_a_game_that_no_node_can_read_is_shown_to_wait_for_a_newer_release(place: Place) -> None:
    newer = STATE_VERSION + 6

    async def work(store: Store) -> None:
        gone = await register(store, "new")
        await made(store, "g1", gone, shot=snapshot(version=newer))
        await store.nodes.retire(gone)
        await register(store, "old", newest=STATE_VERSION + 1)

    asyncio.run(place.fill(work))

    (listed,) = place.read("sessions", "list")["sessions"]
    said = place.told("sessions", "list")
    shown = place.told("sessions", "show", "g1")

    assert (listed["waits_for_state_version"], listed["game_status"]) == (newer, "lobby")
    waits = f"nobody: waits for a release that reads state v{newer} (here: v{STATE_VERSION + 1})"
    assert waits in said
    assert waits in shown
    (out_of_play,) = place.read("sessions", "quarantined")["sessions"]
    assert out_of_play["waits_for_state_version"] == newer
    told = place.told("sessions", "quarantined")
    assert f"waits: state v{newer} is newer than v{STATE_VERSION + 1}, which is all the nodes read" in told
    assert "waits: start nodes that have its game, of the release that wrote it" in told
    assert "1 game." in told


def test_sessions_are_listed_for_people_and_for_scripts(place: Place) -> None:
    owner = fill(place, "g1", "g2")

    listed = place.read("sessions", "list")
    told = place.told("sessions", "list")

    assert not listed["more"]
    assert listed["sums"] == {"lobbies": 2, "people": 0, "bots_alone": 0, "users": 0, "sign_ins": 0}
    assert "Open in all: 2 lobbies, 0 games of people, 0 of bots alone." in told
    assert [session["game_id"] for session in listed["sessions"]] == ["g2", "g1"]
    assert all(TIME.fullmatch(listed["sessions"][0].pop(name)) for name in ("inserted_at", "updated_at"))
    assert listed["sessions"][0] == {
        "game_id": "g2",
        "join_code": code_of("g2"),
        "kind": "minotaur",
        "game_status": "lobby",
        "latest_round": 0,
        "state_version": 1,
        "seq": 1,
        "snapshot_seq": 1,
        "owner": owner,
        "epoch": 1,
        "wake_at": None,
        "asleep": False,
        "unowned_since": None,
        "quarantine_reason": None,
        "quarantine_kind": None,
        "quarantine_advice": None,
        "waits_for_state_version": None,
    }
    assert "g2" in told
    assert "\n2 games.\n" in told


def test_sessions_are_listed_by_status_by_owner_and_up_to_a_limit(place: Place) -> None:
    owner = fill(place, *(f"g{number}" for number in range(105)), quarantined=["g200"])

    def games(*options: str) -> list[str]:
        return [session["game_id"] for session in place.read("sessions", "list", *options)["sessions"]]

    assert games("--status", "quarantined") == ["g200"]
    assert len(games("--status", "lobby", "--status", "quarantined", "--limit", "1000")) == 106
    assert len(games("--limit", "103")) == 103
    assert len(games("--owner", owner)) == 50
    assert games("--owner", "web.2") == []
    assert place.read("sessions", "list", "--limit", "105")["more"]
    assert "The newest 50; there are more" in place.told("sessions", "list")
    assert place.run("sessions", "list", "--status", "lost").exit_code == 2


def test_a_session_is_shown_with_its_players_and_the_last_of_its_journal(place: Place) -> None:
    table = Table.laid(classic(2))
    table.start(1)
    store_table(place, table)
    place_user(place, "u1")

    shown = place.read("sessions", "show", table.match.join_code, "--lines", "2")
    told = place.told("sessions", "show", f" {table.match.join_code[:3]}-{table.match.join_code[3:].lower()}")

    assert shown["session"]["game_id"] == table.match.game_id
    assert shown["state_bytes"] > 100
    assert shown["unreadable"] is None
    assert shown["players"][0] == {
        "player_id": "p1",
        "user_id": "u1",
        "display_name": "Ada",
        "player_status": "playing",
    }
    assert shown["players"][1]["user_id"] is None
    assert [event["seq"] for event in shown["events"]] == [table.seq - 1, table.seq]
    assert shown["events"][1]["text"] == "game_started heroes=p1,p2"
    assert "match_created preset=classic seats=2 bots=1 seed=1" in told
    assert "Ada" in told


def test_who_has_gone_for_good_is_not_named_to_operators_either(place: Place) -> None:
    table = Table.laid(classic(2))
    store_table(place, table)  # and there is no such user

    shown = place.read("sessions", "show", table.match.join_code)
    told = place.told("sessions", "show", table.match.join_code)

    assert (shown["players"][0]["user_id"], shown["players"][0]["display_name"]) == ("u1", SOMEBODY_WHO_LEFT)
    assert SOMEBODY_WHO_LEFT in told
    assert "Ada" not in told + str(shown)


def test_a_session_that_cannot_be_read_is_shown_as_far_as_it_can(place: Place) -> None:
    fill(place, quarantined=["g1"])

    shown = place.read("sessions", "show", "g1")
    told = place.told("sessions", "show", code_of("g1"))

    assert shown["players"] is None
    assert shown["unreadable"].startswith("state: ")
    assert shown["session"]["quarantine_reason"] == "a [bug]"
    assert shown["events"][0]["text"].startswith("unreadable: entry: number 1 can't be read: ")
    assert "a [bug]" in told


def test_what_is_out_of_service_is_listed_with_its_reason(place: Place) -> None:
    fill(place, "g1", quarantined=["g2"])

    listed = place.read("sessions", "quarantined")
    told = place.told("sessions", "quarantined")

    assert [session["game_id"] for session in listed["sessions"]] == ["g2"]
    assert "a [bug]" in told
    assert told.endswith("1 game.\n")


def test_a_session_is_released_from_its_owner(place: Place) -> None:
    owner = fill(place, "g1")

    said = place.told("sessions", "release", code_of("g1"))

    assert f"was taken from {owner}" in said
    session = place.read("sessions", "show", "g1")["session"]
    assert (session["owner"], session["epoch"]) == (None, 2)
    assert TIME.fullmatch(session["unowned_since"])
    assert "was nobody's before" in place.told("sessions", "release", "g1")


def test_a_session_is_released_from_quarantine(place: Place) -> None:
    fill(place, quarantined=["g1"])

    said = place.told("sessions", "release", "g1")

    assert "is out of quarantine and lobby again (it was: a [bug])" in said
    assert place.read("sessions", "quarantined")["sessions"] == []


def test_a_closed_session_and_one_that_is_not_there_are_not_released(place: Place) -> None:
    async def work(store: Store) -> None:
        await made(store, "g1", await register(store), shot=snapshot("{}", "concluded"))

    asyncio.run(place.fill(work))

    closed, never = place.run("sessions", "release", "g1"), place.run("sessions", "show", "g9")

    assert (closed.exit_code, never.exit_code) == (3, 3)
    assert closed.output == "minotaur: game g1 is concluded: there is nothing to go on with\n"
    assert never.output == "minotaur: no game has the id or the join code 'g9'\n"


# --- beside its server --------------------------------------------------------------------------------------


def test_looking_and_ordering_go_on_beside_who_serves(place: Place) -> None:
    fill(place, "g1")

    async def serve(store: Store) -> None:
        before = await loaded(store, "g1")
        listed = await asyncio.to_thread(place.read, "sessions", "list")
        assert [session["game_id"] for session in listed["sessions"]] == ["g1"]
        await asyncio.to_thread(place.told, "sessions", "release", "g1")
        assert (await loaded(store, "g1")).epoch == before.epoch + 1

    asyncio.run(place.fill(serve))


def test_looking_changes_nothing_and_makes_nothing(tmp_path: Path, folder: Place) -> None:
    fill(folder, "g1")
    database = tmp_path / "data" / "minotaur.db"
    before = database.read_bytes()

    for command in (("nodes", "list"), ("sessions", "list"), ("sessions", "show", "g1"), ("sessions", "quarantined")):
        folder.told(*command)
    nowhere = sqlite_place(tmp_path / "nowhere").run("sessions", "list")

    assert database.read_bytes() == before
    assert nowhere.exit_code == 1
    assert nowhere.output.startswith("minotaur: there are no games in ")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("revision", "words"),
    [("0001", "run `minotaur migrate --data "), ("9999", "a newer release made the database")],
)
def test_a_database_of_another_release_is_left_alone(tmp_path: Path, folder: Place, revision: str, words: str) -> None:
    fill(folder, "g1")
    with closing(sqlite3.connect(tmp_path / "data" / "minotaur.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))

    refused = [folder.run("sessions", "list"), folder.run("sessions", "release", "g1")]

    assert {done.exit_code for done in refused} == {1}
    assert all(words in done.output and done.output.count("\n") == 1 for done in refused)


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "minotaur.db").write_text("not a database" * 100)

    done = sqlite_place(tmp_path).run("nodes", "list")

    assert done.exit_code == 1
    assert done.output.startswith("minotaur: the database cannot be opened: ")


# --- a database ------------------------------------------------------------------------------------------------------


async def test_a_database_is_migrated_and_says_so_until_then() -> None:
    async with new_database(migrated=False) as url:
        place = Place(("--database-url", url), lambda: open_postgres(url))

        before = await asyncio.to_thread(place.run, "sessions", "list")
        first = await asyncio.to_thread(place.told, "migrate")
        second = await asyncio.to_thread(place.told, "migrate")
        after = await asyncio.to_thread(place.told, "sessions", "list")

    assert before.exit_code == 1
    assert "run `minotaur migrate --database-url postgresql://" in before.output
    assert "went from nothing to" in first
    assert "already" in second
    assert after.startswith("No games.\nOpen in all: 0 lobbies")


@pytest.mark.parametrize(
    "url",
    ["postgresql://ada:secret@127.0.0.1:1/games", "mysql://ada:secret@127.0.0.1/games", "postgresql://@/x?host=/none"],
)
def test_a_database_that_cannot_be_reached_costs_one_line_without_its_password(url: str) -> None:
    place = Place(("--database-url", url), lambda: open_postgres(url))

    failed = [place.run("nodes", "list"), place.run("sessions", "release", "g1"), place.run("migrate")]

    assert {done.exit_code for done in failed} == {1}
    assert all(done.output.startswith("minotaur: ") and done.output.count("\n") == 1 for done in failed)
    assert not any("secret" in done.output for done in failed)
