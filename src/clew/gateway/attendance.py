"""Who is shown one game, and what they see of each other. Known where the game runs, and kept nowhere.

What is told here goes past the journal: it has no number, changes nobody's, and who misses it finds it in their view.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, Protocol

import msgspec

from clew.gateway.absent_host import AbsentHost
from clew.gateway.company import Company, RoundSoFar
from clew.gateway.ports import AnyGame, AnyHost
from clew.gateway.readying import Readying
from clew.gateway.recount import Recount
from clew.gateway.talking import Talk, cleaned
from clew.sessions.ids import GameId, PlayerId, UserId
from clew.sessions.ports.clock import Clock, Timer
from clew.sessions.records import Committed
from clew.sessions.session.watch import Watch
from clew.wire.asides import Aside, PresenceTold, ReadinessTold, SaidTold, SignedTold
from clew.wire.moments import rfc3339
from clew.wire.socket import SayMessage, SignMessage

STANDING_TOLD_WITHIN_S: Final = 0.25
"""Who has planned and who is ready is told so much later, of all together: a message to each viewer for each plan would
cost more than the plan."""

_ENCODER: Final = msgspec.json.Encoder()


class Attendant(Protocol):
    """One viewer's place."""

    def tell_aside(self, asides: Sequence[msgspec.Raw]) -> None:
        """These happened; none: what is shown of the people may have changed. Must be quick, and not raise."""
        ...


class Attendance:
    """All who are shown one game by this node. ``over`` is called when nobody is, and nothing is left to find out."""

    def __init__(
        self,
        game: AnyGame,
        clock: Clock,
        watch: Watch[Any, Any],
        over: Callable[[], None],
        absent_host: AbsentHost,
        recount: Recount,
    ) -> None:
        self.audience = watch.audience
        self._game = game
        self._readying = Readying()
        self._standing = self._told_standing = self._standing_in(watch.state)
        self.company = Company(standing=self._standing)
        """Replaced, never changed: a view is drawn with what it is then."""
        self._clock = clock
        self._over = over
        self._absent_host = absent_host
        self._recount = recount
        self._state = watch.state
        self._attendants: dict[Attendant, UserId | None] = {}
        self.followed: Committed[Any, Any] | None = None
        """The latest commit that was brought here."""
        self._talk = Talk(clock)
        self._looks: Timer | None = None
        self._tells: Timer | None = None

    def __len__(self) -> int:
        return len(self._attendants)

    def join(self, attendant: Attendant, user_id: UserId | None) -> None:
        """They are shown the game from now on."""
        if user_id is not None:
            self.audience.come(user_id)
        self._look()  # before they are one of those who are told: they have no view yet
        self._attendants[attendant] = user_id

    def leave(self, attendant: Attendant) -> None:
        """They are not any more. Leaving twice is leaving once."""
        if attendant not in self._attendants:
            return
        user_id = self._attendants.pop(attendant)
        if user_id is not None:
            self.audience.go(user_id)
        self._look()

    def talk(self, user_id: UserId, seat: PlayerId, name: str, talk: SayMessage | SignMessage) -> bool:
        """Tell everyone, once; False: not so often. ``name``: what they are called who sit there now."""
        is_sign = isinstance(talk, SignMessage)
        admitted = self._talk.admit(user_id, talk.command_id, sign=is_sign)
        if admitted == "told":
            number, at = self._standing.round, rfc3339(self._clock.now())
            if is_sign:
                self._tell([SignedTold(number, seat, talk.sign)])
            else:
                (said,) = self._tell([SaidTold(number, seat, name, cleaned(talk.text), at)])
                self._talk.keep(user_id, said)
        return admitted != "too_often"

    def be_ready(self, user_id: UserId, seat: PlayerId, command_id: str, *, ready: bool) -> None:
        """Of a lobby: they are ready for the game to begin, or not any more. Everyone is told, once for each id."""
        self.audience.seen(user_id)  # they are here who say so, be their own place on its way yet
        self._readying.say(user_id, seat, command_id, ready=ready)
        self._follow_standing(self._standing_in(self._state))

    @property
    def named(self) -> frozenset[UserId]:
        """Everybody whose name is shown to who looks on, but for what was told before."""
        return self._game.named_in(self._state).union(self._talk.people)

    def note_gone(self, asked: Collection[UserId], gone: Collection[UserId]) -> None:
        """Of those who were asked about these have gone for good: everyone is shown the game without their names."""
        now = self.company.gone.difference(asked).union(gone)
        if now == self.company.gone:
            return
        self.company = self.company._replace(gone=now)
        self._talk.forget(now)
        self._tell([])

    @property
    def said(self) -> Sequence[msgspec.Raw]:
        """The latest that was said."""
        return self._talk.latest

    def follow(self, committed: Committed[Any, Any]) -> None:
        """A commit that no viewer has been told of. Each of them brings it here, and once is enough."""
        if committed is self.followed:
            return
        before, self._state, self.followed = self._state, committed.after, committed
        was_on = self._standing.round > 0
        self._follow_lobby(before)
        self._follow_standing(self._standing_in(self._state))
        if not (was_on and self._standing.round):  # while a game is on nobody sits down, and there is no host to miss
            self._follow_people(before)
            self._absent_host.look(self._state, self.company.away)
        self._recount.look(self._state)

    def close(self) -> None:
        """Nobody is told anything any more."""
        self._attendants.clear()
        for timer in (self._looks, self._tells):
            if timer is not None:
                timer.cancel()
        self._absent_host.close()
        self._recount.close()

    def _standing_in(self, state: Any) -> RoundSoFar:
        """In a lobby, what its people say; else what the game does."""
        return self._game.standing(state) if self._game.host_of(state) is None else self._readying.standing

    def _follow_lobby(self, before: Any) -> None:
        """Whoever is ready is so for this game, in this seat."""
        game, now = self._game, self._state
        if game.host_of(now) is None:
            return
        self._readying.keep(game.people(now))
        if game.begins_as(before) != game.begins_as(now):
            self._readying.clear()

    def _follow_standing(self, standing: RoundSoFar) -> None:
        before = self._standing
        if standing == before:
            return
        self._standing, self.company = standing, self.company._replace(standing=standing)
        if standing.round != before.round:
            self._told_standing = standing  # everyone is told that a round begins, with a view of its own
        elif self._tells is None:
            self._tells = self._clock.call_later(STANDING_TOLD_WITHIN_S, self._tell_standing)

    def _follow_people(self, before: Any) -> None:
        """Who sits down is here: they asked for it just now, and their socket may be on its way."""
        were, are = self._game.people(before), self._game.people(self._state)
        if are != were:
            for seat, user_id in are.items():
                if were.get(seat) != user_id:
                    self.audience.seen(user_id)
            self.company = self._company()  # told with what made it so
            self._look_again_in_time()

    def _look(self) -> None:
        before, self.company = self.company, self._company()
        self._readying.drop(self.company.away)
        self._follow_standing(self._standing_in(self._state))
        changed = sorted(before.away ^ self.company.away)
        if changed:
            number, away = self._standing.round, self.company.away
            self._tell([PresenceTold(number, seat, "away" if seat in away else "here") for seat in changed])
            self._absent_host.look(self._state, away)
        self._recount.look(self._state)
        self._look_again_in_time()

    def _look_again_in_time(self) -> None:
        if self._looks is not None:
            self._looks.cancel()
            self._looks = None
        in_s = self.audience.changes_in_s()
        if in_s is not None:
            self._looks = self._clock.call_later(in_s, self._look)
        elif not self._attendants:
            self._over()

    def _company(self) -> Company:
        here = self.audience.here()
        if here is None:
            return Company(standing=self._standing, gone=self.company.gone)
        people = self._game.people(self._state).items()
        away = frozenset(seat for seat, user_id in people if user_id not in here)
        return Company(away, self._standing, self.company.gone)

    def _tell_standing(self) -> None:
        self._tells = None
        before, now = self._told_standing, self._standing
        self._told_standing = now
        if now == before:
            return
        unsaid = (False, False)
        # In a lobby they are in it who are ready; in a round all who plan, and of who falls there is nothing to say.
        seats = now.players if now.round else sorted({*before.players, *now.players})
        told = [(seat, now.players.get(seat, unsaid)[1]) for seat in seats]
        self._tell(
            [
                ReadinessTold(now.round, seat, ready)
                for seat, ready in told
                if before.players.get(seat, unsaid)[1] != ready
            ]
        )

    def _tell(self, asides: Sequence[Aside]) -> Sequence[msgspec.Raw]:
        texts = [msgspec.Raw(_ENCODER.encode(aside)) for aside in asides]
        for attendant in tuple(self._attendants):
            attendant.tell_aside(texts)
        return texts


