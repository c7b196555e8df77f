"""One language of a catalogue, for who speaks no other: a picture, a card."""

from collections.abc import Mapping, Sequence

from clew.catalogue.catalogue import Catalogue
from clew.catalogue.sentences import Value


class Voice:
    """Says the ``catalogue``'s sentences in ``language``, which is one of its own."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self.language = language
        self.right_to_left = catalogue.direction(language) == "rtl"

    def say(self, sentence_id: str, values: Mapping[str, Value] | None = None) -> str:
        """As ``Catalogue.say``."""
        return self._catalogue.say(self.language, sentence_id, values)

    def called(self, name: str) -> str:
        """As ``Catalogue.called``."""
        return self._catalogue.called(self.language, name)

    def listed(self, names: Sequence[str]) -> str:
        """As ``Catalogue.listed``."""
        return self._catalogue.listed(self.language, names)
