"""What every deployment must keep so that nothing is lost in it: our own rules, beyond what a schema can say."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
import typer

from clew.wiring.node import GRACE_S
from minotaur.cli.main import app
from tests.architecture.tree import ROOT
from tests.deploy.reading import (
    COMPOSE,
    DEPLOY,
    KUBERNETES,
    Document,
    compose_file,
    lines_of,
    manifests,
    of_kind,
    pods,
    seconds,
)

OURS: Final = "minotaur:"
USER_ID: Final = 10001
HEALTH: Final = re.compile(r"/health/\w+")
VARIABLE: Final = re.compile(r"\bMINOTAUR_[A-Z_]+\b")
OF_THE_DEPLOYER: Final = frozenset({"MINOTAUR_TAG", "MINOTAUR_SITE", "MINOTAUR_SERVER"})
"""Read by Docker or by Caddy when it reads the file, by no server."""


def serve_variables() -> set[str]:
    """The environment variables that ``minotaur serve`` reads."""
    return {
        str(parameter.envvar)
        for command in ("serve", "migrate")
        for parameter in typer.main.get_group(app).commands[command].params
        if parameter.envvar
    }


def our_services(name: str) -> dict[str, Document]:
    return {service: body for service, body in compose_file(name)["services"].items() if body["image"].startswith(OURS)}


def migrates(command: list[str] | None) -> bool:
    """Whether this is a migration; what says nothing serves."""
    return command is not None and command[0] == "migrate"


def serving(name: str) -> dict[str, Document]:
    return {service: body for service, body in our_services(name).items() if not migrates(body.get("command"))}


def our_pods(*, serve: bool) -> dict[str, Document]:
    return {
        name: pod
        for name, pod in pods().items()
        if pod["containers"][0]["image"].startswith(OURS) and migrates(pod["containers"][0].get("args")) is not serve
    }


# --- time to leave ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMPOSE)
def test_a_node_is_given_longer_to_leave_than_it_takes(name: str) -> None:
    graces = {service: seconds(body["stop_grace_period"]) for service, body in serving(name).items()}

    assert graces
    assert all(grace > GRACE_S for grace in graces.values()), graces


def test_a_pod_is_given_longer_to_leave_than_it_takes_and_its_pre_stop_is_part_of_that() -> None:
    graces = {
        name: pod["terminationGracePeriodSeconds"] - _pre_stop_s(pod) for name, pod in our_pods(serve=True).items()
    }

    assert graces.keys() == {"minotaur-host", "minotaur-gateway"}
    assert all(grace > GRACE_S for grace in graces.values()), graces


def test_a_gateway_waits_before_it_leaves_until_nobody_new_is_sent_to_it() -> None:
    assert _pre_stop_s(our_pods(serve=True)["minotaur-gateway"]) > 0


def _pre_stop_s(pod: Document) -> float:
    hook = pod["containers"][0].get("lifecycle", {}).get("preStop")
    if hook is None:
        return 0
    assert hook["exec"]["command"][0] == "sleep"
    return float(hook["exec"]["command"][1])


# --- updates ---------------------------------------------------------------------------------------------------------


def test_a_successor_starts_before_its_predecessor_stops_one_at_a_time() -> None:
    for service, body in serving("swarm.yml").items():
        for update in (body["deploy"]["update_config"], body["deploy"]["rollback_config"]):
            assert (update["order"], update["parallelism"]) == ("start-first", 1), service
    rolling = {one["metadata"]["name"]: one["spec"]["strategy"] for one in of_kind("Deployment")}
    for name in our_pods(serve=True):
        assert rolling[name] == {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}


def test_before_the_new_code_comes_only_what_old_nodes_can_live_with_and_the_rest_after_the_last_of_them() -> None:
    compose = our_services("compose.yml")["migrate"]["command"]
    jobs = {name: pod["containers"][0]["args"] for name, pod in our_pods(serve=False).items()}

    assert compose == ["migrate", "--before"]
    assert jobs == {"minotaur-migrate": ["migrate", "--before"], "minotaur-migrate-after": ["migrate"]}


@pytest.mark.parametrize(
    "steps",
    [
        ("run --rm migrate  ", "up --detach --no-deps node-1", "run --rm migrate migrate"),
        ("minotaur migrate` in place of `minotaur migrate --before`", "exec minotaur migrate --before'"),
        ("-f deploy/kubernetes/20-migrate.yml", "30-hosts.yml", "40-gateways.yml", "50-migrate-after.yml"),
    ],
    ids=["compose", "swarm", "kubernetes"],
)
def test_the_way_to_deploy_is_told_in_its_order(steps: tuple[str, ...]) -> None:
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    places = [readme.find(step) for step in steps]

    assert -1 not in places
    assert places == sorted(places)


def test_a_database_on_one_disk_never_runs_twice() -> None:
    assert compose_file("swarm.yml")["services"]["postgres"]["deploy"]["update_config"]["order"] == "stop-first"
    assert [one["metadata"]["name"] for one in of_kind("StatefulSet")] == ["postgres"]


def test_no_two_nodes_have_one_name_even_side_by_side_in_an_update() -> None:
    compose = [body["environment"]["MINOTAUR_NODE_ID"] for body in serving("compose.yml").values()]
    swarm = {body["environment"]["MINOTAUR_NODE_ID"] for body in serving("swarm.yml").values()}
    kubernetes = [_variables(pod)["MINOTAUR_NODE_ID"] for pod in our_pods(serve=True).values()]

    assert len(compose) == len(set(compose)) > 1
    assert swarm == {"{{.Task.Name}}"}, "a slot has two tasks while it is updated"
    assert [one["valueFrom"]["fieldRef"]["fieldPath"] for one in kubernetes] == ["metadata.name"] * len(kubernetes)


def test_every_node_says_which_release_it_is_and_all_say_the_same() -> None:
    for name in COMPOSE:
        assert len({body["environment"]["MINOTAUR_RELEASE"] for body in serving(name).values()}) == 1
    releases = {
        one["spec"]["template"]["metadata"]["annotations"]["minotaur/release"]
        for one in of_kind("Deployment")
        if one["metadata"]["name"] in our_pods(serve=True)
    }
    paths = {
        _variables(pod)["MINOTAUR_RELEASE"]["valueFrom"]["fieldRef"]["fieldPath"]
        for pod in our_pods(serve=True).values()
    }

    assert len(releases) == 1
    assert paths == {"metadata.annotations['minotaur/release']"}


def test_as_many_as_keep_the_games_going_are_left_whoever_empties_a_machine() -> None:
    replicas = {one["metadata"]["name"]: one["spec"]["replicas"] for one in of_kind("Deployment")}
    allowed = {one["metadata"]["name"]: one["spec"]["maxUnavailable"] for one in of_kind("PodDisruptionBudget")}
    selected = {one["metadata"]["name"]: one["spec"]["selector"] for one in of_kind("PodDisruptionBudget")}

    assert allowed.keys() == our_pods(serve=True).keys()
    assert all(replicas[name] - allowed[name] >= 1 for name in allowed)
    assert selected == {
        one["metadata"]["name"]: one["spec"]["selector"]
        for one in of_kind("Deployment")
        if one["metadata"]["name"] in allowed
    }


# --- what is named exists --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()], ids=lambda path: path.name
)
def test_every_variable_named_is_one_that_the_server_knows(path: Path) -> None:
    named = set(VARIABLE.findall(path.read_text(encoding="utf-8")))

    assert named - serve_variables() - OF_THE_DEPLOYER == set()


@pytest.mark.parametrize(
    "path", [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()], ids=lambda path: path.name
)
def test_every_health_path_named_is_one_that_the_server_answers(path: Path) -> None:
    answered = set(HEALTH.findall((ROOT / "src/clew/web/health.py").read_text(encoding="utf-8")))

    assert set(HEALTH.findall(path.read_text(encoding="utf-8"))) <= answered


def test_pods_are_asked_whether_they_are_ready_and_killed_only_when_they_answer_nothing() -> None:
    for name, pod in our_pods(serve=True).items():
        container = pod["containers"][0]
        assert container["readinessProbe"]["httpGet"]["path"] == "/health/ready", name
        assert container["livenessProbe"]["httpGet"]["path"] == "/health/live", name
        assert container["startupProbe"]["httpGet"]["path"] == "/health/live", name
        (port,) = container["ports"]
        assert container["readinessProbe"]["httpGet"]["port"] == port["name"]
        assert port["containerPort"] == 8765


def test_the_service_leads_to_the_gateways() -> None:
    service = next(one for one in of_kind("Service") if one["metadata"]["name"] == "minotaur")
    gateway = next(one for one in of_kind("Deployment") if one["metadata"]["name"] == "minotaur-gateway")

    assert service["spec"]["selector"].items() <= gateway["spec"]["template"]["metadata"]["labels"].items()
    assert (
        service["spec"]["ports"][0]["targetPort"]
        == gateway["spec"]["template"]["spec"]["containers"][0]["ports"][0]["name"]
    )


def test_every_secret_and_config_that_is_read_is_one_that_is_described() -> None:
    described = {one["metadata"]["name"]: one for one in of_kind("Secret", "ConfigMap")}
    for name, pod in our_pods(serve=True).items():
        for variable in _variables(pod).values():
            wanted = variable.get("valueFrom", {}).get("secretKeyRef")
            if wanted is not None:
                assert wanted["key"] in described[wanted["name"]]["stringData"], name
        (key,) = (volume["secret"] for volume in pod["volumes"] if volume["name"] == "key")
        assert key["items"][0]["key"] in described[key["secretName"]]["stringData"]
        (mounted,) = (mount for mount in pod["containers"][0]["volumeMounts"] if mount["name"] == "key")
        config = described["minotaur"] if "data" in described["minotaur"] else of_kind("ConfigMap")[0]
        assert config["data"]["MINOTAUR_SECRET_KEY_FILE"] == f"{mounted['mountPath']}/{key['items'][0]['path']}"
    for name in COMPOSE:
        document = compose_file(name)
        for service, body in document["services"].items():
            used = {one if isinstance(one, str) else one["source"] for one in body.get("secrets", [])}
            assert used <= document.get("secrets", {}).keys(), service


# --- nobody gets more than they need ---------------------------------------------------------------------------------


def test_pods_run_as_nobody_in_particular_with_nothing_they_could_use() -> None:
    for name, pod in pods().items():
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for container in pod["containers"]:
            assert container["securityContext"]["allowPrivilegeEscalation"] is False, name
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}, name
    for pod in (*our_pods(serve=True).values(), *our_pods(serve=False).values()):
        assert pod["securityContext"]["runAsUser"] == USER_ID
        assert pod["containers"][0]["securityContext"]["readOnlyRootFilesystem"] is True


@pytest.mark.parametrize("name", COMPOSE)
def test_containers_write_nowhere_and_have_no_capabilities(name: str) -> None:
    for service, body in our_services(name).items():
        assert body["read_only"] is True, service
        assert body["cap_drop"] == ["ALL"], service


def test_no_file_holds_a_key_or_a_password() -> None:
    given = {
        (name, key): value
        for name, document in manifests()
        if document["kind"] == "Secret"
        for key, value in document["stringData"].items()
    }
    credentials = [
        (path.name, line.strip())
        for path in sorted(DEPLOY.rglob("*.yml"))
        for line in lines_of(path)
        if re.search(r"://\w+:(?!\$\{|…|REPLACE-ME)", line)
    ]

    assert given
    assert all("REPLACE-ME" in value for value in given.values())
    assert credentials == []
    assert "secret.key" in (ROOT / ".gitignore").read_text(encoding="utf-8")


def test_the_example_of_a_secret_is_not_among_what_is_applied_in_order() -> None:
    applied = [path.name for path in KUBERNETES.glob("[0-9]*.yml")]

    assert sorted(applied) == [
        "00-namespace.yml",
        "10-config.yml",
        "20-migrate.yml",
        "30-hosts.yml",
        "40-gateways.yml",
        "50-migrate-after.yml",
    ]


def _variables(pod: Document) -> dict[str, dict[str, Any]]:
    return {variable["name"]: variable for variable in pod["containers"][0]["env"]}
