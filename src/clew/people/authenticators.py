"""What authenticators say, by WebAuthn: checked in a thread, one at a time."""

import asyncio
import base64
import binascii
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from clew.wire.credentials import KnownPasskey, NewPasskey
from clew.wire.errors import ApiError

T = TypeVar("T")

ALGORITHMS: Final = (-7, -8, -257)
"""ES256, EdDSA and RS256: what all authenticators have one of."""
PUBLIC_KEY_BYTES_MAX: Final = 1_024
"""A larger key is none that we use: RSA of 4096 bits takes some 550."""
CHECKS_WAITING_MAX: Final = 64
"""Who comes while so many wait is told ``busy``. A check takes well below a millisecond."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks for passkeys: the domain they are for, the one origin whose pages may use them, and its name."""

    id: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class MadePasskey:
    """A passkey that was made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


class Authenticators:
    """Both checks want the user verified by the device, and give None for what does not fit, whatever it is."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="passkeys")
        self._waiting = 0

    async def made(self, said: NewPasskey, party: Party, challenge: bytes) -> MadePasskey | None:
        """Who made a passkey, of which model, nobody asks."""
        return await self._aside(lambda: _made(said, party, challenge))

    async def count(self, said: KnownPasskey, party: Party, challenge: bytes, public_key: bytes) -> int | None:
        """The count that the passkey tells now, if it is that one."""
        return await self._aside(lambda: _count(said, party, challenge, public_key))

    async def _aside(self, work: Callable[[], T]) -> T:
        if self._waiting >= CHECKS_WAITING_MAX:
            raise ApiError("busy", retry_after_s=1.0)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1


def text_of(some: bytes) -> str:
    """As WebAuthn writes bytes."""
    return base64.urlsafe_b64encode(some).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes | None:
    """What was written so; None for what is nothing of the kind, or not as ``text_of`` writes it."""
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if text_of(found) == text else None


def _made(said: NewPasskey, party: Party, challenge: bytes) -> MadePasskey | None:
    import webauthn  # noqa: PLC0415 - it is a good part of a start, and few starts meet a passkey
    from webauthn.helpers.cose import COSEAlgorithmIdentifier  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    response = {"clientDataJSON": said.client_data_json, "attestationObject": said.attestation_object}
    credential = {"id": said.id, "rawId": said.id, "type": "public-key", "response": response}
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(each) for each in ALGORITHMS],
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None  # strangers' bytes: what the library stumbles over is as little a passkey as what it refuses
    if len(made.credential_public_key) > PUBLIC_KEY_BYTES_MAX or text_of(made.credential_id) != said.id:
        return None
    return MadePasskey(made.credential_id, made.credential_public_key, made.sign_count)


def _count(said: KnownPasskey, party: Party, challenge: bytes, public_key: bytes) -> int | None:
    import webauthn  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    response = {
        "clientDataJSON": said.client_data_json,
        "authenticatorData": said.authenticator_data,
        "signature": said.signature,
        "userHandle": said.user_handle,
    }
    credential = {"id": said.id, "rawId": said.id, "type": "public-key", "response": response}
    try:
        found = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,  # whether it went on is looked at by who knows the last one
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None
    return found.new_sign_count
