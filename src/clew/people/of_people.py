"""All that is done for people, whatever they play."""

from dataclasses import dataclass

from clew.people.logins import Logins
from clew.people.passkeys import Passkeys
from clew.people.profiles import Profiles
from clew.people.pushes.places import Places


@dataclass(frozen=True)
class OfPeople:
    """How they come in, what is told of them, and where they can be reached."""

    logins: Logins
    passkeys: Passkeys
    profiles: Profiles
    places: Places
