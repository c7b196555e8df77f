"""Which language a request is answered in, and how what went wrong is said in it."""

from typing import Final

import msgspec

from clew.catalogue.catalogue import Catalogue
from clew.catalogue.choosing import COOKIE, ENGLISH, chosen
from clew.catalogue.voice import Voice
from clew.web.requests import Scope, cookie, header
from clew.wire.shapes import ErrorBody

SPEAKER: Final = "speaker"
"""Under which a request's scope has its ``Speaker``."""


def language_of(scope: Scope, catalogue: Catalogue) -> str:
    """What its browser keeps as chosen here, else what it asks for, else English."""
    return chosen(catalogue.languages, cookie(scope, COOKIE), header(scope, b"accept-language"))


def voice_of(scope: Scope) -> Voice:
    """What the request is answered in; its scope has a ``Speaker``, as every one that came through the gate."""
    speaker: Speaker = scope[SPEAKER]
    return speaker.voice()


class Speaker:
    """Says what went wrong in the language of one request or socket, which is looked for when something does."""

    __slots__ = ("_catalogue", "_scope")

    def __init__(self, catalogue: Catalogue, scope: Scope) -> None:
        self._catalogue = catalogue
        self._scope = scope

    def voice(self) -> Voice:
        """The language, found out each time: few are asked for it."""
        return Voice(self._catalogue, language_of(self._scope, self._catalogue))

    def say(self, error: ErrorBody) -> ErrorBody:
        """The same with its sentence in that language; where that is not the catalogue's, with the one of its code."""
        language = language_of(self._scope, self._catalogue)
        if language == ENGLISH:
            return error
        message = self._catalogue.translated(language, error.message)
        if message is None and self._catalogue.has(f"error-{error.code}"):
            message = self._catalogue.say(language, f"error-{error.code}")
        return error if message is None else msgspec.structs.replace(error, message=message)


def spoken_to(scope: Scope, error: ErrorBody) -> ErrorBody:
    """The error as whoever asked is told it; as it is, where nobody put a speaker into the scope."""
    speaker: Speaker | None = scope.get(SPEAKER)
    return error if speaker is None else speaker.say(error)
