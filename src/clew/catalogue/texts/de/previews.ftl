## What a chat shows beside a link to a game.

preview-full = { $host } lädt dich zum Zuschauen ein: Alle { $seats } Plätze sind besetzt.
preview-free = { $host } lädt dich ein: { $free } von { $seats } Plätzen frei.
preview-active =
    { $count ->
        [one] Runde { $round }: { $names } spielt.
       *[other] Runde { $round }: { $names } spielen.
    }
preview-nobody-won = Niemand hat gewonnen: { $names }, nach { $rounds } Runden.
preview-won =
    { $count ->
        [one] { $names } hat in Runde { $round } gewonnen.
       *[other] { $names } haben in Runde { $round } gewonnen.
    }
preview-won-against =
    { $count ->
        [one] { $names } hat in Runde { $round } gegen { $others } gewonnen.
       *[other] { $names } haben in Runde { $round } gegen { $others } gewonnen.
    }
preview-canceled = Dieses Spiel wurde abgesagt.
preview-others = { $count } andere
