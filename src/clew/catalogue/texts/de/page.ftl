## What browsers and finders of pages are told before the page speaks.

page-any-description = Ein Tisch für dich und deine Freunde: plant im Geheimen, handelt zugleich.
page-any-no-script = Gespielt wird im Browser mit JavaScript. Bitte schalte es ein.

## The page for when there is no connection. English here is as the pages have it.

page-offline = Keine Verbindung
page-offline-kept = Nichts ist verloren: Deine Spiele sind auf dem Server aufgehoben.
page-offline-by-itself = Sobald der Server antwortet, macht diese Seite von selbst weiter.
page-offline-again = Noch einmal versuchen
