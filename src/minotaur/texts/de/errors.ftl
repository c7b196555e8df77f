## Why a plan is refused.

error-too_expensive = Für diesen Plan hast du nicht genug Aktionspunkte.
error-bad_vector = Du kannst nur auf eins der sechs Nachbarfelder gehen.
error-unknown_target = So jemanden gibt es nicht anzugreifen.
error-too_many_steps = Ein Plan hat höchstens vier Schritte.

refusal-plan-costs = Dieser Plan kostet { $price } AP; du hast { $ap }.
