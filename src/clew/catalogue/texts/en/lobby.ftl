## What happens around a lobby.

lobby-news-title = What happened here
lobby-seat-kept = Seat { $seat } is kept for { $name }
lobby-seat-give-away = Give the seat away
lobby-seat-free = Seat { $seat } is free
lobby-seat-put = Put { $bot } here
lobby-seat-make = Make it { $bot }
lobby-seat-empty = Empty the seat
lobby-seat-as-it-is = Leave it as it is
lobby-seat-pass = Make { $name } the host
lobby-seat-pass-why = A host changes the game, and begins it. Once { $name } is host you are not.
lobby-seat-send-away = Send { $name } away
lobby-seat-send-away-title = Send { $name } away?
lobby-seat-send-away-why = { $name } may watch then, and can’t sit down here again.
lobby-seat-keep = Keep { $name }
lobby-doors-leave = Leave
lobby-doors-leave-title = Leave your own game?
lobby-doors-leave-why = Your seat is free then, and whoever is here longest becomes the host.
lobby-doors-leave-act = Leave it to them
lobby-doors-call-off = Call it off
lobby-doors-call-off-title = Call it off for everybody?
lobby-doors-call-off-alone = Nobody else is here. The link leads nowhere then.
lobby-doors-call-off-act = Yes, call it off
lobby-doors-stay = Stay
lobby-doors-keep = Keep it
lobby-out-left-title = You left
lobby-out-left = Your seat is free for somebody else. Changed your mind? As long as it is, it can be yours again.
lobby-out-again = Look at it again
lobby-out-sent-away-title = The host sent you away
lobby-out-sent-away = The seat is for somebody else. Make a table of your own: there you are the host.
lobby-ready = I’m ready
lobby-ready-everyone = Everyone is ready.
lobby-ready-others = The others are ready.
lobby-ready-not-yet = Not ready yet: { $names }
lobby-news-sat = { $name } takes seat { $seat }.
lobby-news-sat-you = You take seat { $seat }.
lobby-news-sent-away = { $name } was sent away by the host.
lobby-news-host = { $name } is the host now.
lobby-news-host-you = You are the host now.
lobby-news-bot = Seat { $seat }: { $bot }.
lobby-news-emptied = Seat { $seat } is empty again.
lobby-news-settings = The host changed the game.
lobby-news-settings-you = You changed the game.
lobby-news-left = { $name } left.
lobby-doors-call-off-others =
    { $count ->
        [one] { $count } other is here.
       *[other] { $count } others are here.
    } The link leads nowhere then.
lobby-still-empty =
    { $count ->
        [one] { $count } seat is still empty.
       *[other] { $count } seats are still empty.
    }
