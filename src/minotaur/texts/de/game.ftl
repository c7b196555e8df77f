## The screen of a game.

game-wait-hint = Einen Schritt warten: kostet nichts (X)
game-wait = Warten
game-attack-group = Angreifen
game-attack-why = { $target } angreifen. { $why }
game-attack-where = { $target } angreifen, { $where }
game-line-closed = Die Verbindung zum Spiel ist getrennt.
game-line-again = Neu verbinden
game-line-away = Verbinde neu … Du kannst weiterplanen.
game-line-back = Wieder da: Nichts ist verloren
game-line-back-again = Wieder da
game-code = Der Code dieses Spiels
game-log-title = Was passiert ist
game-log-show = Zeigen
game-log-all = Alles
game-log-mine = Über mich
game-log-lines = Was passiert ist, Zeile für Zeile
game-log-gap = Einiges von dem, was vorher geschah, ist hier nicht mehr da.
game-log-earlier = Früheres zeigen
game-log-nothing = Noch nichts.
game-log-fresh = { $count } neu ↓
game-key-move = auf eines der sechs Felder um dich gehen
game-key-space = Leertaste
game-key-attack = den Nächsten in Sicht angreifen
game-key-wait = einen Schritt warten
game-key-backspace = Rücktaste
game-key-undo = den letzten Schritt zurücknehmen
game-key-enter = Eingabetaste
game-give-up = Aufgeben
game-help-done = Alles klar
game-give-up-title = Dieses Spiel aufgeben?
game-give-up-why = Dein Held stirbt sofort. Die anderen spielen weiter, und du kannst zuschauen.
game-give-up-not = Weiterspielen
game-move-group = Gehen
game-move = Nach { $direction } gehen
game-move-key = Nach { $direction } gehen ({ $key })
game-health = Leben: { $health }
game-points = Aktionspunkte: { $left } von { $all } übrig
game-attack = { $target } angreifen
game-plan = Dein Plan
game-skip = Überspringen
game-ready-still = Du kannst deinen Plan noch ändern
game-ready-hint = Fertig mit dieser Runde (Eingabetaste)
game-ready-done = Bereit ✓
game-ready = Bereit
game-no-steps = Keine Schritte geplant.
game-steps = { $steps }. Kosten: { $cost }.
game-unconfirmed = Noch nicht bestätigt.
game-players = Spieler
game-health-title = Leben
game-this-round = Diese Runde
game-round = Runde { $round }
game-autopilot = Autopilot: Plane, um zu übernehmen
game-you-are-ready = Du bist bereit
game-told = Die Runde wird erzählt
game-tap-to-skip = Tippen zum Überspringen
game-tap-to-go-on = Tippen für das nächste Bild
game-figure-you = Du
game-figure = { $name }, Leben { $health }
game-heading = Minotaur, Spiel { $code }, Runde { $round }
game-board-around = Das Labyrinth um dich
game-board = Das Labyrinth
game-zoom = Zoom
game-closer = Näher
game-farther = Weiter weg
game-lost = Das kam nicht beim Spiel an.
game-minotaur = der Minotaurus
game-minotaur-object = den Minotaurus
game-minotaur-by = den Minotaurus
game-minotaur-first = Der Minotaurus
game-minotaur-short = Minotaurus
game-you = du
game-you-object = dich
game-you-by = dich
game-name-object = { $name }
game-somebody = jemand
game-nobody = niemand
game-nearest = Am nächsten: Leertaste
game-here = hier
game-far = { $far } { $direction }
game-left = noch { $time }
game-left-stands = noch { $time }, die Uhr steht
game-key-ready = bereit
game-key-help = das Regelbuch
game-slot = Schritt { $number }: { $step }. Zurücknehmen.
game-slot-blocked = Schritt { $number }: { $step }, und der ist versperrt. Zurücknehmen.
game-slot-hint = { $step }: tippen zum Zurücknehmen
game-slot-hint-blocked = { $step } (versperrt): tippen zum Zurücknehmen
game-fallen = gefallen
game-won = gewonnen
game-state-autopilot = Autopilot
game-state-bot = Bot

## How each hero looks.

badge-circle = blauer Kreis
badge-triangle = gelbes Dreieck
badge-square = rosa Quadrat
badge-diamond = grüne Raute
badge-star = violetter Stern
badge-cross = orangefarbenes Kreuz
badge-pentagon = weißes Fünfeck
badge-drop = stahlgrauer Tropfen

## What is dangerous, in numbers.

danger-stay-now = Dein Stein fällt am Ende dieser Runde: Geh fort von ihm.
danger-end-now = Dein Plan endet auf Stein, der am Ende dieser Runde fällt.
danger-stay-soon = Dein Stein ist rissig: Er fällt am Ende der nächsten Runde.
danger-end-soon = Dein Plan endet auf rissigem Stein: Er fällt am Ende der nächsten Runde.
ring-left =
    { $count ->
        [1] Der äußerste Ring fällt am Ende dieser Runde.
        [2] Der äußerste Ring fällt am Ende der nächsten Runde.
        [one] Der äußerste Ring fällt in { $count } Runde.
       *[other] Der äußerste Ring fällt in { $count } Runden.
    }
explain-round = Der brennende Ring ist die Zeit, die bleibt. Ist sie um oder sind alle bereit, geschehen alle Pläne zugleich.
explain-lair = Der Bau ist die Mitte des Spielfelds, das eine Feld, das nie fällt.
explain-health = Leben: höchstens { $most }. Der Schlag eines Helden nimmt { $hero }, der des Minotaurus { $minotaur }.
explain-health-heroes = Leben: höchstens { $most }. Der Schlag eines Helden nimmt { $hero }.
explain-points = Flammen sind Aktionspunkte: Ein Schritt oder ein Schlag kostet einen. { $gain } mehr in jeder Runde, höchstens { $cap }.
explain-blow = Ein Schlag nimmt { $yours } von { $health } Leben. Der Gegenschlag nimmt dir { $theirs }.
board-miss = daneben
