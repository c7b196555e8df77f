"""The protocol as the server publishes it: true, whole, and readable."""

import json
import re
from collections.abc import Generator
from typing import Any, cast

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks

from minotaur.play.errors import ERRORS
from tests.clew.web.live import inside, live_in_thread

CALLS_MAX = 15
OFFERED = {
    ("post", "/api/v1/guests"),
    ("delete", "/api/v1/sessions"),
    ("post", "/api/v1/accounts"),
    ("post", "/api/v1/sessions"),
    ("post", "/api/v1/recoveries"),
    ("post", "/api/v1/passkeys/options"),
    ("post", "/api/v1/sessions/passkey"),
    ("post", "/api/v1/accounts/passkey/options"),
    ("post", "/api/v1/accounts/passkey"),
    ("get", "/api/v1/me/passkeys"),
    ("post", "/api/v1/me/passkeys/options"),
    ("post", "/api/v1/me/passkeys"),
    ("patch", "/api/v1/me/passkeys/{passkey_id}"),
    ("delete", "/api/v1/me/passkeys/{passkey_id}"),
    ("get", "/api/v1/me"),
    ("patch", "/api/v1/me"),
    ("delete", "/api/v1/me"),
    ("get", "/api/v1/me/export"),
    ("get", "/api/v1/me/pushes"),
    ("post", "/api/v1/me/pushes"),
    ("post", "/api/v1/me/pushes/webhook"),
    ("delete", "/api/v1/me/pushes"),
    ("get", "/api/v1/people/{user_id}"),
    ("get", "/api/v1/leaderboard"),
    ("get", "/api/v1/games/{join_code}/results"),
    ("get", "/api/v1/kinds"),
    ("post", "/api/v1/games"),
    ("get", "/api/v1/games"),
    ("get", "/api/v1/games/{join_code}"),
    ("patch", "/api/v1/games/{join_code}"),
    ("post", "/api/v1/games/{join_code}/join"),
    ("post", "/api/v1/games/{join_code}/leave"),
    ("post", "/api/v1/games/{join_code}/rematch"),
    ("delete", "/api/v1/games/{join_code}/players/{player_id}"),
    ("post", "/api/v1/games/{join_code}/start"),
    ("post", "/api/v1/games/{join_code}/cancel"),
    ("get", "/api/v1/games/{join_code}/replay"),
    ("get", "/api/v1/games/{join_code}/picture.svg"),
}

SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.filter_too_much)
CAN_BE_WRONG = {
    ("post", "/api/v1/guests"),
    ("post", "/api/v1/accounts"),
    ("post", "/api/v1/sessions"),
    ("post", "/api/v1/recoveries"),
    ("post", "/api/v1/sessions/passkey"),
    ("post", "/api/v1/accounts/passkey/options"),
    ("post", "/api/v1/accounts/passkey"),
    ("post", "/api/v1/me/passkeys/options"),
    ("post", "/api/v1/me/passkeys"),
    ("patch", "/api/v1/me"),
    ("post", "/api/v1/me/pushes"),
    ("post", "/api/v1/me/pushes/webhook"),
    ("post", "/api/v1/games"),
    ("patch", "/api/v1/games/{join_code}"),
}
"""Calls with a body; of a path every text is well-formed, and a query may hold what the server does not know."""

NOT_PROMISED: list[Any] = [cast("Any", checks).positive_data_acceptance]
"""What a schema can't say: which names can be seen, and which settings go together. It is 422 by our own words."""


@pytest.fixture(scope="module")
def address() -> Generator[str]:
    with live_in_thread() as url:
        yield url


@pytest.fixture(scope="module")
def document(address: str) -> dict[str, Any]:
    return httpx.get(f"{address}/schema/openapi.json").raise_for_status().json()


@pytest.fixture(scope="module")
def api(document: dict[str, Any], address: str) -> BaseSchema:
    config = cast("Any", SchemathesisConfig())
    config.projects.default.update(base_url=address)
    rejection = config.projects.default.checks.negative_data_rejection
    rejection.expected_statuses = [*rejection.expected_statuses, 413]  # what is much too long is not read to its end
    return schemathesis.openapi.from_dict(document, config=config)


def test_exactly_what_is_offered_is_described(document: dict[str, Any]) -> None:
    described = {(method, path) for path, methods in document["paths"].items() for method in methods}

    assert described == OFFERED


def test_every_error_code_is_listed_with_its_status(document: dict[str, Any]) -> None:
    text = document["info"]["description"]

    assert {code for code, kind in ERRORS.items() if f"- `{code}` ({kind.status})" in text} == set(ERRORS)


def test_every_error_has_the_one_shape(document: dict[str, Any]) -> None:
    shapes = {
        json.dumps(answer["content"]["application/json"]["schema"])
        for methods in document["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if status >= "400"
    }

    assert shapes == {'{"$ref": "#/components/schemas/ErrorAnswer"}'}


def test_what_a_client_writes_is_closed(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert schemas["CreateGame"]["additionalProperties"] is False
    closed = ("CreateGuest", "OpenAccount", "LogIn", "Recover", "ChangeMe", "DeleteMe", "ChangeGame", "SeatChange")
    by_passkey = ("AskNewAccount", "OpenAccountByPasskey", "LogInByPasskey", "AskMorePasskeys", "AddPasskey")
    for named in (*closed, *by_passkey, "KnownPasskey", "NewPasskey"):
        assert schemas[named]["additionalProperties"] is False


async def test_the_page_says_every_call_and_loads_nothing_from_elsewhere() -> None:
    async with inside() as web, web.http() as http:
        page = await http.get("/schema")

    assert page.headers["content-type"].startswith("text/html")
    for method, path in OFFERED:
        assert re.search(rf"{method.upper()}</span> <code>{re.escape(path)}</code>", page.text), path
    assert "<script" not in page.text
    assert re.findall(r'(?:src|href)="(?!/|#)', page.text) == []
    assert "sha256-" in page.headers["content-security-policy"]


def new_token(address: str) -> str:
    return httpx.post(f"{address}/api/v1/guests", json={"display_name": "Ada"}).raise_for_status().json()["token"]


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [
        *((method, path, GenerationMode.POSITIVE) for method, path in sorted(OFFERED)),
        *((method, path, GenerationMode.NEGATIVE) for method, path in sorted(CAN_BE_WRONG)),
    ],
)
def test_the_server_keeps_what_the_document_says(
    method: str, path: str, mode: GenerationMode, api: BaseSchema, address: str
) -> None:
    """Legal and broken calls, each answer held against the document by schemathesis's checks."""
    operation = cast("Any", api)[path][method]
    one_token = new_token(address)

    @settings(max_examples=CALLS_MAX, deadline=None, derandomize=True, suppress_health_check=SLOW_IS_FINE)
    @given(case=operation.as_strategy(generation_mode=mode))
    def expect_documented(case: Any) -> None:
        token = new_token(address) if method == "delete" else one_token
        headers = {"Authorization": f"Bearer {token}"}
        case.call_and_validate(headers=headers, excluded_checks=NOT_PROMISED)

    expect_documented()
