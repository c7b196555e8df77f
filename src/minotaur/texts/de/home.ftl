## The front page.

front-radius = Größe des Spielfelds
front-radius-usual = je nach Helden
front-health = Leben eines Helden
front-sight = So viele Felder weit sieht man
front-collapse-first = Der erste Ring fällt in Runde
front-away-after = Runden weg, bis ein Bot einspringt
front-seed = Nummer des Labyrinths
front-seed-usual = eine neue
front-more-rules = Mehr Regeln
front-with-minotaur = Der Minotaurus ist darin
front-with-collapse = Der Boden bricht weg, Ring für Ring
front-strict = Streng: Gefallene und Zuschauer sehen kein Spielfeld
front-code-wrong = Gib den Code ein, den du bekommen hast. Er steht am Ende des Links.
front-code = Spielcode
front-join = Mitspielen
front-looking-up = Deine Spiele werden nachgeschlagen
front-your-games = Deine Spiele
front-over = Spiele, die vorbei sind
front-older = Ältere zeigen
front-line = Eine Fackel im Labyrinth. Plane im Geheimen. Alle handeln zugleich. Wer zuletzt noch steht, gewinnt.
front-join-title = Bei Freunden mitspielen
front-join-how = Öffne ihren Link oder gib den Code an seinem Ende ein.
front-make-title = Mit Freunden spielen
front-make-how = Leg ein Spiel an, schick den Link, beginne, wenn alle da sind.
front-how-title = So wird gespielt
front-name-first-friends = Sag uns erst einen Namen: Deine Freunde sehen ihn.
front-making = Wird angelegt …
front-make = Spiel anlegen
front-you-play-as = Du spielst als
front-your-name = Dein Name
front-name-hint = Wie nennen dich Freunde?
front-name-first = Sag uns erst einen Namen, ganz gleich welchen.
front-lighting = Die Fackel wird entzündet …
front-play = Spielen
front-against = Gegen
front-gentle = Sanfte Bots
front-fierce = Wilde
front-cunning = Listige
front-play-what = Du gegen drei Bots. Ein Spiel dauert etwa zehn Minuten.
front-play-first = Dein erstes Spiel wird dir gezeigt, gegen zwei zahme Bots. Es dauert etwa zehn Minuten.
front-play-unguided = Kenne ich schon: gleich gegen drei Jäger
front-bots-fill = Sie nehmen die Plätze, die beim Beginn noch leer sind.
front-bots-all = Freunde braucht es keine: Bots nehmen alle anderen Plätze.
front-heroes = Helden
front-bots-up-to = Bots füllen auf bis
front-bots-among = Davon Bots
front-bots-are = Die Bots sind
front-rules = Regeln
front-labyrinth = Labyrinth
front-labyrinth-hint = Nebel, Fels, der Minotaurus und ein Boden, der wegbricht.
front-classic = Klassisch
front-classic-hint = Ein offenes Feld, alle in Sicht, eine Handlung je Runde.
front-round-time = Zeit für eine Runde
front-round-sooner = Eine Runde endet früher, wenn alle bereit sind.
front-called-off = Abgesagt
front-set-aside = Wird gerade repariert
front-nobody-yet = Noch ist sonst niemand da
front-nobody-was = Sonst war niemand da
front-with = mit { $names }
front-wants-another = { $host } möchte noch ein Spiel
front-all-here = Alle sind da
front-can-begin = Du kannst beginnen
front-fallen = { $round } · du bist gefallen
front-stands-in = { $round } · ein Bot vertritt dich
front-untouched = Beendet, weil niemand spielte
front-unreachable = Minotaur ist gerade nicht zu erreichen. Prüf deine Verbindung und versuch es noch einmal.
front-garbled = Zwischen dir und Minotaur ist etwas schiefgegangen. Versuch es noch einmal.
front-watch = Ansehen
front-watch-which = das Spiel { $company } noch einmal
front-friends =
    { $count ->
        [one] 1 Freund
       *[other] { $count } Freunde
    }
front-bots =
    { $count ->
        [one] 1 Bot
       *[other] { $count } Bots
    }
front-you = Du
front-together = { $names }.
front-seats-free =
    { $count ->
        [one] 1 Platz frei
       *[other] { $count } Plätze frei
    }
front-round-left = { $round } · { $left }
