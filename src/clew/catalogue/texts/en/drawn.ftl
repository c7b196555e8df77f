## How a game ended, as a picture for a chat.

drawn-won =
    { $count ->
        [one] { $names } won
       *[other] { $names } won
    }
drawn-nobody-won = Nobody won
drawn-rounds =
    { $count ->
        [one] { $count } round
       *[other] { $count } rounds
    }
drawn-status-won = won
drawn-status-survived = in it to the end
drawn-status-resigned = gave up
drawn-status-eliminated = out of it
