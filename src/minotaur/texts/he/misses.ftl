## Why a blow missed: the target is elsewhere by then, or has fallen.

miss-yours-moved_on = המכה שלכם החטיאה: { $target } כבר לא כאן.
miss-yours-fell = המכה שלכם החטיאה: { $target } כבר לא בין החיים.
miss-at-you = המכה של { $who } החטיאה: אתם כבר לא שם.
miss-theirs-moved_on = המכה של { $who } החטיאה: { $target } כבר לא שם.
miss-theirs-fell = המכה של { $who } החטיאה: { $target } כבר לא בין החיים.
