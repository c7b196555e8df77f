"""Whose page a request comes from, and what it says of its sender."""

from typing import Any

import pytest

from clew.web.requests import Credentials, is_own_page, is_secure


def scope(scheme: str = "http", **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "scheme": scheme, "headers": raw, "client": ("192.0.2.1", 4000)}


@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({"host": "game.example"}, True),
        ({"host": "game.example", "origin": "http://game.example"}, True),
        ({"host": "game.example:8765", "origin": "http://game.example:8765"}, True),
        ({"host": "Game.Example", "origin": "http://game.example"}, True),
        ({"host": "10.0.0.7:8765", "origin": "https://play.example"}, True),
        ({"host": "game.example", "origin": "http://game.example:8765"}, False),
        ({"host": "game.example", "origin": "http://evil.example"}, False),
        ({"host": "game.example", "origin": "http://game.example.evil.example"}, False),
        ({"host": "game.example", "origin": "null"}, False),
        ({"host": "game.example", "origin": "http://[broken"}, False),
        ({"host": "game.example", "origin": "file://game.example"}, False),
        ({"host": "game.example", "sec_fetch_site": "same-origin"}, True),
        ({"host": "game.example", "sec_fetch_site": "cross-site"}, False),
        ({"origin": "http://game.example"}, False),
    ],
)
def test_only_our_own_pages_and_programs_that_are_no_browsers_may_ask(headers: dict[str, str], is_own: bool) -> None:
    assert is_own_page(scope(**headers), "https://play.example") is is_own


@pytest.mark.parametrize(
    ("headers", "token", "is_cookie"),
    [
        ({}, None, True),
        ({"authorization": "Bearer abc"}, "abc", False),
        ({"authorization": "bearer abc"}, "abc", False),
        ({"authorization": "Basic abc"}, None, False),
        ({"cookie": "other=1; minotaur_session=abc; more=2"}, "abc", True),
        ({"authorization": "Bearer abc", "cookie": "minotaur_session=def"}, "abc", False),
        ({"authorization": "Basic x", "cookie": "minotaur_session=def"}, None, False),
        ({"cookie": "minotaur_session="}, None, True),
        ({"authorization": "Bearer " + "x" * 300}, None, False),
        ({"authorization": "Bearer \xe9"}, None, False),
    ],
)
def test_the_header_speaks_before_the_cookie(headers: dict[str, str], token: str | None, is_cookie: bool) -> None:
    credentials = Credentials(scope(**headers), "minotaur_session")

    assert (credentials.token, credentials.is_cookie) == (token, is_cookie)


@pytest.mark.parametrize(
    ("public_url", "headers", "is_own"),
    [
        ("https://play.example", {"host": "play.example:443", "origin": "https://play.example"}, True),
        ("http://play.example", {"host": "upstream:80", "origin": "http://play.example"}, True),
        ("https://play.example:8443", {"host": "upstream", "origin": "https://play.example:8443"}, True),
        ("https://play.example:8443", {"host": "upstream", "origin": "https://play.example"}, False),
        (None, {"host": "play.example:443", "origin": "https://play.example"}, True),
        (None, {"host": "play.example:80", "origin": "https://play.example"}, False),
        ("https://xn--bcher-kva.example", {"host": "upstream", "origin": "https://xn--bcher-kva.example"}, True),
    ],
)
def test_a_port_that_goes_unsaid_makes_no_difference(
    public_url: str | None, headers: dict[str, str], *, is_own: bool
) -> None:
    assert is_own_page(scope(**headers), public_url) is is_own


def test_a_cookie_is_secure_where_the_public_url_says_so_and_else_where_the_connection_is() -> None:
    assert is_secure(scope(host="play.example"), "https://play.example")
    assert is_secure(scope(host="10.0.0.7"), "https://play.example")
    assert not is_secure(scope("https", host="play.example"), "http://play.example")
    assert is_secure(scope("https", host="game.example"), None)
    assert not is_secure(scope(host="play.example"), None)
