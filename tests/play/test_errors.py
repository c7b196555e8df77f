"""The closed list of error codes is documented, complete and in words for people."""

import re
from typing import get_args

import pytest

from minotaur.play.errors import ERRORS
from minotaur.rules.commands import RefusalCode


def test_every_code_is_in_the_notes_with_its_status_and_words(pytestconfig: pytest.Config) -> None:
    notes = (pytestconfig.rootpath / "docs" / "protocol-notes.md").read_text(encoding="utf-8")
    table = notes.split("## Error codes")[1]

    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (.+) \|$", table, re.MULTILINE)

    assert rows == [(code, str(kind.status), kind.message) for code, kind in ERRORS.items()]


def test_every_refusal_of_the_rules_is_in_the_list() -> None:
    assert set(get_args(RefusalCode)) <= set(ERRORS)


@pytest.mark.parametrize("code", ERRORS)
def test_messages_are_sentences_without_the_engines_words(code: str) -> None:
    message = ERRORS[code].message

    assert message[0].isupper()
    assert message.endswith(".")
    assert not re.search(r"\b(session|node|socket|epoch|journal|command|token)\b", message, re.IGNORECASE)


def test_every_code_that_is_given_is_in_the_list(pytestconfig: pytest.Config) -> None:
    sources = pytestconfig.rootpath / "src"
    tables = sources / "clew" / "tables"  # a game of its own, as far as Minotaur goes: it has turns

    used = {
        code
        for source in (*sources.glob("minotaur/play/**/*.py"), *sources.glob("clew/**/*.py"))
        if not source.is_relative_to(tables)
        for code in re.findall(r'(?:ApiError|Refused|ErrorBody)\(\s*"(\w+)"', source.read_text(encoding="utf-8"))
    }

    assert used
    assert used <= set(ERRORS)
