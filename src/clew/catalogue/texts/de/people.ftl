## People’s results.

people-unseen = Wird nachgeschlagen …
people-again = Noch einmal versuchen
people-board = Wer vorn liegt
people-board-of = Wer im { $month } vorn liegt
people-yours = Deine Ergebnisse
people-theirs = Ergebnisse von { $name }
people-gone = Jemand von früher
people-unrated = Noch keine Wertung. Sie kommt mit dem ersten Spiel gegen einen anderen Menschen.
people-rating-hint = Alle beginnen bei 1000. Die Wertung bewegt sich, wenn Menschen gegeneinander spielen, nicht gegen Bots.
people-places-title = Plätze
people-place = Platz { $place }
people-place-of = Platz { $place } von { $seats }
people-fates-title = Wie es ausging
people-latest-title = Letzte Spiele
people-nothing = Noch ist kein Spiel vorbei. Das erste wird hier stehen.
people-board-empty = Noch niemand. Hier steht, wer ein Konto hat und in einem Monat { $least } Spiele mit anderen Menschen spielt.
people-board-hint = Nach der Wertung im letzten Spiel des Monats; ab { $least } Spielen mit anderen Menschen, für alle mit Konto.
people-below = Du
people-you = du
people-rating = Wertung
people-played =
    { $count ->
        [one] 1 Spiel
       *[other] { $count } Spiele
    }
people-won = { $count } gewonnen
people-drawn = { $count } unentschieden
people-times = { $count } ×
people-together =
    { $played ->
        [one] In 1 Spiel seid ihr euch begegnet
       *[other] In { $played } Spielen seid ihr euch begegnet
    }: { $before }-mal standest du höher, { $behind }-mal die andere Person.
