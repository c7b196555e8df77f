## Being called to a game while no page of it is open: what is said then, and asking for it.

call-your-turn = Round { $round } waits for you.
call-your-turn-until = Round { $round } waits for you, until { $until }.
call-over = The game is over. See how it ended.
call-rematch = { $name } asks you to a rematch.
call-news = There is news of your game.
call-title = Your turn
call-why = In games with long rounds your browser can tell you when a round waits for you or the game is over, even while this page is closed.
call-act = Call me when it’s my turn
call-on = You are called here when it’s your turn.
call-stop = Don’t call me here any more
call-busy = One moment…
call-denied = Notifications are off for this page, so we can’t call you. Allow them in your browser’s settings for this page.
call-unsupported = This browser can’t call you. Another one on this device may.
call-install = Put this page on your home screen first (Share, then “Add to Home Screen”), open it there, and it can call you.
call-insecure = This page can call you only at an address that begins with https.
call-nowhere = This server calls nobody.
call-failed = Your browser could not arrange it just now. Try again later.
