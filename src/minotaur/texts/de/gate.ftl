## The lobby.

gate-change = Regeln ändern
gate-changing = Wird geändert …
gate-change-act = Ändern
gate-change-not = So lassen
gate-name-first = Sag uns erst einen Namen: Die anderen sehen ihn.
gate-the-host = der Gastgeber
gate-reconnecting = Verbinde neu … Dein Platz bleibt dir.
gate-full = Alle Plätze sind besetzt
gate-kept = Die Plätze sind reserviert
gate-watch-soon = Du schaust zu, sobald { $host } beginnt.
gate-kept-why = Sie sind für alle, die schon mitgespielt haben. Vielleicht wird noch einer frei.
gate-may-watch = Du kannst zuschauen, wie es ihnen ergeht, oder selbst ein Spiel anlegen.
gate-watch = Zuschauen
gate-finding = Ein Platz wird gesucht …
gate-calls = { $host } lädt dich ins Labyrinth ein
gate-take-seat = Platz nehmen
gate-stepping-in = Du trittst ein …
gate-not-now = Jetzt nicht
gate-who-comes = Wer kommt mit?
gate-opening = Das Tor geht auf …
gate-start = Spiel beginnen
gate-lacking-host = { $lacking } Schick den Link herum, oder tipp auf einen Platz und setz einen Bot hin.
gate-you-are-in = Du bist dabei
gate-waiting = Warten, bis { $host } beginnt.
gate-lacking = { $lacking } Dann kann { $host } beginnen.
gate-different = Was hier anders ist
gate-seed-chosen = Dieses Labyrinth wurde nach seiner Nummer gewählt. Wer die Nummer kennt, kann das Spielfeld kennen.
gate-seats = Plätze
gate-seat-change = , Platz { $seat }: ändern
gate-seat-kept = Platz reserviert
gate-a-bot = Ein Bot
gate-or-friend = oder Freunde
gate-free = Frei
gate-invite = lad jemanden ein
gate-call-friends = Lade deine Freunde ein
gate-still-join = Freunde können noch dazukommen
gate-link = Link zu diesem Spiel
gate-copied = Kopiert
gate-copy = Link kopieren
gate-link-copied = Der Link ist kopiert. Schick ihn deinen Freunden.
gate-by-hand = Dieser Browser lässt uns nicht kopieren. Der Link ist markiert: Kopiere ihn von Hand.
gate-only-here = Dieser Link öffnet sich nur auf diesem Computer. Für Freunde anderswo öffne Minotaur unter einer Adresse, die auch sie erreichen.
gate-camera = Einer Handykamera zeigen
gate-qr = QR-Code des Links
gate-hunters = Jäger
gate-hunter-hint = Kämpfen gegen alles, was sie schlagen können, und fliehen vor dem Rest.
gate-strategists = Strategen
gate-strategist-hint = Überlegen, was du tun könntest, und tun, was dagegen am besten ist.
gate-wanderers = Wanderer
gate-wanderer-hint = Stolpern umher. Freundlich zu Anfängern.
gate-rules-classic = Klassische Regeln
rule-rock = Fels steht im Weg
rule-rock-no = kein Fels
rule-minotaur = der Minotaurus ist darin
rule-minotaur-no = kein Minotaurus
rule-collapse = der Boden bricht weg
rule-collapse-no = der Boden hält
rule-hero-damage = der Hieb eines Helden kostet { $count }
rule-minotaur-health = der Minotaurus hat { $count } Leben
rule-minotaur-damage = der Hieb des Minotaurus kostet { $count }
rule-collapse-first = der erste Ring fällt in Runde { $round }
rule-rounds-max = Schluss nach Runde { $round }
rule-away-never = kein Bot vertritt früher, wer weg ist
rule-sight-all = alles in Sicht
rule-gallery-closed = Gefallene und Zuschauer sehen kein Spielfeld
rule-gallery-open = Gefallene und Zuschauer sehen das Spielfeld
rule-health = { $count } Leben
rule-ap-start =
    { $count ->
        [one] 1 Aktionspunkt
       *[other] { $count } Aktionspunkte
    } zu Beginn
rule-ap-gain =
    { $count ->
        [one] 1 Aktionspunkt
       *[other] { $count } Aktionspunkte
    } mehr je Runde
rule-ap-cap =
    höchstens { $count ->
        [one] 1 Aktionspunkt
       *[other] { $count } Aktionspunkte
    }
rule-minotaur-reach =
    der Minotaurus kommt aus { $count ->
        [one] 1 Schritt
       *[other] { $count } Schritten
    } Entfernung
rule-collapse-every =
    { $count ->
        [one] jede Runde fällt ein Ring
       *[other] alle { $count } Runden fällt ein Ring
    }
rule-autopilot-after =
    ein Bot vertritt nach { $count ->
        [one] 1 Runde
       *[other] { $count } Runden
    } ohne Plan
rule-away-after =
    ein Bot vertritt nach { $count ->
        [one] 1 Runde
       *[other] { $count } Runden
    }, wer weg ist
rule-untouched-max =
    Schluss nach { $count ->
        [one] 1 Runde
       *[other] { $count } Runden
    } ohne jemanden
rule-sight =
    man sieht { $count ->
        [one] 1 Schritt
       *[other] { $count } Schritte
    } weit
rule-hearing =
    Kampf hört man { $count ->
        [one] 1 Schritt
       *[other] { $count } Schritte
    } weit
rule-gallery-delay =
    Zuschauer sehen es { $count ->
        [one] 1 Runde
       *[other] { $count } Runden
    } später
rule-radius =
    ein Spielfeld von { $count ->
        [one] 1 Schritt
       *[other] { $count } Schritten
    } von der Mitte zum Rand
rule-round = { $span } je Runde
gate-hunter = ein Jäger
gate-strategist = ein Stratege
gate-wanderer = ein Wanderer
gate-some-bot = ein Bot
gate-you = du
gate-host = Gastgeber
gate-away = weg
gate-yours = deiner?
gate-tell-code = Oder sag ihnen den Code { $code }.
gate-here = (hier)
