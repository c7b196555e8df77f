"""docs/operating.md names what there is, and all of it."""

import re
from typing import Any, Final, cast

import typer
from prometheus_client import CollectorRegistry, ProcessCollector

from clew.buses.metrics import BusMetrics
from clew.people.pushes.delivery import NudgeMetrics
from clew.sessions.metrics import Metrics
from clew.stores.metrics import WalMetrics
from clew.web.metrics import WebMetrics
from clew.wiring.counting import StoreSums
from clew.wiring.door import Door
from minotaur.cli.main import app
from tests.architecture.tree import ROOT

OPERATING: Final = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def test_every_option_and_variable_of_serve_is_in_the_operators_manual() -> None:
    parameters = typer.main.get_group(app).commands["serve"].params
    options = {option for parameter in parameters for option in parameter.opts}
    variables = {str(parameter.envvar) for parameter in parameters if parameter.envvar}

    assert [name for name in sorted(options | variables) if f"`{name}`" not in OPERATING] == []


def test_every_command_is_in_the_operators_manual_or_the_readme() -> None:
    told = OPERATING + (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CHANGELOG.md").read_text("utf-8")
    commands = set(typer.main.get_group(app).commands) - {"version"}

    assert [name for name in sorted(commands) if f"minotaur {name}" not in told] == []


def test_every_metric_the_manual_names_is_one_that_is_counted_under_those_labels() -> None:
    registry = CollectorRegistry()
    for metrics in (Metrics, BusMetrics, WebMetrics, StoreSums, WalMetrics, NudgeMetrics):
        metrics(registry)
    Door(1, registry, lambda: 0.0)
    ProcessCollector(namespace="clew", registry=registry)
    declared = {
        name: set(metric._labelnames)
        for metric in cast("Any", registry)._collector_to_names
        if hasattr(metric, "_labelnames")
        for name in cast("Any", registry)._collector_to_names[metric]
    }
    counted = {f"{family.name}_total" if family.type == "counter" else family.name for family in registry.collect()}

    named = re.findall(r"`(clew_[a-z_]+)(?:\{([a-z_,]+)\})?", OPERATING)

    assert named
    assert {name for name, _ in named} - counted == set()
    assert [(name, labels) for name, labels in named if labels and set(labels.split(",")) != declared[name]] == []
