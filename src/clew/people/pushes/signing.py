"""What a webhook is sent: the nudge as it is, and a word on it that only who has the secret can give."""

import hashlib
import hmac
from typing import Final

from clew.sessions.ids import Millis

SIGNATURE: Final = "clew-signature"
"""The header: ``t=SECONDS,v1=HEX``, HMAC-SHA256 over ``SECONDS.BODY``, so what was overheard can't be sent later."""


def signed(said: bytes, secret: bytes, now: Millis) -> dict[str, str]:
    """The headers of this body."""
    at = str(now // 1000)
    word = hmac.new(secret, at.encode() + b"." + said, hashlib.sha256).hexdigest()
    return {"content-type": "application/json", SIGNATURE: f"t={at},v1={word}"}
