"""What is public stands on one page, and what is not says so where it lies."""

import ast
import re
import sys
from pathlib import Path
from typing import Final

from tests.architecture.tree import ROOT, SOURCE, name_of, tracked_files

PAGE: Final = ROOT / "docs" / "public-modules.md"
ROW: Final = re.compile(r"^\| `(clew[a-z_.]*)` \|", re.MULTILINE)
GAMES_NEED: Final = frozenset({"msgspec", *sys.stdlib_module_names})
"""Beside the door, what an example may import; the linter keeps it from clocks and chance."""


def public_modules() -> set[str]:
    return set(ROW.findall(PAGE.read_text(encoding="utf-8")))


def imported_by(path: Path) -> set[str]:
    """The modules a file imports names from, or by name."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return froms | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


def is_public(module: str, public: set[str]) -> bool:
    """A public package makes all of its modules public; the door alone is no such package."""
    return module in public or any(module.startswith(f"{each}.") for each in public - {"clew"})


def path_of(module: str) -> Path:
    path = SOURCE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def test_every_public_module_is_there() -> None:
    assert public_modules()
    assert {module for module in public_modules() if not path_of(module).is_file()} == set()


def test_minotaur_imports_public_modules_only() -> None:
    public = public_modules()
    sources = [path for path in tracked_files(".py") if path.is_relative_to(SOURCE / "minotaur")]

    inward = {
        f"{name_of(path)}: {module}"
        for path in sources
        for module in imported_by(path)
        if module.partition(".")[0] == "clew" and not is_public(module, public)
    }

    assert inward == set()


def test_every_public_module_but_the_door_is_needed_by_minotaur_or_made_for_tests_and_tools() -> None:
    imported = {
        module
        for path in tracked_files(".py")
        if path.is_relative_to(SOURCE / "minotaur")
        for module in imported_by(path)
    }

    idle = {
        module
        for module in public_modules() - {"clew", "clew.client", "clew.testing"}
        if not any(each == module or each.startswith(f"{module}.") for each in imported)
    }

    assert idle == set()


def test_an_example_imports_the_door_and_nothing_else_of_ours() -> None:
    games = [path for path in tracked_files(".py") if path.is_relative_to(ROOT / "examples") and path.name == "game.py"]

    strange = {
        f"{name_of(path)}: {module}"
        for path in games
        for module in imported_by(path)
        if module != "clew" and module.partition(".")[0] not in GAMES_NEED
    }

    assert games
    assert strange == set()


def test_a_package_that_is_not_public_calls_itself_internal() -> None:
    public = public_modules()
    packages = [path.parent for path in tracked_files(".py") if path.name == "__init__.py"]
    names = {
        ".".join(package.relative_to(SOURCE).parts): package
        for package in packages
        if package.is_relative_to(SOURCE / "clew") and package != SOURCE / "clew"
    }

    silent = {
        name
        for name, package in names.items()
        if not is_public(name, public)
        and "Internal" not in (ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or "")
    }

    assert silent == set()
