"""The secret key: made once, kept beside the data, readable by its owner only."""

import hashlib
import os
import secrets
import stat
from pathlib import Path
from typing import Final

from clew.wiring.faults import CannotStart

KEY_FILE: Final = "secret.key"
SECRET_BYTES: Final = 32
_OWNER_ONLY: Final = 0o600


class BadSecret(CannotStart):
    """The file is not a key of ours. Restore it: with another one everybody would be signed out."""


def read_or_make_secret(data: Path) -> bytes:
    """The key in the data folder, made and on disk before this returns if there was none.

    Call it while holding the folder's lock. A half-written key is never seen: it is written beside and moved into
    place. A key that others may read is made private again. Raises ``BadSecret``.
    """
    path = data / KEY_FILE
    if not path.exists():
        _make(path)
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(_OWNER_ONLY)
    return read_secret(path)


def read_secret(path: Path) -> bytes:
    """The key in this file. Raises ``BadSecret``."""
    try:
        secret = path.read_bytes()
    except OSError as refused:
        raise BadSecret(f"The secret key cannot be read: {refused}.") from refused
    if len(secret) != SECRET_BYTES:
        raise BadSecret(f"{path} should hold {SECRET_BYTES} bytes and holds {len(secret)}.")
    return secret


def print_of(secret: bytes) -> str:
    """What tells this key from another. Of 32 random bytes it gives nothing away."""
    return hashlib.blake2b(secret, digest_size=8, person=b"minotaur print").hexdigest()


def _make(path: Path) -> None:
    beside = path.with_suffix(f".{os.getpid()}")
    beside.unlink(missing_ok=True)
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        os.write(file, secrets.token_bytes(SECRET_BYTES))
        os.fsync(file)
    finally:
        os.close(file)
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
