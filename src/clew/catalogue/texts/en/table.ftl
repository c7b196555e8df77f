## The page of any game: a table before the game, in it, and after it.

table-change = Change the table
table-change-act = Change it
table-change-not = Leave it as it is
table-calls = { $host } calls you to a table
table-yours = Your table
table-you-are-in = You are in
table-away = away
table-bot = bot
table-host = host
table-kept-for = Kept for { $name }
table-free-or-bot = Free, or a bot’s
table-free = Free
table-change-seat = Change
table-change-which = seat { $seat }
table-take-seat = Take a seat
table-sitting-down = Sitting down…
table-not-now = Not now
table-start = Start the game
table-bots-take = Bots take the empty seats when it begins.
table-all-here = Everyone is here.
table-this = This table
table-seed = This table was chosen by its seed. Whoever knows it can know what comes.
table-let-watch = Let others watch
table-call-friends = Call your friends
table-link = Link to this table
table-copied = Copied
table-copy = Copy link
table-link-copied = The link is copied. Send it to your friends.
table-by-hand = This browser does not let us copy. The link is marked: copy it by hand.
table-tell-code = Or tell them the code { $code }.
table-tell-code-here = Or tell them the code { $code }. The link opens on this computer only.
table-seat-count =
    { $count ->
        [one] { $count } seat
       *[other] { $count } seats
    }
table-full = All seats are taken. You can watch once it has begun.
table-full-kept = The empty seats are kept for those who played before. You can watch once it has begun.
table-missing =
    { $count ->
        [one] { $count } more player
       *[other] { $count } more players
    } must come before it can begin.
table-missing-bots =
    { $count ->
        [one] { $count } more player
       *[other] { $count } more players
    } must come before it can begin, or bots sit down.
table-then-host =
    { $count ->
        [one] { $count } more player
       *[other] { $count } more players
    } must come, then { $host } begins the game.
table-now-host = Now { $host } begins the game.
table-a-bot = a bot
any-home = Home
any-you-are-called = You are
any-nothing-here = Nothing here
any-nothing-why = There is nothing at this address. Perhaps a table’s code brings you there:
any-name-first = Tell the others what to call you.
any-your-name = Your name
any-again = Try again
any-board = Who is ahead
any-results = Results
table-beginning = The beginning
table-after-round = After round { $round }
table-replay-title = { $code } again · { $game }
table-not-over = It is not over yet
table-nothing-to-watch = There is nothing to watch
table-to-table = To the table
table-fetching = Fetching the game…
table-back = Back
table-slider = Moment of the game
table-on = On
table-the-game = The game
table-log-title = What happened
table-nothing = Nothing.
table-left = { $time } left
table-left-stands = { $time } left, the clock stands
table-line-closed = The line to the game is closed.
table-line-again = Connect again
table-line-away = Reconnecting… You can go on planning.
table-line-back = Back: nothing was lost
table-line-back-again = Back again
table-log-gap = What came before is too long ago to be told again.
table-log-yours = (only you see this)
table-log-nothing = Nothing yet.
table-log-fresh =
    { $count ->
        [one] { $count } new line ↓
       *[other] { $count } new lines ↓
    }
