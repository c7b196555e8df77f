"""The index page in one language: which it is, which way it runs, and every sentence it may say.

All stand in the page, since it makes no second request (``whole_page``); a game's own words come so to pages that were
built without knowing it. Whoever chooses another language loads the page anew.
"""

import json
import re
from html import escape
from typing import Final

from clew.catalogue.catalogue import Catalogue
from clew.catalogue.choosing import ENGLISH

_ROOT: Final = re.compile(r'<html lang="en"[^>]*>')
_SAID: Final = re.compile(r'(<meta\b[^>]*\bname="description"[^>]*\bcontent="|<noscript>)([^"<]*)')
_BETWEEN_TAGS: Final = re.compile(r">(\s*)([^<>]*[^<>\s])(\s*)<")
_HEAD_END: Final = "</head>"
_BLOCK: Final = '<script type="text/x-fluent" id="texts" data-languages="%s">\n%s</script>'
"""Of a type that no browser runs: to it this is text."""


def spoken(index: str, catalogue: Catalogue, language: str) -> str:
    """``index``, which is written in English, in this language."""
    texts = catalogue.texts(language)
    assert "</script" not in texts.lower() and "<!--" not in texts, "a sentence would end its own element"
    block = _BLOCK % (escape(json.dumps(catalogue.names(), ensure_ascii=False)), texts)
    root = _root(catalogue, language)

    def said(found: re.Match[str]) -> str:
        return found[1] + escape(catalogue.translated(language, " ".join(found[2].split())) or found[2])

    whole = _ROOT.sub(root, index, count=1).replace(_HEAD_END, block + _HEAD_END, 1)
    return _SAID.sub(said, whole)


def spoken_alone(page: str, catalogue: Catalogue, language: str) -> str:
    """A page without a script to speak for it: each sentence of the catalogue that stands between two tags."""
    if language == ENGLISH:
        return page

    def said(found: re.Match[str]) -> str:
        text = catalogue.translated(language, " ".join(found[2].split()))
        return found[0] if text is None else f">{found[1]}{escape(text)}{found[3]}<"

    return _BETWEEN_TAGS.sub(said, _ROOT.sub(_root(catalogue, language), page, count=1))


def _root(catalogue: Catalogue, language: str) -> str:
    return f'<html lang="{language}" dir="{catalogue.direction(language)}">'
