"""Stands in for a browser's maker: takes what is sent for one browser, and reads it with that browser's own key."""

import asyncio
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AUTH: Final = bytes(range(16))
LOCAL: Final = "127.0.0.0/8"

AnyMaker = TypeVar("AnyMaker", bound="Maker")


@dataclass
class Maker:
    """``answers`` are given first, by their status; then 201."""

    port: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    answers: list[bytes] = field(default_factory=list[bytes])
    heads: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    said: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/to/browser"

    @property
    def subscription(self) -> dict[str, Any]:
        """As ``PushSubscription.toJSON()`` gives it."""
        keys = {"p256dh": text(point(self.key)), "auth": text(AUTH)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    async def wait_asked(self, times: int = 1) -> None:
        while len(self.heads) < times:
            self.asked.clear()
            await self.asked.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        named = {name.lower(): value for line in head[1:] if line for name, _, value in [line.partition(": ")]}
        body = await reader.readexactly(int(named["content-length"]))
        self.heads.append(named)
        self.said.append(json.loads(self.read(named, body)))
        writer.write(self.answers.pop(0) if self.answers else b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()
        self.asked.set()

    def read(self, named: Mapping[str, str], body: bytes) -> bytes:
        """As the browser does."""
        del named
        return decrypted(body, self.key, AUTH)


@dataclass
class Hook(Maker):
    """Somebody's own address, who looks at each message's signature with ``secret``."""

    secret: bytes = b""

    def read(self, named: Mapping[str, str], body: bytes) -> bytes:
        at, _, word = named["clew-signature"].partition(",v1=")
        assert named["content-type"] == "application/json"
        assert word == mac(self.secret, at.removeprefix("t=").encode() + b"." + body).hex()
        return body


@asynccontextmanager
async def push_maker() -> AsyncGenerator[Maker]:
    """One that listens on this machine."""
    async with _listening(Maker()) as maker:
        yield maker


@asynccontextmanager
async def webhook() -> AsyncGenerator[Hook]:
    """One that listens on this machine."""
    async with _listening(Hook()) as hook:
        yield hook


@asynccontextmanager
async def _listening(maker: AnyMaker) -> AsyncGenerator[AnyMaker]:
    server = await asyncio.start_server(maker.serve, "127.0.0.1", 0)
    maker.port = server.sockets[0].getsockname()[1]
    async with server:
        yield maker


def decrypted(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """What RFC 8291 says that a browser does, from its own words: HKDF written out with HMAC."""
    salt, length = body[:16], body[20]
    theirs, sealed = body[21 : 21 + length], body[21 + length :]
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    ikm = mac(mac(auth, shared), b"WebPush: info\0" + point(key) + theirs + b"\x01")
    prk = mac(salt, ikm)
    content_key = mac(prk, b"Content-Encoding: aes128gcm\0\x01")[:16]
    nonce = mac(prk, b"Content-Encoding: nonce\0\x01")[:12]
    padded = AESGCM(content_key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert padded.endswith(b"\x02"), "the last record says so"
    return padded[:-1]


def claims_of(authorization: str, public_key: str) -> dict[str, Any]:
    """What the sender says of itself, its signature looked at with the key that the browser bound itself to."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(each.strip().split("=", 1) for each in rest.split(","))
    assert scheme == "vapid" and parts["k"] == public_key
    said, _, signature = parts["t"].rpartition(".")
    raw = plain(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), plain(public_key))
    key.verify(der, said.encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(plain(said.split(".")[1]))


def mac(key: bytes, said: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(said)
    return made.finalize()


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def plain(said: str) -> bytes:
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))


def answer(status: str, *headers: str) -> bytes:
    """An answer of the maker's, whole."""
    lines: Sequence[str] = (f"HTTP/1.1 {status}", *headers, "content-length: 0", "", "")
    return "\r\n".join(lines).encode()
