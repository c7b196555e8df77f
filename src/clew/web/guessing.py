"""How often somebody may try to prove who they are: by where they are, by whom they say they are, and by both."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from clew.people.caps import Origin
from clew.people.names import folded
from clew.people.user import User
from clew.web import bounds
from clew.web.limits import Limiter, Rate, take


class Guessing:
    """Raises ``too_often`` where it is too much. Names nobody has are counted as all others are.

    The account's own bucket is asked last: whoever floods from one place uses up their own, and not the owner's.
    """

    def __init__(self, limiter: Callable[[Rate], Limiter]) -> None:
        self._of_places: Final = limiter(bounds.LOG_IN_RATE)
        self._of_both: Final = limiter(bounds.GUESS_RATE)
        self._of_names: Final = limiter(bounds.GUESSES_RATE)
        self._of_codes: Final = limiter(bounds.GUESS_RATE)
        self._of_users: Final = limiter(bounds.GUESS_RATE)
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def admit_log_in(self, origin: Origin, username: str) -> None:
        key = folded(username)
        take(self._of_places.bucket(origin.place, origin.times))
        take(self._of_both.bucket(f"{origin.place} {key}"))
        if (origin.place, key) not in self._known:
            take(self._of_names.bucket(key))

    def note_log_in(self, origin: Origin, username: str) -> None:
        """From here this name was logged in: what is tried elsewhere does not count here. As many as are remembered."""
        place = (origin.place, folded(username))
        self._known[place] = None
        self._known.move_to_end(place)
        if len(self._known) > bounds.CLIENTS_REMEMBERED_MAX:
            self._known.popitem(last=False)

    def admit_recovery(self, origin: Origin, username: str) -> None:
        """No count of the name alone: a code can't be guessed, and who has it must come in whatever others try."""
        take(self._of_places.bucket(origin.place, origin.times))
        take(self._of_codes.bucket(f"{origin.place} {folded(username)}"))

    def admit_passkey(self, origin: Origin) -> None:
        """No count of whose it is: that is known only once it fits, and then nothing was guessed."""
        take(self._of_places.bucket(origin.place, origin.times))

    def admit_proof(self, user: User) -> None:
        take(self._of_users.bucket(user.user_id))
