"""The bounds of names and passwords that the pages tell are those of the wire."""

import re
from pathlib import Path
from typing import Final

import pytest

from clew.wire.accounts import PASSWORD_CHARS_MIN, USERNAME_CHARS_MAX, USERNAME_CHARS_MIN
from clew.wire.http import NAME_CHARS_MAX
from tests.architecture.tree import ROOT

NAMES: Final = ROOT / "clients" / "parts" / "names.ts"
WORDS: Final = ROOT / "clients" / "parts" / "account" / "words.ts"
TEXTS: Final = ROOT / "src" / "clew" / "catalogue" / "texts"


@pytest.mark.parametrize(
    ("file", "pattern", "told"),
    [
        (NAMES, r"NAME_CHARS_MAX = (\d+);", [NAME_CHARS_MAX]),
        (WORDS, r"PASSWORD_CHARS_MIN = (\d+);", [PASSWORD_CHARS_MIN]),
        *(
            (
                TEXTS / language / "account.ftl",
                r"^account-username-hint.*?(\d+)\D+(\d+)\D",
                [USERNAME_CHARS_MIN, USERNAME_CHARS_MAX] * 2,
            )
            for language in ("en", "de", "he")
        ),
    ],
)
def test_the_pages_tell_the_bounds_that_the_server_keeps(file: Path, pattern: str, told: list[int]) -> None:
    text = file.read_text(encoding="utf-8")

    found = [int(number) for match in re.finditer(pattern, text, re.MULTILINE) for number in match.groups()]

    assert found == told
