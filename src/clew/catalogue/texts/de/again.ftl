## Next games, and links to a moment.

moment-copied = Kopiert: Wer den Link öffnet, sieht diesen Moment.
moment-copy = Link zu diesem Moment kopieren
moment-by-hand = Kopiere ihn von Hand:
again-join = Mitspielen
again-not-now = Jetzt nicht
again-wants = { $host } möchte noch ein Spiel.
again-seat = Du hast einen Platz im nächsten Spiel.
again-go = Hingehen
again-gathers = { $host } sucht Leute für das nächste Spiel.
again-look = Vorbeischauen
again-begun-yours = Dein nächstes Spiel hat begonnen.
again-begun = Das nächste Spiel hat begonnen.
again-watch = Zuschauen
again-over = Nach diesem gab es noch ein Spiel.
again-see = Ansehen
again-somebody = Jemand
