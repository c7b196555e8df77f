## What people agree on.

agree-not-away = They are here again, and play for themselves.
agree-no-more = This game was paused as often as may be.
agree-not-playing = Only who still plays can do that.
agree-over = The game is over.
agree-title = What you agree on
agree-pause = Pause
agree-go-on = Go on
agree-agree = Agree
agree-autopilot = Let the autopilot play for { $name }
agree-paused = Paused by agreement
agree-goes-on = goes on in { $left }
agree-asked-go-on =
    { $who ->
        [you] You would like to go on.
        [both] { $names } and you would like to go on.
       *[others] { $names } would like to go on.
    }
agree-asked-pause =
    { $who ->
        [you] You would like a pause.
        [both] { $names } and you would like a pause.
       *[others] { $names } would like a pause.
    }
agree-asked-autopilot =
    { $who ->
        [you] You would let the autopilot play for { $about }.
        [both] { $names } and you would let the autopilot play for { $about }.
       *[others] { $names } would let the autopilot play for { $about }.
    }
agree-waiting = Waiting for { $names }.
agree-lost = That did not reach the game. Try it again.

## Whom a round waits for.

company-waiting = Waiting for { $names }
company-more = { $count } more
company-waits-for-you = The round waits for you
company-away = away
company-planned = planned
company-planning = planning
company-ready = ready
