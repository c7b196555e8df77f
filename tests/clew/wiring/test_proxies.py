"""Which proxies are believed, as uvicorn compares them with who connects."""

from typing import Any, cast

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from clew.wiring.proxies import trusted_networks


@pytest.mark.parametrize(
    ("named", "client", "is_believed"),
    [
        (["10.0.0.7"], "10.0.0.7", True),
        (["10.0.0.7"], "10.0.0.8", False),
        (["10.0.0.7"], "::ffff:10.0.0.7", True),
        (["10.0.0.7/8"], "10.9.9.9", True),
        (["10.0.0.0/8"], "::ffff:10.9.9.9", True),
        (["10.0.0.0/8"], "::ffff:11.9.9.9", False),
        (["10.0.0.1,10.0.0.2 10.0.0.3"], "10.0.0.3", True),
        (["localhost"], "127.0.0.1", True),
        (["LOCALHOST"], "::1", True),
        (["localhost"], "192.0.2.1", False),
        (["[2001:db8::1]"], "2001:db8:0::1", True),
        (["10.0.0.1", "*"], "192.0.2.1", True),
        ([], "127.0.0.1", False),
    ],
)
async def test_a_proxy_is_believed_by_its_address(named: list[str], client: str, *, is_believed: bool) -> None:
    seen = list[Any]()

    async def application(scope: Any, *_: Any) -> None:
        seen.append(scope["client"][0])

    behind = ProxyHeadersMiddleware(cast("Any", application), list(trusted_networks(named)))
    headers = [(b"x-forwarded-for", b"203.0.113.9")]
    await behind(
        cast("Any", {"type": "http", "client": (client, 1), "headers": headers}), cast("Any", None), cast("Any", None)
    )

    assert (seen == ["203.0.113.9"]) is is_believed


@pytest.mark.parametrize(
    "named", ["proxy", "proxy.example", "10.0.0.256", "10.0.0.0/33", "http://10.0.0.1", "10.0.0.1:80"]
)
def test_a_name_is_nobody_to_believe(named: str) -> None:
    with pytest.raises(ValueError, match="is no address: give one like"):
        trusted_networks([named])
