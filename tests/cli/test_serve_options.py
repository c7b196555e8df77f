"""What the options of ``minotaur serve`` mean, without a server."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from minotaur.cli.main import app
from minotaur.wiring.settings import Settings
from minotaur.wiring.show import Show


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings of each server that would have run."""
    settings = list[Settings]()

    async def take(chosen: Settings, show: Show) -> None:
        del show
        settings.append(chosen)

    monkeypatch.setattr("minotaur.cli.serve.run_node", take)
    monkeypatch.setattr("minotaur.cli.serve.configure_logs", leave_logs)
    return settings


def leave_logs(form: str, level: str) -> None:
    del form, level


def serve(folder: Path, *options: str, **environment: str) -> Result:
    environment = {"COLUMNS": "240", **environment}
    return CliRunner().invoke(app, ["serve", "--data", str(folder), *options], env=environment)


@pytest.mark.parametrize(
    ("options", "days", "ms"),
    [
        ((), 7, 604_800_000),
        (("--compact-after-days", "1"), 1, 86_400_000),
        (("--compact-after-days", "365"), 365, 31_536_000_000),
        (("--compact-after-days", "off"), None, None),
    ],
)
def test_journals_are_compacted_after_so_many_days_or_never(
    served: list[Settings], tmp_path: Path, options: tuple[str, ...], days: int | None, ms: int | None
) -> None:
    done = serve(tmp_path, *options)

    assert done.exit_code == 0, done.output
    assert [(chosen.compact_after_days, chosen.compact_after_ms) for chosen in served] == [(days, ms)]


def test_a_variable_says_it_too(served: list[Settings], tmp_path: Path) -> None:
    assert serve(tmp_path, MINOTAUR_COMPACT_AFTER_DAYS="off").exit_code == 0

    assert [chosen.compact_after_days for chosen in served] == [None]


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "never", "", "100000", "٣"])
def test_what_is_no_number_of_days_is_refused(served: list[Settings], tmp_path: Path, days: str) -> None:
    done = serve(tmp_path, "--compact-after-days", days)

    assert done.exit_code == 2
    assert "from 1 to 99999, or off" in done.output
    assert served == []
