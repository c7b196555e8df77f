## How a game ended.

end-show = Show the result
game-you-badge = you
end-watch-again = Watch it again
end-setting-up = Setting it up…
end-join = Join
end-rematch = Rematch
end-not-now = Not now
door-home = Home
end-look-at-board = Look at the board
end-you-won = You won
end-you-lost = You lost
end-nobody = Nobody won
end-line-won = You are the last hero standing. The way out is yours.
end-line-lost = { $name } is the last hero standing.
end-line-draw = Nobody found the way out.
end-line-watched = The last hero standing.
end-gave-up = gave up
end-last = last one standing
end-in-round = { $fate }, round { $round }
end-chasm = fell into the chasm
end-lair = wasted away in the lair
end-slain = slain by { $names }
end-draw = A draw
end-fell = fell
end-survived = survived
end-won = { $name } won
fate-won = the last hero standing
fate-survived = still standing
fate-minotaur = felled by the Minotaur
fate-hero = felled by a hero
fate-collapse = fell into a chasm
fate-lair = consumed by the lair

## How your own hero fell.

passing-title = Your torch goes out
passing-blow =
    { $count ->
        [one] { $names } strikes you down, in step { $step } of round { $round }.
       *[other] { $names } strike you down together, in step { $step } of round { $round }.
    }
passing-minotaur = The Minotaur’s horns find you, in step { $step } of round { $round }.
passing-collapse = The ring falls at the end of round { $round }, and you with it.
passing-lair = The lair drains the last of your health, at the end of round { $round }.
passing-somehow = You fall in round { $round }.
passing-gave-up = You gave up.
passing-place = Place { $place } of { $of }
passing-watch = Watch on
passing-new = New game
