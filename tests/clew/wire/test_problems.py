"""What is wrong with a message, and which field of it: a form puts the sentence beside the field."""

from typing import Any

import msgspec
import pytest

from clew.wire.problems import problem_and_path


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """Part of a message."""

    vector: tuple[int, int]


class Message(msgspec.Struct, forbid_unknown_fields=True, tag_field="kind", tag="plan"):
    """A message."""

    steps: tuple[Step, ...]


class Other(msgspec.Struct, forbid_unknown_fields=True, tag_field="kind", tag="other"):
    """Another kind of message."""


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"{}", "kind"),
        (b'{"kind": "none"}', "kind"),
        (b'{"kind": "plan"}', "steps"),
        (b'{"kind": "plan", "steps": [{}]}', "steps[0].vector"),
        (b'{"kind": "plan", "steps": [{"vector": [1]}]}', "steps[0].vector"),
        (b'{"kind": "plan", "steps": [{"vector": [1, "2"]}]}', "steps[0].vector[1]"),
        (b'{"kind": "plan", "steps": [{"vector": [1, 2], "speed": 3}]}', "steps[0].speed"),
        (b'{"kind": "plan", "steps": [], "speed": 3}', "speed"),
        (b"[]", ""),
    ],
)
def test_the_path_names_the_field_that_is_wrong_missing_or_unknown(raw: bytes, path: str) -> None:
    shape: Any = Message | Other

    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(raw, type=shape)

    problem, found = problem_and_path(str(refused.value))
    assert found == path
    assert "$" not in problem
