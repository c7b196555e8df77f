"""``minotaur replay``: a finished game in a terminal, as text and by keys."""

import json
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from typer.testing import CliRunner, Result

from minotaur.cli.main import app
from tests.play.test_retelling import kept_replay

WAIT_S: Final = 20.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kept = tmp_path / "game.json"
    kept.write_text(json.dumps(kept_replay()))
    return kept


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(app, ["replay", *map(str, arguments)], input=given)


@pytest.fixture
def terminal(file: Path) -> Iterator[int]:
    """A terminal in which it is watched from round 2 on; what leaves it ends well, within ``WAIT_S``."""
    ours, theirs = pty.openpty()
    watched = subprocess.Popen(
        [sys.executable, "-m", "minotaur", "replay", str(file), "--round", "2"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield ours
        with suppress(OSError):  # so it ends on Linux: the other side is closed
            while select.select([ours], [], [], WAIT_S)[0] and os.read(ours, 65_536):
                pass
        assert watched.wait(WAIT_S) == 0
    finally:
        watched.kill()
        watched.wait()
        os.close(ours)


def words_of(text: str) -> str:
    """Without the frame around an error, and however its lines are broken."""
    return re.sub(r"[│\s]+", " ", text)


def blocks(text: str) -> dict[int, str]:
    """What is printed of each round."""
    _, *parts = re.split(r"^Round (\d+)$", text, flags=re.MULTILINE)
    return {int(number): block for number, block in zip(parts[::2], parts[1::2], strict=True)}


def test_all_rounds_are_printed_with_plans_what_happened_and_the_board(file: Path) -> None:
    shown = run(file)

    rounds = blocks(shown.stdout)
    assert shown.exit_code == 0
    assert list(rounds) == list(range(1, len(rounds) + 1))
    assert "Ada           15 health  east, south-east" in rounds[1]
    assert "Ada goes east.\nIcarus goes west.\nThe Minotaur goes south-east." in rounds[1]
    assert "Player 2 runs into a wall in the south-west." in rounds[1]
    assert "     ·   #  2M   ·   ·" in rounds[1]
    assert "Player 3 strikes at Ada, who has moved on." in rounds[2]
    assert re.search(r"(wins|nobody wins)\.", shown.stdout, re.IGNORECASE)
    assert "\x1b" not in shown.stdout


def test_it_begins_with_the_round_that_was_asked_for(file: Path) -> None:
    assert min(blocks(run(file, "--round", "3").stdout)) == 3
    late = run(file, "--round", "300")
    assert late.exit_code == 2
    assert "the game was over after round" in words_of(late.stderr)


def test_as_somebody_saw_it_holds_nobody_elses_plan_and_nothing_they_were_not_told(file: Path) -> None:
    rounds = blocks(run(file, "--as", "ada").stdout)

    assert "east, south-east" in rounds[1]
    assert "strike Ada, strike Ada" not in rounds[2]
    assert "Ada hears fighting to the south-east." in rounds[2]
    assert "The Minotaur strikes Player 2" not in rounds[2]
    assert "The Minotaur strikes Player 2" in blocks(run(file).stdout)[2]


@pytest.mark.parametrize("asked", ["1", "p1", "ADA"])
def test_a_player_is_named_by_seat_or_by_name(file: Path, asked: str) -> None:
    assert run(file, "--as", asked).stdout == run(file, "--as", "Ada").stdout


def test_who_was_not_in_the_game_is_said_so(file: Path) -> None:
    nobody = run(file, "--as", "Zoe")

    assert nobody.exit_code == 2
    assert "nobody is called 'Zoe'" in words_of(nobody.stderr)


def test_a_replay_comes_through_a_pipe_too(file: Path) -> None:
    assert run("-", given=file.read_text()).stdout == run(file).stdout


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"initial": 1}', "\x00\x01", "{" * 5000])
def test_what_is_no_replay_is_refused_in_words(tmp_path: Path, text: str) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text)

    refused = run(wrong)

    assert refused.exit_code == 2
    assert "no replay that this release reads" in words_of(refused.stderr)
    assert "Traceback" not in refused.stderr


def test_a_file_that_is_not_there_or_is_a_folder_is_said_so(tmp_path: Path) -> None:
    assert "No such file" in words_of(run(tmp_path / "none.json").stderr)
    assert "Is a directory" in words_of(run(tmp_path).stderr)


def test_names_in_a_file_give_a_terminal_no_orders(tmp_path: Path) -> None:
    replay: dict[str, Any] = kept_replay()
    replay["initial"]["members"][0]["display_name"] = "Ada\x1b[2J[bold]x\nRound 9"
    file = tmp_path / "game.json"
    file.write_text(json.dumps(replay))

    shown = run(file)

    assert shown.exit_code == 0
    assert "Ada�[2J[bold]x�Round 9 goes east." in shown.stdout


def test_a_terminal_is_leafed_through_by_keys(terminal: int) -> None:
    assert "Round 2 · the plans" in read_until(terminal, "q quit")

    for key, title in (
        (b"\x1b[C", "Round 2 · step 1"),
        (b" ", "Round 2 · step 2"),
        (b"\x1b[D", "Round 2 · step 1"),
        (b"n", "Round 3 · the plans"),
        (b"p", "Round 2 · the plans"),
        (b"g", "Round 1 · the plans"),
        (b"?", "Round 1 · the plans"),
        (b"G", " · its end"),
    ):
        os.write(terminal, key)
        assert title in read_until(terminal, "q quit"), (key, title)
    os.write(terminal, b"q")


def test_no_key_is_lost_to_who_types_faster_than_pages_are_drawn(terminal: int) -> None:
    read_until(terminal, "q quit")

    os.write(terminal, b"n\x1b[C\x1b[D\x1b[Cpgnnq")

    assert "Round 3 · the plans" in read_until(terminal, "Round 3 · the plans")


def read_until(terminal: int, wanted: str) -> str:
    text = ""
    while wanted not in text and select.select([terminal], [], [], WAIT_S)[0]:
        text += os.read(terminal, 65_536).decode(errors="replace")
    return text
