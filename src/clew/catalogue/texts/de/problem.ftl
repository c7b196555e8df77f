## What somebody may be called.

name-too-long = Der Name ist zu lang für den Tisch: höchstens { $most } Zeichen.

## What goes wrong before a server is asked.

problem-page = Auf dieser Seite ist etwas schiefgegangen. Lade sie neu und mach weiter: Nichts ist verloren.
problem-wait = Das war sehr schnell. Versuch es in { $count } Sekunden noch einmal.
