## What a chat shows beside a link to a game.

preview-full = { $host } invites you to watch: all { $seats } seats are taken.
preview-free = { $host } invites you: { $free } of { $seats } seats free.
preview-active =
    { $count ->
        [one] Round { $round }: { $names } plays.
       *[other] Round { $round }: { $names } play.
    }
preview-nobody-won = Nobody won: { $names } played { $rounds } rounds.
preview-won =
    { $count ->
        [one] { $names } won in round { $round }.
       *[other] { $names } won in round { $round }.
    }
preview-won-against =
    { $count ->
        [one] { $names } won against { $others } in round { $round }.
       *[other] { $names } won against { $others } in round { $round }.
    }
preview-canceled = This game was called off.
preview-others = { $count } others
