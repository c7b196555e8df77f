"""Certificates and signed credentials for a nats-server that trusts nobody without."""

import base64
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nkeys

_untyped: Any = nkeys

UNLIMITED = {"subs": -1, "data": -1, "payload": -1}
ACCOUNT_LIMITS = {**UNLIMITED, "conn": -1, "leaf": -1, "imports": -1, "exports": -1, "wildcards": True}


class Signer:
    """A key pair of NATS, made of one byte."""

    def __init__(self, prefix: int, seed: int) -> None:
        self.seed: bytes = _untyped.encode_seed(bytes([seed]) * 32, prefix)
        self._pair: Any = _untyped.from_seed(bytearray(self.seed))
        self.public: str = self._pair.public_key.decode()

    def token(self, subject: "Signer", claims: dict[str, Any]) -> str:
        """What this key says of another (or of itself), signed."""
        head = {"typ": "JWT", "alg": "ed25519-nkey"}
        body = {"jti": subject.public, "iat": 1, "iss": self.public, "sub": subject.public, "name": "x", "nats": claims}
        signed = ".".join(_web_base64(json.dumps(part).encode()) for part in (head, body))
        return f"{signed}.{_web_base64(self._pair.sign(signed.encode()))}"


def signed_config(operator: Signer, account: Signer) -> str:
    """The configuration of a server that takes whoever an account of its operator vouches for."""
    of_operator = operator.token(operator, {"type": "operator", "version": 2})
    of_account = operator.token(account, {"limits": ACCOUNT_LIMITS, "type": "account", "version": 2})
    return f'operator: "{of_operator}"\nresolver: MEMORY\nresolver_preload: {{ {account.public}: "{of_account}" }}'


def write_credentials(path: Path, account: Signer, user: Signer) -> Path:
    """A ``.creds`` file in which the account vouches for the user."""
    token = account.token(user, {**UNLIMITED, "type": "user", "version": 2})
    path.write_text(
        f"-----BEGIN NATS USER JWT-----\n{token}\n------END NATS USER JWT------\n\n"
        f"-----BEGIN USER NKEY SEED-----\n{user.seed.decode()}\n------END USER NKEY SEED------\n"
    )
    return path


@dataclass(frozen=True)
class Certificates:
    """A CA of our own, what it says of the server at 127.0.0.1, and of a client."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def certificate(self, whose: str) -> Path:
        return self.folder / f"{whose}.pem"

    def key(self, whose: str) -> Path:
        return self.folder / f"{whose}.key"

    def server_config(self, *, verify: bool = False) -> str:
        """``verify``: clients need a certificate too."""
        return (
            f'tls {{ cert_file: "{self.certificate("server")}", key_file: "{self.key("server")}", '
            f'ca_file: "{self.ca}", verify: {str(verify).lower()} }}'
        )


def make_certificates(folder: Path) -> Certificates:
    folder.mkdir()
    made = Certificates(folder)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    _openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=ca", "-keyout", made.key("ca"), "-out", made.ca)
    for whose in ("server", "client"):
        request, names = folder / f"{whose}.csr", folder / f"{whose}.ext"
        names.write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\nauthorityKeyIdentifier=keyid\n")
        _openssl("req", *curve, "-subj", f"/CN={whose}", "-keyout", made.key(whose), "-out", request)
        signing = ("-CA", made.ca, "-CAkey", made.key("ca"), "-CAcreateserial", "-days", "2", "-extfile", names)
        _openssl("x509", "-req", "-in", request, *signing, "-out", made.certificate(whose))
    return made


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def _web_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
