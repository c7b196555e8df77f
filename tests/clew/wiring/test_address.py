"""Listening, and telling where."""

import socket

import pytest

from clew.wiring.address import BadAddress, PortInUse, listen, urls_of


def test_port_0_is_a_free_one_and_is_told() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        urls = urls_of(listener, None)

    assert port != 0
    assert urls.to_open == f"http://127.0.0.1:{port}"
    assert urls.to_share is None


def test_a_server_on_every_address_has_one_to_open_here() -> None:
    with listen("0.0.0.0", 0) as listener:
        port = listener.getsockname()[1]
        urls = urls_of(listener, None)

    assert urls.to_open == f"http://127.0.0.1:{port}"
    assert urls.to_share is None or urls.to_share.endswith(f":{port}")


def test_a_public_url_is_what_is_shared() -> None:
    with listen("127.0.0.1", 0) as listener:
        urls = urls_of(listener, "https://play.example")

    assert urls.to_share == "https://play.example"


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_is_written_as_urls_want_it() -> None:
    try:
        listener = listen("::1", 0)
    except BadAddress:
        pytest.skip("no IPv6 here")
    with listener:
        assert urls_of(listener, None).to_open.startswith("http://[::1]:")


def test_a_port_in_use_is_said_so_and_what_to_do() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]

        with pytest.raises(PortInUse, match=f"Port {port} .*--port"):
            listen("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(BadAddress):
        listen("192.0.2.1", 0)
    with pytest.raises(BadAddress):
        listen("no-such-host.invalid", 0)
    with pytest.raises(BadAddress, match="no host name"):
        listen("a..b", 0)
