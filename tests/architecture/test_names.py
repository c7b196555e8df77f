"""A word stands for one thing: no public class has the name of another, in neither wing nor across them."""

import ast
from collections import defaultdict
from typing import Final

import pytest

from tests.architecture.tree import SOURCE, name_of, python_modules

TABLES: Final = SOURCE / "clew" / "tables"
OWN_TABLE: Final = SOURCE / "minotaur"
"""Minotaur has a table of its own, made before there was one for any game, and calls the same things by the same names.
A pair of these two is one word with one meaning."""

EXCEPTIONS: Final = {
    "Game": "in the rules the state of a game, as in DESIGN; at the door the class that one is written as",
}
"""Names that stand twice all the same, each with why."""

Homes = dict[str, list[str]]


def homes_of_classes(modules: dict[str, str]) -> Homes:
    """Where each public class is defined, by its name."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for module, text in modules.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(module)
    return dict(homes)


def homonyms(homes: Homes) -> Homes:
    """Those of one name that are not the same thing."""
    return {name: where for name, where in homes.items() if len(where) > 1 and not _is_one_word(where)}


def _is_one_word(where: list[str]) -> bool:
    ours, its = name_of(TABLES), name_of(OWN_TABLE)
    return len(where) == 2 and sum(home.startswith(f"{ours}/") for home in where) == 1 == sum(
        home.startswith(f"{its}/") for home in where
    )


def test_no_two_public_classes_have_one_name() -> None:
    homes = homes_of_classes({name_of(path): path.read_text(encoding="utf-8") for path in python_modules()})

    assert homonyms(homes).keys() == EXCEPTIONS.keys(), homonyms(homes)


@pytest.mark.parametrize(
    ("where", "is_found"),
    [
        (("src/clew/wire/a.py", "src/clew/sessions/b.py"), True),
        (("src/clew/tables/a.py", "src/clew/tables/b.py"), True),
        (("src/clew/tables/a.py", "src/minotaur/play/b.py", "src/minotaur/rules/c.py"), True),
        (("src/clew/gateway/a.py", "src/minotaur/play/b.py"), True),
        (("src/clew/tables/a.py", "src/minotaur/play/b.py"), False),
    ],
)
def test_a_second_class_of_a_name_is_found_unless_it_is_minotaurs_own_of_a_tables(
    where: tuple[str, ...], is_found: bool
) -> None:
    homes = homes_of_classes(dict.fromkeys(where, "class Plan: ...\n\nclass _Plan: ..."))

    assert ("Plan" in homonyms(homes)) == is_found
    assert "_Plan" not in homes
