"""``clew simulate``: the same seed plays the same games, and what can't be played is said."""

import json

import pytest
from typer.testing import CliRunner, Result

from clew.cli.main import app
from clew.lot import Lot
from clew.sessions.records import Refused
from clew.tables.simulating import Endless, simulation, summed_up
from examples.bids.game import Bids, Plan, State, View

BIDS = "examples.bids.game:Bids"


class Forever(Bids):
    """Bids that are never over."""

    kind = "forever"

    def outcome(self, state: State) -> None:
        return None


class Cheat(Bids):
    """Its bot bids what it has not."""

    kind = "cheat"

    def bot(self, view: View, seat: str, lot: Lot) -> Plan:
        return Plan(1000)


def simulate(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "240"}).invoke(app, ["simulate", *arguments])


def test_the_same_seed_plays_the_same_games_and_another_seed_others() -> None:
    first, again, other = (simulate(BIDS, "--seats", "4", "--seed", seed, "--json") for seed in "778")

    assert first.exit_code == 0, first.output
    assert first.stdout == again.stdout != other.stdout


def test_rounds_wins_by_seat_draws_and_lengths_add_up() -> None:
    found = json.loads(simulate(BIDS, "--seats", "3", "--games", "40", "--options", '{"lots": 4}', "--json").stdout)

    assert found["games"] == 40
    assert found["rounds"] == {"least": 4, "median": 4, "greatest": 4}
    assert found["seconds"]["median"] == 4 * Bids.round_seconds
    assert set(found["won"]) == {"p1", "p2", "p3"}
    assert sum(found["won"].values()) >= 40 - found["drawn"]


def test_the_table_says_the_same_to_people_and_speed_stays_out_of_it() -> None:
    shown = simulate(BIDS)

    assert "bids: 100 games of 2, seed 0" in shown.stdout and "won by p2" in shown.stdout
    assert "games per second" in shown.stderr and "games per second" not in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--seats", "9"), "seats: This game is for 2 to 6."),
        (("--options", '{"lots": 0}'), "Expected `int` >= 1"),
        (("--options", '{"nuts": 1}'), "options.nuts: There is no such option."),
        (("--options", "lots"), "give one JSON object"),
    ],
)
def test_a_table_that_cannot_be_is_refused(arguments: tuple[str, ...], says: str) -> None:
    done = simulate(BIDS, *arguments)

    assert done.exit_code == 2 and says in done.stderr


def test_a_game_that_bots_do_not_bring_to_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clew.tables.simulating.ROUNDS_MAX", 50)
    games = simulation(Forever(), 2, {}, 1, 7)
    assert not isinstance(games, Refused)

    with pytest.raises(Endless, match="has not ended after 50 rounds") as endless:
        summed_up(games, 2)

    assert endless.value.__notes__ == ["in a game of 2 with seed 7000021"]


def test_what_goes_wrong_in_a_game_says_which_it_was() -> None:
    games = simulation(Cheat(), 2, {}, 3, 0)
    assert not isinstance(games, Refused)

    with pytest.raises(AssertionError, match="not legal") as wrong:
        summed_up(games, 2)

    assert wrong.value.__notes__ == ["in a game of 2 with seed 0"]
