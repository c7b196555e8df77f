"""The exam as people run it: one line, and of what it finds the one line that finds it again."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
BROKEN = "tests.clew.testing.broken_games"


def pytest_says(*arguments: str, plugin: bool = True) -> tuple[int, str]:
    """What pytest says, run in the checkout like by a person."""
    asked = ["-p", "clew.testing.plugin"] if plugin else []
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *asked, *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_one_line_examines_a_game_and_nothing_else() -> None:
    golden = ROOT / "tests" / "examples" / "golden" / "bids"

    code, said = pytest_says(
        "--clew-game", "examples.bids.game:Bids", "--clew-examples", "5", "--clew-golden", str(golden)
    )

    assert code == 0, said
    assert "11 passed" in said


def test_what_is_found_is_found_again_by_the_line_that_is_printed() -> None:
    some = ("-k", "nobody_can_tell or every_game_ends")
    code, said = pytest_says("--clew-game", f"{BROKEN}:Chatty", "--clew-seed", "3", "--clew-examples", "10", *some)
    again = re.search(r"^Again: pytest (.*)$", said, re.MULTILINE)
    assert again is not None, said

    code_again, said_again = pytest_says(*again[1].split(), plugin=False)

    assert code == code_again == 1
    assert "1 failed, 1 passed" in said
    assert "1 failed, 7 deselected" in said_again
    found = [line for line in said.splitlines() if "can tell that" in line]
    assert found
    assert found[0] in said_again


def test_a_game_that_is_none_is_one_sentence() -> None:
    code, said = pytest_says("--clew-game", "examples.bids.game:Auction")

    assert code == 4
    assert "--clew-game: examples.bids.game:Auction: examples.bids.game has no game Auction." in said
    assert "Traceback" not in said


def test_a_game_is_found_in_the_folder_one_stands_in(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text((ROOT / "examples" / "bids" / "game.py").read_text())
    installed = Path(sys.executable).with_name("pytest")  # python -m would look there by itself

    ran = subprocess.run(
        [
            installed,
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:asyncio",
            "-p",
            "no:schemathesis",
            "--clew-game",
            "mine:Bids",
            "-k",
            "every_game_ends",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "1 passed" in ran.stdout


def test_without_a_game_the_plugin_does_nothing() -> None:
    code, said = pytest_says("tests/clew/test_lot.py")

    assert code == 0, said
    assert "passed" in said
