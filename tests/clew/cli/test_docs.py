"""docs/operating.md names what there is, and all of it."""

import re
from typing import Final

import typer

from minotaur.cli.main import app
from tests.architecture.tree import ROOT
from tests.kit.counted import counted_samples

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
    counted = counted_samples()

    named = re.findall(r"`(clew_[a-z_]+)(?:\{([a-z_,]+)\})?", OPERATING)

    assert named
    # a histogram is named whole
    counted |= {name.removesuffix("_count"): labels for name, labels in counted.items() if name.endswith("_count")}
    assert {name for name, _ in named} - counted.keys() == set()
    assert [(name, labels) for name, labels in named if labels and set(labels.split(",")) != counted[name]] == []
