"""A site's pages, each with what its link says of it."""

from clew.web.previews import PICTURE, Previews
from clew.web.requests import Scope
from clew.web.site import Site, SiteAnswer


class Pages:
    """The ``site``, and what is said of the games that its addresses name."""

    def __init__(self, site: Site, previews: Previews) -> None:
        self._site = site
        self._previews = previews

    def serves(self, scope: Scope) -> bool:
        """Whether this path is a page's; all others are the protocol's."""
        return self._site.serves(scope)

    async def answer(self, scope: Scope, *, told: bool) -> SiteAnswer:
        """The answer to a GET or HEAD of a path that ``serves`` said yes to; ``told``: games can be asked about now."""
        head = await self._previews.head(scope, has_picture=self._site.has(PICTURE)) if told else b""
        return self._site.answer(scope, head)
