## The first game, taught by playing, and the rule book.

lesson-label = Hinweis
lesson-leave = Keine Hinweise mehr
lesson-again = Hinweise noch einmal zeigen
lesson-move = Tipp auf ein Feld mit hellem Rand: ein Schritt, für eine Flamme.
lesson-move-keys = Klick auf ein Feld mit hellem Rand oder drück seinen Buchstaben: ein Schritt, für eine Flamme.
lesson-ready = Niemand sieht deinen Plan. Drück Bereit: Dann geschehen alle Pläne zugleich.
lesson-see = Heller Stein ist, was du jetzt siehst, { $sight } Schritte weit. An dunklen erinnerst du dich nur.
lesson-see-all = Das ganze Spielfeld ist in Sicht.
lesson-noise = Du hast einen Kampf gehört, und woher. Der Minotaurus auch, und er geht hin.
lesson-noise-heroes = Du hast einen Kampf gehört, und woher: Es steht unten bei dem, was geschah.
lesson-strike = Jemand ist nah. Ein Schlag trifft nur im selben Feld: Geh hin, dann schlag zu. Er nimmt { $damage }.
lesson-flames = Flammen, die du nicht brauchst, bleiben, höchstens { $cap }. Warte eine Runde, dann reichen sie für vier Schritte.
lesson-beast = Der Minotaurus! Sein Schlag nimmt { $damage }. Er handelt nur in den ersten zwei Schritten: Halt Abstand.
lesson-ring = Der äußere Ring wird rissig. Die Zahl auf dem Stein: so viele Runden, bis er fällt. Geh nach innen.
book-title = Regelbuch
book-keys = Tasten
book-plan = Plane im Geheimen
book-plan-text = Höchstens { $steps } Schritte: gehen, angreifen oder warten. Ist die Zeit um oder sind alle bereit, geschehen alle Pläne, Schritt für Schritt.
book-flames = Spar deine Flammen
book-flames-text = Ein Schritt oder ein Schlag kostet eine, warten nichts. { $gain } mehr in jeder Runde, höchstens { $cap }.
book-act = Alle handeln zugleich
book-act-text = In jedem Schritt kommen Schläge vor dem Gehen. Ein Schlag trifft nur im selben Feld und nimmt { $damage }.
book-sees = Licht ist, was du weißt
book-sees-text = Du siehst { $sight } Schritte weit. Was du früher sahst, bleibt dunkel auf deiner Karte, ohne die, die jetzt da sind.
book-sees-all = Hier ist das ganze Spielfeld in Sicht.
book-hears = Kämpfe hört man
book-hears-text = Bis auf { $hearing } Felder hörst du, woher. Wer zuschlägt, wird gehört.
book-beast = Er hört dich
book-beast-text = Der Minotaurus geht zu dem, der nah ist, sonst zum Lärm, in den ersten zwei Schritten einer Runde. Sein Schlag nimmt { $damage }. Wer ihn erlegt und lebt, ist geheilt.
book-falls = Der Boden fällt
book-falls-text =
    { $every ->
        [one] Ab Runde { $first } fällt am Ende jeder Runde der äußerste Ring. Risse warnen dich vorher.
       *[other] Am Ende von Runde { $first } fällt der äußerste Ring, und alle { $every } Runden noch einer. Risse warnen dich vorher.
    }
book-wins = Wer zuletzt noch steht, gewinnt
book-wins-text = In diesem Augenblick. Wer später fällt, steht höher.

## How the page looks.

theme-label = Aussehen
theme-system = wie das Gerät
theme-dark = Dunkel
theme-light = Hell
theme-contrast = Hoher Kontrast
telling-label = Runden zeigen
telling-film = Als Film
telling-stills = In Standbildern
telling-none = Sofort

## What is heard.

sound-label = Ton
sound-off = Ton ausschalten
sound-on = Ton einschalten: Schritte, Schläge, Hörner von dort, wo gekämpft wird
