## The front page.

front-radius = Size of the board
front-radius-usual = by heroes
front-health = Health of a hero
front-sight = Steps one can see
front-collapse-first = First ring falls in round
front-away-after = Rounds away until a bot stands in
front-seed = Number of the labyrinth
front-seed-usual = a new one
front-more-rules = More rules
front-with-minotaur = The Minotaur is in there
front-with-collapse = The floor falls away, ring by ring
front-strict = Strict: the fallen and watchers see no board
front-code-wrong = Type the code your friend gave you. It stands at the end of their link.
front-code = Game code
front-join = Join
front-looking-up = Your games are being looked up
front-your-games = Your games
front-over = Games that are over
front-older = Show older ones
front-line = A torch in a labyrinth. Plan in secret, act all at once, be the last hero standing.
front-join-title = Join a friend
front-join-how = Open their link, or enter the code at its end.
front-make-title = Play with friends
front-make-how = Make a game, send the link, start when all are here.
front-how-title = How it is played
front-name-first-friends = Tell us a name first: your friends will see it.
front-making = Making it…
front-make = Make the game
front-you-play-as = You play as
front-your-name = Your name
front-name-hint = What do friends call you?
front-name-first = Tell us a name first: any you like.
front-lighting = Lighting the torch…
front-play = Play
front-against = Against
front-gentle = Gentle bots
front-fierce = Fierce ones
front-cunning = Cunning ones
front-play-what = You against three bots. A game takes about ten minutes.
front-play-first = Your first game is guided, against two tame bots. It takes about ten minutes.
front-play-unguided = I know it: three hunters, please
front-bots-fill = They take seats that are still empty when it begins.
front-bots-all = No friend is needed: bots take every other seat.
front-heroes = Heroes
front-bots-up-to = Bots fill up to
front-bots-among = Bots among them
front-bots-are = The bots are
front-rules = Rules
front-labyrinth = Labyrinth
front-labyrinth-hint = Fog, rock, the Minotaur, and a floor that falls away.
front-classic = Classic
front-classic-hint = An open field, all in sight, one action a round.
front-round-time = Time for a round
front-round-sooner = A round ends sooner when everybody is ready.
front-called-off = Called off
front-set-aside = Set aside for repair
front-nobody-yet = Nobody else is here yet
front-nobody-was = Nobody else was here
front-with = with { $names }
front-wants-another = { $host } wants another game
front-all-here = All are here
front-can-begin = You can begin
front-fallen = { $round } · you have fallen
front-stands-in = { $round } · a bot stands in for you
front-untouched = Ended, as nobody played
front-unreachable = Minotaur can't be reached just now. Check your connection and try again.
front-garbled = Something between you and Minotaur went wrong. Try again.
front-watch = Watch
front-watch-which = the game { $company } again
front-friends =
    { $count ->
        [one] { $count } friend
       *[other] { $count } friends
    }
front-bots =
    { $count ->
        [one] { $count } bot
       *[other] { $count } bots
    }
front-you = You
front-together = { $names }.
front-seats-free =
    { $count ->
        [one] { $count } seat free
       *[other] { $count } seats free
    }
front-round-left = { $round } · { $left }
