## The first game, taught by playing, and the rule book.

lesson-label = Hint
lesson-leave = No more hints
lesson-again = Show the hints again
lesson-move = Tap a hex with a bright edge: one step, for one flame.
lesson-move-keys = Click a hex with a bright edge, or press its letter: one step, for one flame.
lesson-ready = Nobody sees your plan. Press Ready: then all plans happen at once.
lesson-see = Bright stone is what you see now, { $sight } steps far. Dim stone you only remember: nobody is seen there.
lesson-see-all = All of the board is in sight.
lesson-noise = You heard a fight, and from where. The Minotaur heard it too, and goes there.
lesson-noise-heroes = You heard a fight, and from where: the log says it.
lesson-strike = Somebody is near. A blow lands only in the same hex: go there, then strike. It takes { $damage }.
lesson-flames = Flames that you don’t use stay, { $cap } at most. Wait for a round, and the next plan can have four steps.
lesson-beast = The Minotaur! Its blow takes { $damage }. It acts in the first two steps of a round only: keep away.
lesson-ring = The outer ring cracks. The number on a stone: so many rounds until it falls. Go inwards.
book-title = Rule book
book-keys = Keys
book-plan = Plan in secret
book-plan-text = { $steps } steps at most: move, attack or wait. When the time is up, or all are ready, every plan happens, step by step.
book-flames = Save your flames
book-flames-text = A move or a blow costs one, waiting nothing. { $gain } more each round, { $cap } at most.
book-act = All act at once
book-act-text = In each step blows come before moves. A blow lands only in the same hex, and takes { $damage }.
book-sees = Light is what you know
book-sees-text = You see { $sight } steps far. What you saw before stays on your map, dim, without whoever is there now.
book-sees-all = Here all of the board is in sight.
book-hears = Fights are heard
book-hears-text = As far as { $hearing } hexes you hear from where. Whoever strikes is heard.
book-beast = It hears you
book-beast-text = The Minotaur goes for who is near, else for the noise, in the first two steps of a round. Its blow takes { $damage }. Whoever slays it and lives is healed.
book-falls = The floor falls
book-falls-text =
    { $every ->
        [one] From round { $first } on the outermost ring falls at the end of every round. Cracks warn you before.
       *[other] At the end of round { $first } the outermost ring falls, and another every { $every } rounds. Cracks warn you before.
    }
book-wins = The last one standing wins
book-wins-text = At that very moment. Whoever falls later stands higher.

## How the page looks.

theme-label = Look
theme-system = as the device
theme-dark = Dark
theme-light = Light
theme-contrast = High contrast
telling-label = Rounds are told
telling-film = As a film
telling-stills = In still frames
telling-none = At once

## What is heard.

sound-label = Sound
sound-off = Turn the sound off
sound-on = Turn the sound on: steps, blows, horns from where fights are
