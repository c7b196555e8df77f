"""What lies in deploy/, read as the tools that are given it read it."""

import re
from pathlib import Path
from typing import Any, Final, cast

import yaml

from tests.architecture.tree import ROOT

DEPLOY: Final = ROOT / "deploy"
KUBERNETES: Final = DEPLOY / "kubernetes"
COMPOSE: Final = ("compose.yml", "swarm.yml")
_VARIABLE: Final = re.compile(r"(?<!\$)\$\{(\w+)(?::?[-?]([^}]*))?\}")

Document = dict[str, Any]


def compose_file(name: str) -> Document:
    """A Compose file with its variables filled in: the default, or a word where one must be set."""

    def fill(match: re.Match[str]) -> str:
        asks = f":?{match[2]}" in match[0] or match[2] is None
        return "given" if asks else match[2]

    text = _VARIABLE.sub(fill, (DEPLOY / name).read_text(encoding="utf-8"))
    return cast("Document", yaml.safe_load(text.replace("$$", "$")))


def manifests() -> list[tuple[str, Document]]:
    """Every Kubernetes document, with the name of its file."""
    found = list[tuple[str, Document]]()
    for path in sorted(KUBERNETES.glob("*.yml")):
        documents = yaml.safe_load_all(path.read_text(encoding="utf-8"))
        found += [(path.name, cast("Document", document)) for document in documents]
    return found


def of_kind(*kinds: str) -> list[Document]:
    return [document for _, document in manifests() if document["kind"] in kinds]


def pods() -> dict[str, Document]:
    """The pod's specification in everything that makes pods, by name."""
    return {
        document["metadata"]["name"]: document["spec"]["template"]["spec"]
        for document in of_kind("Deployment", "StatefulSet", "Job")
    }


def named_in(document: Document) -> str:
    return f"{document['kind']}/{document['metadata']['name']}"


def seconds(duration: str) -> float:
    """``35s`` and ``1m30s`` as Compose reads them."""
    parts = re.findall(r"(\d+)([hms])", duration)
    assert "".join("".join(part) for part in parts) == duration, duration
    return sum(int(number) * {"h": 3600, "m": 60, "s": 1}[unit] for number, unit in parts)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
