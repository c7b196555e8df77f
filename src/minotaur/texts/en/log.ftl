## What happened, told to one who plays or watches.

log-untouched = Nobody has played here for many rounds, so the game was ended.
log-seat-you = You take a seat.
log-seat = { $name } takes a seat.
log-leave-you = You leave.
log-sent-you = The host sends you away.
log-sent = The host sends { $name } away.
log-host-you = You are the host now.
log-host = { $name } is the host now.
log-emptied = Seat { $seat } is empty again.
log-released = Seat { $seat } is kept no more for { $name }.
log-settings = The host changes the rules of the game.
log-started = The torches are lit. The game begins.
log-canceled = The game was called off.
log-moved-you = You moved to the { $direction }.
log-arrived = { $name } arrived from the { $direction }.
log-left-hex = { $name } left to the { $direction }.
log-bumped-you = Something blocks your way to the { $direction }.
log-bumped = { $name } finds no way to the { $direction }.
log-noise = You hear fighting to the { $direction }.
log-gives-up-you = You give up.
log-gives-up = { $name } gives up.
log-tremor = The outer ring trembles.
log-collapsed = The outer ring falls into the chasm.
log-drained = The lair drains every hero: −{ $damage }.
log-paused = All agree to a pause. The clock stands still.
log-went-on = The clock goes on.
log-autopilot-you = You are away: the autopilot plays for you until you plan again.
log-autopilot = The autopilot plays for { $name }, who is away.
log-draw = Nobody is left standing: a draw.
log-won-you = You are the last one standing. You win!
log-clock-restart = The server was away for { $time }. You get them back.
log-clock-moved = Your game moved to another server, which took { $time }. You get them back.
log-clock-store = No move could be saved for { $time }. You get them back.
log-clock-paused = The server stood still for { $time }. You get them back.
log-clock-agreed = The clock stood for { $time }.
log-clock-step = The server's clock was put right. Your time for this round stays the same.
log-clock-stopped = The clock was stopped for { $time }. You get them back.
log-hit-you = You hit { $target }: −{ $damage }.
log-miss-you = You strike at { $target } and miss.
log-miss = { $name } strikes at { $target } and misses.
log-hit = { $name } attacks { $target }: −{ $damage }.
log-leave = { $name } leaves.
log-bot = A bot takes seat { $seat }: { $bot }.
log-slay =
    { $who ->
        [you] You slay the Minotaur!
        [both] { $names } slay the Minotaur!
       *[others] { $count ->
            [one] { $names } slays the Minotaur!
           *[other] { $names } slay the Minotaur!
        }
    }
log-wins = { $name } wins.
log-agreed-pause-you = You would like a pause.
log-agreed-pause = { $name } would like a pause.
log-agreed-go-on-you = You would like to go on.
log-agreed-go-on = { $name } would like to go on.
log-agreed-autopilot-you = You would let the autopilot play for { $about }.
log-agreed-autopilot = { $name } would let the autopilot play for { $about }.
log-chasm-you = You fall into the chasm.
log-chasm = { $name } falls into the chasm.
log-drained-out-you = You are drained by the lair.
log-drained-out = { $name } is drained by the lair.
log-falls-you = You fall.
log-falls = { $name } falls.
log-falls-to-you = You fall to { $names }.
log-falls-to = { $name } falls to { $names }.
log-a-second = a second
log-set-back = The game was set back to round { $round } by the operator.
log-set-back-lobby = The game was set back to its lobby by the operator.
