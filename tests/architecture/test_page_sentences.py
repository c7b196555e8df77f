"""What Python makes for a person to read says nothing of its own: what it says comes from the catalogue."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.tree import SOURCE

MAKERS: Final = (
    "clew/tables/serving/picture.py",
    "clew/web/languages.py",
    "clew/web/previews.py",
    "clew/web/site.py",
    "clew/web/spoken.py",
    "clew/web/whole_page.py",
    "clew/web/worker.py",
    "clew/wire/svg.py",
    "minotaur/play/picture.py",
)
"""Pages, previews, pictures, the page for no connection. The page about the protocol is for programmers, in English."""

_TAG: Final = re.compile(r"<[^>]*>")
_CODE: Final = re.compile(r"[{};=]|\b(?:const|return|addEventListener)\b")
_SEVERAL_WORDS: Final = re.compile(r"[^\W\d_]{2,}[,.:;!?…’]*\s+[^\W\d_]{2,}")
_A_BEGINNING: Final = re.compile(r"\s*[A-Z][a-z’']+[a-z.!?…]*\s*")


def literals_of(source: str) -> list[str]:
    """The strings in it that read like something said, in their order."""
    return [text for text in _texts(ast.parse(source)) if _is_said(text)]


def _is_said(text: str) -> bool:
    plain = _TAG.sub("\n", text)
    # Between two tags it is shown, whatever it looks like.
    parts = plain.split("\n") if _TAG.search(text) else [plain]
    return any(
        not _CODE.search(part) and (_SEVERAL_WORDS.search(part) or _A_BEGINNING.fullmatch(part)) for part in parts
    )


def _texts(node: ast.AST) -> Iterator[str]:
    """But for what nobody reads on a page: docstrings, what is asserted and raised, header names and log lines."""
    match node:
        case ast.Assert() | ast.Raise():
            return
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "_log" | "re"))):
            return
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in values)
            for part in values:
                if isinstance(part, ast.FormattedValue):
                    yield from _texts(part.value)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts(child)


@pytest.mark.parametrize("name", MAKERS)
def test_a_page_made_in_python_says_what_the_catalogue_says(name: str) -> None:
    assert literals_of((SOURCE / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('words = "Nobody won"', ["Nobody won"]),
        ('words = "Draw"', ["Draw"]),
        ('words = f"<text x=\\"{x}\\">{name} has won</text>"', None),
        ('words = f"<b>Draw</b>{name}"', None),
    ],
)
def test_a_sentence_of_its_own_is_found(source: str, found: list[str] | None) -> None:
    said = literals_of(source)

    assert said == found if found is not None else len(said) == 1


def test_markup_and_code_are_no_sentences() -> None:
    for source in ("\"<svg font-family='sans-serif' role='img'>\"", '"og:title"', '"content-type"', '"en_GB"'):
        assert literals_of(f"a = {source}") == []


def test_the_files_that_make_pages_are_there() -> None:
    assert [name for name in MAKERS if not Path(SOURCE / name).is_file()] == []
