## The page of any game: its front.

any-code = Code or link of a table
any-go-there = Go there
any-code-wrong = Type the code that your friend sent you.
any-what = What shall we play?
any-for = For { $count }
any-for-to = For { $least } to { $most }
any-games = Games
any-looking = Looking what is played here…
any-nobody-answers = Nobody answers
any-no-games = No games here yet
any-no-games-why = Whoever runs this server has not given it a game.
any-play = Play
any-play-which = Play { $game }
any-you-are = You are { $name }.
any-step-make = Make a table, and send its link to your friends.
any-step-plan = Everyone plans in secret. When all are ready, or the time is out, it happens at once.
any-step-come = Go and come back as you like: the table waits, and nothing is lost.
any-make = Make a table
any-making = Making the table…
any-called-off = Called off
any-wants-another = { $host } wants another game
any-seats-taken = { $taken } of { $seats } seats taken
any-nobody-yet = Nobody else yet
any-with = With { $names }
any-your-tables = Your tables
any-over = Games that are over
any-seats = Seats
any-bots-most = Bots at most
any-round-time = Time for a round
any-round-sooner = A round also ends when everyone is ready.
any-away = When somebody is away
any-away-after = { $count ->
    [0] no bot plans for them any sooner
    [one] a bot plans after { $count } round
   *[other] a bot plans after { $count } rounds
}
any-options = Options
any-rounds-of = { $seats } · rounds of { $span }
any-rounds-of-bots = { $seats } · rounds of { $span } · with bots, if you like
any-wanted =
    { $count ->
        [one] { $count } seat
       *[other] { $count } seats
    } · change
any-wanted-bots =
    { $count ->
        [one] { $count } seat
       *[other] { $count } seats
    }, bots fill in · change
any-yes = yes
any-no = no
any-none = none
any-not = not { $what }
