"""What a node serves or follows, on whichever link there is."""

from __future__ import annotations

from collections.abc import Callable

from clew.buses.follower import Follower
from clew.buses.nats.link import Heard, Link


class NatsSubscriptions:
    """All that one bus serves and follows, and the link that is done on."""

    def __init__(self) -> None:
        self._subscriptions: dict[NatsSubscription, None] = {}
        self._link: Link | None = None

    async def add(
        self, subject: str, hear: Callable[[Heard], None], group: str = "", follower: Follower | None = None
    ) -> NatsSubscription:
        """Take a subscription, on the link there is and on each that comes. Returns when the server knows."""
        subscription = NatsSubscription(self, subject, hear, group, follower)
        # Kept before the server is asked: a link that is found during that await takes it along.
        self._subscriptions[subscription] = None
        if self._link is not None:
            subscription.take(self._link)
            await self._link.confirm()
        return subscription

    async def move_to(self, link: Link) -> list[Follower]:
        """Take all of them on a new link. Gives the followers among them, when the server knows."""
        self._link = link
        # As they are now: one that is added during the await below takes the new link by itself.
        moved = list(self._subscriptions)
        for subscription in moved:
            subscription.take(link)
        await link.confirm()
        return [subscription.follower for subscription in moved if subscription.follower is not None]

    def leave_link(self) -> None:
        """Forget the link, which is lost: the next one takes all of them."""
        self._link = None

    def close_followers(self) -> None:
        for subscription in self._subscriptions:
            if subscription.follower is not None:
                subscription.follower.close()

    async def remove(self, subscription: NatsSubscription) -> None:
        self._subscriptions.pop(subscription, None)
        if self._link is not None:
            await subscription.give_up(self._link)


class NatsSubscription:
    """The port ``Subscription``."""

    def __init__(
        self,
        among: NatsSubscriptions,
        subject: str,
        hear: Callable[[Heard], None],
        group: str,
        follower: Follower | None,
    ) -> None:
        self._among = among
        self._subject = subject
        self._hear = hear
        self._group = group
        self._taken: tuple[Link, int] | None = None
        self.follower = follower

    def take(self, link: Link) -> None:
        self._taken = link, link.listen(self._subject, self._hear, self._group)

    async def give_up(self, link: Link) -> None:
        taken, self._taken = self._taken, None
        # Of a link that is gone there is nothing to give up, and its numbers mean something else on the next one.
        if taken is not None and taken[0] is link:
            await link.stop_listening(taken[1])

    async def close(self) -> None:
        if self.follower is not None:
            self.follower.close()
        await self._among.remove(self)
