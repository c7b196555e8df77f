"""An authenticator made of software: what a browser and its key would answer, or what an attacker would."""

import hashlib
import json
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from clew.people.authenticators import bytes_of, text_of
from tests.clew.web.account_calls import API

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One key. Each of its properties may be what it should not be."""

    origin: str
    rp_id: str
    credential_id: bytes = b"a passkey of 16+"
    count: int = 0
    flags: int = PRESENT | VERIFIED
    user_handle: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> dict[str, str]:
        """A new passkey, as asked."""
        self.user_handle = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        told = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + key
        attested: dict[str, Any] = {"fmt": "none", "attStmt": {}, "authData": self._data(self.flags | ATTESTED) + told}
        return {
            "id": text_of(self.credential_id),
            "client_data_json": text_of(self._client_data("webauthn.create", options["challenge"])),
            "attestation_object": text_of(cbor2.dumps(attested)),
        }

    def show(self, options: dict[str, Any]) -> dict[str, str]:
        """The passkey, as asked."""
        client_data = self._client_data("webauthn.get", options["challenge"])
        data = self._data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return {
            "id": text_of(self.credential_id),
            "client_data_json": text_of(client_data),
            "authenticator_data": text_of(data),
            "signature": text_of(signature),
            "user_handle": self.user_handle,
        }

    @property
    def whose(self) -> str:
        """The user's id that it remembers."""
        return (bytes_of(self.user_handle) or b"").decode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _client_data(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()


async def call(http: httpx.AsyncClient, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
    return await http.post(f"{API}/{path}", json=body)


async def open_by_passkey(http: httpx.AsyncClient, key: Authenticator, username: str = "Ada") -> httpx.Response:
    """The client keeps the cookies it is given."""
    options = (await call(http, "accounts/passkey/options", {"username": username})).json()
    return await call(http, "accounts/passkey", {"username": username, "passkey": key.make(options)})


async def come_in(http: httpx.AsyncClient, key: Authenticator) -> httpx.Response:
    options = (await call(http, "passkeys/options")).json()
    return await call(http, "sessions/passkey", {"passkey": key.show(options)})


async def prove(http: httpx.AsyncClient, key: Authenticator) -> dict[str, str]:
    """What proves, where a password would."""
    return key.show((await call(http, "passkeys/options")).json())


async def add(http: httpx.AsyncClient, key: Authenticator, **proof: Any) -> httpx.Response:
    options = await call(http, "me/passkeys/options", proof)
    if options.status_code != 200:
        return options
    return await call(http, "me/passkeys", {"passkey": key.make(options.json()), "name": " My  phone "})
