## Why a plan can't be so.

plan-no-way = You know no way there.
plan-part-way = That is { $steps } steps away: so far you get this round.
plan-tap-beside = Tap a hex beside you to go there.
plan-tap-whom = Tap the one you want to attack.
plan-nobody = Nobody is in sight.
plan-over = The game is over.
plan-watching = You are watching.
plan-fallen = Your hero has fallen.
plan-ends = The labyrinth ends there.
plan-unseen = You can't see what lies to the { $direction }.
plan-rock = There is rock to the { $direction }.
plan-chasm = There is only the chasm to the { $direction }.
plan-cracked = That stone is cracked: it falls soon.
plan-you = That is you.
plan-same-hex = Hits only if you end up in the same hex.
plan-steps-max = A plan has { $most } steps at most.
plan-points-used = All action points are used.
plan-points-none = No action points this round.
plan-you-fell = You have fallen.
watching-board-now = This is the board as it stands.
watching-board-of = This is the board of round { $round }, { $rounds } ago.
watching-closed = The host keeps the board closed to watchers.
watching-late = The board comes { $rounds } late: you see it from round { $from } on.
watching-rounds =
    { $count ->
        [0] no rounds
        [one] one round
        [2] two rounds
        [3] three rounds
        [4] four rounds
        [5] five rounds
        [6] six rounds
        [7] seven rounds
        [8] eight rounds
        [9] nine rounds
        [10] ten rounds
       *[other] { $count } rounds
    }
