"""What operators see of compacted games, and how they give their journals back."""

import asyncio
from pathlib import Path

from clew.sessions.ids import GameId
from clew.sessions.ports.store import Store
from clew.sessions.records import Compacted
from minotaur.rules.settings import classic
from tests.clew.cli.operating import Place
from tests.kit.data import FILE_NAME
from tests.kit.postgres import run
from tests.kit.sqlite_file import change
from tests.kit.store_records import loaded, made, part, register, snapshot
from tests.play.driving import Table
from tests.play.stored import new_table


def fill(place: Place, *games: str) -> None:
    """Games that are over and compacted."""

    async def work(store: Store) -> None:
        owner = await register(store)
        for game in games:
            await made(store, game, owner)
            await store.journal.commit([part(await loaded(store, game), "[2]", shot=snapshot("{}", "concluded"))])
            await store.archives.compact(GameId(game))

    asyncio.run(place.fill(work))


def fill_over(place: Place) -> None:
    """A real game that is over and compacted."""
    table = Table.laid(classic(2), bots=1)
    table.start(1)
    table.play_out()

    async def work(store: Store) -> None:
        await store.journal.create([new_table(table, await register(store), "code")])
        assert isinstance(await store.archives.compact(table.match.game_id), Compacted)

    asyncio.run(place.fill(work))


def compacted(place: Place) -> list[str]:
    async def work(store: Store) -> list[str]:
        return list(await store.archives.compacted(None, 1_000))

    return asyncio.run(place.fill(work))


def spoil(place: Place, statement: str) -> None:
    """Have somebody else change the database."""
    option, where = place.options
    if option == "--data":
        change(Path(where) / FILE_NAME, statement)
    else:
        asyncio.run(run(where, statement))


def test_a_compacted_game_is_shown_as_any_other(place: Place) -> None:
    fill(place, "g1")

    shown = place.read("sessions", "show", "g1", "--lines", "1")

    assert [event["seq"] for event in shown["events"]] == [2]


def test_a_release_is_tried_on_compacted_games_too(place: Place) -> None:
    fill_over(place)

    fine = place.read("check-upgrade")
    spoil(place, "UPDATE game_archives SET entries = entries - 1")
    damaged = place.run("check-upgrade", "--json")

    assert fine["fine"]
    assert [(each["open"], each["fine"]) for each in fine["versions"]] == [(False, 1)]
    assert damaged.exit_code == 1
    assert '"found": "unreadable"' in damaged.output
    assert "journal: its record is damaged" in damaged.output


def test_all_journals_are_given_back(place: Place) -> None:
    fill(place, *(f"g{number:03}" for number in range(101)))

    assert place.told("sessions", "expand") == "101 journals were given back.\n"
    assert place.told("sessions", "expand") == "0 journals were given back.\n"
    assert compacted(place) == []


def test_one_journal_is_given_back(place: Place) -> None:
    fill(place, "g1", "g2")

    assert place.told("sessions", "expand", "g1") == "1 journal was given back.\n"

    assert compacted(place) == ["g2"]
    again = place.run("sessions", "expand", "g1")
    assert (again.exit_code, again.output) == (3, "minotaur: the journal of game g1 is not compacted\n")
    assert place.run("sessions", "expand", "nowhere").exit_code == 3


def test_a_damaged_record_is_named_and_the_others_are_given_back(place: Place) -> None:
    fill(place, "g1", "g2", "g3")
    spoil(place, "UPDATE game_archives SET entries = 1 WHERE game_id = 'g2'")

    done = place.run("sessions", "expand")
    shown = place.run("sessions", "show", "g2")

    assert done.exit_code == 1
    assert done.output.startswith("2 journals were given back.\nminotaur: game g2: journal: its record is damaged")
    assert compacted(place) == ["g2"]
    assert shown.exit_code == 0
    assert "can't be read here" in shown.output
    assert place.run("sessions", "expand", "g2").exit_code == 1
