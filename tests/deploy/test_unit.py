"""The systemd unit keeps what every deployment must keep, and systemd reads it."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import typer

from clew.wiring.node import GRACE_S
from minotaur.cli.main import app
from tests.deploy.reading import DEPLOY

UNIT: Final = DEPLOY / "systemd" / "minotaur.service"
FILES_FOR_ALL_CONNECTIONS: Final = 22_128
"""With fewer a server says that it serves fewer connections than its bounds allow: see the manual."""


def settings() -> dict[str, str]:
    """Those of the service; of one that is given twice the last."""
    _, _, service = UNIT.read_text(encoding="utf-8").partition("[Service]\n")
    lines = service.partition("[Install]")[0].splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_unit_gives_a_server_the_time_it_takes_to_leave_and_starts_it_again() -> None:
    told = settings()

    assert told["KillSignal"] == "SIGTERM"
    assert float(told["TimeoutStopSec"]) >= GRACE_S + 5
    assert told["Restart"] == "always"
    assert "StartLimitIntervalSec=0" in UNIT.read_text(encoding="utf-8").splitlines()
    assert int(told["LimitNOFILE"]) >= FILES_FOR_ALL_CONNECTIONS


def test_the_unit_sets_what_serve_reads_and_keeps_games_where_it_may_write() -> None:
    told = settings()
    environment = dict(pair.split("=", 1) for pair in told["Environment"].split())
    serve = typer.main.get_group(app).commands["serve"]

    assert told["ExecStart"].split()[1:] == ["serve"]
    assert environment.keys() - {str(parameter.envvar) for parameter in serve.params if parameter.envvar} == set()
    assert environment["MINOTAUR_DATA"] == f"/var/lib/{told['StateDirectory']}"
    assert (told["StateDirectoryMode"], told["UMask"]) == ("0700", "0077")


def test_the_unit_gives_a_server_no_rights_that_it_does_not_need() -> None:
    told = settings()

    assert [told[name] for name in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "ProtectHome")] == ["yes"] * 4
    assert (told["ProtectSystem"], told["CapabilityBoundingSet"]) == ("strict", "")


def test_systemd_reads_the_unit_and_finds_nothing_to_say(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze here")
    there = tmp_path / UNIT.name  # with a program that there is
    command = settings()["ExecStart"].split()[0]
    there.write_text(UNIT.read_text(encoding="utf-8").replace(command, sys.executable), encoding="utf-8")

    ran = subprocess.run([analyze, "verify", str(there)], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")
