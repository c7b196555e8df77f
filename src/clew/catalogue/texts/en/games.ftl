## Games in lists: public ones, and one's own.

games-public-title = Public games
games-public-about = Games that anybody may join or watch.
games-public-none = Nobody else has opened a game to all just now. Make one, and switch on “{ games-anyone }” beside its seats.
games-looking = Public games are being looked up
games-look = Look for games
games-looks = Looking…
games-join = Join
games-watch = Watch
games-more = Show more
games-again = Try again
games-seats-free = { $free ->
    [0] All { $all } seats are taken
   *[other] { $free } of { $all } seats free
}
games-round = Round { $round }
games-playing = { $count } still in it
games-rounds-of = rounds of { $span }
games-made-now = made just now
games-made-minutes = made { $count } min ago
games-made-hours = made { $count } h ago
games-made-days = made { $count ->
    [one] { $count } day
   *[other] { $count } days
} ago
games-your-turn = your turn
games-place = place { $place } of { $of }
games-anyone = Anyone may find this game
games-anyone-why = It stands among the public games then: whoever comes by may take a free seat, or watch.
games-open = Anyone may find this game, join it or watch.
