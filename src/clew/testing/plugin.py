"""The exam as a pytest plugin: ``pytest --clew-game bids.game:Bids`` tries every law on that game.

Without paths it runs the exam alone; with some, the exam beside what they hold. A game is found where it is installed,
or in the folder that pytest is run in, as ``clew serve`` finds it. It needs the extra ``clew[testing]``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest

GAME = "--clew-game"
SEED = "--clew-seed"
EXAMPLES = "--clew-examples"
GOLDEN = "--clew-golden"
KEEP = "--clew-golden-write"


def pytest_addoption(parser: pytest.Parser) -> None:
    """What may be asked of the exam."""
    group = parser.getgroup("clew", "the exam for a game of Clew")
    group.addoption(GAME, metavar="MODULE:CLASS", help="the game to examine, as in bids.game:Bids")
    group.addoption(SEED, type=int, default=0, help="which tables the laws are tried on; the same each time")
    group.addoption(EXAMPLES, type=int, default=60, help="how many tables each law is tried on")
    group.addoption(GOLDEN, type=Path, metavar="FOLDER", help="where bytes of each released version are kept")
    group.addoption(KEEP, action="store_true", help="keep the bytes of the present version there")


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """The exam alone, where nobody named anything else."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    return True if config.getoption(GAME) and not named else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add one item for each law, before anything is selected by name."""
    if config.getoption(GAME):
        here = str(config.invocation_params.dir)
        if here not in sys.path:
            sys.path.insert(0, here)
        items.extend(Trial.of(session, law, trial) for law, trial in _trials(Wanted.of(config)))


class Wanted(NamedTuple):
    """What was asked for."""

    game: str
    seed: int
    examples: int
    golden: Path | None
    keep: bool

    @classmethod
    def of(cls, config: pytest.Config) -> Wanted:
        given: list[Any] = [config.getoption(option) for option in (GAME, SEED, EXAMPLES, GOLDEN, KEEP)]
        return cls(*given)

    def again(self, law: str) -> str:
        """The line that tries this law on the same tables."""
        golden = "" if self.golden is None else f" {GOLDEN} {self.golden}"
        numbers = f"{SEED} {self.seed} {EXAMPLES} {self.examples}"
        return f"pytest -p clew.testing.plugin {GAME} {self.game} {numbers}{golden} -k {law}"


class Trial(pytest.Item):
    """One law, tried on one game."""

    trial: Callable[[], None]

    @classmethod
    def of(cls, session: pytest.Session, law: str, trial: Callable[[], None]) -> Trial:
        item = cast("Trial", cast("Any", cls).from_parent(session, name=law))
        item.trial = trial
        return item

    def runtest(self) -> None:
        try:
            self.trial()
        except Exception as broken:
            broken.add_note(f"Again: {Wanted.of(self.config).again(self.name.partition('[')[0])}")
            raise

    def reportinfo(self) -> tuple[Path, None, str]:
        return Path(str(self.config.getoption(GAME))), None, self.name.replace("_", " ")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A broken law says all there is to say; for what a game raises, where it did matters too."""
        from clew.testing.exam.broken import LawBroken  # noqa: PLC0415 - only where there is an exam

        if isinstance(excinfo.value, LawBroken):
            return "\n".join([str(excinfo.value), "", *getattr(excinfo.value, "__notes__", [])])
        return super().repr_failure(excinfo, style)


def _trials(wanted: Wanted) -> Iterator[tuple[str, Callable[[], None]]]:
    """The laws by their names, each ready to be tried."""
    try:
        from clew.tables.loading import load_game  # noqa: PLC0415 - only where there is an exam
        from clew.testing.exam import versions  # noqa: PLC0415
        from clew.testing.exam.laws import LAWS  # noqa: PLC0415
        from clew.testing.exam.running import try_law  # noqa: PLC0415
        from clew.testing.golden import read_goldens  # noqa: PLC0415

        make = type(load_game(wanted.game))
    except (ImportError, TypeError) as error:
        raise pytest.UsageError(f"{GAME}: {error}") from error
    yield from ((law.__name__, partial(try_law, law, make, wanted.seed, wanted.examples)) for law in LAWS)
    if wanted.golden is not None:
        if wanted.keep:
            versions.keep_present_version(make, wanted.golden)
        kept = read_goldens(wanted.golden)
        changed = versions.a_changed_shape_has_a_new_version
        yield changed.__name__, partial(changed, make, kept)
        for each in kept:
            yield f"old_states_play_on[version-{each.version}]", partial(versions.old_states_play_on, make, each)
