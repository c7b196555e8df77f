"""Who sends: a key that browsers bind their subscriptions to, and its word on each message (RFC 8292)."""

from base64 import urlsafe_b64encode
from typing import Final
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from clew.sessions.ids import Millis

_GOOD_FOR_MS: Final = 12 * 60 * 60 * 1000
"""Half of what is allowed, for clocks that differ."""
_CURVE: Final = ec.SECP256R1()
_HALF_BYTES: Final = 32


class VapidKey:
    """Made of the secret key, so that all nodes have the same one, a restart keeps it, and nothing more is to be kept.

    With another secret key everybody is signed out, and what they subscribed to ends with that.
    """

    def __init__(self, secret_key: bytes, contact: str | None) -> None:
        """``contact``: where a browser's maker finds who runs this, a ``mailto:`` or ``https:`` address."""
        # Twice as long as the order, so that no number of the curve is likelier than another.
        drawn = HKDF(hashes.SHA256(), 2 * _HALF_BYTES, salt=None, info=b"clew vapid key").derive(secret_key)
        order = _CURVE.group_order
        self._key = ec.derive_private_key(int.from_bytes(drawn) % (order - 1) + 1, _CURVE)
        self._contact = contact
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public: Final = b64url(point)
        """As a page hands it to ``PushManager.subscribe``."""

    def authorization(self, endpoint: str, now: Millis) -> str:
        """The header for a message to this endpoint."""
        parts = urlsplit(endpoint)
        claims: dict[str, object] = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": (now + _GOOD_FOR_MS) // 1000}
        if self._contact is not None:
            claims["sub"] = self._contact
        said = f"{_JWT_HEAD}.{b64url(msgspec.json.encode(claims))}"
        r, s = decode_dss_signature(self._key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
        signature = b64url(r.to_bytes(_HALF_BYTES) + s.to_bytes(_HALF_BYTES))
        return f"vapid t={said}.{signature}, k={self.public}"


def contact_of(named: str | None) -> str | None:
    """Checked; none is none. Raises ``ValueError``."""
    if named is not None and not named.startswith(("mailto:", "https://")):
        raise ValueError("begin it with mailto: or https://")
    return named


def b64url(raw: bytes) -> str:
    """Without padding, as all of Web Push has it."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


_JWT_HEAD: Final = b64url(b'{"typ":"JWT","alg":"ES256"}')
