"""URLs as an operator writes them, and what is never shown of them."""

import dataclasses
from pathlib import Path

import pytest

from clew.buses.nats.settings import NatsServer, NatsSettings, UnusableNats, read_servers


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ("nats://a:1", [NatsServer("a", 1, tls=False)]),
        ("a", [NatsServer("a", 4222, tls=False)]),
        ("a:1, tls://b:2,", [NatsServer("a", 1, tls=False), NatsServer("b", 2, tls=True)]),
        ("nats://ada:p%40ss@a", [NatsServer("a", 4222, tls=False, user="ada", password="p@ss")]),
        ("nats://t%2Fken@a", [NatsServer("a", 4222, tls=False, token="t/ken")]),
        ("tls://[::1]:1/", [NatsServer("::1", 1, tls=True)]),
    ],
)
def test_urls_are_read(urls: str, expected: list[NatsServer]) -> None:
    assert list(read_servers(urls)) == expected


@pytest.mark.parametrize(
    "urls", ["", " , ", "http://a", "nats://", "nats://s3cret@a:port", "nats://s3cret@a:99999", "nats://a/s3cret"]
)
def test_what_is_no_url_of_a_server_is_refused_without_telling_it(urls: str) -> None:
    with pytest.raises(UnusableNats) as refused:
        read_servers(urls)

    assert "s3cret" not in str(refused.value)


def test_a_secret_is_never_shown() -> None:
    servers = read_servers("nats://ada:s3cret@a,tls://s3cret@[::1]")
    settings = NatsSettings(servers, "node-1", "minotaur")

    assert "s3cret" not in repr(settings)
    assert [server.url for server in servers] == ["nats://a:4222", "tls://[::1]:4222"]


@pytest.mark.parametrize("cluster", ["", "a.b", "a b", "*", ">", "käse"])
def test_a_cluster_has_a_plain_name(cluster: str) -> None:
    settings = NatsSettings(read_servers("a"), "node-1", "minotaur", cluster)

    with pytest.raises(UnusableNats, match="cluster"):
        settings.check()
    dataclasses.replace(settings, cluster="blue_2-b").check()


def test_credentials_that_are_none_are_told_before_anything_begins(tmp_path: Path) -> None:
    (tmp_path / "node.creds").write_text("a password, perhaps")
    settings = NatsSettings(read_servers("a"), "node-1", "minotaur", credentials=tmp_path / "node.creds")

    with pytest.raises(UnusableNats, match=r"no \.creds file") as refused:
        settings.check()

    assert "password" not in str(refused.value)
