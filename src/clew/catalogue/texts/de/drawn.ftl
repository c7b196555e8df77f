## How a game ended, as a picture for a chat.

drawn-won =
    { $count ->
        [one] { $names } hat gewonnen
       *[other] { $names } haben gewonnen
    }
drawn-nobody-won = Niemand hat gewonnen
drawn-rounds =
    { $count ->
        [one] 1 Runde
       *[other] { $count } Runden
    }
drawn-status-won = gewonnen
drawn-status-survived = bis zum Ende dabei
drawn-status-resigned = aufgegeben
drawn-status-eliminated = ausgeschieden
