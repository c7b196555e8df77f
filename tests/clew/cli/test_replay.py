"""``clew replay``: a finished game of any kind in lines of text, and what is no replay of it."""

from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from clew.cli.main import app
from clew.sessions.records import Entry
from clew.tables.creating import NewTable
from clew.tables.retelling import UnreadableReplay, retold
from clew.tables.serving.replay import replay_of
from clew.testing.sitting import BEGAN, P1, P2, Sitting
from examples.bids.game import Bids, Plan

BIDS = "examples.bids.game:Bids"


class Other(Bids):
    """Of another kind."""

    kind = "other"


def replay_text() -> bytes:
    """Two lots: the second player buys the first, and gives up."""
    sitting = Sitting(Bids(), NewTable(seats=2, options={"lots": 2}), seed=3).begin()
    sitting.plan(P1, Plan(3))
    sitting.plan(P2, Plan(7))
    sitting.ready(P1, P2)
    sitting.agree(P1, "pause", away=[P2])
    sitting.resign(P2)
    entries = [Entry(seq, BEGAN, event) for seq, event in enumerate(sitting.journal, 1)]
    return msgspec.json.encode(replay_of(Bids(), entries))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kept = tmp_path / "game.json"
    kept.write_bytes(replay_text())
    return kept


def replay(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "240"}).invoke(app, ["replay", *map(str, arguments)], input=given)


def test_what_each_planned_what_came_of_it_and_how_it_stood_are_told_line_by_line(file: Path) -> None:
    told = replay(BIDS, file)

    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines() == [
        "Ada makes the game",
        "Player 2 sits down",
        "Round 1: Ada, Player 2",
        '= {"lots":2,"purses":{"p1":30,"p2":30},"sold":[]}',
        'Ada plans {"bid":3}',
        'Player 2 plans {"bid":7}',
        "Ada is ready",
        "Player 2 is ready",
        'happened: {"type":"Sold","to":"p2","price":7}',
        'happened: {"type":"Paid","seat":"p2","left":23}',
        "Round 2: Ada, Player 2",
        '= {"lots":2,"purses":{"p1":30,"p2":23},"sold":[{"type":"Sold","to":"p2","price":7}]}',
        "Ada agrees to pause",
        "the clock stands",
        "Player 2 gives up",
        "The game is over: Ada won",
        '= {"lots":2,"purses":{"p1":30,"p2":23},"sold":[{"type":"Sold","to":"p2","price":7}]}',
    ]


def test_it_begins_with_any_round_and_reads_what_is_piped_into_it(file: Path) -> None:
    told = replay(BIDS, "-", "--round", "2", given=file.read_bytes())
    after = replay(BIDS, file, "--round", "3")

    assert told.stdout.startswith("Round 2: Ada, Player 2\n")
    assert after.exit_code == 2 and "the game was over after round 2" in after.output


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"initial":{}}', b'{"initial":{"kind":"bids"}}', b"\xff"])
def test_what_is_no_replay_is_refused_in_a_sentence(tmp_path: Path, text: bytes) -> None:
    kept = tmp_path / "other.json"
    kept.write_bytes(text)

    told = replay(BIDS, kept)

    assert told.exit_code == 2
    assert "it is no replay of bids" in told.output


def test_a_replay_of_another_game_is_refused_by_its_kind() -> None:
    with pytest.raises(UnreadableReplay, match="it is a replay of bids, not of other"):
        retold(Other(), replay_text())


def test_no_name_moves_the_terminal() -> None:
    text = replay_text().replace(b'"Player 2"', b'"\\u001b[2J\\u202eBo"')

    lines = [line.text for line in retold(Bids(), text)]

    assert "\ufffd[2J\ufffdBo gives up" in lines
    assert all(line.isprintable() for line in lines)
