"""The golden games, played again from their plans: everything that happened, was seen and was told is the same."""

import json

import pytest

from minotaur.rules.notation_board import parse_board
from minotaur.rules.notation_event import format_event, parse_event
from minotaur.rules.revisions import REVISIONS, RevisionNumber
from tests.golden.transcript import joined, played_again
from tests.golden.write import FOLDER, GAMES

names = pytest.mark.parametrize("name", sorted(GAMES))


def known_before(settings: str, before: str) -> str:
    """The line without what may be set since."""
    now, then = (json.loads(line.removeprefix("settings ")) for line in (settings, before))
    return f"settings {json.dumps({name: now[name] for name in then}, separators=(',', ':'))}"


def read(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@names
def test_a_golden_game_played_again_is_the_same_line_for_line(name: str) -> None:
    settings, *lines = read(name)

    settings_again, *again = played_again([settings, *lines])

    assert next((pair for pair in zip(lines, again, strict=False) if pair[0] != pair[1]), None) is None
    assert len(lines) == len(again)
    assert known_before(settings_again, settings) == settings


@names
def test_every_event_and_board_of_a_golden_game_is_read_back_from_its_line(name: str) -> None:
    events = [line for line in read(name) if line[0].isdigit()]

    assert [format_event(parse_event(line)) for line in events] == events
    assert all(parse_board(line.removeprefix("board ")) for line in read(name) if line.startswith("board "))


def test_every_file_in_the_folder_is_a_golden_game() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(GAMES)


@pytest.mark.parametrize("revision", list(REVISIONS))
def test_the_golden_games_tell_of_everything_that_can_happen(revision: RevisionNumber) -> None:
    names = [name for name, (settings, _, _) in GAMES.items() if settings.rules_revision == revision]

    happened = {line.split(" ")[1] for name in names for line in read(name) if line[0].isdigit()}

    assert happened >= {
        "pc_attacked",
        "noise",
        "killed",
        "minotaur_slain",
        "pc_bumped",
        "pc_left_hex",
        "pc_entered_hex",
        "collapsed",
        "drained",
        "tremor",
        "round_started",
        "game_over",
    }


def test_a_changed_plan_makes_another_game() -> None:
    lines = read("labyrinth-2")
    place = next(number for number, line in enumerate(lines) if line.startswith("plan p1 ") and line != "plan p1 -")
    changed = [*lines[:place], "plan p1 -", *lines[place + 1 :]]

    assert joined(played_again(changed)) != joined(changed)
