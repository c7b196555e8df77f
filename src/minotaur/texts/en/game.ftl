## The screen of a game.

game-wait-hint = Wait one step: free (X)
game-wait = Wait
game-attack-group = Attack
game-attack-why = Attack { $target }. { $why }
game-attack-where = Attack { $target }, { $where }
game-line-closed = The line to the game is closed.
game-line-again = Connect again
game-line-away = Reconnecting… You can go on planning.
game-line-back = Back: nothing was lost
game-line-back-again = Back again
game-code = The code of this game
game-log-title = What happened
game-log-show = Show
game-log-all = All
game-log-mine = About me
game-log-lines = What happened, line by line
game-log-gap = Some of what happened before is not kept here any more.
game-log-earlier = Show earlier
game-log-nothing = Nothing yet.
game-log-fresh = { $count } new ↓
game-key-move = go to one of the six hexes around you
game-key-space = Space
game-key-attack = attack the nearest one in sight
game-key-wait = wait for one step
game-key-backspace = Backspace
game-key-undo = take the last step back
game-key-enter = Enter
game-give-up = Give up
game-help-done = Got it
game-give-up-title = Give up this game?
game-give-up-why = Your hero dies at once. The others play on, and you can watch.
game-give-up-not = Keep playing
game-move-group = Move
game-move = Move { $direction }
game-move-key = Move { $direction } ({ $key })
game-health = Health { $health }
game-points = Action points: { $left } of { $all } left
game-attack = Attack { $target }
game-plan = Your plan
game-skip = Skip
game-ready-still = You can still change your plan
game-ready-hint = Done with this round (Enter)
game-ready-done = Ready ✓
game-ready = Ready
game-no-steps = No steps planned.
game-steps = { $steps }. Cost { $cost }.
game-unconfirmed = Not yet confirmed.
game-players = Players
game-health-title = Health
game-this-round = This round
game-round = Round { $round }
game-autopilot = Autopilot: plan to take over
game-you-are-ready = You are ready
game-told = The round is being told
game-tap-to-skip = tap to skip
game-tap-to-go-on = tap to go on
game-figure-you = You
game-figure = { $name }, health { $health }
game-heading = Minotaur, game { $code }, round { $round }
game-board-around = The labyrinth around you
game-board = The labyrinth
game-zoom = Zoom
game-closer = Closer
game-farther = Farther
game-lost = That did not reach the game.
game-minotaur = the Minotaur
game-minotaur-object = the Minotaur
game-minotaur-by = the Minotaur
game-minotaur-first = The Minotaur
game-minotaur-short = Minotaur
game-you = you
game-you-object = you
game-you-by = you
game-name-object = { $name }
game-somebody = somebody
game-nobody = nobody
game-nearest = Nearest: Space
game-here = here
game-far = { $far } { $direction }
game-left = { $time } left
game-left-stands = { $time } left, the clock stands
game-key-ready = ready
game-key-help = the rule book
game-slot = Step { $number }: { $step }. Remove it.
game-slot-blocked = Step { $number }: { $step }, which is blocked. Remove it.
game-slot-hint = { $step }: tap to remove
game-slot-hint-blocked = { $step } (blocked): tap to remove
game-fallen = fallen
game-won = won
game-state-autopilot = autopilot
game-state-bot = bot

## How each hero looks.

badge-circle = blue circle
badge-triangle = yellow triangle
badge-square = pink square
badge-diamond = green diamond
badge-star = violet star
badge-cross = orange cross
badge-pentagon = white pentagon
badge-drop = steel drop

## What is dangerous, in numbers.

danger-stay-now = Your stone falls at the end of this round: leave it.
danger-end-now = Your plan ends on stone that falls at the end of this round.
danger-stay-soon = Your stone is cracked: it falls at the end of the next round.
danger-end-soon = Your plan ends on cracked stone: it falls at the end of the next round.
ring-left =
    { $count ->
        [1] The outermost ring falls at the end of this round.
        [2] The outermost ring falls at the end of the next round.
        [one] The outermost ring falls in { $count } round.
       *[other] The outermost ring falls in { $count } rounds.
    }
explain-round = The burning ring is the time left. When it is out, or all are ready, all plans happen at once.
explain-lair = The lair is the middle of the board, the one hex that never falls.
explain-health = Health: { $most } at most. A hero’s blow takes { $hero }, the Minotaur’s { $minotaur }.
explain-health-heroes = Health: { $most } at most. A hero’s blow takes { $hero }.
explain-points = Flames are action points: a step or a blow costs one. { $gain } more each round, { $cap } at most.
explain-blow = A blow takes { $yours } of { $health } health. Theirs takes { $theirs } of yours.
board-miss = missed
