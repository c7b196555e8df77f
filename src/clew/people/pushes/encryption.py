"""A message that only one browser can read (RFC 8291), in one record of ``aes128gcm`` (RFC 8188)."""

from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from clew.people.pushes.bounds import PAYLOAD_BYTES_MAX, PUBLIC_KEY_BYTES, SALT_BYTES

_RECORD_BYTES: Final = 4096
_LAST_RECORD: Final = b"\x02"
_KEY_BYTES: Final = 16
_NONCE_BYTES: Final = 12


def is_public_key(raw: bytes) -> bool:
    """Whether these bytes are a point that something can be encrypted for."""
    if len(raw) != PUBLIC_KEY_BYTES:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return True


def encrypted(
    said: bytes, public_key: bytes, auth: bytes, salt: bytes, ephemeral: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The body of the message. ``ephemeral`` is a key for this message alone, made here where none is given."""
    assert len(salt) == SALT_BYTES and len(said) <= PAYLOAD_BYTES_MAX
    ours = ephemeral or ec.generate_private_key(ec.SECP256R1())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
    our_point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = _derived(ours.exchange(ec.ECDH(), theirs), auth, b"WebPush: info\x00" + public_key + our_point, 32)
    key = _derived(shared, salt, b"Content-Encoding: aes128gcm\x00", _KEY_BYTES)
    nonce = _derived(shared, salt, b"Content-Encoding: nonce\x00", _NONCE_BYTES)
    head = salt + _RECORD_BYTES.to_bytes(4) + bytes([len(our_point)]) + our_point
    return head + AESGCM(key).encrypt(nonce, said + _LAST_RECORD, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
