## What browsers and finders of pages are told before the page speaks.

page-description = Eine Fackel im Labyrinth. Plane im Geheimen. Alle handeln zugleich. Wer zuletzt noch steht, gewinnt.
page-no-script = Minotaur spielt man im Browser mit JavaScript. Bitte schalte es ein.
page-torch-out = Die Fackel ist aus, aber nichts ist verloren: Deine Spiele sind auf dem Server aufgehoben.
