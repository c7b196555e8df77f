"""What an authenticator says of a passkey, as it is sent, and what is told of one. Bytes are base64url, unpadded."""

from typing import Annotated

import msgspec

CREDENTIAL_CHARS_MAX = 1_366
"""1023 bytes, the most that WebAuthn allows."""
KEY_PART_CHARS_MAX = 4_096
"""Of what an authenticator says, without the certificates that nobody asks for, no part takes half of it."""

_Credential = Annotated[str, msgspec.Meta(max_length=CREDENTIAL_CHARS_MAX)]
_Part = Annotated[str, msgspec.Meta(max_length=KEY_PART_CHARS_MAX)]


class KnownPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an authenticator said to prove that it has a passkey: an ``AuthenticatorAssertionResponse``."""

    id: _Credential
    client_data_json: _Part
    authenticator_data: _Part
    signature: _Part
    user_handle: _Part


class NewPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an authenticator said of a passkey it made: an ``AuthenticatorAttestationResponse``."""

    id: _Credential
    client_data_json: _Part
    attestation_object: _Part


class MyPasskey(msgspec.Struct, frozen=True):
    """A passkey of yours. ``used_at`` is null where it was never used."""

    id: str
    name: str
    made_at: str
    used_at: str | None
