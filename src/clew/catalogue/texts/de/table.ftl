## The page of any game: a table before the game, in it, and after it.

table-change = Tisch ändern
table-change-act = Ändern
table-change-not = So lassen
table-calls = { $host } lädt dich an einen Tisch ein
table-yours = Dein Tisch
table-you-are-in = Du bist dabei
table-away = weg
table-bot = Bot
table-host = Gastgeber
table-kept-for = Reserviert für { $name }
table-free-or-bot = Frei, oder für einen Bot
table-free = Frei
table-change-seat = Ändern
table-change-which = Platz { $seat }
table-take-seat = Platz nehmen
table-sitting-down = Du setzt dich …
table-not-now = Jetzt nicht
table-start = Spiel beginnen
table-bots-take = Bots nehmen die leeren Plätze, wenn es beginnt.
table-all-here = Alle sind da.
table-this = Dieser Tisch
table-seed = Dieser Tisch wurde nach seiner Zufallszahl gewählt. Wer sie kennt, kann wissen, was kommt.
table-let-watch = Lass andere zuschauen
table-call-friends = Lade deine Freunde ein
table-link = Link zu diesem Tisch
table-copied = Kopiert
table-copy = Link kopieren
table-link-copied = Der Link ist kopiert. Schick ihn deinen Freunden.
table-by-hand = Dieser Browser lässt uns nicht kopieren. Der Link ist markiert: Kopiere ihn von Hand.
table-tell-code = Oder sag ihnen den Code { $code }.
table-tell-code-here = Oder sag ihnen den Code { $code }. Der Link öffnet sich nur auf diesem Computer.
table-seat-count =
    { $count ->
        [one] 1 Platz
       *[other] { $count } Plätze
    }
table-full = Alle Plätze sind besetzt. Du kannst zuschauen, sobald es begonnen hat.
table-full-kept = Die leeren Plätze sind für alle reserviert, die schon mitgespielt haben. Du kannst zuschauen, sobald es begonnen hat.
table-missing =
    { $count ->
        [one] 1 Spieler muss noch kommen
       *[other] { $count } Spieler müssen noch kommen
    }, bevor es beginnen kann.
table-missing-bots =
    { $count ->
        [one] 1 Spieler muss noch kommen
       *[other] { $count } Spieler müssen noch kommen
    }, bevor es beginnen kann, oder Bots setzen sich.
table-then-host =
    { $count ->
        [one] 1 Spieler muss noch kommen
       *[other] { $count } Spieler müssen noch kommen
    }, dann beginnt { $host } das Spiel.
table-now-host = Jetzt beginnt { $host } das Spiel.
table-a-bot = ein Bot
any-home = Startseite
any-you-are-called = Du bist
any-nothing-here = Hier ist nichts
any-nothing-why = Unter dieser Adresse ist nichts. Vielleicht bringt dich der Code eines Tisches hin:
any-name-first = Sag den anderen, wie du heißt.
any-your-name = Dein Name
any-again = Noch einmal versuchen
any-board = Wer vorn liegt
any-results = Ergebnisse
table-beginning = Der Anfang
table-after-round = Nach Runde { $round }
table-replay-title = { $code } noch einmal · { $game }
table-not-over = Es ist noch nicht vorbei
table-nothing-to-watch = Es gibt nichts zu sehen
table-to-table = Zum Tisch
table-fetching = Das Spiel wird geholt …
table-back = Zurück
table-slider = Moment des Spiels
table-on = Weiter
table-the-game = Das Spiel
table-log-title = Was passiert ist
table-nothing = Nichts.
table-left = noch { $time }
table-left-stands = noch { $time }, die Uhr steht
table-line-closed = Die Verbindung zum Spiel ist getrennt.
table-line-again = Neu verbinden
table-line-away = Verbinde neu … Du kannst weiterplanen.
table-line-back = Wieder da: Nichts ist verloren
table-line-back-again = Wieder da
table-log-gap = Was davor kam, ist zu lange her, um noch erzählt zu werden.
table-log-yours = (nur du siehst das)
table-log-nothing = Noch nichts.
table-log-fresh =
    { $count ->
        [one] 1 neue Zeile ↓
       *[other] { $count } neue Zeilen ↓
    }
