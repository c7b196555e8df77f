"""Who may speak to a nats-server, and what nobody else may hear: passwords, tokens, signed credentials, TLS."""

import asyncio
import dataclasses
import shutil
from collections.abc import Generator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nkeys
import pytest
from structlog.testing import capture_logs

from clew.buses.nats.settings import NatsSettings, UnusableNats
from clew.local.nats import LocalNats
from clew.local.process import free_port
from tests.kit.asking import LONG_S, echo
from tests.kit.nats import on_nats, settings_for, wait_connected
from tests.kit.nats_secrets import Certificates, Signer, make_certificates, signed_config, write_credentials

SECRET = "s3cr3t/p@ss"
QUOTED = "s3cr3t%2Fp%40ss"
USERS = f'authorization {{ users: [ {{ user: "ada", password: "{SECRET}" }} ] }}'
TOKEN = f'authorization {{ token: "{SECRET}" }}'
REFUSED_WITHIN_S = 20.0


@pytest.fixture(autouse=True)
def logged() -> Generator[list[MutableMapping[str, Any]]]:
    with capture_logs() as entries:
        yield entries


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make certificates with")
    return make_certificates(tmp_path_factory.mktemp("tls") / "made")


@contextmanager
def running(folder: Path, config: str) -> Generator[LocalNats]:
    server = LocalNats(folder, free_port(), config)
    server.start()
    try:
        yield server
    finally:
        server.kill()


async def speaks(settings: NatsSettings) -> bool:
    """Whether a bus with these settings carries a request; False: it was refused, and said so in the log."""
    with capture_logs() as entries:
        async with on_nats(settings) as bus:
            if bus.is_connected:
                await bus.serve("node-1", echo)
                return await bus.request("node-1", b"", LONG_S) == b"echo "
    assert "bus_not_reached" in [entry["event"] for entry in entries]
    assert SECRET not in str(entries), "a secret in the log"
    assert QUOTED not in str(entries), "a secret in the log"
    return False


@pytest.mark.parametrize(
    ("config", "who", "admitted"),
    [
        (USERS, f"ada:{QUOTED}@", True),
        (USERS, "ada:wrong@", False),
        (USERS, f"bob:{QUOTED}@", False),
        (USERS, "", False),
        (TOKEN, f"{QUOTED}@", True),
        (TOKEN, "wrong@", False),
    ],
)
async def test_a_password_or_token_is_needed_where_the_server_asks_for_it(
    config: str, who: str, admitted: bool, tmp_path: Path
) -> None:
    with running(tmp_path, config) as server:
        assert await speaks(settings_for(f"nats://{who}127.0.0.1:{server.port}")) == admitted


async def test_whoever_was_refused_is_admitted_when_the_server_has_learned_better(tmp_path: Path) -> None:
    port = free_port()
    server = LocalNats(tmp_path, port, USERS.replace("ada", "eve"))
    server.start()
    async with on_nats(settings_for(f"nats://ada:{QUOTED}@127.0.0.1:{port}")) as bus:
        refused = not bus.is_connected
        server.kill()
        server = LocalNats(tmp_path, port, USERS)
        server.start()
        async with asyncio.timeout(REFUSED_WITHIN_S):
            await wait_connected(bus)
    server.kill()

    assert refused


@pytest.mark.parametrize(("account_seed", "admitted"), [(2, True), (9, False)])
async def test_signed_credentials_are_believed_if_the_right_account_signed_them(
    account_seed: int, admitted: bool, tmp_path: Path
) -> None:
    operator, account = Signer(nkeys.PREFIX_BYTE_OPERATOR, 1), Signer(nkeys.PREFIX_BYTE_ACCOUNT, 2)
    signer, user = Signer(nkeys.PREFIX_BYTE_ACCOUNT, account_seed), Signer(nkeys.PREFIX_BYTE_USER, 3)
    credentials = write_credentials(tmp_path / "node.creds", signer, user)
    with running(tmp_path, signed_config(operator, account)) as server:
        settings = dataclasses.replace(settings_for(server.url), credentials=credentials)

        assert await speaks(settings) == admitted


async def test_a_server_of_a_ca_we_trust_is_spoken_to(tmp_path: Path, certificates: Certificates) -> None:
    with running(tmp_path, certificates.server_config()) as server:
        settings = settings_for(f"tls://127.0.0.1:{server.port}")

        assert await speaks(dataclasses.replace(settings, ca=certificates.ca))


async def test_a_server_of_an_unknown_ca_is_told_nothing(tmp_path: Path, certificates: Certificates) -> None:
    with running(tmp_path, f"{certificates.server_config()}\n{USERS}") as server:
        assert not await speaks(settings_for(f"tls://ada:{QUOTED}@127.0.0.1:{server.port}"))


async def test_a_server_that_asks_for_certificates_gets_ours(tmp_path: Path, certificates: Certificates) -> None:
    with running(tmp_path, certificates.server_config(verify=True)) as server:
        without = dataclasses.replace(settings_for(f"tls://127.0.0.1:{server.port}"), ca=certificates.ca)
        with_ours = dataclasses.replace(
            without, certificate=certificates.certificate("client"), key=certificates.key("client")
        )

        assert not await speaks(without)
        assert await speaks(with_ours)


@pytest.mark.parametrize("wants_by", ["scheme", "ca"])
async def test_nothing_is_told_in_the_clear_where_tls_is_wanted(wants_by: str, certificates: Certificates) -> None:
    """Whoever sits on the line says that there is no TLS here, and waits for the password."""
    told: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"server_id":"x","version":"2.11.0","max_payload":1048576,"auth_required":true}\r\n')
        told.append(await reader.read())
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as impostor:
        port = impostor.sockets[0].getsockname()[1]
        scheme = "tls" if wants_by == "scheme" else "nats"
        settings = settings_for(f"{scheme}://ada:{QUOTED}@127.0.0.1:{port}")
        admitted = await speaks(settings if wants_by == "scheme" else dataclasses.replace(settings, ca=certificates.ca))

    assert not admitted
    assert told
    assert b"".join(told) == b""


async def test_a_node_needs_no_more_than_its_own_subjects(tmp_path: Path) -> None:
    mine = '["minotaur.v1.mine.>"]'
    config = (
        'authorization { users: [ { user: "a", password: "b", '
        f"permissions: {{ publish: {{ allow: {mine} }}, subscribe: {{ allow: {mine} }} }} }} ] }}"
    )
    with running(tmp_path, config) as server:
        assert await speaks(settings_for(f"nats://a:b@127.0.0.1:{server.port}", cluster="mine"))


@pytest.mark.parametrize("what", ["ca", "certificate", "credentials"])
async def test_a_file_that_is_not_there_is_told_before_anything_begins(what: str, tmp_path: Path) -> None:
    settings = dataclasses.replace(settings_for("tls://127.0.0.1:1"), **{what: tmp_path / "missing"})

    with pytest.raises(UnusableNats, match="can't be read"):
        async with on_nats(settings):
            pass
