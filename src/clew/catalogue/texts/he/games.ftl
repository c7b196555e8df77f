## Games in lists: public ones, and one's own.

games-public-title = משחקים פתוחים
games-public-about = משחקים שכל אחד יכול להצטרף אליהם או לצפות בהם.
games-public-none = כרגע אין עוד משחק שפתוח לכולם. אפשר לפתוח אחד, ולהפעיל ליד המקומות את „{ games-anyone }”.
games-looking = מחפשים משחקים פתוחים
games-look = לחפש משחקים
games-looks = מחפשים…
games-join = להצטרף
games-watch = לצפות
games-more = להציג עוד
games-again = לנסות שוב
games-seats-free = { $free ->
    [0] כל { $all } המקומות תפוסים
    [one] מקום אחד פנוי מתוך { $all }
    [two] שני מקומות פנויים מתוך { $all }
   *[other] { $free } מקומות פנויים מתוך { $all }
}
games-round = סיבוב { $round }
games-playing = עדיין במשחק: { $count }
games-rounds-of = { $span } לסיבוב
games-made-now = נפתח ממש עכשיו
games-made-minutes = נפתח לפני { $count } דק׳
games-made-hours = נפתח לפני { $count } שע׳
games-made-days = { $count ->
    [one] נפתח לפני יום
    [two] נפתח לפני יומיים
   *[other] נפתח לפני { $count } ימים
}
games-your-turn = תורכם
games-place = מקום { $place } מתוך { $of }
games-anyone = כל אחד יכול למצוא את המשחק הזה
games-anyone-why = הוא יופיע בין המשחקים הפתוחים: מי שעובר במקרה יכול לשבת במקום פנוי, או לצפות.
games-open = כל אחד יכול למצוא את המשחק הזה, להצטרף או לצפות.
