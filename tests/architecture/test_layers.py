"""The import contracts hold, and each of them is seen to break when its rule is broken."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.tree import ROOT, SOURCE

PLANTS = [
    ("clew/sessions/planted.py", "from minotaur.play import errors\n", "wings"),
    ("minotaur/rules/planted.py", "import minotaur.play\n", "layers"),
    ("minotaur/planted/__init__.py", "", "layers"),
    ("clew/planted/__init__.py", "", "runtime-layers"),
    ("minotaur/rules/planted.py", "import random\n", "pure"),
    ("minotaur/hexgrid/planted.py", "import asyncio\n", "pure"),
    ("clew/sessions/session/planted.py", "import clew.sessions.node.node\n", "runtime-floors"),
    ("clew/sessions/planted.py", "", "runtime-floors"),
    ("clew/sessions/planted.py", "import clew.tables\n", "runtime-layers"),
    ("clew/tables/planted.py", "import clew.stores\n", "adapters"),
    ("clew/tables/planted.py", "", "tables-floors"),
    ("clew/tables/serving/planted.py", "", "serving-floors"),
    ("clew/tables/planted.py", "import random\n", "pure-tables"),
    ("clew/stores/planted.py", "import minotaur.hexgrid\n", "wings"),
    ("clew/stores/planted.py", "import clew.buses\n", "runtime-layers"),
    ("clew/buses/planted.py", "import clew.stores\n", "runtime-layers"),
    ("clew/buses/planted.py", "import minotaur.rules\n", "wings"),
    ("minotaur/play/planted.py", "import clew.stores\n", "adapters"),
    ("clew/sessions/planted.py", "import clew.buses\n", "adapters"),
    ("clew/wiring/planted.py", "import nats\n", "brokers"),
    ("clew/web/planted.py", "import sqlite3\n", "databases"),
    ("minotaur/play/planted.py", "import litestar\n", "http"),
    ("minotaur/play/planted.py", "import clew.tables\n", "public"),
    ("clew/gateway/planted.py", "import litestar\n", "http"),
    ("clew/web/planted.py", "from minotaur.play import errors\n", "wings"),
    ("clew/web/planted.py", "import clew.wiring\n", "runtime-layers"),
    ("clew/wire/planted.py", "import clew.people\n", "runtime-layers"),
    ("clew/wiring/planted.py", "import clew.local\n", "runtime-layers"),
    ("clew/web/planted.py", "import clew.stores\n", "adapters"),
    ("clew/wiring/planted.py", "import sqlite3\n", "databases"),
    ("clew/local/planted.py", "import nats\n", "brokers"),
]


def lint_imports(top: Path) -> subprocess.CompletedProcess[str]:
    """What the import linter says of the package under ``top``.

    It runs as a process of its own: in ours it would silence every logger that exists.
    """
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=top,
        env={**os.environ, "PYTHONPATH": str(top / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_contract_is_kept() -> None:
    linted = lint_imports(ROOT)

    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_every_planted_import_breaks_its_contract(tmp_path: Path) -> None:
    """All plants stand in one tree, each under a name of its own: the linter reads it once."""
    shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("static", "__pycache__", "*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    names = [f"planted_{number:02}" for number in range(len(PLANTS))]
    for name, (module, line, _) in zip(names, PLANTS, strict=True):
        planted = tmp_path / "src" / module.replace("planted", name)
        planted.parent.mkdir(exist_ok=True)
        planted.write_text(f'"""Planted."""\n\n{line}', encoding="utf-8")

    broken = broken_contracts(lint_imports(tmp_path).stdout)

    plants = zip(names, PLANTS, strict=True)
    assert [plant for name, plant in plants if name not in broken.get(plant[2], "")] == []


def broken_contracts(report: str) -> dict[str, str]:
    """What the linter says of each contract that is broken, by the contract's id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    ids = {contract["name"]: contract["id"] for contract in settings["contracts"]}
    _, heading, details = report.partition("Broken contracts")
    assert heading, report
    parts = re.split(r"^(.+)\n-+$", details, flags=re.MULTILINE)[1:]
    return {ids[name]: text for name, text in zip(parts[::2], parts[1::2], strict=True)}
