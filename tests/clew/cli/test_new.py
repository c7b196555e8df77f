"""``clew new``: the package that it writes is whole, and every command of its README runs."""

import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clew.cli.main import app
from clew.testing.serving import ServeProcess, running
from tests.architecture.tree import ROOT
from tests.kit.table_play import tables_at


def new(folder: Path, name: str) -> Path:
    done = CliRunner().invoke(app, ["new", name, "--into", str(folder)])
    assert done.exit_code == 0, done.output
    return folder / name


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new(tmp_path_factory.mktemp("new"), "low_number")


@pytest.fixture(scope="module")
def installed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the package beside what is installed here."""
    folder = tmp_path_factory.mktemp("environment")
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", "--without-pip", folder], check=True)
    (site,) = (folder / "lib").glob("python*/site-packages")
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "here.pth").write_text(f"{here}\nimport site; site.addsitedir({here!r})\n")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "--no-input", "install"),
            *("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", made),
        ],
        check=True,
    )
    for command in ("clew", "pytest"):
        module = {"clew": "clew", "pytest": "pytest"}[command]
        (folder / "bin" / command).write_text(f'#!/bin/sh\nexec "{python}" -P -m {module} "$@"\n')
        (folder / "bin" / command).chmod(0o755)
    return folder / "bin"


def commands(made: Path, beginning: str) -> list[list[str]]:
    """The README's that begin so."""
    lines = re.findall(r"^    (.+)$", (made / "README.md").read_text(), re.MULTILINE)
    return [shlex.split(line) for line in lines if line.startswith(beginning)]


def run(installed: Path, made: Path, command: list[str], data: Path) -> str:
    done = subprocess.run(
        [str(installed / command[0]), *command[1:]],
        cwd=made,
        env={**os.environ, "CLEW_DATA": str(data), "COLUMNS": "240"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_tests_and_the_exam_pass_as_its_readme_has_them(installed: Path, made: Path, tmp_path: Path) -> None:
    (command,) = commands(made, "pytest")

    told = run(
        installed,
        made,
        [*command, "-p", "no:cacheprovider", "-p", "no:schemathesis", "--clew-examples", "15"],
        tmp_path,
    )

    passed = re.search(r"(\d+) passed", told)
    assert passed is not None and int(passed.group(1)) > 10, told


async def test_it_is_simulated_served_and_tried_out_as_its_readme_has_it(
    installed: Path, made: Path, tmp_path: Path
) -> None:
    (simulate,), (serve,), (check,) = (commands(made, f"clew {word}") for word in ("simulate", "serve", "check"))
    server = ServeProcess(tmp_path / "data", *serve[2:], "--rate-limits", "off", command=(str(installed / "clew"),))

    assert "won by p4" in run(installed, made, simulate, tmp_path)
    async with running(server), tables_at(server.url, "low-number") as tables:
        ada, ben, eva = await tables.begun("Ada", "Ben", "Eva", options={"rounds": 1})
        for viewer, number in ((ada, 1), (ben, 1), (eva, 2)):
            await viewer.plan(number=number)
            await viewer.ready()
        over = await ada.wait_over()

    assert over["winner_ids"] == ["p3"]
    assert "would go on with all of them" in run(installed, made, check, server.data)


def test_the_cluster_of_its_readme_is_of_its_game(made: Path) -> None:
    (command,) = commands(made, "clew cluster")

    assert command[2:] == ["low_number.game:LowNumber"]


def test_it_pins_this_clew_and_is_linted_and_formatted(made: Path) -> None:
    assert f'"clew=={version("clew")}"' in (made / "pyproject.toml").read_text()
    for check in (("check", "--ignore", "D,ARG,I,S101,INP"), ("format", "--check")):
        settings = ("--config", str(ROOT / "pyproject.toml"), "--no-cache")
        done = subprocess.run([sys.executable, "-m", "ruff", *check, *settings, made], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize("name", ["plan", "game", "seat"])
def test_a_name_that_the_game_uses_itself_gives_its_class_another(name: str, tmp_path: Path) -> None:
    text = (new(tmp_path, name) / name / "game.py").read_text()

    assert f"class {name.capitalize()}Game(Game[" in text
    compile(text, "game.py", "exec")


@pytest.mark.parametrize("name", ["json", "Mill", "2nd", "a-b", "class", "a/b", "x" * 41, "_a", "a__b", "clew"])
def test_a_name_that_can_be_no_module_of_its_own_is_refused(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["new", name, "--into", str(tmp_path)])

    assert done.exit_code == 2 and list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mill").mkdir()

    done = CliRunner().invoke(app, ["new", "mill", "--into", str(tmp_path)])

    assert done.exit_code == 1 and "is there already" in done.stderr
