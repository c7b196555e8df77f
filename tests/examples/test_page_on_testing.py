"""``docs/games/testing.md``: the tests on that page are run as they stand there."""

import re
from collections.abc import Awaitable, Callable
from inspect import signature
from pathlib import Path
from typing import Any, Final

import pytest

from tests.architecture.tree import ROOT

PAGE: Final = ROOT / "docs" / "games" / "testing.md"
BLOCK: Final = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def on_the_page() -> dict[str, Callable[..., Awaitable[None]]]:
    """By name; blocks go on from those before."""
    names: dict[str, Any] = {"__name__": "page"}
    exec(compile("\n".join(BLOCK.findall(PAGE.read_text(encoding="utf-8"))), str(PAGE), "exec"), names)
    return {name: found for name, found in names.items() if name.startswith("test_")}


TESTS: Final = on_the_page()


def test_the_page_has_tests() -> None:
    assert len(TESTS) >= 3


@pytest.mark.parametrize("name", sorted(TESTS))
async def test_what_the_page_shows_is_so(name: str, tmp_path: Path) -> None:
    test = TESTS[name]
    await (test(tmp_path) if signature(test).parameters else test())
