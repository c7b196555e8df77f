## The page of any game: its front.

any-code = Code oder Link eines Tisches
any-go-there = Los
any-code-wrong = Gib den Code ein, den du bekommen hast.
any-what = Was wollen wir spielen?
any-for = Für { $count }
any-for-to = Für { $least } bis { $most }
any-games = Spiele
any-looking = Wir schauen, was hier gespielt wird …
any-nobody-answers = Niemand antwortet
any-no-games = Hier gibt es noch keine Spiele
any-no-games-why = Wer diesen Server betreibt, hat ihm noch kein Spiel gegeben.
any-play = Spielen
any-play-which = { $game } spielen
any-you-are = Du bist { $name }.
any-step-make = Mach einen Tisch auf und schick deinen Freunden den Link.
any-step-plan = Alle planen im Geheimen. Sind alle bereit oder ist die Zeit um, geschieht alles zugleich.
any-step-come = Komm und geh, wie du magst: Der Tisch wartet, und nichts geht verloren.
any-make = Tisch aufmachen
any-making = Der Tisch wird gedeckt …
any-called-off = Abgesagt
any-wants-another = { $host } möchte noch ein Spiel
any-seats-taken = { $taken } von { $seats } Plätzen besetzt
any-nobody-yet = Noch sonst niemand
any-with = Mit { $names }
any-your-tables = Deine Tische
any-over = Spiele, die vorbei sind
any-seats = Plätze
any-bots-most = Bots höchstens
any-round-time = Zeit für eine Runde
any-round-sooner = Eine Runde endet auch, wenn alle bereit sind.
any-away = Wenn jemand weg ist
any-away-after = { $count ->
    [0] plant kein Bot früher als sonst
    [one] plant nach { $count } Runde ein Bot
   *[other] plant nach { $count } Runden ein Bot
}
any-options = Optionen
any-rounds-of = { $seats } · Runden von { $span }
any-rounds-of-bots = { $seats } · Runden von { $span } · mit Bots, wenn du magst
any-wanted =
    { $count ->
        [one] 1 Platz
       *[other] { $count } Plätze
    } · ändern
any-wanted-bots =
    { $count ->
        [one] 1 Platz
       *[other] { $count } Plätze
    }, Bots füllen auf · ändern
any-yes = ja
any-no = nein
any-none = nichts
any-not = nicht { $what }
