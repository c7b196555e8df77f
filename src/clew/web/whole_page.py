"""The index page in one piece, and what stands in for the files that another release's index page asks for.

While two releases run behind a balancer that chooses a node for each request, a page's second request may end at the
other release, which does not have the file it asks for. So our page makes no second request that it can't do without:
script and style stand in it. And whoever asks us for another release's entry script gets ours, which needs no more of
its page than the element both of them stand in (docs/decisions/0097-one-answer-and-a-second-line.md).
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from clew.web.headers import policy_of_page

_SCRIPT: Final = re.compile(r'<script\b[^>]*\bsrc="/(assets/[^"]+\.js)"[^>]*></script>')
_STYLE: Final = re.compile(r'<link\b(?=[^>]*\brel="stylesheet")[^>]*\bhref="/(assets/[^"]+\.css)"[^>]*>')
_ENTRY: Final = re.compile(r"assets/index-[\w-]{8}(\.js|\.css)")
"""How the build has called the entry's two files in every release so far."""

_ENDS_A_SCRIPT: Final = re.compile(r"<(?=/script|!--)", re.IGNORECASE)
"""What HTML would read as more than text. In the script's own strings ``\\x3c`` is the same character."""

_ADOPT: Final = """
try {
  const style = new CSSStyleSheet();
  style.replaceSync(%s);
  document.adoptedStyleSheets = [style];
  for (const link of document.querySelectorAll('link[rel="stylesheet"]')) link.remove();
} catch {} // a browser too old for this keeps the other release's style
"""


_KNOW: Final = """
{
  const english = document.createElement("script");
  english.type = "text/x-fluent";
  english.id = "english";
  english.textContent = %s;
  document.head.append(english);
}
"""
"""Another release's page may lack sentences that our script says, or all of them: they are said in English."""


class WholePage(msgspec.Struct, frozen=True):
    """``html`` makes no further request for script or style; ``policy`` lets these very ones run and no others.

    ``stand_ins`` by suffix: what to answer for an entry file of some other release. The script brings its style along,
    since the page it comes to may have the other release's, and what it says in English.
    """

    html: str
    policy: str
    stand_ins: Mapping[str, str]


def suffix_of_an_entry(name: str) -> str:
    """``.js`` or ``.css`` where this may be the name of an entry file of some release, else nothing."""
    entry = _ENTRY.fullmatch(name)
    return entry[1] if entry is not None else ""


def whole_page(index: str, read: Callable[[str], str | None], english: str) -> WholePage:
    """The page ``index`` with every script and style of its own folder put into it; ``read`` gives a file, or None.

    ``english``: all that the script says, for a page of another release that it comes to.
    """
    scripts, styles = list[str](), list[str]()

    def script(tag: re.Match[str]) -> str:
        if (text := read(tag[1])) is None:
            return tag[0]
        scripts.append(_ENDS_A_SCRIPT.sub(r"\\x3c", text))
        return f'<script type="module">{scripts[-1]}</script>'

    def style(tag: re.Match[str]) -> str:
        if (text := read(tag[1])) is None:
            return tag[0]
        assert "</style" not in text.lower(), f"{tag[1]} would end its own element"
        styles.append(text)
        return f"<style>{text}</style>"

    html = _SCRIPT.sub(script, _STYLE.sub(style, index))
    policy = policy_of_page(styles, scripts)
    if not scripts:
        return WholePage(html, policy, {})
    one_style = "\n".join(styles)
    stand_in = "\n".join([_ADOPT % json.dumps(one_style), _KNOW % json.dumps(english), *scripts])
    return WholePage(html, policy, {".js": stand_in, ".css": one_style})
