"""One client's place in a game, wherever the game runs: it outlives every owner, and the client never notices."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final, assert_never

import msgspec
import structlog

from clew.gateway.calls import AttachCall, FeedEnded, Frame, Opening
from clew.gateway.dispatch import Dispatch, answer_of
from clew.gateway.inbox import Inbox
from clew.gateway.outbox import CLOSE_NO_SUCH_GAME, CLOSE_RESTARTING, CLOSE_TRY_AGAIN, Outbox
from clew.gateway.ports import Comer
from clew.gateway.rematches import Rematches
from clew.gateway.viewing import Viewing
from clew.sessions.faults import Busy, Fault, NoSuchSession
from clew.sessions.ids import GameId, Kind, Owner, UserId
from clew.sessions.records import EndOfFeed
from clew.wire.errors import ERRORS, ApiError
from clew.wire.shapes import ErrorBody
from clew.wire.socket import ErrorMessage, Reconnect

RECONNECT_MS: Final = 200
ATTACH_AGAIN_S: Final = 0.5
"""Pause between attempts while no node answers for the game; each attempt has looked for one for a while itself."""

_ENCODER: Final = msgspec.json.Encoder()
_log = structlog.get_logger("clew.gateway.attachment")


class Attachment:
    """``open`` first; from there on the outbox is filled, in order and without a gap, whoever runs the game.

    Its source is a viewing here, or a feed from another node. When that is lost it attaches again after the last
    number it told. Only where that cannot be done without a gap is the client asked to connect again.
    """

    def __init__(
        self,
        dispatch: Dispatch,
        inbox: Inbox | None,
        kind: Kind,
        game_id: GameId,
        user_id: UserId | None,
        outbox: Outbox,
        rematches: Rematches,
        *,
        changes: bool = False,
    ) -> None:
        self._dispatch = dispatch
        self._inbox = inbox
        self._kind = kind
        self._game_id = game_id
        self._user_id = user_id
        self._outbox = outbox
        self._rematches = rematches
        self._changes = changes
        self._told_seq = 0
        self._mark: str | None = None
        self._viewing: Viewing | None = None
        self._feed: str | None = None
        self._early: list[Frame | FeedEnded] | None = None
        self._number = 0
        self._confirmed_at_s = 0.0
        self._attaching = True
        self._closed = False
        self.owner: Owner | None = None
        """Whose feed it follows, or who runs the game here."""

    async def open(self, after: int | None, mark: str | None = None) -> None:
        """Say welcome, tell what was missed since ``after``, and go on live from there. Raises the owner's faults.

        ``mark`` came with that number; None: the client has none.
        """
        opening = await self._attach(after, mark, again=False)
        self._outbox.put_nowait(opening.welcome)
        self._go_live(opening)
        self._dispatch.router.directory.listen(self._game_id, self._heard_of)
        self._rematches.listen(self._game_id, self._outbox)

    def close(self) -> None:
        """The socket is gone: nothing more is put into the outbox. May be called twice."""
        self._closed = True
        self._dispatch.router.directory.unlisten(self._game_id, self._heard_of)
        self._rematches.unlisten(self._game_id, self._outbox)
        self._drop_source()

    # --- from a viewing here (Hearer) ----------------------------------------------------------------------------

    @property
    def wants_more(self) -> bool:
        return not self._closed and self._outbox.close_code is None

    def told(self, seq: int, mark: str | None, text: str) -> None:
        self._told_seq, self._mark = seq, mark
        self._outbox.put_nowait(text)

    def ended(self, why: EndOfFeed) -> None:
        if not self._closed:
            self._end(why, here=True)

    # --- from a feed of another node (Follower) ------------------------------------------------------------------

    def take(self, message: Frame | FeedEnded) -> None:
        if self._early is not None:
            # It has overtaken the answer that opens this feed: told once that is.
            self._early.append(message)
        elif message.number != self._number + 1:
            # One is missing, or comes twice: the bus promises nothing, and the owner can tell all of it again.
            self.lose()
        else:
            self._number += 1
            if isinstance(message, FeedEnded):
                self._end(_why(message.why), here=False)
            elif not self.wants_more:
                self.close()
            else:
                self.told(message.seq, message.mark, message.text)

    def confirm(self, number: int, now_s: float) -> None:
        self._confirmed_at_s = now_s
        # The last ones are missing, and none came behind them to show the gap.
        if self._early is None and number > self._number:
            self.lose()

    def confirmed_since(self, since_s: float) -> bool:
        return self._attaching or self._confirmed_at_s >= since_s

    def lose(self) -> None:
        """The source is gone, or something of it: attach again, unless that is on its way."""
        if self._attaching or not self.wants_more:
            return
        # Set before anything is awaited: of however many signs of one loss the first alone begins to attach again.
        self._attaching = True
        self._drop_source()
        self._dispatch.spawn(self._attach_again(), f"attaches to {self._game_id}")

    # --- attaching -----------------------------------------------------------------------------------------------

    async def _attach(self, after: int | None, mark: str | None, *, again: bool) -> Opening:
        asked = _Attaching(self, Comer(self._user_id, after, mark, again, self._changes))
        try:
            # Where all meet, after the end too: who looks on sees who else does, and hears what they say.
            return await self._dispatch.router.ask(self._game_id, asked.here, asked.question, _opening_of, meeting=True)
        except BaseException:
            # A cancel too: the owner may have begun a feed, and hears that nobody follows it.
            self._drop_source()
            raise

    async def view_here(self, comer: Comer) -> Opening:
        """Take a viewing on this node for its source."""
        self._drop_source()
        dispatch = self._dispatch
        game = dispatch.games[self._kind]
        viewing = Viewing(
            game, dispatch.host, dispatch.clock, dispatch.attendances, dispatch.departures, self._game_id, self
        )
        try:
            opening = await viewing.open(comer)
        except BaseException:
            # A cancel too: a watch that nobody closes would be told of every commit to the end of the session.
            viewing.close()
            raise
        self._viewing, self.owner = viewing, dispatch.host.owner
        return opening

    def feed_from(self, owner: Owner, comer: Comer) -> bytes:
        """Take a new feed of another node for its source; gives what to ask of that node."""
        assert self._inbox is not None, "one of several nodes has an inbox"
        self._drop_source()
        # Open before the owner is asked: the first frames may come before the answer does.
        self._feed, self._early, self._number = self._inbox.open_feed(self), [], 0
        self.owner = owner
        call = AttachCall(
            comer.user_id, comer.after, self._inbox.channel, self._feed, comer.again, comer.mark, comer.changes
        )
        return self._dispatch.envelopes.write(self._kind, call)

    async def _attach_again(self) -> None:
        try:
            while self.wants_more and not await self._attached_again():
                await self._dispatch.clock.sleep(ATTACH_AGAIN_S)
        except NoSuchSession:  # it was made in a part of the past that an older database does not have
            error = ErrorMessage(ErrorBody("no_such_game", ERRORS["no_such_game"].message))
            self._outbox.put_nowait(_ENCODER.encode(error).decode())
            self._outbox.close_nowait(CLOSE_NO_SUCH_GAME, "no_such_game")
            self.close()
        except (Fault, ApiError) as failed:
            _log.warning("feed_lost", game_id=self._game_id, fault=repr(failed))
            self._end("quarantined", here=True)
        except Exception as bug:  # noqa: BLE001 - one viewer's edge: the others, and the node, go on
            _log.error("viewer_failed", game_id=self._game_id, exc_info=bug)
            self._send_away()

    async def _attached_again(self) -> bool:
        """One attempt; False where it has to be made again."""
        try:
            return await self._go_on_from(await self._attach(self._told_seq, self._mark, again=True))
        except Busy:
            return False

    async def _go_on_from(self, opening: Opening) -> bool:
        # The socket may have gone while the owner was asked.
        if not self.wants_more:
            self._drop_source()
        elif opening.resumed:
            self._go_live(opening)
        elif opening.history == "changed" or opening.seq < self._told_seq:
            return await self._follows_other_history(opening)
        else:
            self._send_away()
        return True

    async def _follows_other_history(self, opening: Opening) -> bool:
        """Who answered does not have what was told: replaced, and not knowing it yet, unless the store says that it is
        the owner. Then the store itself has gone back, and what it has is the truth now. False: ask again.
        """
        try:
            owns = await self._dispatch.router.confirms(self._game_id, self.owner)
        except BaseException:  # a cancel too: what came of this feed is of another history
            self._drop_source()
            raise
        if not owns or not self.wants_more:
            self._drop_source()
            self._dispatch.router.doubt(self._game_id)
            return not self.wants_more
        _log.error(
            "history_went_back",
            game_id=self._game_id,
            who="viewer",
            from_seq=self._told_seq,
            to_seq=opening.seq,
            told_mark=self._mark,
            mark=opening.mark,
        )
        self._dispatch.metrics.histories_changed.labels("viewer").inc()
        if opening.history is None:
            self._send_away()  # its owner is of a release that can't say so to the client
        else:
            self._outbox.put_nowait(opening.welcome)
            self._go_live(opening)
        return True

    def _go_live(self, opening: Opening) -> None:
        # Before the source begins: what it tells sets these anew, and older ones must not overwrite that.
        self._attaching = False
        self._confirmed_at_s = self._dispatch.clock.monotonic()
        self._told_seq, self._mark = opening.seq, opening.mark
        if opening.missed is not None:
            self._outbox.put_nowait(opening.missed)
        if self._viewing is not None:
            self._viewing.begin()
            return
        early, self._early = self._early or [], None
        for message in early:
            self.take(message)

    def _heard_of(self, owner: Owner) -> None:
        if owner != self.owner:
            self.lose()

    def _drop_source(self) -> None:
        if self._viewing is not None:
            self._viewing.close()
            self._viewing = None
        if self._feed is not None and self._inbox is not None:
            self._inbox.close_feed(self._feed)
        self._feed, self._early = None, None

    # --- the end -------------------------------------------------------------------------------------------------

    def _end(self, why: EndOfFeed, *, here: bool) -> None:
        match why:
            case "moved":
                self.lose()
            case "stopping" if not here:
                self.lose()
            case "stopping" | "failed":
                self._send_away()
            case "quarantined":
                error = ErrorMessage(ErrorBody("game_unreadable", ERRORS["game_unreadable"].message))
                self._outbox.put_nowait(_ENCODER.encode(error).decode())
                self._outbox.close_nowait(CLOSE_TRY_AGAIN, "game_unreadable")
                self.close()
            case _:
                assert_never(why)

    def _send_away(self) -> None:
        self._outbox.put_nowait(_ENCODER.encode(Reconnect(RECONNECT_MS)).decode())
        self._outbox.close_nowait(CLOSE_RESTARTING, "reconnect")
        self.close()


class _Attaching:
    """One attempt: its source is a viewing where the game runs here, or else a feed of the node that runs it."""

    __slots__ = ("_attachment", "_comer")

    def __init__(self, attachment: Attachment, comer: Comer) -> None:
        self._attachment = attachment
        self._comer = comer

    def here(self) -> Awaitable[Opening]:
        return self._attachment.view_here(self._comer)

    def question(self, owner: Owner) -> bytes:
        return self._attachment.feed_from(owner, self._comer)


def _opening_of(body: bytes) -> Opening:
    return answer_of(body, Opening)


def _why(said: str) -> EndOfFeed:
    """Another release may have reasons of its own: whatever it was, the feed goes on from the owner."""
    return "quarantined" if said == "quarantined" else "failed" if said == "failed" else "moved"
