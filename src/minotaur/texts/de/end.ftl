## How a game ended.

end-show = Ergebnis zeigen
game-you-badge = du
end-watch-again = Noch einmal ansehen
end-setting-up = Wird vorbereitet …
end-join = Mitspielen
end-rematch = Revanche
end-not-now = Jetzt nicht
door-home = Startseite
end-look-at-board = Das Spielfeld ansehen
end-you-won = Du hast gewonnen
end-you-lost = Du hast verloren
end-nobody = Niemand hat gewonnen
end-line-won = Außer dir steht niemand mehr. Der Weg hinaus gehört dir.
end-line-lost = Nur { $name } steht noch.
end-line-draw = Niemand hat den Weg hinaus gefunden.
end-line-watched = Nur eine Fackel brennt noch.
end-gave-up = aufgegeben
end-last = alle überlebt
end-in-round = { $fate }, Runde { $round }
end-chasm = in den Abgrund gestürzt
end-lair = im Bau verkümmert
end-slain = gefallen durch { $names }
end-draw = Unentschieden
end-fell = gefallen
end-survived = überlebt
end-won = { $name } hat gewonnen
fate-won = alle überlebt
fate-survived = noch auf den Beinen
fate-minotaur = vom Minotaurus gefällt
fate-hero = von einem Helden gefällt
fate-collapse = in einen Abgrund gestürzt
fate-lair = vom Bau verzehrt

## How your own hero fell.

passing-title = Deine Fackel erlischt
passing-blow =
    { $count ->
        [one] { $names } streckt dich nieder, in Schritt { $step } von Runde { $round }.
       *[other] { $names } strecken dich gemeinsam nieder, in Schritt { $step } von Runde { $round }.
    }
passing-minotaur = Die Hörner des Minotaurus treffen dich, in Schritt { $step } von Runde { $round }.
passing-collapse = Der Ring fällt am Ende von Runde { $round }, und du mit ihm.
passing-lair = Die Höhle nimmt dir am Ende von Runde { $round } das letzte Leben.
passing-somehow = Du fällst in Runde { $round }.
passing-gave-up = Du hast aufgegeben.
passing-place = Platz { $place } von { $of }
passing-watch = Weiter zuschauen
passing-new = Neues Spiel
