## People’s results.

people-unseen = Looking it up…
people-again = Try again
people-board = Who is ahead
people-board-of = Who is ahead in { $month }
people-yours = Your results
people-theirs = Results of { $name }
people-gone = Somebody who left
people-unrated = No rating yet. It comes with the first game against another person.
people-rating-hint = 1000 is where everybody begins. It moves when people play each other, and not against bots.
people-places-title = Places
people-place = Place { $place }
people-place-of = Place { $place } of { $seats }
people-fates-title = How it ended
people-latest-title = Latest games
people-nothing = No game is over yet. The first one will stand here.
people-board-empty = Nobody yet. Whoever has an account and plays { $least } games with other people in a month stands here.
people-board-hint = By rating after the last game of the month; from { $least } games with other people on, for who has an account.
people-below = You
people-you = you
people-rating = rating
people-played =
    { $count ->
        [one] 1 game
       *[other] { $count } games
    }
people-won = { $count } won
people-drawn = { $count } drawn
people-times = { $count } ×
people-together =
    You met in { $played ->
        [one] 1 game
       *[other] { $played } games
    }: you stood higher in { $before }, they in { $behind }.
