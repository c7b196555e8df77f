## Why a blow missed: the target is elsewhere by then, or has fallen.

miss-yours-moved_on = Dein Schlag geht ins Leere: { $target } ist nicht mehr hier.
miss-yours-fell = Dein Schlag geht ins Leere: { $target } ist schon gefallen.
miss-at-you = { $who } schlägt ins Leere: Du bist nicht mehr dort.
miss-theirs-moved_on = { $who } schlägt ins Leere: { $target } ist nicht mehr dort.
miss-theirs-fell = { $who } schlägt ins Leere: { $target } ist schon gefallen.
