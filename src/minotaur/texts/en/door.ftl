## What keeps somebody from a game, and what its tab is called.

door-nothing-title = Nothing here · Minotaur
door-dead-end = A dead end
door-no-game = No game with this code
door-nothing = There is nothing at this address. Something in the dark saw you, though.
door-again = Try again
door-board-title = Who is ahead · Minotaur
door-results-title = Results · Minotaur
door-no-game-called = No game is called { $code }. Check the code with your friend, or enter another.
door-canceled = This game was called off
door-canceled-why = It never began. Make another one?
door-rests = This game rests for now
door-rests-why = Something in game { $code } broke, so it was stopped and kept safe. Whoever runs this server can see it. Play another one meanwhile.
door-not-here = Not from here
door-not-here-why = This page may not open game { $code }. Open it again from the link you were given.
door-who = Who are you?
door-who-why = We lost track of who you are in this browser. Tell us a name to go on.
door-go-on = Go on
door-moment = One moment…
door-unreachable = The game can't be reached
door-unreachable-why = We keep trying. Nothing you did is lost.
door-try-now = Try now
door-no-answer = The game is there, but it does not answer yet.
door-finding = Finding the game
door-nobody-won = Nobody won this game
door-draw = It ended in a draw
door-won = { $name } won this game
door-watch-it = Watch it
door-begun = This game has begun
door-played =
    { $names } played, { $count ->
        [one] { $count } round
       *[other] { $count } rounds
    } long.
door-begun-why =
    Round { $round }, { $count ->
        [one] 1 hero
       *[other] { $count } heroes
    } still standing. All seats are taken, but you can watch.
title-game = Game { $code } · { $name }
title-round = Round { $round } · { $name }
title-turn = Your turn · round { $round } · { $name }
