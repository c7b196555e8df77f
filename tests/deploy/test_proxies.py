"""The proxies' files as they stand, before a real server, with people who come from several addresses."""

import asyncio
import json
import os
import shutil
import ssl
import subprocess
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
import websockets

from clew.client.retrying import pause
from clew.local.process import ServerProcess, free_port
from clew.testing.serving import running
from tests.deploy.reading import DEPLOY
from tests.kit.client import SUBPROTOCOL
from tests.kit.server import Server

PROXIES: Final = DEPLOY / "proxies"
SITE: Final = "play.example"
UP_WITHIN_S: Final = 20.0
ADA, BO, EVE = "127.0.0.2", "127.0.0.3", "127.0.0.4"
"""Where people are: not where the proxy is."""


@dataclass(frozen=True)
class Before:
    """A proxy before a server, and how to come in through it."""

    url: str
    secret: ssl.SSLContext | None

    def client(self, address: str) -> httpx.AsyncClient:
        transport = httpx.AsyncHTTPTransport(local_address=address, verify=self.secret or True)
        return httpx.AsyncClient(base_url=self.url, transport=transport, timeout=10.0)


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        pytest.skip(f"no {name} here")
    return found


def _replaced(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def _nginx(folder: Path, port: int, server_port: int) -> tuple[list[str], dict[str, str], ssl.SSLContext | None]:
    """Its file with a port, a server and a certificate of this test, in the frame that conf.d lies in."""
    program, openssl = _program("nginx"), _program("openssl")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    making = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={SITE}".split()
    subprocess.run(
        [openssl, *making, "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    site = _replaced(
        (PROXIES / "nginx.conf").read_text(encoding="utf-8"),
        ("listen 443 ", f"listen 127.0.0.1:{port} "),
        ("server 127.0.0.1:8765;", f"server 127.0.0.1:{server_port};"),
        (f"/etc/letsencrypt/live/{SITE}/fullchain.pem", str(certificate)),
        (f"/etc/letsencrypt/live/{SITE}/privkey.pem", str(key)),
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in kinds)
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log stderr warn; worker_processes 1;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{site}}}\n",
        encoding="utf-8",
    )
    user = ["-g", "user root;"] if os.geteuid() == 0 else []  # the folders of a test are its own
    secret = ssl.create_default_context(cafile=str(certificate))
    return [program, "-p", str(folder), "-e", "stderr", "-c", str(whole), *user], {}, secret


def _caddy(folder: Path, port: int, server_port: int) -> tuple[list[str], dict[str, str], ssl.SSLContext | None]:
    """Its file as it is; without TLS, since it would fetch a certificate."""
    environment = {
        "MINOTAUR_SITE": f"http://127.0.0.1:{port}",
        "MINOTAUR_SERVER": f"127.0.0.1:{server_port}",
        "CADDY_ADMIN": "off",
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    config = ["--config", str(PROXIES / "Caddyfile"), "--adapter", "caddyfile"]
    return [_program("caddy"), "run", *config], environment, None


PROGRAMS: Final = {"caddy": _caddy, "nginx": _nginx}
Arranged = Callable[[Path, int, int], tuple[list[str], dict[str, str], ssl.SSLContext | None]]


@asynccontextmanager
async def _before(folder: Path, arranged: Arranged) -> AsyncGenerator[Before]:
    port, server_port = free_port(), free_port()
    command, environment, secret = arranged(folder, port, server_port)
    url = f"{'http' if secret is None else 'https'}://127.0.0.1:{port}"
    options = ("--public-url", url, "--trusted-proxy", "localhost", "--cap", "lobbies_per_address=1")
    proxy = ServerProcess("proxy", command, port, folder / "proxy.log", environment={**os.environ, **environment})
    async with running(Server(folder / "data", *options, port=server_port)):
        try:
            await proxy.launch()
            before = Before(url, secret)
            await _up(before, proxy)
            yield before
        finally:
            await proxy.kill()


async def _up(before: Before, proxy: ServerProcess) -> None:
    async with before.client(ADA) as http, asyncio.timeout(UP_WITHIN_S):
        while True:
            try:
                await http.get("/health/live")
            except httpx.TransportError:
                assert proxy.is_running, proxy.log_tail()
                await pause(0.05)
            else:
                return


async def _guest(http: httpx.AsyncClient, name: str) -> dict[str, str]:
    """Their headers."""
    answer = await http.post("/api/v1/guests", json={"display_name": name})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def _lobby(http: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    return await http.post("/api/v1/games", json={"seats": 2}, headers=headers)


@pytest.mark.parametrize("name", PROGRAMS)
async def test_a_game_is_made_and_its_socket_stays_open_through_the_proxy(name: str, tmp_path: Path) -> None:
    async with _before(tmp_path, PROGRAMS[name]) as before, before.client(ADA) as http:
        page = await http.get("/")
        headers = await _guest(http, "Ada")
        made = await _lobby(http, headers)
        said = await _said_over_a_socket(before, made.json()["join_code"], headers)
        foreign = await http.post(
            "/api/v1/guests", json={"display_name": "X"}, headers={"Origin": "http://evil.example"}
        )

    assert (page.status_code, made.status_code) == (200, 201)
    assert said and json.loads(said[0])["type"]
    assert foreign.status_code == 403


async def _said_over_a_socket(before: Before, join_code: str, headers: dict[str, str]) -> list[Any]:
    """What comes first, on a socket that a ping goes through afterwards."""
    url = f"{before.url.replace('http', 'ws', 1)}/api/v1/games/{join_code}/socket"
    async with websockets.connect(
        url,
        additional_headers=headers,
        subprotocols=[websockets.Subprotocol(SUBPROTOCOL)],
        origin=websockets.Origin(before.url),
        ssl=before.secret,
        local_addr=(ADA, 0),
    ) as socket:
        async with asyncio.timeout(10.0):
            said = [await socket.recv()]
            await (await socket.ping())
        return said


@pytest.mark.parametrize("name", PROGRAMS)
async def test_the_server_counts_by_where_people_are_whatever_they_say_of_it(name: str, tmp_path: Path) -> None:
    """One lobby may be open from each address."""
    async with (
        _before(tmp_path, PROGRAMS[name]) as before,
        before.client(ADA) as ada,
        before.client(BO) as bo,
    ):
        first = await _lobby(ada, await _guest(ada, "Ada"))
        second = await _lobby(ada, await _guest(ada, "Al"))
        lying = {**await _guest(ada, "Eve"), "X-Forwarded-For": EVE, "X-Real-IP": EVE, "Forwarded": f"for={EVE}"}
        third = await _lobby(ada, lying)
        elsewhere = await _lobby(bo, await _guest(bo, "Bo"))

    assert [answer.status_code for answer in (first, second, third, elsewhere)] == [201, 409, 409, 201]


@pytest.mark.parametrize("name", PROGRAMS)
async def test_health_and_metrics_are_kept_from_everybody(name: str, tmp_path: Path) -> None:
    paths = ("/metrics", "/health/ready", "/health/live", "//metrics", "/%6detrics", "/x/../metrics", "/METRICS")
    async with _before(tmp_path, PROGRAMS[name]) as before, before.client(ADA) as http:
        answers = [await http.get(f"{before.url}{path}") for path in paths]

    assert [answer.status_code for answer in answers if "clew_" in answer.text] == []
    assert {answer.status_code for answer in answers[:3]} == {404}
