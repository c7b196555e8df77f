"""What a URL may say of passwords and TLS is done."""

import shutil
import ssl
import subprocess
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from clew.local.postgres import SOCKET_PORT, LocalPostgres, temporary_postgres
from clew.sessions.faults import Busy
from clew.stores.postgres.schema import check_postgres, migrate_postgres
from clew.stores.postgres.store import open_postgres
from clew.stores.schema.revision import Unopenable
from tests.kit.postgres import run
from tests.kit.proxy import proxy_to
from tests.kit.store_records import register


@dataclass
class Guarded:
    """A server that asks ``ada`` for a password."""

    server: LocalPostgres

    def url(self, user: str, more: str = "") -> str:
        return f"postgresql://{user}@/postgres?host={self.server.folder}{more}"

    @property
    def socket(self) -> Path:
        return self.server.folder / f".s.PGSQL.{SOCKET_PORT}"


@pytest.fixture(scope="module")
def started() -> Generator[LocalPostgres]:
    with temporary_postgres(durable=False) as server:
        rules = server.folder / "data" / "pg_hba.conf"
        rules.write_text("local all ada scram-sha-256\n" + rules.read_text())
        yield server


@pytest.fixture
async def guarded(started: LocalPostgres) -> Guarded:
    await migrate_postgres(started.url())
    if not await run(started.url(), "SELECT FROM pg_roles WHERE rolname = 'ada'"):
        await run(started.url(), "CREATE ROLE ada LOGIN PASSWORD 'sesame: @/?'")
    await run(started.url(), "GRANT ALL ON ALL TABLES IN SCHEMA public TO ada")
    await run(started.url(), "SELECT pg_reload_conf()")
    return Guarded(started)


async def test_a_password_is_taken_from_the_url(guarded: Guarded) -> None:
    async with open_postgres(guarded.url("ada:sesame%3A%20%40%2F%3F")) as store:
        assert await register(store)


async def test_a_password_is_taken_from_a_file_that_is_ours_alone(guarded: Guarded, tmp_path: Path) -> None:
    passfile = tmp_path / "passwords"
    passfile.touch(mode=0o600)
    passfile.write_text("*:*:*:ada:sesame: @/?\n")

    async with open_postgres(guarded.url("ada", f"&passfile={passfile}")) as store:
        assert await register(store)


async def test_a_wrong_password_is_told_but_not_what_it_was(guarded: Guarded) -> None:
    url = guarded.url("ada:wrongone")

    with pytest.raises(Unopenable, match="password authentication failed") as refused:
        await check_postgres(url)
    async with open_postgres(url) as store:
        with pytest.raises(Busy) as busy:
            await register(store)

    assert "wrongone" not in str(refused.value) + str(busy.value)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="nothing here makes a certificate")
async def test_a_server_is_spoken_to_in_secret_and_is_who_its_certificate_says(
    guarded: Guarded, tmp_path: Path
) -> None:
    certificate, key = certificate_for("127.0.0.1", tmp_path / "good")
    stranger, _ = certificate_for("127.0.0.1", tmp_path / "stranger")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    async with proxy_to(guarded.socket, context) as proxy:
        url = f"postgresql://clew@127.0.0.1:{proxy.port}/postgres"

        async with open_postgres(f"{url}?sslmode=verify-full&sslrootcert={certificate}") as store:
            assert await register(store)
        async with open_postgres(f"{url}?sslmode=require") as store:
            assert await register(store)
        async with open_postgres(f"{url}?sslmode=verify-full&sslrootcert={stranger}") as store:
            with pytest.raises(Busy, match="certificate verify failed"):
                await register(store)


async def test_a_server_without_tls_is_refused_where_it_was_asked_for(guarded: Guarded) -> None:
    async with (
        proxy_to(guarded.socket) as proxy,
        open_postgres(f"postgresql://clew@127.0.0.1:{proxy.port}/postgres?sslmode=require") as store,
    ):
        with pytest.raises(Busy, match="rejected SSL upgrade"):
            await register(store)


def certificate_for(address: str, folder: Path) -> tuple[Path, Path]:
    """A certificate that vouches for itself, and its key."""
    folder.mkdir()
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=test", "-addext", f"subjectAltName=IP:{address}"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key
