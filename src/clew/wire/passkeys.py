"""The bodies about passkeys of the HTTP half of the public protocol.

What a browser is asked is spelled as WebAuthn spells it (``parseCreationOptionsFromJSON``), what it answers as we do;
all bytes are base64url without padding.
"""

from typing import Annotated

import msgspec

from clew.wire.accounts import EMAIL_CHARS_MAX, PASSWORD_CHARS_MAX
from clew.wire.credentials import KnownPasskey, MyPasskey, NewPasskey
from clew.wire.http import NAME_CHARS_SENT_MAX

PASSKEYS_MAX = 10
PASSKEY_NAME_CHARS_MAX = 40

_KeyName = Annotated[str, msgspec.Meta(max_length=PASSKEY_NAME_CHARS_MAX)]
_Name = Annotated[str, msgspec.Meta(max_length=NAME_CHARS_SENT_MAX)]
_Email = Annotated[str, msgspec.Meta(max_length=EMAIL_CHARS_MAX)]
_Password = Annotated[str, msgspec.Meta(max_length=PASSWORD_CHARS_MAX)]


class PasskeyParty(msgspec.Struct, frozen=True):
    """For whom a passkey is."""

    id: str
    name: str


class PasskeyUser(msgspec.Struct, frozen=True, rename="camel"):
    """Whose it is."""

    id: str
    name: str
    display_name: str


class PasskeyAlgorithm(msgspec.Struct, frozen=True):
    """A COSE algorithm."""

    alg: int
    type: str = "public-key"


class PasskeyNamed(msgspec.Struct, frozen=True):
    """A passkey there is."""

    id: str
    type: str = "public-key"


class PasskeyKind(msgspec.Struct, frozen=True, rename="camel"):
    """Found without a user name, and used by nobody but whom the device knows."""

    resident_key: str = "required"
    require_resident_key: bool = True
    user_verification: str = "required"


class NewPasskeyOptions(msgspec.Struct, frozen=True, rename="camel"):
    """For ``navigator.credentials.create``."""

    challenge: str
    rp: PasskeyParty
    user: PasskeyUser
    pub_key_cred_params: tuple[PasskeyAlgorithm, ...]
    timeout: int
    exclude_credentials: tuple[PasskeyNamed, ...]
    authenticator_selection: PasskeyKind
    attestation: str = "none"


class KnownPasskeyOptions(msgspec.Struct, frozen=True, rename="camel"):
    """For ``navigator.credentials.get``. No passkey is named: the browser shows those it has."""

    challenge: str
    rp_id: str
    timeout: int
    allow_credentials: tuple[PasskeyNamed, ...] = ()
    user_verification: str = "required"


class AskNewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The user name of an account that is to be opened with a passkey."""

    username: _Name


class OpenAccountByPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account with a passkey and without a password, as ``OpenAccount`` else."""

    username: _Name
    passkey: NewPasskey
    passkey_name: _KeyName = ""
    display_name: _Name | None = None
    email: _Email | None = None


class LogInByPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Come in with a passkey, which says whose it is."""

    passkey: KnownPasskey


class AskMorePasskeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the two proves that it is you: whoever found your device unlocked can't make themselves a way in."""

    current_password: _Password | None = None
    passkey: KnownPasskey | None = None


class AddPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passkey more, and what you call it."""

    passkey: NewPasskey
    name: _KeyName = ""


class RenamePasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What you call a passkey of yours from now on."""

    name: _KeyName


class MyPasskeys(msgspec.Struct, frozen=True):
    """All of yours, the oldest first. ``has_password``: whether you could do without them."""

    passkeys: tuple[MyPasskey, ...]
    has_password: bool
