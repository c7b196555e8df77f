"""Bodies are read strictly, and what is wrong with them is said with its place."""

import pytest

from clew.web.bodies import read_json
from clew.wire.errors import ApiError
from minotaur.play.wire_http import CreateGame

DEEP = b'{"settings": {"radius": ' + b"[" * 5000


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b'{"seats": "4"}', "seats"),
        (b'{"seats": 9}', "seats"),
        (b'{"seats": 2.5}', "seats"),
        (b'{"seats": null}', "seats"),
        (b'{"bot": "dragon"}', "bot"),
        (b'{"preset": ["labyrinth"]}', "preset"),
        (b'{"colour": "red"}', "colour"),
        (b'{"settings": []}', "settings"),
        (b"[]", ""),
        (b"null", ""),
    ],
)
def test_a_wrong_body_is_invalid_and_names_the_field(raw: bytes, path: str) -> None:
    with pytest.raises(ApiError) as raised:
        read_json(raw, CreateGame)

    assert (raised.value.code, raised.value.status, raised.value.details) == ("invalid", 422, {"path": path})


@pytest.mark.parametrize("raw", [b"", b"{", b"{'seats': 4}", b"\xff\xfe", b'{"bot": "\xff"}', DEEP])
def test_what_is_no_json_is_malformed(raw: bytes) -> None:
    with pytest.raises(ApiError) as raised:
        read_json(raw, CreateGame)

    assert (raised.value.code, raised.value.status) == ("malformed", 400)
