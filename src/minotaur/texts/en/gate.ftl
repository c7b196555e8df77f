## The lobby.

gate-change = Change the rules
gate-changing = Changing them…
gate-change-act = Change them
gate-change-not = Leave them as they are
gate-name-first = Tell us a name first: the others will see it.
gate-the-host = the host
gate-reconnecting = Reconnecting… Your seat is kept.
gate-full = All seats are taken
gate-kept = The seats are kept
gate-watch-soon = You watch as soon as { $host } starts.
gate-kept-why = They are for those who played before. One may get free yet.
gate-may-watch = You can watch how they fare, or make a game of your own.
gate-watch = Watch
gate-finding = Finding a place…
gate-calls = { $host } calls you into the labyrinth
gate-take-seat = Take a seat
gate-stepping-in = Stepping in…
gate-not-now = Not now
gate-who-comes = Who comes with you?
gate-opening = The gate opens…
gate-start = Start the game
gate-lacking-host = { $lacking } Share the link, or tap a seat and put a bot there.
gate-you-are-in = You are in
gate-waiting = Waiting for { $host } to start.
gate-lacking = { $lacking } Then { $host } can start.
gate-different = What is different here
gate-seed-chosen = This labyrinth was chosen by its number. Whoever knows the number can know the board.
gate-seats = Seats
gate-seat-change = , seat { $seat }: change it
gate-seat-kept = seat kept
gate-a-bot = A bot
gate-or-friend = or a friend
gate-free = Free
gate-invite = invite someone
gate-call-friends = Call your friends
gate-still-join = Friends can still join
gate-link = Link to this game
gate-copied = Copied
gate-copy = Copy link
gate-link-copied = The link is copied. Send it to your friends.
gate-by-hand = This browser does not let us copy. The link is marked: copy it by hand.
gate-only-here = This link opens on this computer only. For friends elsewhere, open Minotaur by an address they can reach too.
gate-camera = Show it to a phone's camera
gate-qr = QR code of the link
gate-hunters = Hunters
gate-hunter-hint = Fight what they can beat, flee what they can't.
gate-strategists = Strategists
gate-strategist-hint = Think of what you may do, and do what is best against it.
gate-wanderers = Wanderers
gate-wanderer-hint = Stumble about. Kind to beginners.
gate-rules-classic = Classic rules
rule-rock = rock stands in the way
rule-rock-no = no rock
rule-minotaur = the Minotaur is in there
rule-minotaur-no = no Minotaur
rule-collapse = the floor falls away
rule-collapse-no = the floor holds
rule-hero-damage = a hero’s blow takes { $count }
rule-minotaur-health = the Minotaur has { $count } health
rule-minotaur-damage = the Minotaur’s blow takes { $count }
rule-collapse-first = the first ring falls in round { $round }
rule-rounds-max = over after round { $round }
rule-away-never = no bot stands in sooner for who is away
rule-sight-all = all in sight
rule-gallery-closed = the fallen and watchers see no board
rule-gallery-open = the fallen and watchers see the board
rule-health = { $count } health
rule-ap-start =
    { $count ->
        [one] { $count } action point
       *[other] { $count } action points
    } at the start
rule-ap-gain =
    { $count ->
        [one] { $count } action point
       *[other] { $count } action points
    } more a round
rule-ap-cap =
    { $count ->
        [one] { $count } action point
       *[other] { $count } action points
    } at most
rule-minotaur-reach =
    the Minotaur comes from { $count ->
        [one] { $count } step
       *[other] { $count } steps
    } away
rule-collapse-every =
    a ring falls every { $count ->
        [one] round
       *[other] { $count } rounds
    }
rule-autopilot-after =
    a bot stands in after { $count ->
        [one] { $count } round
       *[other] { $count } rounds
    } without a plan
rule-away-after =
    a bot stands in for who is away after { $count ->
        [one] { $count } round
       *[other] { $count } rounds
    }
rule-untouched-max =
    over after { $count ->
        [one] { $count } round
       *[other] { $count } rounds
    } without anybody
rule-sight =
    one sees { $count ->
        [one] { $count } step
       *[other] { $count } steps
    } far
rule-hearing =
    fights are heard { $count ->
        [one] { $count } step
       *[other] { $count } steps
    } away
rule-gallery-delay =
    watchers see it { $count ->
        [one] { $count } round
       *[other] { $count } rounds
    } late
rule-radius =
    a board { $count ->
        [one] { $count } step
       *[other] { $count } steps
    } from its middle to its edge
rule-round = { $span } a round
gate-hunter = a hunter
gate-strategist = a strategist
gate-wanderer = a wanderer
gate-some-bot = a bot
gate-you = you
gate-host = host
gate-away = away
gate-yours = yours?
gate-tell-code = Or tell them the code { $code }.
gate-here = (here)