class Attendances:
    """Those of all games that somebody is shown by this node."""

    def __init__(self, clock: Clock, host: AnyHost) -> None:
        self._clock = clock
        self._host = host
        self._by_game: dict[GameId, Attendance] = {}

    def of(self, game: AnyGame, game_id: GameId, watch: Watch[Any, Any]) -> Attendance:
        """That of this game: the one there is, unless the game has left this node and come back since."""
        there = self._by_game.get(game_id)
        if there is not None and (there or there.audience is watch.audience):
            return there
        if there is not None:
            there.close()
        absent_host = AbsentHost(game, self._host, self._clock, game_id)
        recount = Recount(game, self._host, self._clock, game_id, watch.audience.here)
        made = Attendance(game, self._clock, watch, lambda: self._forget(game_id, made), absent_host, recount)
        self._by_game[game_id] = made
        return made

    def all(self) -> Sequence[Attendance]:
        """As it is just now."""
        return tuple(self._by_game.values())

    def there(self, game_id: GameId) -> Attendance | None:
        """Where somebody is shown this game, or was a moment ago."""
        return self._by_game.get(game_id)

    def close(self) -> None:
        """Tell nothing any more."""
        for attendance in self._by_game.values():
            attendance.close()
        self._by_game.clear()

    def _forget(self, game_id: GameId, attendance: Attendance) -> None:
        if self._by_game.get(game_id) is attendance:
            del self._by_game[game_id]
            attendance.close()
