"""What the options of ``minotaur serve`` mean, without a server."""

from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner, Result

from clew.wiring.program import Program
from clew.wiring.settings import ServerSettings
from clew.wiring.show import Show
from minotaur.cli.main import app


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[ServerSettings]:
    """The settings of each server that would have run."""
    settings = list[ServerSettings]()

    async def take(program: Program, chosen: ServerSettings, show: Show) -> None:
        del program, show
        settings.append(chosen)

    monkeypatch.setattr("clew.wiring.node.run_node", take)
    monkeypatch.setattr("clew.cli.serve.configure_logs", leave_logs)
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
    served: list[ServerSettings], tmp_path: Path, options: tuple[str, ...], days: int | None, ms: int | None
) -> None:
    done = serve(tmp_path, *options)

    assert done.exit_code == 0, done.output
    assert [(chosen.compact_after_days, chosen.compact_after_ms) for chosen in served] == [(days, ms)]


def test_a_variable_says_it_too(served: list[ServerSettings], tmp_path: Path) -> None:
    assert serve(tmp_path, MINOTAUR_COMPACT_AFTER_DAYS="off").exit_code == 0

    assert [chosen.compact_after_days for chosen in served] == [None]


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "never", "", "100000", "٣"])
def test_what_is_no_number_of_days_is_refused(served: list[ServerSettings], tmp_path: Path, days: str) -> None:
    done = serve(tmp_path, "--compact-after-days", days)

    assert done.exit_code == 2
    assert "from 1 to 99999, or off" in done.output
    assert served == []


REFUSED: Final = [
    ("--port", "-1", "than or equal to"),
    ("--port", "65536", "than or equal to"),
    ("--port", "http", "valid integer"),
    ("--public-url", "play.example", "begin it with http:// or https://"),
    ("--public-url", "https://play.example/minotaur", "below /minotaur"),
    ("--public-url", "https://ada:secret@play.example", "leave out the user"),
    ("--public-url", "https://play.example?a=b", "end it after the host"),
    ("--public-url", "https://play.example:0", "from 1 to 65535"),
    ("--public-url", "https://pl*y.example", "is no host name"),
    ("--trusted-proxy", "proxy.example", "is no address"),
    ("--trusted-proxy", "10.0.0.0/33", "is no address"),
    ("--limit-network", "10.0.0.0/8", "like 10.0.0.0/8=10"),
    ("--limit-network", "10.0.0.0/8=-2", "from 1 to 10000"),
    ("--limit-network", "school=10", "like 10.0.0.0/8=10"),
    ("--rate-limits", "maybe", "is not one of"),
    ("--log-format", "xml", "is not one of"),
    ("--log-level", "loud", "is not one of"),
    ("--compact-after-days", "-1", "from 1 to 99999, or off"),
    ("--rebalance", "-1", "is not one of"),
    ("--node-id", "", "1 to 64 letters"),
    ("--node-id", "a b", "1 to 64 letters"),
    ("--release", "newest", "like 0.3.0"),
    ("--roles", "guard", "host, gateway and host,gateway"),
    ("--roles", "", "host, gateway and host,gateway"),
]


@pytest.mark.parametrize(("option", "value", "says"), REFUSED)
def test_a_value_that_cannot_work_is_refused_at_the_start_with_a_reason(
    served: list[ServerSettings], tmp_path: Path, option: str, value: str, says: str
) -> None:
    done = serve(tmp_path, f"{option}={value}")

    assert done.exit_code == 2, done.output
    assert says in " ".join(done.output.split())
    assert served == []


def test_proxies_and_networks_are_lists_in_variables_too(served: list[ServerSettings], tmp_path: Path) -> None:
    done = serve(
        tmp_path,
        MINOTAUR_TRUSTED_PROXIES="localhost,10.0.0.0/8",
        MINOTAUR_LIMIT_NETWORKS="10.0.0.0/8=10,2001:db8::/32=off",
        MINOTAUR_PUBLIC_URL="https://Play.Example:443/",
    )

    assert done.exit_code == 0, done.output
    assert served[0].trusted_proxies[:3] == ("127.0.0.1/32", "::ffff:7f00:1/128", "::1/128")
    assert [limit.times for limit in served[0].network_limits] == [10, None]
    assert served[0].public_url == "https://play.example"
