## The end of a game as a picture.

picture-open = Bild
picture-title = Das Ende als Bild
picture-alt = Wie dieses Spiel ausging
picture-copy = Bild kopieren
picture-copied = Kopiert. Füg es in euren Chat ein.
picture-save-png = Als PNG speichern
picture-save-svg = Als SVG speichern
picture-failed = Das hat nicht geklappt. Versuch es gleich noch einmal.
picture-close = Schließen
