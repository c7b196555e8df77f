"""``minotaur simulate``: the same seed prints the same table, and speed stays out of it."""

import json
from typing import Any, Final

import pytest
import typer
from typer.testing import CliRunner, Result

from minotaur.cli.main import app as program
from minotaur.cli.simulate import simulate

WRITTEN_DOWN: Final[dict[str, dict[str, object]]] = {
    "labyrinth": {
        "games": 40,
        "rounds": [9, 12.0, 14],
        "wins": {"hunter": 33, "wanderer": 5},
        "draws": 2,
        "deaths": {"hero": 15, "minotaur": 60, "collapse": 47, "lair": 0},
    },
    "classic": {
        "games": 40,
        "rounds": [12, 24.0, 25],
        "wins": {"hunter": 35, "wanderer": 0},
        "draws": 5,
        "deaths": {"hero": 63, "minotaur": 0, "collapse": 58, "lair": 4},
    },
}
"""What 40 games of four came to. Who changes the rules or the bots writes it anew; who makes them faster, never."""


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(simulate)
    return made


def run(app: typer.Typer, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments])


def test_the_same_seed_prints_the_same_table(app: typer.Typer) -> None:
    arguments = ("--games", "10", "--seats", "4", "--bots", "hunter,wanderer", "--seed", "7")

    first, second = run(app, *arguments), run(app, *arguments)

    assert first.exit_code == 0
    assert first.stdout == second.stdout
    for row in ("rounds", "won by hunter", "drawn", "won by seat 4", "killed by minotaur", "Minotaur slain"):
        assert row in first.stdout
    assert "first meeting" in first.stdout and "first death" in first.stdout
    assert "games per second" in first.stderr
    assert "games per second" not in first.stdout


@pytest.mark.parametrize("preset", ["labyrinth", "classic"])
def test_the_table_of_a_seed_is_the_one_written_down(app: typer.Typer, preset: str) -> None:
    result = run(app, "--games", "40", "--seed", "7", "--preset", preset, "--json")

    assert counts(json.loads(result.stdout)) == WRITTEN_DOWN[preset]


def counts(table: dict[str, Any]) -> dict[str, object]:
    """What was counted, without shares and intervals."""
    return {
        "games": table["games"],
        "rounds": [min(map(int, table["rounds"])), table["rounds_median"], max(map(int, table["rounds"]))],
        "wins": {kind: won["count"] for kind, won in table["wins"].items()},
        "draws": table["draws"]["count"],
        "deaths": {cause: died["count"] for cause, died in table["deaths"].items()},
    }


@pytest.mark.parametrize("games", ["99", "230"])
def test_on_several_cores_the_same_games_are_played_in_the_same_order(app: typer.Typer, games: str) -> None:
    asked = ("--games", games, "--seats", "2", "--bots", "wanderer", "--preset", "classic", "--json")

    assert run(app, *asked, "--cores", "2").stdout == run(app, *asked, "--cores", "1").stdout


def test_the_command_of_the_program_has_all_its_options() -> None:
    result = CliRunner().invoke(program, ["simulate", "--games", "3", "--seats", "2", "--json"])

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["games"] == 3


def test_another_seed_plays_other_games(app: typer.Typer) -> None:
    tables = {run(app, "--games", "10", "--json", "--seed", str(seed)).stdout for seed in (1, 2)}

    assert len(tables) == 2


def test_json_adds_up(app: typer.Typer) -> None:
    result = run(app, "--games", "10", "--json", "--seats", "3", "--preset", "classic", "--bots", "wanderer")

    table = json.loads(result.stdout)
    assert table["games"] == 10
    assert table["wins"]["wanderer"]["count"] + table["draws"]["count"] == 10
    assert sum(won["count"] for won in table["won_by_seat"].values()) == table["wins"]["wanderer"]["count"]
    assert sum(table["rounds"].values()) == 10
    assert table["deaths"]["minotaur"]["count"] == 0


def test_a_bot_nobody_knows_is_named(app: typer.Typer) -> None:
    result = run(app, "--bots", "hunter,ghost")

    assert result.exit_code == 2
    assert "ghost" in result.stderr


@pytest.mark.parametrize(
    "option", [("--games", "0"), ("--seats", "1"), ("--seats", "9"), ("--seed", "-1"), ("--cores", "-1")]
)
def test_numbers_out_of_bounds_are_refused(app: typer.Typer, option: tuple[str, str]) -> None:
    assert run(app, *option).exit_code == 2
