## Why a plan can't be so.

plan-no-way = אתם לא מכירים דרך לשם.
plan-part-way = זה במרחק { $steps } צעדים: עד כאן תגיעו בסיבוב הזה.
plan-tap-beside = הקישו על משושה לידכם כדי ללכת אליו.
plan-tap-whom = הקישו על מי שאתם רוצים לתקוף.
plan-nobody = אין אף אחד בטווח ראייה.
plan-over = המשחק נגמר.
plan-watching = אתם צופים.
plan-fallen = הגיבור שלכם נפל.
plan-ends = שם המבוך נגמר.
plan-unseen = אתם לא רואים מה יש בכיוון { $direction }.
plan-rock = בכיוון { $direction } יש סלע.
plan-chasm = בכיוון { $direction } יש רק תהום.
plan-cracked = האבן הזאת סדוקה: היא תיפול בקרוב.
plan-you = זה אתם.
plan-same-hex = פוגע רק אם תהיו באותו משושה.
plan-steps-max = בתוכנית יש לכל היותר { $most } צעדים.
plan-points-used = כל נקודות הפעולה נוצלו.
plan-points-none = אין נקודות פעולה בסיבוב הזה.
plan-you-fell = אתם כבר מחוץ למשחק.
watching-board-now = זה הלוח כפי שהוא עכשיו.
watching-board-of = זה הלוח של סיבוב { $round }, לפני { $rounds }.
watching-closed = המארח סגר את הלוח בפני צופים.
watching-late = הלוח מגיע באיחור של { $rounds }: תראו אותו מסיבוב { $from }.
watching-rounds =
    { $count ->
        [one] סיבוב אחד
        [two] שני סיבובים
       *[other] { $count } סיבובים
    }
