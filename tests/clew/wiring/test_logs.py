"""What is logged, in both forms."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from clew.wiring.logs import configure_logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def raise_with_a_token() -> None:
    token = "very-secret"
    raise ValueError(f"a token of {len(token)} characters")


def test_json_logs_are_one_object_a_line() -> None:
    stream = io.StringIO()
    configure_logs("json", "info", stream)

    structlog.get_logger("minotaur.test").info("game_created", game_id="g1")
    logging.getLogger("alembic").error("from a library")
    first, second = map(json.loads, stream.getvalue().splitlines())

    assert (first["message"], first["game_id"], first["level"]) == ("game_created", "g1", "info")
    assert (second["message"], second["logger"]) == ("from a library", "alembic")


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_neither_form_ever_shows_a_secret(log_format: str) -> None:
    stream = io.StringIO()
    configure_logs("json" if log_format == "json" else "console", "info", stream)
    log = structlog.get_logger("minotaur.test")

    log.info("signed_in", token="very-secret")
    try:
        raise_with_a_token()
    except ValueError as error:
        log.error("failed", exc_info=error)

    assert "very-secret" not in stream.getvalue()
    assert "raise_with_a_token" in stream.getvalue()


def test_libraries_are_quiet_until_something_failed() -> None:
    stream = io.StringIO()
    configure_logs("console", "info", stream)

    logging.getLogger("uvicorn.error").info("Started server process")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    logging.getLogger("uvicorn.error").error("Invalid UTF-8 sequence received from client.")

    assert stream.getvalue() == ""
