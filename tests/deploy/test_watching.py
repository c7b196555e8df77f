"""Alert rules and dashboard speak of what a server really counts, and each rule says what to do."""

import json
import re
import shutil
import subprocess
from typing import Final

import pytest
import yaml

from clew.sessions.time.unserved import Unserved
from clew.web.phase import REASON_CODES
from tests.architecture.tree import ROOT
from tests.deploy.promql import Selected, spoken_of
from tests.deploy.reading import DEPLOY, Document
from tests.kit.counted import counted_samples

RULES: Final = DEPLOY / "prometheus" / "alerts.yml"
RULES_TRIED: Final = DEPLOY / "prometheus" / "alerts.test.yml"
DASHBOARD: Final = DEPLOY / "grafana" / "dashboard.json"
OF_PROMETHEUS: Final = frozenset({"job", "instance"})
"""Labels that every series has."""
VALUES: Final = {
    ("clew_not_ready", "reason"): frozenset(REASON_CODES),
    ("clew_unserved_seconds_total", "cause"): frozenset(cause.removesuffix("_ms") for cause in Unserved._fields),
}
"""Labels whose values are named in the code, all of them."""
IN_WORDS: Final = re.compile(r"\$labels\.(\w+)|\{\{\s*(\w+)\s*\}\}")


def rules() -> dict[str, Document]:
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    found = [rule for group in groups for rule in group["rules"]]
    named = {rule["alert"]: rule for rule in found}
    assert len(named) == len(found)
    return named


def panels() -> dict[str, Document]:
    return {panel["title"]: panel for panel in json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]}


def expressions() -> list[tuple[str, str, str]]:
    """Of rules and panels: where it stands, the expression, and the words that are filled in from its labels."""
    found = [(name, rule["expr"], rule["annotations"]["summary"]) for name, rule in rules().items()]
    for title, panel in panels().items():
        found += [(title, target["expr"], target["legendFormat"]) for target in panel["targets"]]
    variables = json.loads(DASHBOARD.read_text(encoding="utf-8"))["templating"]["list"]
    asked = [variable["query"]["query"] for variable in variables if variable["type"] == "query"]
    return [*found, *(("variable", query.replace(", instance", ""), "") for query in asked)]


def labels_of() -> dict[str, frozenset[str]]:
    """Of everything that may be asked: the labels it has, Prometheus' own too."""
    counted = {name: labels | OF_PROMETHEUS for name, labels in counted_samples().items()}
    return {**counted, "up": OF_PROMETHEUS}


def wrong_in(expression: str, words: str = "") -> list[str]:
    """Metrics that nobody counts, and labels that they do not have."""
    known, spoken = labels_of(), spoken_of(expression)
    unknown = [metric for metric in sorted(spoken.metrics) if metric not in known]
    if unknown:
        return unknown
    has = frozenset[str]().union(*(known[metric] for metric in spoken.metrics))
    filled = {first or second for first, second in IN_WORDS.findall(words)}
    selected = [
        f"{each.metric}.{each.label}" for each in spoken.selected if each.label not in {"", *known[each.metric]}
    ]
    return (
        selected
        + sorted((spoken.grouped | filled) - has)
        + [f"no {each}" for each in filled if _lost(each, expression)]
    )


def _lost(label: str, expression: str) -> bool:
    """Whether a sum leaves the label out that is spoken of."""
    sums = re.findall(r"\b(?:sum|max|min)\s+by\s*\(([^)]*)\)", expression)
    return bool(sums) and not any(label in re.split(r",\s*", kept) for kept in sums)


def test_rules_and_dashboard_speak_of_metrics_and_labels_that_a_server_has() -> None:
    assert rules() and panels()
    assert [(where, wrong) for where, asked, words in expressions() if (wrong := wrong_in(asked, words))] == []


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("clew_redy == 0", ["clew_redy"]),
        ("rate(clew_commit_seconds[5m]) > 1", ["clew_commit_seconds"]),
        ('sum by (job) (rate(clew_commands{outcome="busy"}[5m]))', ["clew_commands"]),
        ('clew_not_ready{why="store"} == 1', ["clew_not_ready.why"]),
        ("sum by (color) (clew_sessions)", ["color"]),
        ('clew_ready offset 5m < 1e3 and on (job, instance) up{job="minotaur"} == 1', []),
    ],
)
def test_a_metric_or_a_label_that_nobody_counts_is_found(asked: str, wrong: list[str]) -> None:
    assert wrong_in(asked) == wrong


def test_the_values_asked_of_a_label_are_among_those_that_it_can_have() -> None:
    asked = [each for _, asked, _ in expressions() for each in spoken_of(asked).selected]
    listed = [(each, VALUES[each.metric, each.label]) for each in asked if (each.metric, each.label) in VALUES]

    assert listed
    assert [each for each, values in listed if set(_values(each)) - values] == []


def _values(asked: Selected) -> list[str]:
    return asked.value.split("|") if "~" in asked.operator else [asked.value]


def test_every_rule_has_a_time_a_severity_and_a_section_of_the_manual_that_is_there() -> None:
    anchors = {_anchor(title) for title in re.findall(r"^#+ (.*)$", _manual(), re.MULTILINE)}

    for name, rule in rules().items():
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}, name
        assert re.fullmatch(r"\d+[sm]", rule["for"]), name
        assert rule["labels"]["severity"] in {"critical", "warning"}, name
        file, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert (ROOT / file).name == "operating.md" and anchor in anchors, name


def _manual() -> str:
    return (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_rule_is_tried_once_where_it_rings() -> None:
    tried = yaml.safe_load(RULES_TRIED.read_text(encoding="utf-8"))["tests"]
    rang = {each["alertname"] for test in tried for each in test["alert_rule_test"] if each.get("exp_alerts")}

    assert rules().keys() - rang == set()


@pytest.mark.parametrize("arguments", [("check", "rules", RULES.name), ("test", "rules", RULES_TRIED.name)])
def test_promtool_reads_the_rules_and_they_ring_when_they_should(arguments: tuple[str, ...]) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("no promtool here: it is in Debian's package prometheus")
    ran = subprocess.run([promtool, *arguments], cwd=RULES.parent, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_panel_of_the_dashboard_has_a_place_and_an_id_of_its_own() -> None:
    told = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in told}

    assert len({panel["id"] for panel in told}) == len(places) == len(panels()) == len(told)
