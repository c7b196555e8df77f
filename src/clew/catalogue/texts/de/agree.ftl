## What people agree on.

agree-not-away = Diese Person ist wieder da und spielt selbst.
agree-no-more = Öfter lässt sich dieses Spiel nicht anhalten.
agree-not-playing = Das kann nur, wer noch spielt.
agree-over = Das Spiel ist vorbei.
agree-title = Worauf ihr euch einigt
agree-pause = Pause
agree-go-on = Weiter
agree-agree = Einverstanden
agree-autopilot = Den Autopiloten für { $name } spielen lassen
agree-paused = Pause nach Absprache
agree-goes-on = weiter in { $left }
agree-asked-go-on =
    { $who ->
        [you] Du möchtest weiterspielen.
        [both] { $names } und du möchtet weiterspielen.
       *[others] { $count ->
            [one] { $names } möchte weiterspielen.
           *[other] { $names } möchten weiterspielen.
        }
    }
agree-asked-pause =
    { $who ->
        [you] Du möchtest eine Pause.
        [both] { $names } und du möchtet eine Pause.
       *[others] { $count ->
            [one] { $names } möchte eine Pause.
           *[other] { $names } möchten eine Pause.
        }
    }
agree-asked-autopilot =
    { $who ->
        [you] Du würdest den Autopiloten für { $about } spielen lassen.
        [both] { $names } und du würdet den Autopiloten für { $about } spielen lassen.
       *[others] { $count ->
            [one] { $names } würde den Autopiloten für { $about } spielen lassen.
           *[other] { $names } würden den Autopiloten für { $about } spielen lassen.
        }
    }
agree-waiting = Es fehlt noch: { $names }.
agree-lost = Das kam nicht beim Spiel an. Versuch es noch einmal.

## Whom a round waits for.

company-waiting = Warten auf { $names }
company-more = { $count } weitere
company-waits-for-you = Die Runde wartet auf dich
company-away = weg
company-planned = geplant
company-planning = plant
company-ready = bereit
