## What happened, told to one who plays or watches.

log-untouched = Hier hat viele Runden lang niemand gespielt, darum wurde das Spiel beendet.
log-seat-you = Du nimmst Platz.
log-seat = { $name } nimmt Platz.
log-leave-you = Du gehst.
log-sent-you = Der Gastgeber schickt dich weg.
log-sent = Der Gastgeber schickt { $name } weg.
log-host-you = Du bist jetzt Gastgeber.
log-host = { $name } ist jetzt Gastgeber.
log-emptied = Platz { $seat } ist wieder leer.
log-released = Platz { $seat } ist nicht mehr für { $name } reserviert.
log-settings = Der Gastgeber ändert die Regeln des Spiels.
log-started = Die Fackeln brennen. Das Spiel beginnt.
log-canceled = Das Spiel wurde abgesagt.
log-moved-you = Du bist nach { $direction } gegangen.
log-arrived = { $name } kommt aus { $direction }.
log-left-hex = { $name } geht nach { $direction }.
log-bumped-you = Etwas versperrt dir den Weg nach { $direction }.
log-bumped = { $name } findet keinen Weg nach { $direction }.
log-noise = Du hörst Kampf im { $direction }.
log-gives-up-you = Du gibst auf.
log-gives-up = { $name } gibt auf.
log-tremor = Der äußere Ring bebt.
log-collapsed = Der äußere Ring stürzt in den Abgrund.
log-drained = Der Bau zehrt an allen Helden: −{ $damage }.
log-paused = Alle sind für eine Pause. Die Uhr steht.
log-went-on = Die Uhr läuft weiter.
log-autopilot-you = Du bist weg: Der Autopilot spielt für dich, bis du wieder planst.
log-autopilot = Der Autopilot spielt für { $name } (abwesend).
log-draw = Niemand steht mehr: unentschieden.
log-won-you = Außer dir steht niemand mehr. Du hast gewonnen!
log-clock-restart = Der Server war weg: { $time }. Du bekommst sie zurück.
log-clock-moved = Dein Spiel ist auf einen anderen Server umgezogen; das dauerte: { $time }. Du bekommst sie zurück.
log-clock-store = So lange ließ sich kein Zug speichern: { $time }. Du bekommst sie zurück.
log-clock-paused = Der Server stand still: { $time }. Du bekommst sie zurück.
log-clock-agreed = Die Uhr stand: { $time }.
log-clock-step = Die Uhr des Servers wurde gestellt. Deine Zeit für diese Runde bleibt gleich.
log-clock-stopped = Die Uhr war angehalten: { $time }. Du bekommst sie zurück.
log-hit-you = Du triffst { $target }: −{ $damage }.
log-miss-you = Du schlägst nach { $target } und verfehlst.
log-miss = { $name } will { $target } treffen und verfehlt.
log-hit = { $name } greift { $target } an: −{ $damage }.
log-leave = { $name } geht.
log-bot = Ein Bot nimmt Platz { $seat }: { $bot }.
log-slay =
    { $who ->
        [you] Du erschlägst den Minotaurus!
        [both] { $names } erschlagt den Minotaurus!
       *[others] { $count ->
            [one] { $names } erschlägt den Minotaurus!
           *[other] { $names } erschlagen den Minotaurus!
        }
    }
log-wins = { $name } gewinnt.
log-agreed-pause-you = Du möchtest eine Pause.
log-agreed-pause = { $name } möchte eine Pause.
log-agreed-go-on-you = Du möchtest weiterspielen.
log-agreed-go-on = { $name } möchte weiterspielen.
log-agreed-autopilot-you = Du würdest den Autopiloten für { $about } spielen lassen.
log-agreed-autopilot = { $name } würde den Autopiloten für { $about } spielen lassen.
log-chasm-you = Du stürzt in den Abgrund.
log-chasm = { $name } stürzt in den Abgrund.
log-drained-out-you = Der Bau hat dich ausgezehrt.
log-drained-out = Der Bau hat { $name } ausgezehrt.
log-falls-you = Du fällst.
log-falls = { $name } fällt.
log-falls-to-you = Du fällst durch { $names }.
log-falls-to = { $name } fällt durch { $names }.
log-a-second = eine Sekunde
log-set-back = Der Betreiber hat das Spiel auf Runde { $round } zurückgesetzt.
log-set-back-lobby = Der Betreiber hat das Spiel in seine Lobby zurückgesetzt.
