"""``new``: a package with a small game in it, for somebody to change into theirs."""

import keyword
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from clew.cli.bound import program_of
from clew.wiring.files import refused_by_the_system

STARTER: Final = Path(__file__).parent / "starter"
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_NAME_CHARS_MAX: Final = 40


def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What its module is called: a-z, 0-9, _.")],
    into: Annotated[Path, typer.Option(help="The folder in which its own is made.")] = Path(),
) -> None:
    """Write a package with a small game, its tests and a README whose commands run. Change it into yours."""
    if not _NAME.fullmatch(name) or len(name) > _NAME_CHARS_MAX or keyword.iskeyword(name):
        raise typer.BadParameter("call it like a Python module: a-z, 0-9 and _, at most 40 characters")
    if find_spec(name) is not None:
        raise typer.BadParameter(f"there is a module {name} already: one of the two would hide the other")
    folder = into / name
    with refused_by_the_system(folder):
        folder.mkdir()
        for path, text in _files(name, program_of(context).version).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text)
    typer.echo(f"Wrote a game into {folder}. Its README.md says how it is tried and served.")


def _files(name: str, version: str) -> dict[str, str]:
    """Every file of the package, by its path in its folder."""
    words = {
        "@NAME@": name,
        "@CLASS@": _class_name(name),
        "@KIND@": name.replace("_", "-"),
        "@DIST@": name.replace("_", "-"),
        "@VERSION@": version,
    }
    places = {
        "pyproject.toml": "pyproject.toml.in",
        "README.md": "README.md.in",
        f"{name}/__init__.py": "init.py.in",
        f"{name}/game.py": "game.py.in",
        "tests/test_game.py": "test_game.py.in",
    }
    return {path: _filled((STARTER / source).read_text(), words) for path, source in places.items()}


def _class_name(name: str) -> str:
    """In capitals, and no other class's."""
    joined = "".join(part.capitalize() for part in name.split("_"))
    taken = re.search(rf"\b{joined}\b", "".join(source.read_text() for source in STARTER.glob("*.py.in")))
    return joined if taken is None else f"{joined}Game"


def _filled(text: str, words: dict[str, str]) -> str:
    for word, meaning in words.items():
        text = text.replace(word, meaning)
    return text