table-you-badge = (you)
table-your-plan = Your plan
table-what-you-do = What you do
table-on-its-way = On its way…
table-you-are-ready = You are ready.
table-round-ends = The round ends when everyone is, or when its time is out.
table-plan-counts = It counts unless you send another.
table-plan-secret = Nobody sees your plan before the round ends.
table-send-plan = Send plan
table-send-new-plan = Send new plan
table-ready-done = Ready ✓
table-send-ready = Send & ready
table-ready = Ready
table-plan-in = Your plan is in.
table-plan-in-which = Your plan is in: { $plan }.
table-round = Round { $round }
table-over = The game is over.
table-your-turn = Your turn to plan.
table-to-your-plan = To your plan
table-sight = What you see
table-plan = Plan
table-autopilot = You were away, so you are on autopilot. Send a plan and you are back.
table-turn-later = { $turn } You plan when your turn comes.
table-watching = You are watching.
table-watching-waiting = You are watching. { $waiting }.
table-you-watch = You watch.
table-you-out = You out.
table-you-gave-up = You gave up.
table-you-won = You won.
table-you-stayed = You stayed to the end.
table-sentence = { $words }.
table-players = Players
table-away-autopilot = away, on autopilot
table-on-turn = on turn
table-give-up = Give up
table-give-up-title = Give up this game?
table-give-up-why = The others play on without you. You can go on watching, but you can’t come back in.
table-play-on = Play on
table-seed-chosen = The host chose the seed, and may have known what would come.
table-join = Join
table-rematch = Rematch
table-watch-again = Watch it again
table-no-table = No table with this code
table-no-table-called = No table is called { $code }. Check the code with your friend, or enter another.
table-who = Who are you?
table-who-why = We lost track of who you are in this browser. Tell us a name to go on.
table-go-on = Go on
table-moment = One moment…
table-not-here = Not from here
table-not-here-why = This page may not open table { $code }. Open it again from the link you were given.
table-rests = This game rests for now
table-rests-why = Something in game { $code } broke, so it was stopped and kept safe. Whoever runs this server can see it.
table-canceled = This table was called off
table-canceled-why = It never began.
table-finding = Looking for the table…
table-unreachable = The table can’t be reached
table-unreachable-why = We keep trying. Nothing you did is lost.
table-try-now = Try now
table-over-watch = This game is over. You can watch it from the beginning.
table-watch-it = Watch it
table-begun = This game has begun
table-begun-why = It is round { $round }, and all seats are taken. You can watch.
table-watch = Watch
table-finding-place = Finding a place…
table-no-answer = The game is there, but it does not answer yet. We keep trying.
table-title-round = Round { $round } · { $game }
table-title-turn = Your turn · round { $round } · { $game }
table-lost = That did not reach the game.
table-gave-up = gave up
table-stayed = stayed to the end
table-out = out
table-won = won
table-nobody-wins = Nobody wins
table-you-win = You win
table-win =
    { $count ->
        [one] { $names } wins
       *[other] { $names } win
    }
table-win-with-you = You and { $names } win
table-win-with-you-many = You, { $names } win
table-untouched = Nobody had played for a long time, so the game was ended.
table-being-told = The round is being told.
table-turn-of =
    { $count ->
        [one] It is { $names }’s turn.
       *[other] { $names } are on turn.
    }
table-tree-nothing = nothing
table-tree-player = Player
table-tree-place = Place
table-tree-rows = { $count } rows
table-tree-empty = There is nothing to see yet.
table-tree-all = What there is
table-you-first = You
table-you = you

## The page of any game: what happened. Names stand where the language has them.

any-set-back = The game was set back to round { $round } by the operator.
any-set-back-lobby = The game was set back to its lobby by the operator.
any-log-seat-bot = { $seat } took a seat, a bot
any-log-seat = { $seat } took a seat
any-log-left = { $name } left
any-log-sent-away = { $name } was sent away by the host
any-log-host = { $seat } is the host now
any-log-emptied = Seat { $seat } is empty again
any-log-bot = A bot took seat { $seat }
any-log-released = Seat { $seat } is kept no more for { $name }
any-log-settings = The host changed the settings
any-log-begins = The game begins
any-log-ready = You are ready
any-log-gave-up = { $seat } gave up
any-log-paused = All agree to a pause: the clock stands still
any-log-went-on = The clock goes on
any-log-autopilot = The autopilot plays for { $seat }
any-log-over = The game is over
any-log-asks-pause = { $seat } would like a pause
any-log-asks-go-on = { $seat } would like to go on
any-log-asks-autopilot = { $seat } would let the autopilot play for { $about }
any-clock-step = The server's clock was set; the round still takes as long as it was to
any-clock-agreed = The clock stood for { $time }
any-clock-moved = The game moved to another server; the round is { $time } longer
any-clock-away = The server was away for { $time }; the round is that much longer
any-clock-longer = The round is { $time } longer
any-plans = { $seat } plans
any-plans-what = { $seat } plans: { $plan }
any-won-untouched = : nobody had played for a long time
any-won-nobody = : nobody wins
any-won =
    { $count ->
        [one] . The winner: { $names }
       *[other] . The winners: { $names }
    }
any-your-plan-in = is in
