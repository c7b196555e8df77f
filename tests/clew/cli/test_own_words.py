"""A command of another name: what its people type, read and keep is called after it, and Minotaur's is as it was."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from clew.cli.app import app_of
from clew.local.folder import default_cluster_folder
from clew.wiring.words import Words
from minotaur.cli.main import PROGRAM
from minotaur.cli.main import app as minotaur

MEDUSA = app_of(replace(PROGRAM, name="medusa"), "Another game.")
COMMANDS = ("serve", "migrate", "nodes list", "sessions list", "sessions export", "check-upgrade", "cluster", "backup")


def help_of(app: typer.Typer, command: str) -> str:
    done = CliRunner(env={"COLUMNS": "240"}).invoke(app, [*command.split(), "--help"])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_a_command_names_no_other_one(command: str) -> None:
    told = help_of(MEDUSA, command)

    assert not re.search(r"minotaur(?!-game)|clew", told, re.IGNORECASE)


def test_the_variables_of_a_command_begin_with_its_name() -> None:
    names = set(re.findall(r"MEDUSA_[A-Z_]+", help_of(MEDUSA, "serve")))

    assert {"MEDUSA_HOST", "MEDUSA_DATA", "MEDUSA_DATABASE_URL", "MEDUSA_BUS_KEY"} <= names
    assert {name.replace("MEDUSA", "MINOTAUR") for name in names} == set(
        re.findall(r"MINOTAUR_[A-Z_]+", help_of(minotaur, "serve"))
    )


def test_a_variable_counts_for_the_command_it_is_named_after_and_for_no_other(tmp_path: Path) -> None:
    ours, theirs = str(tmp_path / "ours"), str(tmp_path / "theirs")
    env = {"MEDUSA_DATA": ours, "MINOTAUR_DATA": theirs, "CLEW_DATA": theirs}

    done = CliRunner(env=env).invoke(MEDUSA, ["migrate"])

    assert done.exit_code == 0, done.output
    assert ours in done.output and not Path(theirs).exists()


def test_what_lies_in_a_folder_is_named_after_the_command_that_put_it_there(tmp_path: Path) -> None:
    for app in (MEDUSA, minotaur):
        assert CliRunner().invoke(app, ["migrate", "--data", str(tmp_path)]).exit_code == 0

    assert {path.name for path in tmp_path.iterdir()} == {"medusa.db", "medusa.lock", "minotaur.db", "minotaur.lock"}


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("sessions", "list"), 1, "medusa: there are no games in "),
        (("cluster", "status", "--folder", "/nowhere"), 3, "start one with `medusa cluster`"),
        (("backup", "/nowhere/file", "--database-url", "postgresql://here"), 1, "medusa: a PostgreSQL database"),
    ],
)
def test_an_error_begins_with_the_command_and_advises_it(
    arguments: tuple[str, ...], status: int, told: str, tmp_path: Path
) -> None:
    done = CliRunner(env={"MEDUSA_DATA": str(tmp_path)}).invoke(MEDUSA, arguments)

    assert done.exit_code == status
    assert told in done.output and "minotaur" not in done.output and "clew" not in done.output


def test_an_export_says_whose_it_is_and_any_program_reads_it(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(MEDUSA, ["migrate", "--data", str(tmp_path / "one")]).exit_code == 0

    written = runner.invoke(MEDUSA, ["export", str(tmp_path / "file"), "--data", str(tmp_path / "one")])
    read = runner.invoke(minotaur, ["import", str(tmp_path / "file"), "--data", str(tmp_path / "two")])

    assert (written.exit_code, read.exit_code) == (0, 0), written.output + read.output
    header = json.loads((tmp_path / "file").read_bytes().splitlines()[0])
    assert list(header)[:2] == ["type", "format"] and header["type"] == "medusa-export"


def test_minotaurs_own_names_are_those_of_its_releases() -> None:
    words = Words("minotaur")

    assert (words.title, words.cookie, words.variable("CLEW_HOST")) == ("Minotaur", "minotaur_session", "MINOTAUR_HOST")
    folder = words.folder(Path("/data"))
    assert (folder.database.name, folder.lock.name, folder.unfinished.name) == (
        "minotaur.db",
        "minotaur.lock",
        "minotaur.db.restoring",
    )
    assert words.folder(None).path.name == "minotaur" and words.folder(None).path.is_absolute()


def test_two_programs_have_two_default_folders() -> None:
    assert Words("medusa").folder(None).path != Words("minotaur").folder(None).path
    assert default_cluster_folder("medusa") != default_cluster_folder("minotaur")


def test_only_a_command_of_ours_is_renamed_in_a_text() -> None:
    words = Words("medusa")

    assert (
        words.named_in("run `clew migrate --data D` first, or `clew`")
        == "run `medusa migrate --data D` first, or `medusa`"
    )
    assert words.named_in("a clew, `clew.Game`, `pip install clew`") == "a clew, `clew.Game`, `pip install clew`"
