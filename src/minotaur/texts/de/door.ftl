## What keeps somebody from a game, and what its tab is called.

door-nothing-title = Hier ist nichts · Minotaur
door-dead-end = Eine Sackgasse
door-no-game = Kein Spiel mit diesem Code
door-nothing = Unter dieser Adresse ist nichts. Aber etwas im Dunkeln hat dich gesehen.
door-again = Noch einmal versuchen
door-board-title = Wer vorn liegt · Minotaur
door-results-title = Ergebnisse · Minotaur
door-no-game-called = Kein Spiel heißt { $code }. Prüf den Code noch einmal, oder gib einen anderen ein.
door-canceled = Dieses Spiel wurde abgesagt
door-canceled-why = Es hat nie begonnen. Noch eins anlegen?
door-rests = Dieses Spiel ruht vorerst
door-rests-why = In Spiel { $code } ging etwas kaputt, darum wurde es angehalten und ist gut aufgehoben. Wer diesen Server betreibt, sieht es. Spiel inzwischen ein anderes.
door-not-here = Nicht von hier
door-not-here-why = Diese Seite darf Spiel { $code } nicht öffnen. Öffne es noch einmal über den Link, den du bekommen hast.
door-who = Wer bist du?
door-who-why = In diesem Browser wissen wir nicht mehr, wer du bist. Sag uns einen Namen, um weiterzumachen.
door-go-on = Weiter
door-moment = Einen Moment …
door-unreachable = Das Spiel ist nicht zu erreichen
door-unreachable-why = Wir versuchen es weiter. Nichts, was du getan hast, ist verloren.
door-try-now = Jetzt versuchen
door-no-answer = Das Spiel ist da, aber es antwortet noch nicht.
door-finding = Das Spiel wird gesucht
door-nobody-won = Niemand hat dieses Spiel gewonnen
door-draw = Es ging unentschieden aus
door-won = { $name } hat dieses Spiel gewonnen
door-watch-it = Ansehen
door-begun = Dieses Spiel hat begonnen
door-played =
    { $names } haben gespielt, { $count ->
        [one] 1 Runde
       *[other] { $count } Runden
    } lang.
door-begun-why =
    Runde { $round }, { $count ->
        [one] 1 Held steht
       *[other] { $count } Helden stehen
    } noch. Alle Plätze sind besetzt, aber du kannst zuschauen.
title-game = Spiel { $code } · { $name }
title-round = Runde { $round } · { $name }
title-turn = Du bist dran · Runde { $round } · { $name }
