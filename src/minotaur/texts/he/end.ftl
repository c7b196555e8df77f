## How a game ended.

end-show = להציג את התוצאה
game-you-badge = אתם
end-watch-again = לצפות שוב
end-setting-up = מכינים…
end-join = להצטרף
end-rematch = משחק חוזר
end-not-now = לא עכשיו
door-home = לדף הבית
end-look-at-board = להסתכל על הלוח
end-you-won = ניצחתם
end-you-lost = הפסדתם
end-nobody = אף אחד לא ניצח
end-line-won = נשארתם אחרונים על הרגליים. הדרך החוצה שלכם.
end-line-lost = אחרי כולם נשאר רק שם אחד: { $name }.
end-line-draw = אף אחד לא מצא את הדרך החוצה.
end-line-watched = מי שנשאר אחרון על הרגליים.
end-gave-up = ויתור
end-last = אחרון על הרגליים
end-in-round = { $fate }, סיבוב { $round }
end-chasm = נפילה לתהום
end-lair = אפיסת כוחות במאורה
end-slain = תבוסה מול: { $names }
end-draw = תיקו
end-fell = תבוסה
end-survived = שרד
end-won = ניצחון: { $name }
fate-won = אחרון על הרגליים
fate-survived = עדיין על הרגליים
fate-minotaur = תבוסה מול המינוטאור
fate-hero = תבוסה מול גיבור
fate-collapse = נפילה לתהום
fate-lair = המאורה שאבה את החיים

## How your own hero fell.

passing-title = הלפיד שלכם כבה
passing-blow =
    { $count ->
        [one] המכה של { $names } הפילה אתכם, בצעד { $step } של סיבוב { $round }.
        [two] המכות של { $names } הפילו אתכם יחד, בצעד { $step } של סיבוב { $round }.
       *[other] המכות של { $names } הפילו אתכם יחד, בצעד { $step } של סיבוב { $round }.
    }
passing-minotaur = קרני המינוטאור פגעו בכם, בצעד { $step } של סיבוב { $round }.
passing-collapse = הטבעת נפלה בסוף סיבוב { $round }, ואתם איתה.
passing-lair = המאורה לקחה את שארית החיים שלכם בסוף סיבוב { $round }.
passing-somehow = נפלתם בסיבוב { $round }.
passing-gave-up = ויתרתם.
passing-place = מקום { $place } מתוך { $of }
passing-watch = להמשיך לצפות
passing-new = משחק חדש
