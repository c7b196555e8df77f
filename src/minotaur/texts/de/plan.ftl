## Why a plan can't be so.

plan-no-way = Du kennst keinen Weg dorthin.
plan-part-way = Das sind { $steps } Schritte: So weit kommst du in dieser Runde.
plan-tap-beside = Tipp auf ein Feld neben dir, um hinzugehen.
plan-tap-whom = Tipp an, wen du angreifen willst.
plan-nobody = Niemand ist in Sicht.
plan-over = Das Spiel ist vorbei.
plan-watching = Du schaust zu.
plan-fallen = Dein Held ist gefallen.
plan-ends = Dort endet das Labyrinth.
plan-unseen = Du siehst nicht, was im { $direction } liegt.
plan-rock = Im { $direction } ist Fels.
plan-chasm = Im { $direction } ist nur der Abgrund.
plan-cracked = Dieser Stein ist rissig: Er fällt bald.
plan-you = Das bist du.
plan-same-hex = Trifft nur, wenn ihr am Ende im selben Feld seid.
plan-steps-max = Ein Plan hat höchstens { $most } Schritte.
plan-points-used = Alle Aktionspunkte sind verbraucht.
plan-points-none = Keine Aktionspunkte in dieser Runde.
plan-you-fell = Du bist gefallen.
watching-board-now = Das ist das Spielfeld, wie es jetzt steht.
watching-board-of = Das ist das Spielfeld von Runde { $round }, { $rounds } zuvor.
watching-closed = Der Gastgeber hält das Spielfeld vor Zuschauern verschlossen.
watching-late = Das Spielfeld kommt { $rounds } später: Du siehst es ab Runde { $from }.
watching-rounds =
    { $count ->
        [one] eine Runde
       *[other] { $count } Runden
    }
