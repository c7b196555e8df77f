## Why a blow missed: the target is elsewhere by then, or has fallen.

miss-yours-moved_on = You strike at { $target }, who has moved on.
miss-yours-fell = You strike at { $target }, who has fallen.
miss-at-you = { $who } strikes at you, but you have moved on.
miss-theirs-moved_on = { $who } strikes at { $target }, who has moved on.
miss-theirs-fell = { $who } strikes at { $target }, who has fallen.