table-you-badge = (du)
table-your-plan = Dein Plan
table-what-you-do = Was du tust
table-on-its-way = Unterwegs …
table-you-are-ready = Du bist bereit.
table-round-ends = Die Runde endet, wenn alle es sind oder ihre Zeit um ist.
table-plan-counts = Er gilt, wenn du keinen anderen schickst.
table-plan-secret = Niemand sieht deinen Plan, bevor die Runde endet.
table-send-plan = Plan schicken
table-send-new-plan = Neuen Plan schicken
table-ready-done = Bereit ✓
table-send-ready = Schicken & bereit
table-ready = Bereit
table-plan-in = Dein Plan ist da.
table-plan-in-which = Dein Plan ist da: { $plan }.
table-round = Runde { $round }
table-over = Das Spiel ist vorbei.
table-your-turn = Du bist am Zug.
table-to-your-plan = Zu deinem Plan
table-sight = Was du siehst
table-plan = Plan
table-autopilot = Du warst weg, darum spielt der Autopilot für dich. Schick einen Plan, und du bist wieder da.
table-turn-later = { $turn } Du planst, wenn du am Zug bist.
table-watching = Du schaust zu.
table-watching-waiting = Du schaust zu. { $waiting }.
table-you-watch = Du schaust zu.
table-you-out = Du bist raus.
table-you-gave-up = Du hast aufgegeben.
table-you-won = Du hast gewonnen.
table-you-stayed = Du bist bis zum Ende geblieben.
table-sentence = { $words }.
table-players = Spieler
table-away-autopilot = weg, Autopilot
table-on-turn = am Zug
table-give-up = Aufgeben
table-give-up-title = Dieses Spiel aufgeben?
table-give-up-why = Die anderen spielen ohne dich weiter. Du kannst weiter zuschauen, aber nicht wieder einsteigen.
table-play-on = Weiterspielen
table-seed-chosen = Die Zufallszahl hat der Gastgeber gewählt; er kann gewusst haben, was kommt.
table-join = Mitspielen
table-rematch = Revanche
table-watch-again = Noch einmal ansehen
table-no-table = Kein Tisch mit diesem Code
table-no-table-called = Kein Tisch heißt { $code }. Prüf den Code noch einmal, oder gib einen anderen ein.
table-who = Wer bist du?
table-who-why = In diesem Browser wissen wir nicht mehr, wer du bist. Sag uns einen Namen, um weiterzumachen.
table-go-on = Weiter
table-moment = Einen Moment …
table-not-here = Nicht von hier
table-not-here-why = Diese Seite darf Tisch { $code } nicht öffnen. Öffne ihn noch einmal über den Link, den du bekommen hast.
table-rests = Dieses Spiel ruht vorerst
table-rests-why = In Spiel { $code } ging etwas kaputt, darum wurde es angehalten und ist gut aufgehoben. Wer diesen Server betreibt, sieht es.
table-canceled = Dieser Tisch wurde abgesagt
table-canceled-why = Es hat nie begonnen.
table-finding = Der Tisch wird gesucht …
table-unreachable = Der Tisch ist nicht zu erreichen
table-unreachable-why = Wir versuchen es weiter. Nichts, was du getan hast, ist verloren.
table-try-now = Jetzt versuchen
table-over-watch = Dieses Spiel ist vorbei. Du kannst es von Anfang an ansehen.
table-watch-it = Ansehen
table-begun = Dieses Spiel hat begonnen
table-begun-why = Es läuft Runde { $round }, und alle Plätze sind besetzt. Du kannst zuschauen.
table-watch = Zuschauen
table-finding-place = Ein Platz wird gesucht …
table-no-answer = Das Spiel ist da, aber es antwortet noch nicht. Wir versuchen es weiter.
table-title-round = Runde { $round } · { $game }
table-title-turn = Du bist dran · Runde { $round } · { $game }
table-lost = Das kam nicht beim Spiel an.
table-gave-up = aufgegeben
table-stayed = bis zum Ende dabei
table-out = raus
table-won = gewonnen
table-nobody-wins = Niemand gewinnt
table-you-win = Du gewinnst
table-win =
    { $count ->
        [one] { $names } gewinnt
       *[other] { $names } gewinnen
    }
table-win-with-you = Du und { $names } gewinnt
table-win-with-you-many = Du, { $names } gewinnt
table-untouched = Lange hatte niemand gespielt, darum wurde das Spiel beendet.
table-being-told = Die Runde wird erzählt.
table-turn-of =
    { $count ->
        [one] { $names } ist am Zug.
       *[other] { $names } sind am Zug.
    }
table-tree-nothing = nichts
table-tree-player = Spieler
table-tree-place = Platz
table-tree-rows = { $count } Zeilen
table-tree-empty = Noch gibt es nichts zu sehen.
table-tree-all = Was es gibt
table-you-first = Du
table-you = du

## The page of any game: what happened. Names stand where the language has them.

any-set-back = Der Betreiber hat das Spiel auf Runde { $round } zurückgesetzt.
any-set-back-lobby = Der Betreiber hat das Spiel in seine Lobby zurückgesetzt.
any-log-seat-bot = Platz genommen: { $seat }, ein Bot
any-log-seat = Platz genommen: { $seat }
any-log-left = { $name } ist gegangen
any-log-sent-away = { $name } wurde vom Gastgeber weggeschickt
any-log-host = Jetzt Gastgeber: { $seat }
any-log-emptied = Platz { $seat } ist wieder leer
any-log-bot = Auf Platz { $seat } sitzt jetzt ein Bot
any-log-released = Platz { $seat } ist nicht mehr für { $name } reserviert
any-log-settings = Der Gastgeber hat die Einstellungen geändert
any-log-begins = Das Spiel beginnt
any-log-ready = Du bist bereit
any-log-gave-up = Aufgegeben: { $seat }
any-log-paused = Alle sind für eine Pause: Die Uhr steht
any-log-went-on = Die Uhr läuft weiter
any-log-autopilot = Der Autopilot übernimmt: { $seat }
any-log-over = Das Spiel ist vorbei
any-log-asks-pause = Pause gewünscht: { $seat }
any-log-asks-go-on = Weiterspielen gewünscht: { $seat }
any-log-asks-autopilot = Autopilot gewünscht, für: { $about }, von: { $seat }
any-clock-step = Die Uhr des Servers wurde gestellt; die Runde dauert so lange wie vorgesehen
any-clock-agreed = Die Uhr stand { $time } lang
any-clock-moved = Das Spiel ist auf einen anderen Server umgezogen; die Runde ist { $time } länger
any-clock-away = Der Server war { $time } lang weg; die Runde ist um so viel länger
any-clock-longer = Die Runde ist { $time } länger
any-plans = Plan: { $seat }
any-plans-what = Plan, { $seat }: { $plan }
any-won-untouched = : Lange hatte niemand gespielt
any-won-nobody = : Niemand gewinnt
any-won =
    { $count ->
        [one] . Gewonnen: { $names }
       *[other] . Gewonnen: { $names }
    }
any-your-plan-in = ist da
