## What browsers and finders of pages are told before the page speaks.

page-any-description = Ein Tisch für dich und deine Freunde: plant im Geheimen, handelt zugleich.
page-any-no-script = Gespielt wird im Browser mit JavaScript. Bitte schalte es ein.
