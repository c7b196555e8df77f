## Next games, and links to a moment.

moment-copied = Copied: whoever opens it sees this moment.
moment-copy = Copy link to this moment
moment-by-hand = Copy it by hand:
again-join = Join
again-not-now = Not now
again-wants = { $host } wants another game.
again-seat = You have a seat in the next game.
again-go = Go there
again-gathers = { $host } gathers the next game.
again-look = Look in
again-begun-yours = Your next game has begun.
again-begun = The next game has begun.
again-watch = Watch it
again-over = There was another game after this one.
again-see = See it
again-somebody = Somebody
