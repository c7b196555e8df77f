"""Which language a request is answered in."""

from clew.catalogue.catalogue import Catalogue
from clew.catalogue.choosing import COOKIE, chosen
from clew.web.requests import Scope, cookie, header


def language_of(scope: Scope, catalogue: Catalogue) -> str:
    """What its browser keeps as chosen here, else what it asks for, else English."""
    return chosen(catalogue.languages, cookie(scope, COOKIE), header(scope, b"accept-language"))
