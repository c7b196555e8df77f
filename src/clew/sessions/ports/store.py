"""An engine of record: the ports that one database answers, each of which knows only what it is for."""

from __future__ import annotations

from dataclasses import dataclass

from clew.sessions.census import Counts
from clew.sessions.ports.account_book import AccountBook
from clew.sessions.ports.archives import Archives
from clew.sessions.ports.histories import Histories
from clew.sessions.ports.journal import Journal
from clew.sessions.ports.listings import Listings
from clew.sessions.ports.nodes import NodeRegister
from clew.sessions.ports.ownership import Ownership
from clew.sessions.ports.passkey_book import PasskeyBook
from clew.sessions.ports.pushes import Pushes
from clew.sessions.ports.results import Results
from clew.sessions.ports.users import Users
from clew.sessions.store_health import StoreHealth


@dataclass(frozen=True)
class Store:
    """All that is kept in one database, by what it is.

    Any call of any part may raise ``Busy``: nothing was written, try again (``NeedsOperator``: but it won't mend by
    itself). Writing ones may raise ``OutcomeUnknown``: it may have been, and until ``refence`` (or ``claim``,
    ``release``, ``transfer``) raised a session's epoch it may still be. Leases and times without an owner are told by
    the store's own clock, the same for all its parts and for all who use it. ``health`` is told how each write of this
    node went, of whichever part.
    """

    journal: Journal
    ownership: Ownership
    nodes: NodeRegister
    listings: Listings
    archives: Archives
    histories: Histories
    counts: Counts
    users: Users
    account_book: AccountBook
    passkey_book: PasskeyBook
    results: Results
    pushes: Pushes
    health: StoreHealth
