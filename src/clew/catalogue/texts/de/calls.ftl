## Gerufen werden, wenn keine Seite des Spiels offen ist: was dann gesagt wird, und die Bitte darum.

call-your-turn = Runde { $round } wartet auf dich.
call-your-turn-until = Runde { $round } wartet auf dich, bis { $until }.
call-over = Das Spiel ist vorbei. Sieh nach, wie es ausging.
call-rematch = { $name } möchte eine Revanche mit dir.
call-news = Es gibt Neues von deinem Spiel.
call-title = Du bist dran
call-why = Bei Spielen mit langen Runden kann dein Browser dir sagen, wenn eine Runde auf dich wartet oder das Spiel vorbei ist, auch wenn diese Seite zu ist.
call-act = Ruf mich, wenn ich dran bin
call-on = Du wirst hier gerufen, wenn du dran bist.
call-stop = Ruf mich hier nicht mehr
call-busy = Einen Moment…
call-denied = Benachrichtigungen sind für diese Seite aus, also können wir dich nicht rufen. Erlaube sie in den Einstellungen deines Browsers für diese Seite.
call-unsupported = Dieser Browser kann dich nicht rufen. Ein anderer auf diesem Gerät vielleicht.
call-install = Leg diese Seite erst auf deinen Startbildschirm (Teilen, dann „Zum Home-Bildschirm“) und öffne sie dort, dann kann sie dich rufen.
call-insecure = Diese Seite kann dich nur unter einer Adresse rufen, die mit https beginnt.
call-nowhere = Dieser Server ruft niemanden.
call-failed = Dein Browser konnte das gerade nicht einrichten. Versuch es später noch einmal.
