## What happens around a lobby.

lobby-news-title = Was hier passiert ist
lobby-seat-kept = Platz { $seat } ist für { $name } reserviert
lobby-seat-give-away = Platz freigeben
lobby-seat-free = Platz { $seat } ist frei
lobby-seat-put = Hier spielt { $bot }
lobby-seat-make = Daraus wird { $bot }
lobby-seat-empty = Platz leeren
lobby-seat-as-it-is = So lassen
lobby-seat-pass = { $name } zum Gastgeber machen
lobby-seat-pass-why = Wer Gastgeber ist, ändert das Spiel und beginnt es. Ist es { $name }, bist du es nicht mehr.
lobby-seat-send-away = { $name } wegschicken
lobby-seat-send-away-title = { $name } wegschicken?
lobby-seat-send-away-why = { $name } darf dann zuschauen, sich hier aber nicht wieder hinsetzen.
lobby-seat-keep = { $name } behalten
lobby-doors-leave = Gehen
lobby-doors-leave-title = Dein eigenes Spiel verlassen?
lobby-doors-leave-why = Dein Platz ist dann frei, und wer am längsten da ist, wird Gastgeber.
lobby-doors-leave-act = Den anderen überlassen
lobby-doors-call-off = Absagen
lobby-doors-call-off-title = Für alle absagen?
lobby-doors-call-off-alone = Sonst ist niemand da. Der Link führt dann ins Leere.
lobby-doors-call-off-act = Ja, absagen
lobby-doors-stay = Bleiben
lobby-doors-keep = Behalten
lobby-out-left-title = Du bist gegangen
lobby-out-left = Dein Platz ist für jemand anderen frei. Anders überlegt? Solange er frei ist, kann er wieder deiner sein.
lobby-out-again = Noch einmal ansehen
lobby-out-sent-away-title = Der Gastgeber hat dich weggeschickt
lobby-out-sent-away = Der Platz ist für jemand anderen. Mach einen eigenen Tisch auf: Dort bist du Gastgeber.
lobby-ready = Ich bin bereit
lobby-ready-everyone = Alle sind bereit.
lobby-ready-others = Die anderen sind bereit.
lobby-ready-not-yet = Noch nicht bereit: { $names }
lobby-news-sat = { $name } nimmt Platz { $seat }.
lobby-news-sat-you = Du nimmst Platz { $seat }.
lobby-news-sent-away = { $name } wurde vom Gastgeber weggeschickt.
lobby-news-host = { $name } ist jetzt Gastgeber.
lobby-news-host-you = Du bist jetzt Gastgeber.
lobby-news-bot = Platz { $seat }: { $bot }.
lobby-news-emptied = Platz { $seat } ist wieder leer.
lobby-news-settings = Der Gastgeber hat das Spiel geändert.
lobby-news-settings-you = Du hast das Spiel geändert.
lobby-news-left = { $name } ist gegangen.
lobby-doors-call-off-others =
    { $count ->
        [one] Noch jemand ist da.
       *[other] { $count } andere sind da.
    } Der Link führt dann ins Leere.
lobby-still-empty =
    { $count ->
        [one] { $count } Platz ist noch leer.
       *[other] { $count } Plätze sind noch leer.
    }
