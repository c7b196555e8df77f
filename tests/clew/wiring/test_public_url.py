"""What a server may be found at, in the one spelling that browsers use."""

import re

import pytest

from clew.wiring.public_url import public_origin


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://play.example", "https://play.example"),
        ("https://play.example/", "https://play.example"),
        (" https://Play.Example ", "https://play.example"),
        ("HTTPS://play.example:443", "https://play.example"),
        ("http://play.example:80/", "http://play.example"),
        ("https://play.example:80", "https://play.example:80"),
        ("http://play.example:8765", "http://play.example:8765"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://Straße.example", "https://xn--strae-oqa.example"),
        ("https://play.example.", "https://play.example."),
        ("http://my_server:8765", "http://my_server:8765"),
        ("http://192.0.2.7:8765", "http://192.0.2.7:8765"),
        ("http://[2001:DB8:0:0::1]:8765", "http://[2001:db8::1]:8765"),
    ],
)
def test_a_public_url_is_spelled_as_browsers_spell_it(given: str, origin: str) -> None:
    assert public_origin(given) == origin


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("play.example", "begin it with http"),
        ("ftp://play.example", "begin it with http"),
        ("", "begin it with http"),
        ("https://", "like https://play.example"),
        ("https:/play.example", "like https://play.example"),
        ("https://play.example/minotaur", "below /minotaur"),
        ("https://play.example//", "below //"),
        ("https://play.example?a=1", "after the host"),
        ("https://play.example/?", "after the host"),
        ("https://play.example#top", "after the host"),
        ("https://ada:secret@play.example", "user and the password"),
        ("https://@play.example", "user and the password"),
        ("https://play.example:0", "from 1 to 65535"),
        ("https://play.example:-1", "from 1 to 65535"),
        ("https://play.example:65536", "from 1 to 65535"),
        ("https://play.example:https", "from 1 to 65535"),
        ("https://play example", "like https://play.example"),
        ("https://play..example", "no host name"),
        ("https://-play.example", "no host name"),
        ("https://play*.example", "no host name"),
        ("https://:443", "no host name"),
        ("https://\N{ZERO WIDTH JOINER}.example", "no host name"),
        ("https://[::1", "like https://play.example"),
        ("https://" + "a." * 130 + "example", "no host name"),
    ],
)
def test_what_no_page_can_be_found_at_is_refused_with_a_reason(given: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        public_origin(given)
